using System.Globalization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Billing;

/// <summary>
/// What one SIM does in one month, made up from its number and the month, so that it is the same whenever somebody asks. Days are counted
/// from 0; <paramref name="FirstDay"/> to <paramref name="LastDay"/> are those in service.
/// </summary>
internal readonly record struct SimMonth(Sim Sim, Tariff Tariff, int FirstDay, int LastDay, long Daily, long TrafficUnits, int BeamRequests, bool StoresData, bool UsesNapter)
{
    /// <summary>A day's traffic is its units times the day's <see cref="MonthDays.Weight"/>, so that it comes out whole in bytes.</summary>
    private const int HeaviestSim = 1000;

    /// <summary>Null when the SIM costs nothing in that month.</summary>
    /// <param name="coverage">Decides the prices.</param>
    /// <param name="sim">As it is now.</param>
    /// <param name="month">The month.</param>
    /// <param name="status">What the SIM was in it, where its history does not tell.</param>
    /// <param name="span">What the history of a SIM tells that has one.</param>
    public static SimMonth? Of(Coverage coverage, Sim sim, BillMonth month, string status, ServiceSpan? span)
    {
        status = span?.Status ?? status;
        var connected = span?.Connected ?? (sim.Session is not null || sim.PreviousSession is not null || sim.ArcSession is not null);
        if (status is "ready" or StatusMachine.Transferring or "suspended" || (!connected && sim.Status is "ready") || (span is not null && status == "terminated"))
        {
            return null;
        }

        var start = month.Start.ToUnixTimeMilliseconds();
        var first = DayOf(span?.From ?? sim.CreatedTime, start, month);
        var end = span is null && sim.Status == "terminated" ? sim.LastModifiedTime : span?.To;
        var last = end is { } time ? DayOf(time, start, month) : month.Days - 1;
        if (first >= month.Days || last < 0)
        {
            return null;
        }

        var tariff = Tariff.Of(coverage, sim.Profiles[0].Subscribers[0].Subscription);
        var self = Mix(Number(sim.SimId));
        var now = Mix(self ^ (ulong)month.Number);
        var inUse = status is "active" or "terminated" && connected;
        return new SimMonth(
            sim,
            tariff,
            Math.Max(first, 0),
            Math.Min(last, month.Days - 1),
            status == "standby" ? tariff.Daily / 2 : tariff.Daily,
            inUse ? tariff.TypicalBytes * Size(self) / HeaviestSim * (70 + (long)(now % 60)) / 100 / MonthDays.FullDay : 0,
            inUse && self % 10 < 3 ? 24 * (1 + (int)(self / 10 % 30)) : 0,
            inUse && self / 1000 % 10 < 4,
            inUse && now / 100 % 100 < 3);
    }

    /// <summary>Most SIMs are small, some ten times as large as typical: thousandths of <see cref="Tariff.TypicalBytes"/>.</summary>
    private static long Size(ulong self)
    {
        var share = (long)(self / 7 % HeaviestSim) + 1;
        return 100 + (share * share * share * 9 / HeaviestSim / HeaviestSim);
    }

    private static int DayOf(long time, long start, BillMonth month) =>
        (int)Math.Clamp((long)Math.Floor((time - start) / 86_400_000d), -1, month.Days);

    private static ulong Number(string simId) => ulong.Parse(simId, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
