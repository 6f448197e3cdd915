using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;

namespace Soracom.Sandbox.Diagnostics;

/// <summary>The tag Diagnostic.</summary>
internal static class DiagnosticOperations
{
    public static readonly VendorError NoSuchDiagnostic = new(404, "DGN9001",
        "There is no such diagnostic.", "指定された診断は存在しません。");

    public static readonly VendorError WrongPeriod = new(400, "DGN9002",
        "The period must end after it begins, and not in the future.", "期間の終了は開始より後、現在以前の日時を指定してください。");

    private static readonly TimeSpan UsualPeriod = TimeSpan.FromDays(1);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/diagnostics", "sendDiagnosticRequest", "Diagnostic:sendDiagnosticRequest", Send),
        new("GET", "/diagnostics/{diagnostic_id}", "getDiagnostic", "Diagnostic:getDiagnostic", Get),
    ];

    private static Answer Send(Call call)
    {
        var body = call.Body.Object();
        _ = body.Choice("resourceType", "sim") ?? throw new VendorException(VendorErrors.Required, "resourceType");
        _ = body.Choice("service", "Air") ?? throw new VendorException(VendorErrors.Required, "service");
        var simId = body.RequiredText("resourceId");
        var now = call.Now.ToUnixTimeMilliseconds();
        var to = body.Integer("to", 0, long.MaxValue) ?? now;
        var from = body.Integer("from", 0, long.MaxValue) ?? to - (long)UsualPeriod.TotalMilliseconds;
        if (from >= to || to > now)
        {
            throw new VendorException(WrongPeriod);
        }

        var sim = call.Data.FindSim(simId) ?? throw new VendorException(VendorErrors.NoSuchSim);
        var sessions = call.Data.Part<SimLife>().Sessions(sim).Where(one => one.Time >= from && one.Time <= to).ToList();
        var diagnostic = call.Data.Part<DiagnosticList>().Add(sim.SimId, from, to, now, [.. Findings.Of(sim, sessions, from, to, call.Now)]);
        return Answer.Created(json => Write(json, diagnostic, now));
    }

    private static Answer Get(Call call)
    {
        var diagnostic = call.Data.Part<DiagnosticList>().Find(call.Path["diagnostic_id"]) ?? throw new VendorException(NoSuchDiagnostic);
        var now = call.Now.ToUnixTimeMilliseconds();
        return Answer.Ok(json => Write(json, diagnostic, now));
    }

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic, long now)
    {
        var isDone = now >= diagnostic.Done;
        json.WriteStartObject();
        json.WriteString("diagnosticId", diagnostic.DiagnosticId);
        json.WriteString("status", isDone ? "done" : "diagnosing");
        json.WriteString("service", "Air");
        json.WriteString("resourceType", "sim");
        json.WriteString("resourceId", diagnostic.SimId);
        json.WriteNumber("from", diagnostic.From);
        json.WriteNumber("to", diagnostic.To);
        json.WriteStartArray("insights");
        foreach (var finding in isDone ? diagnostic.Findings : [])
        {
            json.WriteStartObject();
            json.WriteString("insightId", finding.Id);
            json.WriteString("category", finding.Category);
            json.WriteString("severity", finding.Severity);
            json.WriteString("message", finding.Message);
            json.WriteStrings("anomalyDetectedTimes", finding.Times);
            json.WriteStartArray("referenceUrls");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
