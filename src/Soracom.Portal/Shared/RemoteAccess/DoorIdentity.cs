using Soracom.Api.Napter;
using Soracom.Portal.Data.RemoteAccess;

namespace Soracom.Portal.Shared.RemoteAccess;

/// <summary>Tells which of the vendor's entries is which door of the portal's.</summary>
internal static class DoorIdentity
{
    /// <summary>Whether an entry is a door whose public address is known: addresses are given out again, so the time has to fit too.</summary>
    /// <param name="mapping">The vendor's entry.</param>
    /// <param name="door">The door.</param>
    /// <returns>True when it is.</returns>
    public static bool Is(PortMapping mapping, RemoteDoor door) =>
        mapping.IpAddress is not null && mapping.IpAddress == door.IpAddress && mapping.Port == door.Port
        && (mapping.CreatedTime is not { } created || door.OpenedAt is not { } opened || (created - opened).Duration() < TimeSpan.FromSeconds(1));
}
