using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Analysis;

/// <summary>The queries of one coverage. They are answered from what is there when they are made, and take a while to say so.</summary>
internal sealed class AnalysisPart() : Part<AnalysisPart.State>(AnalysisJson.Default.State)
{
    public const int RunningAfter = 2;
    public const int ExportingAfter = 5;
    public const int CompletedAfter = 8;

    /// <summary>How many results are kept.</summary>
    private const int Kept = 20;

    private readonly List<AnalysisRun> runs = [];
    private int month;
    private int used;

    public AnalysisRun? Find(string id) => runs.Find(run => run.Id == id);

    /// <summary>Keeps a result. Queries are counted by the month.</summary>
    public void Add(AnalysisRun run)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(run.Started).UtcDateTime;
        var present = (time.Year * 12) + time.Month;
        used = present == month ? used + 1 : 1;
        month = present;
        runs.Add(run with { UsedExecCount = used });
        if (runs.Count > Kept)
        {
            runs.RemoveAt(0);
        }
    }

    protected override State Save() => new([.. runs], month, used);

    protected override void Load(State saved)
    {
        runs.AddRange(saved.Runs);
        month = saved.Month;
        used = saved.Used;
    }

    internal sealed record State(List<AnalysisRun> Runs, int Month, int Used);
}

/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Started">Unix seconds.</param>
/// <param name="Columns">Of the result.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Length">Of the CSV in bytes.</param>
/// <param name="Compressed">The CSV, compressed with gzip.</param>
internal sealed record AnalysisRun(string Id, long Started, List<AnalysisColumn> Columns, int Rows, int Length, byte[] Compressed)
{
    /// <summary>Queries of the month, this one included.</summary>
    public int UsedExecCount { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AnalysisPart.State))]
internal sealed partial class AnalysisJson : JsonSerializerContext;
