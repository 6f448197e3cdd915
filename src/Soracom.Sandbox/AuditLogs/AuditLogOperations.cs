using System.Text.Json;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Napter;
using Soracom.Sandbox.Operators;

namespace Soracom.Sandbox.AuditLogs;

/// <summary>The tag AuditLog. Both lists have the newest entry first and go on from the time of the last one.</summary>
internal static class AuditLogOperations
{
    private const int MostAtOnce = 1000;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/audit_logs/api", "getApiAuditLogs", "AuditLog:getApiAuditLogs", GetApi),
        new("GET", "/audit_logs/napter", "getNapterAuditLogs", "AuditLog:getNapterAuditLogs", GetNapter),
    ];

    private static Answer GetApi(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var kind = call.Query.Text("api_kind");
        var page = call.Account.Part<ApiAuditPart>().Log.Newest(
            From(call, "from_epoch_ms", "api_audit_log"), call.Query.Long("to_epoch_ms"), call.Query.Long("last_evaluated_key"), Limit(call), one => kind is null || one.Kind == kind);
        return Answer.Page(call, page, (json, one) => Write(json, one, operatorId));
    }

    /// <summary>The only type of resource is an IMSI, whether or not a caller says so.</summary>
    private static Answer GetNapter(Call call)
    {
        var operatorId = call.Account.OperatorId;
        call.Query.Choice("resource_type", "Subscriber", "Subscriber");
        var imsi = call.Query.Text("resource_id");
        var page = call.Data.Part<NapterPart>().Log.Newest(
            From(call, "from", "napter"), call.Query.Long("to"), call.Query.Long("last_evaluated_key"), Limit(call), one => imsi is null || one.Target.Imsi == imsi);
        return Answer.Page(call, page, (json, one) => NapterJson.Write(json, one, operatorId));
    }

    /// <summary>The earliest time: what is asked for, but no further back than an account without the contract can see.</summary>
    private static long? From(Call call, string name, string contract)
    {
        var from = call.Query.Long(name);
        return call.Options.Undocumented.AuditLogsKept is { } kept && !call.Account.Part<AccountPart>().Contracts.ContainsKey(contract)
            ? Math.Max(from ?? 0, (call.Now - kept).ToUnixTimeMilliseconds())
            : from;
    }

    private static int Limit(Call call) => call.Query.Integer("limit", 1, MostAtOnce) ?? call.Options.PageSize;

    private static void Write(Utf8JsonWriter json, ApiCall call, string operatorId)
    {
        json.WriteStartObject();
        json.WriteString("apiKind", call.Kind);
        json.WriteString("requestPath", call.Path);
        json.WriteString("operatorId", operatorId);
        json.WriteString("userName", call.UserName);
        json.WriteString("remoteIpAddress", call.Address);
        json.WriteNumber("requestedTimeEpochMs", call.Time);
        json.WriteNumber("requestedTimeEpocMs", call.Time);
        json.WriteNumber("statusCode", call.Status);
        json.WriteEndObject();
    }
}
