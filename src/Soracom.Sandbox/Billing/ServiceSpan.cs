using Soracom.Sandbox.Sims;

namespace Soracom.Sandbox.Billing;

/// <summary>
/// What a SIM was in a month, from its history: what happens later must not change a bill, and nothing that was charged goes away
/// within a month.
/// </summary>
/// <param name="Status">The one that costs most of those that it had.</param>
/// <param name="From">From when on it was in service, in Unix milliseconds; null for all of the month.</param>
/// <param name="To">Until when it was; null for all of the month.</param>
/// <param name="Connected">Whether it had ever had a session by then.</param>
internal sealed record ServiceSpan(string Status, long? From, long? To, bool Connected)
{
    private static readonly string[] ByCost = ["ready", StatusMachine.Transferring, "suspended", "terminated", "standby", "inactive", "testing", "active"];

    public static ServiceSpan Of(SimLog log, BillMonth month)
    {
        var (start, end) = (month.Start.ToUnixTimeMilliseconds(), month.End.ToUnixTimeMilliseconds());
        var imsi = log.Before.PrimarySubscriber.Imsi;
        var changes = log.Statuses.Where(entry => entry.Imsi == imsi && entry.Time < end).ToList();
        var atStart = changes.LastOrDefault(entry => entry.Time <= start)?.Status ?? log.Before.Status;
        var within = changes.Where(entry => entry.Time > start).ToList();
        var status = within.Select(entry => entry.Status).Append(atStart).MaxBy(one => Array.IndexOf(ByCost, one))!;
        long? from = IsFree(atStart) ? within.FirstOrDefault(entry => !IsFree(entry.Status))?.Time : null;
        long? to = within.Count > 0 && IsFree(within[^1].Status) ? within[within.FindLastIndex(entry => !IsFree(entry.Status)) + 1].Time : null;
        var connected = log.Before.Session is not null || log.Before.ArcSession is not null || log.Sessions.Exists(one => one.Time < end);
        return new ServiceSpan(status, from, to, connected);
    }

    private static bool IsFree(string status) => Array.IndexOf(ByCost, status) <= Array.IndexOf(ByCost, StatusMachine.Terminated);
}
