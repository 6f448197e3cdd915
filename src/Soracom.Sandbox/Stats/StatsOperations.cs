using System.Text.Json;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Stats;

/// <summary>The tag Stats.</summary>
internal static class StatsOperations
{
    /// <summary>How much a demo account has exported in a month before the demo began, at most.</summary>
    private const int MostExported = 40_000_000;

    private const int MonthsKept = 18;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/stats/air/sims/{sim_id}", "getAirStatsOfSim", "Stats:getAirStatsOfSim", call => Traffic(call, SimTurn.BySimId(call).Sim)),
        new("GET", "/stats/air/subscribers/{imsi}", "getAirStats", "Stats:getAirStats", call => Traffic(call, SimTurn.ByImsi(call).Sim)),
        new("GET", "/stats/air/groups/{group_id}", "getAirStatsOfGroup", "Stats:getAirStatsOfGroup", OfGroup),
        new("GET", "/stats/air/operators/{operator_id}", "getAirStatsOfOperator", "Stats:getAirStatsOfOperator", OfOperator),
        new("POST", "/stats/air/operators/{operator_id}/export", "exportAirStats", "Stats:exportAirStats", call => Export(call, StatsFile.Air)),
        .. StatsService.All.Select(service => new Operation(
            "GET", $"/stats/{service.Name}/subscribers/{{imsi}}", $"get{service.Title}Stats", $"Stats:get{service.Title}Stats", call => Counts(call, service))),
        .. StatsService.All.Select(service => new Operation(
            "POST", $"/stats/{service.Name}/operators/{{operator_id}}/export", $"export{service.Title}Stats", $"Stats:export{service.Title}Stats", call => Export(call, service.Name))),
        new("GET", "/stats/harvest/operators/{operator_id}", "getHarvestExportedDataStats", "Stats:getHarvestExportedDataStats", HarvestExported),
        new("GET", "/stats/napter/audit_logs", "getNapterAuditLogsExportedDataStats", "Stats:getNapterAuditLogsExportedDataStats", call => Exported(call, "napter")),
    ];

    /// <summary>What a terminated SIM used can only be found in exports.</summary>
    private static Answer Traffic(Call call, Sim sim)
    {
        var range = StatsRange.OfSim(call);
        var rows = sim.Status == StatusMachine.Terminated ? [] : new UsageReader(call.Data, range, call.Now).Traffic(sim);
        return Rows(range, rows, hasDate: true, (json, row) =>
        {
            json.WriteStartObject("dataTrafficStatsMap");
            foreach (var (speedClass, traffic) in row)
            {
                json.WriteStartObject(speedClass);
                WriteBytes(json, traffic);
                json.WriteNumber("uploadPacketSizeTotal", traffic.UpPackets);
                json.WriteNumber("downloadPacketSizeTotal", traffic.DownPackets);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private static Answer Counts(Call call, StatsService service)
    {
        var sim = SimTurn.ByImsi(call).Sim;
        var range = StatsRange.OfSim(call);
        var rows = sim.Status == StatusMachine.Terminated ? [] : new UsageReader(call.Data, range, call.Now).Counts(sim, service);
        return Rows(range, rows, service.HasDate, (json, row) =>
        {
            json.WriteStartObject(service.Map);
            foreach (var (name, count) in row)
            {
                json.WriteStartObject(name);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private static Answer OfGroup(Call call)
    {
        var groupId = call.Path["group_id"];
        return call.Data.FindGroup(groupId) is null ? throw new VendorException(VendorErrors.NoSuchGroup) : Sum(call, sim => sim.GroupId == groupId);
    }

    private static Answer OfOperator(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return Sum(call, _ => true);
    }

    private static Answer Sum(Call call, Func<Sim, bool> counts)
    {
        var range = StatsRange.OfSum(call);
        return Rows(range, new UsageReader(call.Data, range, call.Now).Sum(counts), hasDate: false, WriteBytes);
    }

    private static Answer Export(Call call, string what)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return ExportOperations.Export(call, StatsFile.Kind.Name, StatsFile.KeyOf(what, StatsRange.OfExport(call), call.Now));
    }

    private static Answer HarvestExported(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return Exported(call, "harvest");
    }

    /// <summary>Nobody exports anything from a sandbox; a demo account has done so before.</summary>
    private static Answer Exported(Call call, string what)
    {
        var current = BillMonth.Of(call.Now);
        var month = call.Query.Text("year_month") is not { } text ? current
            : BillMonth.Parse(text) is { } parsed && parsed <= current && parsed >= current.Plus(-MonthsKept) ? parsed
            : throw new VendorException(StatsErrors.NotAMonth, "year_month");
        var home = call.Data.Part<BillingPart>().Home;
        var isPast = home.Origin.Fleet is not null && month.End <= home.Origin.Start && month >= BillMonth.Of(call.Account.Created);
        var bytes = isPast ? home.Random($"{what} exported in {month}").Next(MostExported) : 0;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("yearMonth", month.ToString());
            json.WriteNumber("exportedBytes", bytes);
            json.WriteEndObject();
        });
    }

    /// <summary>In the order of time.</summary>
    private static Answer Rows<T>(StatsRange range, SortedDictionary<DateTimeOffset, T> rows, bool hasDate, Action<Utf8JsonWriter, T> write) => Answer.Ok(json =>
    {
        json.WriteStartArray();
        foreach (var (time, row) in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("unixtime", time.ToUnixTimeSeconds());
            if (hasDate)
            {
                json.WriteString("date", range.Format(time));
            }

            write(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteBytes(Utf8JsonWriter json, Counters traffic)
    {
        json.WriteNumber("uploadByteSizeTotal", traffic.UpBytes);
        json.WriteNumber("downloadByteSizeTotal", traffic.DownBytes);
    }
}
