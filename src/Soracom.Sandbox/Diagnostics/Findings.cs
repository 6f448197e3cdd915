using System.Globalization;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Diagnostics;

/// <summary>What there is to say of a SIM: from its real state and sessions in the sandbox, in words of ours.</summary>
internal static class Findings
{
    /// <summary>Sessions within a period of that many hours that count as restless.</summary>
    private const int RestlessPerDay = 24;

    public static IEnumerable<Finding> Of(Sim sim, List<SessionEvent> sessions, long from, long to, DateTimeOffset now)
    {
        var found = All(sim, sessions, from, to, now.ToUnixTimeMilliseconds()).ToList();
        return found.Count > 0 ? found : [new Finding("nothing-found", "others", "none", "Nothing was found that needs attention.", [])];
    }

    private static IEnumerable<Finding> All(Sim sim, List<SessionEvent> sessions, long from, long to, long now)
    {
        if (!StatusMachine.Connects(sim.Status))
        {
            yield return new Finding("status", "sim", "error", $"The SIM is {sim.Status}; it cannot connect.", []);
        }

        if (sim.ExpiryTime is { } expiry && expiry <= now)
        {
            yield return new Finding("expired", "sim", "error", "The SIM has expired; it cannot begin a session.", [Text(expiry)]);
        }

        if (sim.LockedImei is { } locked && sim.Session?.Imei is { } imei && !locked.StartsWith(imei, StringComparison.Ordinal))
        {
            yield return new Finding("imei-lock", "sim", "warning", "The SIM is locked to another device than it was last in.", []);
        }

        if (sim.Session is null)
        {
            yield return new Finding("never-connected", "session", "info", "The SIM has never connected.", []);
        }
        else if (sessions.Count == 0 && !sim.Online)
        {
            yield return new Finding("no-session", "session", "warning", "There was no session within the period.", []);
        }

        List<long> begun = [.. sessions.Where(one => one.Kind == SessionEvent.Created).Select(one => one.Time)];
        var days = Math.Max(1, (to - from) / TimeSpan.FromDays(1).TotalMilliseconds);
        if (begun.Count > RestlessPerDay * days)
        {
            yield return new Finding("restless", "session", "warning", "Sessions began unusually often.", [.. begun.Select(Text)]);
        }
    }

    private static string Text(long time) => time.ToString(CultureInfo.InvariantCulture);
}
