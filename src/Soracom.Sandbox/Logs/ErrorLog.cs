using System.Globalization;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Napter;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Logs;

/// <summary>A line of the error log.</summary>
/// <param name="Time">In Unix milliseconds.</param>
/// <param name="Level">As on the wire.</param>
/// <param name="Service">As on the wire.</param>
/// <param name="Imsi">Whom it is about.</param>
/// <param name="Message">What went wrong.</param>
internal sealed record LogLine(long Time, string Level, string Service, string Imsi, string Message)
{
    /// <summary>Names it in the order of the log.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Time:D13}_{Imsi}");
}

/// <summary>
/// What goes wrong on the way from and to SIMs: now and then something with the services of the SIM's group, for a small part of the
/// SIMs, and remote access that failed. The first follows from SIM and time and is not kept.
/// </summary>
internal static class ErrorLog
{
    private const int MostTroubled = 200;
    private const int OneInMany = 8;
    private const long Hour = 3_600_000;
    private const long Retention = 30 * 24 * Hour;

    private static readonly (string Namespace, string Service, string Level, string Message)[] Troubles =
    [
        ("SoracomBeam", "Beam", "error", "The destination did not answer in time."),
        ("SoracomFunnel", "Funnel", "error", "The destination refused the data: access denied."),
        ("SoracomFunk", "Funk", "warning", "The function answered with an error."),
        ("SoracomHarvest", "Harvest", "warning", "The data are larger than allowed."),
        ("UnifiedEndpoint", "Unified", "error", "No service took the data."),
    ];

    /// <summary>All lines until now, the newest first.</summary>
    public static IEnumerable<LogLine> Lines(CoverageData data, int seed, DateTimeOffset now) => data
        .Sims(sim => sim is { Session: not null, GroupId: not null } && new SeededRandom(seed, $"{sim.SimId}/trouble").Next(OneInMany) == 0)
        .Take(MostTroubled)
        .SelectMany(sim => Of(sim, data.FindGroup(sim.GroupId!), seed, now.ToUnixTimeMilliseconds()))
        .Concat(data.Part<NapterPart>().Log.Entries.Where(entry => entry.Type is "DENIED" or "REFUSED").Select(Of))
        .OrderByDescending(line => line.Key, StringComparer.Ordinal);

    private static IEnumerable<LogLine> Of(Sim sim, Group? group, int seed, long now)
    {
        if (Array.Find(Troubles, trouble => group?.Configuration.ContainsKey(trouble.Namespace) == true) is not { Service: not null } own)
        {
            yield break;
        }

        var random = new SeededRandom(seed, $"{sim.SimId}/troubles");
        var (pause, phase) = (random.Next(20, 70) * Hour, random.Next() % (ulong)(20 * Hour));
        for (var time = (now / pause * pause) + (long)phase; time > now - Retention; time -= pause)
        {
            if (time <= now)
            {
                yield return new LogLine(time, own.Level, own.Service, sim.Profiles[0].Subscribers[0].Imsi, own.Message);
            }
        }
    }

    private static LogLine Of(NapterEvent entry) => entry.Type == "DENIED"
        ? new LogLine(entry.Time, "warning", "Napter", entry.Target.Imsi, "Somebody from outside the allowed ranges was turned away.")
        : new LogLine(entry.Time, "error", "Napter", entry.Target.Imsi, "The device does not listen on the port.");
}
