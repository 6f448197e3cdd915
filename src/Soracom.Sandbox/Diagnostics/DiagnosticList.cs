using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Diagnostics;

/// <summary>A look at a SIM. Times are Unix milliseconds.</summary>
/// <param name="DiagnosticId">A UUID.</param>
/// <param name="SimId">The SIM.</param>
/// <param name="From">The beginning of the period.</param>
/// <param name="To">Its end.</param>
/// <param name="Done">From when on the findings are told.</param>
/// <param name="Findings">What was found.</param>
internal sealed record Diagnostic(string DiagnosticId, string SimId, long From, long To, long Done, List<Finding> Findings);

/// <param name="Id">The kind of finding.</param>
/// <param name="Category">data, session, sim or others.</param>
/// <param name="Severity">error, warning, info or none.</param>
/// <param name="Message">In English.</param>
/// <param name="Times">When, for sessions in Unix milliseconds.</param>
internal sealed record Finding(string Id, string Category, string Severity, string Message, List<string> Times);

/// <summary>The looks at SIMs of a coverage.</summary>
internal sealed class DiagnosticList() : Part<DiagnosticsState>(DiagnosticsJson.Default.DiagnosticsState)
{
    private const long Takes = 8_000;

    private readonly KeyedList<Diagnostic> diagnostics = new(one => one.DiagnosticId);

    public Diagnostic? Find(string diagnosticId) => diagnostics.Find(diagnosticId);

    public Diagnostic Add(string simId, long from, long to, long now, List<Finding> findings)
    {
        var id = Home.Random(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"diagnostic {diagnostics.Count}")).Uuid();
        var diagnostic = new Diagnostic(id, simId, from, to, now + Takes, findings);
        diagnostics.Put(diagnostic);
        return diagnostic;
    }

    protected override DiagnosticsState Save() => new([.. Enumerable.Range(0, diagnostics.Count).Select(i => diagnostics[i])]);

    protected override void Load(DiagnosticsState saved) => saved.Diagnostics.ForEach(diagnostics.Put);
}

internal sealed record DiagnosticsState(List<Diagnostic> Diagnostics);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DiagnosticsState))]
internal sealed partial class DiagnosticsJson : JsonSerializerContext;
