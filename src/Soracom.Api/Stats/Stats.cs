using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Stats;

/// <summary>The traffic of a SIM in one period (wire: AirStatsResponse).</summary>
public sealed record AirStats
{
    /// <summary>When the period begins.</summary>
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>The same as text, in UTC.</summary>
    public string? Date { get; init; }

    /// <summary>By speed class.</summary>
    [JsonPropertyName("dataTrafficStatsMap")]
    public IReadOnlyDictionary<string, Traffic>? Traffic { get; init; }
}

/// <summary>What went to and came from a SIM (wire: DataTrafficStats).</summary>
public sealed record Traffic
{
    [JsonPropertyName("uploadByteSizeTotal")]
    public long? UploadBytes { get; init; }

    [JsonPropertyName("downloadByteSizeTotal")]
    public long? DownloadBytes { get; init; }

    [JsonPropertyName("uploadPacketSizeTotal")]
    public long? UploadPackets { get; init; }

    [JsonPropertyName("downloadPacketSizeTotal")]
    public long? DownloadPackets { get; init; }
}

/// <summary>The traffic of several SIMs in one period (wire: AirAggregatedStatsResponse).</summary>
public sealed record SummedAirStats
{
    /// <summary>When the period begins.</summary>
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    [JsonPropertyName("uploadByteSizeTotal")]
    public long? UploadBytes { get; init; }

    [JsonPropertyName("downloadByteSizeTotal")]
    public long? DownloadBytes { get; init; }
}

/// <summary>Beam's requests in one period (wire: BeamStatsResponse).</summary>
public sealed record BeamStats
{
    /// <summary>When the period begins.</summary>
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>The same as text, in UTC.</summary>
    public string? Date { get; init; }

    /// <summary>By direction and protocol, such as inHttp and outMqtts.</summary>
    [JsonPropertyName("beamStatsMap")]
    public IReadOnlyDictionary<string, StatsCount>? Counts { get; init; }
}

/// <summary>Funk's calls in one period (wire: FunkStatsResponse).</summary>
public sealed record FunkStats
{
    /// <summary>When the period begins.</summary>
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>By words that nobody lists.</summary>
    [JsonPropertyName("funkStatsMap")]
    public IReadOnlyDictionary<string, StatsCount>? Counts { get; init; }
}

/// <summary>What Funnel sent on in one period (wire: FunnelStatsResponse).</summary>
public sealed record FunnelStats
{
    /// <summary>When the period begins.</summary>
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>By words that nobody lists.</summary>
    [JsonPropertyName("funnelStatsMap")]
    public IReadOnlyDictionary<string, StatsCount>? Counts { get; init; }
}

/// <summary>What Harvest stored in one period (wire: HarvestStatsResponse).</summary>
public sealed record HarvestStats
{
    /// <summary>When the period begins.</summary>
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>By words that nobody lists.</summary>
    [JsonPropertyName("harvestStatsMap")]
    public IReadOnlyDictionary<string, StatsCount>? Counts { get; init; }
}

/// <summary>How often (wire: SoracomBeamStats and its like).</summary>
public sealed record StatsCount
{
    public long? Count { get; init; }
}

/// <summary>How much was exported in a month (wire: HarvestExportedDataStatsResponse, NapterAuditLogsExportedDataStatsResponse).</summary>
public sealed record ExportedDataStats
{
    /// <summary>yyyyMM</summary>
    public string? YearMonth { get; init; }

    public long? ExportedBytes { get; init; }
}

/// <summary>Which periods to export (wire: ExportRequest).</summary>
public sealed record StatsExportRequest
{
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? From { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? To { get; init; }

    /// <summary>One of <see cref="StatsPeriod"/>.</summary>
    [WireValues(typeof(StatsPeriod))]
    public string? Period { get; init; }
}

/// <summary>Values of <c>period</c>, of single SIMs.</summary>
public static class StatsPeriod
{
    public const string Month = "month";
    public const string Day = "day";

    /// <summary>About five of them.</summary>
    public const string Minutes = "minutes";
}

/// <summary>Values of <c>period</c>, of groups and the account.</summary>
public static class SummedStatsPeriod
{
    public const string Month = "month";
    public const string Day = "day";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<AirStats>))]
[JsonSerializable(typeof(IReadOnlyList<BeamStats>))]
[JsonSerializable(typeof(IReadOnlyList<FunkStats>))]
[JsonSerializable(typeof(IReadOnlyList<FunnelStats>))]
[JsonSerializable(typeof(IReadOnlyList<HarvestStats>))]
[JsonSerializable(typeof(IReadOnlyList<SummedAirStats>))]
[JsonSerializable(typeof(ExportedDataStats))]
[JsonSerializable(typeof(StatsExportRequest))]
internal sealed partial class StatsJson : JsonSerializerContext;
