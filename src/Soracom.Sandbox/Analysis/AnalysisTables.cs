using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Analysis;

/// <summary>A column of a table or a result.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Type">string, int64, Time or bool: what the definition calls a type for programs.</param>
/// <param name="DatabaseType">TEXT, FIXED, TIMESTAMP_TZ or BOOLEAN.</param>
/// <param name="Description">In words.</param>
internal sealed record AnalysisColumn(string Name, string Type, string DatabaseType, string Description);

/// <summary>A table: its columns, and its rows for a period.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Columns">In their order.</param>
/// <param name="Rows">Values in the order of the columns: string, long, DateTimeOffset, bool or null.</param>
internal sealed record AnalysisTable(string Name, IReadOnlyList<AnalysisColumn> Columns, Func<CoverageData, Period, IEnumerable<object?[]>> Rows)
{
    public static IReadOnlyList<AnalysisTable> All { get; } = [Sims(), SessionEvents()];

    private static AnalysisTable Sims() => new(
        "SIM_SNAPSHOTS",
        [
            Text("SIM_ID", "The SIM."),
            Text("IMSI", "Its primary subscription."),
            Text("SUBSCRIPTION", "The plan of that."),
            Text("STATUS", "Its status."),
            Text("SPEED_CLASS", "Its speed class."),
            Text("MODULE_TYPE", "Its form."),
            Text("GROUP_ID", "The group that it is in, if any."),
            Text("NAME", "Its name."),
            new("ONLINE", "bool", "BOOLEAN", "Whether it has a session."),
            new("CREATED_TIME", "Time", "TIMESTAMP_TZ", "When it was made."),
        ],
        (data, period) => data.Sims(after: null, int.MaxValue).Items
            .Where(sim => sim.CreatedTime < period.End)
            .Select(sim => (object?[])
            [
                sim.SimId, sim.Profiles[0].Subscribers[0].Imsi, sim.Profiles[0].Subscribers[0].Subscription, sim.Status, sim.SpeedClass, sim.ModuleType,
                sim.GroupId, sim.Tags.Name, sim.Online, Time(sim.CreatedTime),
            ]));

    private static AnalysisTable SessionEvents() => new(
        "SIM_SESSION_EVENTS",
        [
            new("TIME", "Time", "TIMESTAMP_TZ", "When it happened."),
            Text("EVENT", "Created or Deleted."),
            Text("SIM_ID", "The SIM."),
            Text("ICCID", "The profile."),
            Text("IMSI", "The subscription."),
            Text("IMEI", "The device, where it has one."),
            Text("UE_IP_ADDRESS", "The device's address."),
            Text("RADIO_TYPE", "How it was connected, where that is known."),
            new("MCC", "int64", "FIXED", "The country of the network."),
            new("MNC", "int64", "FIXED", "The network."),
        ],
        (data, period) => data.Sims(after: null, int.MaxValue).Items.SelectMany(EventsOf).Where(one => one.Time >= period.Start && one.Time < period.End)
            .Select(one => (object?[])
            [
                Time(one.Time), one.Event, one.Sim.SimId, one.Sim.Profiles[0].Iccid, one.Sim.Profiles[0].Subscribers[0].Imsi, one.Imei,
                new System.Net.IPAddress(System.Net.IPAddress.HostToNetworkOrder((int)one.Address) & 0xFFFFFFFFL).ToString(),
                one.Cell?.RadioType, (long?)one.Cell?.Mcc, (long?)one.Cell?.Mnc,
            ]));

    private static IEnumerable<(Sim Sim, long Time, string Event, string? Imei, uint Address, Cell? Cell)> EventsOf(Sim sim)
    {
        if (sim.PreviousSession is { } before)
        {
            yield return (sim, before.CreatedTime, "Created", before.Imei, before.Address, before.Cell);
            yield return (sim, before.DeletedTime, "Deleted", before.Imei, before.Address, before.Cell);
        }

        if (sim.Session is { } session)
        {
            yield return (sim, session.LastUpdatedAt, session.Online ? "Created" : "Deleted", session.Imei, session.Address, session.Cell);
        }
    }

    private static AnalysisColumn Text(string name, string description) => new(name, "string", "TEXT", description);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>From a moment to before another, in Unix milliseconds.</summary>
internal sealed record Period(long Start, long End);
