namespace Soracom.Portal.Features.Sims;

/// <summary>Values of the session filter.</summary>
internal static class SimSession
{
    public const string Online = "online";

    public const string Offline = "offline";
}
