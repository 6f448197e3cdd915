using System.Text.Json.Serialization;
using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Diagnostics;

/// <summary>What the vendor thinks is the matter with a SIM.</summary>
public interface IDiagnosticsApi
{
    /// <summary>Vendor operation sendDiagnosticRequest: begins to look at a SIM. 404 for an unknown one.</summary>
    [SoracomOperation("sendDiagnosticRequest"), Post("/diagnostics")]
    Task<Diagnostic> SendDiagnosticRequestAsync([Body] DiagnosticOrder order, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getDiagnostic: how far it is, and what was found. To be asked for until it is done or has failed.</summary>
    [SoracomOperation("getDiagnostic"), Get("/diagnostics/{diagnostic_id}")]
    Task<Diagnostic> GetDiagnosticAsync([Path("diagnostic_id")] string diagnosticId, CancellationToken cancellationToken = default);
}

/// <summary>What to look at (wire: DiagnosticRequest).</summary>
public sealed record DiagnosticOrder
{
    /// <summary>The SIM ID.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The only kind that there is: <c>sim</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The only service that there is: <c>Air</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The beginning of the period to look at; null for the vendor's own choice.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? From { get; init; }

    /// <summary>Its end; null for the vendor's own choice.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? To { get; init; }

    /// <summary>A look at a SIM within a period.</summary>
    public static DiagnosticOrder OfSim(string simId, DateTimeOffset from, DateTimeOffset to) =>
        new() { ResourceId = simId, ResourceType = "sim", Service = "Air", From = from, To = to };
}

/// <summary>A look at a SIM, and what it has found (wire: DiagnosticResponse).</summary>
public sealed record Diagnostic
{
    public string? DiagnosticId { get; init; }

    /// <summary>One of <see cref="DiagnosticStatus"/>.</summary>
    [WireValues(typeof(DiagnosticStatus))]
    public string? Status { get; init; }

    public string? Service { get; init; }

    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? From { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? To { get; init; }

    public IReadOnlyList<Insight>? Insights { get; init; }
}

/// <summary>Something that was found (wire: Insight).</summary>
public sealed record Insight
{
    public string? InsightId { get; init; }

    /// <summary>The vendor's words.</summary>
    public string? Message { get; init; }

    /// <summary>One of <see cref="InsightCategory"/>.</summary>
    [WireValues(typeof(InsightCategory))]
    public string? Category { get; init; }

    /// <summary>One of <see cref="InsightSeverity"/>.</summary>
    [WireValues(typeof(InsightSeverity))]
    public string? Severity { get; init; }

    /// <summary>When, as text whose layout depends on the category: Unix milliseconds for sessions.</summary>
    public IReadOnlyList<string>? AnomalyDetectedTimes { get; init; }

    public IReadOnlyList<Reference>? ReferenceUrls { get; init; }
}

/// <summary>Something to read (wire: ReferenceUrl).</summary>
public sealed record Reference
{
    public string? Title { get; init; }

    public string? Url { get; init; }
}

/// <summary>Values of <see cref="Diagnostic.Status"/>.</summary>
public static class DiagnosticStatus
{
    public const string Diagnosing = "diagnosing";
    public const string Done = "done";
    public const string Failed = "failed";
}

/// <summary>Values of <see cref="Insight.Category"/>.</summary>
public static class InsightCategory
{
    public const string Data = "data";
    public const string Session = "session";
    public const string Sim = "sim";
    public const string Others = "others";
    public const string Unknown = "unknown";
}

/// <summary>Values of <see cref="Insight.Severity"/>.</summary>
public static class InsightSeverity
{
    public const string Error = "error";
    public const string Warning = "warning";
    public const string Info = "info";
    public const string None = "none";
    public const string Unknown = "unknown";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Diagnostic))]
[JsonSerializable(typeof(DiagnosticOrder))]
internal sealed partial class DiagnosticsJson : JsonSerializerContext;
