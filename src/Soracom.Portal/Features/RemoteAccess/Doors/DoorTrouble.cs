namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>What stands in the way of a door beside what a vendor's call fails with.</summary>
internal static class DoorTrouble
{
    /// <summary>Several entries could be the door.</summary>
    public const string Several = "Several";

    /// <summary>The tenant's credential is another account's by now.</summary>
    public const string OtherAccount = "OtherAccount";
}
