namespace Soracom.Portal.Data.Exports;

/// <summary>Footage of one camera that somebody asked for. The vendor exports it in <see cref="FootagePiece"/>s.</summary>
public sealed class FootageExport : ITenantOwned
{
    /// <summary>The longest device id that is kept, in characters; the vendor's have 12.</summary>
    public const int DeviceIdLength = 64;

    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLength = 500;

    /// <summary>The longest folder of Harvest Files, in characters.</summary>
    public const int HarvestFolderLength = 500;

    /// <summary>Identity, in addresses.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Running number in the tenant, for people, from 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose camera it is: with the credential of another operator it goes no further.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The camera.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The camera's name at the time.</summary>
    public required string CameraName { get; init; }

    /// <summary>The beginning of what was asked for, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of what was asked for, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Video or stills.</summary>
    public required FootageKind Kind { get; init; }

    /// <summary>Whether video comes as archives rather than as plain files.</summary>
    public bool Archive { get; init; }

    /// <summary>The vendor's word for the sound's format; empty for stills.</summary>
    public string AudioCodec { get; init; } = "";

    /// <summary>Whether stills are corrected for the wide angle.</summary>
    public bool WideAngle { get; init; }

    /// <summary>How far apart stills are, in seconds; null for video.</summary>
    public int? EverySeconds { get; init; }

    /// <summary>The folder of the account's Harvest Files that it is put into instead of the portal's store; null for the store.</summary>
    public string? HarvestFolder { get; init; }

    /// <summary>Why it was asked for; empty when nobody said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who asked for it; null where it was asked for before that was kept.</summary>
    public Guid? RequestedById { get; init; }

    /// <summary>The name of whoever asked for it, at the time.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Where it stands.</summary>
    public required FootageExportState State { get; set; }

    /// <summary>Who asked for it, or has resumed it since: it goes on as long as that person may export.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>The owner's name at the time.</summary>
    public required string OwnerName { get; set; }

    /// <summary>The owner's language: the vendor's words are asked for in it.</summary>
    public required string Language { get; set; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was paused, UTC; null while it is not.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>The name of whoever paused it; null while it is not, and where it paused by itself.</summary>
    public string? PausedBy { get; set; }

    /// <summary>When its owner resumed it, or had what failed asked for again, the last time, UTC; null where nobody has.</summary>
    public DateTimeOffset? ResumedAt { get; set; }

    /// <summary>When the last piece was settled or it was cancelled, UTC; null before.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When its files were removed, UTC; null while they are there.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Why it was paused by itself, or why it waits; null when a person paused it, and when nothing is wrong.</summary>
    public string? Trouble { get; set; }

    /// <summary>Until when it waits, UTC; null when it does not.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>How often in a row the vendor was out of reach.</summary>
    public int Tries { get; set; }

    /// <summary>Who works on it now; null when nobody does.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Until when the holder has it, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; set; }
}

/// <summary>What is exported.</summary>
public enum FootageKind
{
    /// <summary>Recorded video.</summary>
    Video,

    /// <summary>Pictures of moments.</summary>
    Stills,
}

/// <summary>Where an export stands.</summary>
public enum FootageExportState
{
    /// <summary>It is under way, or waits for its turn.</summary>
    Running,

    /// <summary>It was paused, by a person or by itself.</summary>
    Paused,

    /// <summary>It was cancelled; what waited is left out.</summary>
    Cancelled,

    /// <summary>Every piece is settled.</summary>
    Done,
}
