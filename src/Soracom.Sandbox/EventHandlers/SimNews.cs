using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

internal enum SimNewsKind
{
    /// <summary>The SIM is not as it was.</summary>
    Changed,

    /// <summary>Its expiry time has come, whatever is done then.</summary>
    Expired,

    /// <summary>Its device may not connect because the SIM is locked to another one.</summary>
    ImeiMismatched,
}

/// <summary>Something that has happened to a SIM.</summary>
/// <param name="Kind">What.</param>
/// <param name="Before">The SIM as it was.</param>
/// <param name="Sim">The SIM as it is.</param>
internal sealed record SimNews(SimNewsKind Kind, Sim Before, Sim Sim)
{
    /// <summary>A session that is over.</summary>
    public SimSession? Ended => Before is { Online: true, Session: { } old } && old.Id != Open(Sim)?.Id ? old : null;

    /// <summary>A session that has begun.</summary>
    public SimSession? Begun => Open(Sim) is { } present && present.Id != Open(Before)?.Id ? present : null;

    /// <summary>What texts of actions can name.</summary>
    /// <param name="imsi">The subscription that it is about.</param>
    public Dictionary<string, string> Values(string imsi) => new(StringComparer.Ordinal)
    {
        ["imsi"] = imsi,
        ["simId"] = Sim.SimId,
        ["oldSpeedClass"] = Before.SpeedClass,
        ["newSpeedClass"] = Sim.SpeedClass,
        ["oldStatus"] = StatusOf(Before, imsi) ?? "",
        ["newStatus"] = StatusOf(Sim, imsi) ?? "",
    };

    /// <summary>The status of a subscription; null when the SIM does not have it.</summary>
    public static string? StatusOf(Sim sim, string imsi) => sim.FindSubscriber(imsi) is { } subscriber ? subscriber.Status ?? sim.Status : null;

    private static SimSession? Open(Sim sim) => sim.Online ? sim.Session : null;
}
