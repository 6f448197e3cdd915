using System.Text.Json;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Logs;

/// <summary>The tag Log. Only SIMs have errors here.</summary>
internal static class LogOperations
{
    private const string ByImsi = "Subscriber";

    public static IReadOnlyList<Operation> All { get; } = [new("GET", "/logs", "getLogs", "Log:getLogs", List)];

    private static Answer List(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var type = call.Query.Choice("resource_type", ByImsi, ByImsi, "Device", "LoraDevice", "SigfoxDevice");
        var service = call.Query.Choice("service", "", "Air", "Beam", "Funk", "Funnel", "Harvest", "Napter", "Orbit", "Unified");
        var imsi = call.Query.Text("resource_id");
        var (from, to) = (call.Query.Long("from") ?? 0, call.Query.Long("to") ?? long.MaxValue);
        var (after, limit) = (call.LastEvaluatedKey(), call.PageSize());
        var lines = type != ByImsi ? [] : ErrorLog.Lines(call.Data, call.Options.Seed, call.Now)
            .Where(line => (imsi is null || line.Imsi == imsi) && (service.Length == 0 || line.Service == service) && line.Time >= from && line.Time <= to)
            .Where(line => after is null || string.CompareOrdinal(line.Key, after) < 0)
            .Take(limit + 1);
        return Answer.Page(call, Page<LogLine>.Of([.. lines], limit, line => line.Key), (json, line) => Write(json, line, operatorId));
    }

    private static void Write(Utf8JsonWriter json, LogLine line, string operatorId)
    {
        json.WriteStartObject();
        json.WriteString("operatorId", operatorId);
        json.WriteNumber("time", line.Time);
        json.WriteString("logLevel", line.Level);
        json.WriteString("service", line.Service);
        json.WriteString("resourceType", ByImsi);
        json.WriteString("resourceId", line.Imsi);
        json.WriteStartObject("body");
        json.WriteString("message", line.Message);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
