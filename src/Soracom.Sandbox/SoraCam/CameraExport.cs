namespace Soracom.Sandbox.SoraCam;

/// <summary>The states of an export, as they are called on the wire.</summary>
internal static class ExportStatus
{
    public const string Initializing = "initializing";
    public const string Processing = "processing";
    public const string Retrying = "retrying";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string LimitExceeded = "limitExceeded";
    public const string Expired = "expired";
}

/// <summary>An export of video or of a still. What it shows is settled when it is asked for. Times are Unix milliseconds.</summary>
internal sealed record CameraExport
{
    /// <summary>How long the file of a finished export is there.</summary>
    public static readonly TimeSpan FileLife = TimeSpan.FromMinutes(10);

    /// <summary>How long an export that has ended stays in lists. Nobody tells.</summary>
    private static readonly TimeSpan ListLife = TimeSpan.FromDays(1);

    private static readonly TimeSpan Queueing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pausing = TimeSpan.FromSeconds(15);
    private const int MostTries = 3;

    public required string ExportId { get; init; }

    public required string DeviceId { get; init; }

    public required long Requested { get; init; }

    public required bool IsVideo { get; init; }

    /// <summary>Of a still, one that begins at its moment.</summary>
    public required IReadOnlyList<Span> Pieces { get; init; }

    /// <summary>When something moves in them.</summary>
    public required IReadOnlyList<Span> Motion { get; init; }

    /// <summary>Seconds of quota.</summary>
    public required long Cost { get; init; }

    /// <summary>Whether a video comes as a ZIP.</summary>
    public bool IsArchive { get; init; }

    public string? AudioCodec { get; init; }

    /// <summary>Whether a still is corrected for the wide angle.</summary>
    public bool IsStraightened { get; init; }

    /// <summary>A path in Harvest Files where it is put too; null for nowhere.</summary>
    public string? HarvestPath { get; init; }

    public string Status { get; init; } = ExportStatus.Initializing;

    /// <summary>When it goes on to another status.</summary>
    public required long Due { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>In the order of time, and different for each.</summary>
    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Requested:D14}-{ExportId}");

    /// <summary>Whether its cost is set aside although it is not charged yet.</summary>
    public bool IsUnderWay => Status is ExportStatus.Processing or ExportStatus.Retrying;

    public static long FirstDue(long now) => now + (long)Queueing.TotalMilliseconds;

    /// <summary>What becomes of it when it is due; null when it is forgotten.</summary>
    /// <param name="at">When it was due.</param>
    /// <param name="trouble">What its camera makes of exports.</param>
    /// <param name="fits">Whether the quota allows it.</param>
    /// <param name="storable">Whether a file can be at its path in Harvest Files.</param>
    public CameraExport? Next(long at, ExportTrouble trouble, bool fits, bool storable) => Status switch
    {
        ExportStatus.Initializing when !fits => Ended(ExportStatus.LimitExceeded, at, ListLife),
        ExportStatus.Initializing => Ended(ExportStatus.Processing, at, Work),
        ExportStatus.Processing when Fails(trouble) => Ended(ExportStatus.Retrying, at, Pausing) with { Tries = Tries + 1 },
        ExportStatus.Processing when !storable => Ended(ExportStatus.Failed, at, ListLife),
        ExportStatus.Processing => Ended(ExportStatus.Completed, at, FileLife),
        ExportStatus.Retrying when Tries >= MostTries => Ended(ExportStatus.Failed, at, ListLife),
        ExportStatus.Retrying => Ended(ExportStatus.Processing, at, Work),
        ExportStatus.Completed => Ended(ExportStatus.Expired, at, ListLife),
        _ => null,
    };

    /// <summary>A video takes a fifteenth of its length, and a little.</summary>
    private TimeSpan Work => IsVideo
        ? TimeSpan.FromSeconds(5) + TimeSpan.FromMilliseconds(Pieces.Sum(piece => piece.End - piece.Start) / 15)
        : TimeSpan.FromSeconds(3);

    private bool Fails(ExportTrouble trouble) => trouble == ExportTrouble.Always || (trouble == ExportTrouble.Once && Tries == 0);

    private CameraExport Ended(string status, long at, TimeSpan life) => this with { Status = status, Due = at + (long)life.TotalMilliseconds };
}
