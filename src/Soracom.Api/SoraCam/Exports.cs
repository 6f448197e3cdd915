using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <summary>An export of video or of a still (wire: SoraCamVideoExportInfo, SoraCamImageExportInfo).</summary>
public sealed record CameraExport
{
    public required string ExportId { get; init; }

    public string? DeviceId { get; init; }

    public string? OperatorId { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? RequestedTime { get; init; }

    /// <summary>One of <see cref="ExportStatus"/>.</summary>
    [WireValues(typeof(ExportStatus))]
    public string? Status { get; init; }

    /// <summary>Where the file is, while it is completed; whoever knows it can read the file.</summary>
    public string? Url { get; init; }

    /// <summary>Until when the address is good: ten minutes from completion.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? ExpiryTime { get; init; }

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => $"{nameof(CameraExport)} {ExportId} {Status}";
}

/// <summary>What video to export (wire: SoraCamVideoExportSpecification).</summary>
public sealed record VideoExportRequest
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset From { get; init; }

    /// <summary>At most 900 s later.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset To { get; init; }

    /// <summary>Whether a ZIP of MP4 files is wanted, which is the vendor's default, or one MP4.</summary>
    public bool? Archive { get; init; }

    /// <summary>One of <see cref="ExportAudioCodec"/>; the vendor's default is PCM.</summary>
    [WireValues(typeof(ExportAudioCodec))]
    public string? AudioCodec { get; init; }

    /// <summary>Where to put the file in Harvest Files; null does not.</summary>
    public HarvestFilesTarget? HarvestFiles { get; init; }
}

/// <summary>What still to export (wire: SoraCamImageExportSpecification).</summary>
public sealed record ImageExportRequest
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset Time { get; init; }

    /// <summary>Values of <see cref="ImageFilter"/>.</summary>
    public IReadOnlyList<string>? ImageFilters { get; init; }

    /// <summary>Where to put the file in Harvest Files; null does not.</summary>
    public HarvestFilesTarget? HarvestFiles { get; init; }
}

/// <summary>Wire: SoraCamExportVideoToHarvestFiles, SoraCamExportImageToHarvestFiles.</summary>
public sealed record HarvestFilesTarget
{
    /// <summary>
    /// A directory; the root without it. May hold {export_id}, {device_id}, {date} (yyyy/MM/dd/HH/mm), and {from} and {to} of a video or {time} of a still.
    /// </summary>
    public string? PathPrefix { get; init; }
}

/// <summary>A camera's quota of a month, which exports and streams share (wire: SoraCamExportUsage).</summary>
public sealed record ExportUsage
{
    public string? DeviceId { get; init; }

    /// <summary>The month, <c>yyyyMM</c>.</summary>
    public string? MeteredYearMonth { get; init; }

    public VideoUsage? Video { get; init; }

    public ImageUsage? Image { get; init; }
}

/// <summary>The quota in seconds of video (wire: SoraCamVideoExportUsage).</summary>
public sealed record VideoUsage
{
    public long? LimitSeconds { get; init; }

    public long? UsedSeconds { get; init; }

    public long? RemainingSeconds { get; init; }

    /// <summary>What is charged for: the part above 72 hours.</summary>
    public long? BilledSeconds { get; init; }
}

/// <summary>The same quota in stills, of which each costs a second (wire: SoraCamImageExportUsage).</summary>
public sealed record ImageUsage
{
    public long? LimitFrames { get; init; }

    public long? UsedFrames { get; init; }

    public long? RemainingFrames { get; init; }

    public long? BilledFrames { get; init; }
}

/// <summary>Wire: SoraCamExportUsageLimitOverrideSpecification.</summary>
public sealed record ExportLimit
{
    /// <summary>0 to 1500.</summary>
    public required int LimitHours { get; init; }
}
