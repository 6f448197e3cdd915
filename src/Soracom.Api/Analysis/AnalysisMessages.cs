using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Analysis;

/// <summary>A query to be run (wire: StartAnalysisQueriesRequest).</summary>
public sealed record AnalysisQuery
{
    public string? Sql { get; init; }

    /// <summary>The period that it is about.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? From { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? To { get; init; }
}

/// <summary>A query that runs (wire: StartAnalysisQueriesResponse).</summary>
public sealed record AnalysisQueryStarted
{
    public string? QueryId { get; init; }
}

/// <summary>How far a query is, and what came out (wire: GetAnalysisQueriesResponse). The definition knows no query that failed.</summary>
public sealed record AnalysisQueryResult
{
    [WireValues(typeof(AnalysisQueryStatus))]
    public string? Status { get; init; }

    /// <summary>Set once it is completed: CSV, compressed with gzip. A signed address that ends: whoever knows it can read the file.</summary>
    public string? Url { get; init; }

    public long? RowCount { get; init; }

    /// <summary>In bytes, compressed.</summary>
    public long? FileSize { get; init; }

    /// <summary>In bytes.</summary>
    public long? UncompressedFileSize { get; init; }

    /// <summary>In seconds.</summary>
    public long? SqlExecTime { get; init; }

    /// <summary>In seconds.</summary>
    public long? SqlExportTime { get; init; }

    /// <summary>Queries of the current month.</summary>
    public long? UsedExecCount { get; init; }

    [AllowNull]
    public IReadOnlyList<AnalysisColumn> ColumnInfo { get; init => field = value ?? []; } = [];

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => $"{nameof(AnalysisQueryResult)} {Status}";
}

/// <summary>Values of <see cref="AnalysisQueryResult.Status"/>.</summary>
public static class AnalysisQueryStatus
{
    public const string Starting = "STARTING";
    public const string Running = "RUNNING";
    public const string Exporting = "EXPORTING";
    public const string Completed = "COMPLETED";
}

/// <summary>A column of a result.</summary>
public sealed record AnalysisColumn
{
    public string? Name { get; init; }

    /// <summary>string, int64, float64, Time, bool; number has been seen too.</summary>
    public string? Type { get; init; }

    /// <summary>TEXT, FIXED, REAL, TIMESTAMP_TZ, BOOLEAN, VARIANT; NUMBER has been seen too.</summary>
    public string? DatabaseType { get; init; }
}

/// <summary>A table that can be queried.</summary>
public sealed record AnalysisSchema
{
    public string? Name { get; init; }

    [AllowNull]
    public IReadOnlyList<AnalysisSchemaColumn> ColumnInfo { get; init => field = value ?? []; } = [];
}

/// <summary>A column of a table.</summary>
public sealed record AnalysisSchemaColumn
{
    public string? Name { get; init; }

    /// <inheritdoc cref="AnalysisColumn.Type"/>
    public string? Type { get; init; }

    /// <inheritdoc cref="AnalysisColumn.DatabaseType"/>
    public string? DatabaseType { get; init; }

    public string? Description { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AnalysisQuery))]
[JsonSerializable(typeof(AnalysisQueryStarted))]
[JsonSerializable(typeof(AnalysisQueryResult))]
[JsonSerializable(typeof(IReadOnlyList<AnalysisSchema>))]
internal sealed partial class AnalysisJson : JsonSerializerContext;
