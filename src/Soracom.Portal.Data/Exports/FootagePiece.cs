namespace Soracom.Portal.Data.Exports;

/// <summary>One export at the vendor within a <see cref="FootageExport"/>: at most 15 minutes of video, or a still.</summary>
public sealed class FootagePiece : ITenantOwned
{
    /// <summary>The longest id or word that is kept, in characters.</summary>
    public const int WordLength = 64;

    /// <summary>The most that <see cref="Recorded"/> takes, in characters.</summary>
    public const int RecordedLength = 2_000;

    /// <summary>The most that <see cref="ListedBefore"/> takes, in characters.</summary>
    public const int ListedLength = 1_000;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The export.</summary>
    public required Guid ExportId { get; init; }

    /// <summary>Its place in the order of time, from 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>Its beginning, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end, UTC; the same as its beginning for a still.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>What was recorded of it, from and to in milliseconds from its beginning, such as 0-30000,34000-60000; null where all of it was.</summary>
    public string? Recorded { get; init; }

    /// <summary>What of the camera's quota one export of it uses, in seconds.</summary>
    public required long Cost { get; init; }

    /// <summary>Where it stands.</summary>
    public required FootagePieceState State { get; set; }

    /// <summary>The vendor's id of the export under way, or of the last; null before it is known.</summary>
    public string? VendorId { get; set; }

    /// <summary>When the vendor was asked the last time, UTC.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>How often the vendor was asked for it.</summary>
    public int Asked { get; set; }

    /// <summary>
    /// The vendor's ids of the camera's newest exports right before it was asked the last time, with a space between them and = before those that
    /// were ready by then; empty where it had none. Null before that was looked at: the vendor was not asked then.
    /// </summary>
    public string? ListedBefore { get; set; }

    /// <summary>When its export was first looked for, as no answer came, and was not in the vendor's list, UTC; null before.</summary>
    public DateTimeOffset? MissedAt { get; set; }

    /// <summary>Whether no answer told its export: what the vendor's list had instead was taken for it. Somebody else may have begun that.</summary>
    public bool IsFoundInList { get; set; }

    /// <summary>Whether the export under way, or the last, was seen to be charged.</summary>
    public bool IsCharged { get; set; }

    /// <summary>What the vendor has charged for it, in seconds: more than <see cref="Cost"/> where its file was lost and it was exported anew.</summary>
    public long Charged { get; set; }

    /// <summary>What may have been charged for it besides, in seconds, by exports of which nobody knew when it was asked for again.</summary>
    public long Doubtful { get; set; }

    /// <summary>What may have been charged for it besides <see cref="Charged"/>, in seconds: the vendor may have begun it, and never said so.</summary>
    public long MayBeChargedSeconds => Doubtful + (State == FootagePieceState.Unknown && !IsCharged ? Cost : 0);

    /// <summary>Whether nobody knows if more than <see cref="Charged"/> was charged for it.</summary>
    public bool MayBeCharged => MayBeChargedSeconds > 0;

    /// <summary>The file in the store that it is fetched into, or is in; null before.</summary>
    public Guid? FileId { get; set; }

    /// <summary>The file's key, sealed.</summary>
    public byte[]? FileKey { get; set; }

    /// <summary>The content's length in bytes; null before it is there.</summary>
    public long? Length { get; set; }

    /// <summary>The content's SHA-256 in hexadecimal digits; null before it is there.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The content's CRC-32; null before it is there.</summary>
    public long? Crc32 { get; set; }

    /// <summary>How long the video is as its own boxes tell, in milliseconds; null of a still or an archive, where the boxes don't tell, and where they were not looked at yet.</summary>
    public long? VideoMilliseconds { get; set; }

    /// <summary>Whether the video's boxes were looked at and don't tell how long it is, or show that it is not whole.</summary>
    public bool IsUnread { get; set; }

    /// <summary>Whether that is clearly less than what was asked for.</summary>
    public bool IsShort { get; set; }

    /// <summary>Whether that is clearly more than what was asked for.</summary>
    public bool IsLong { get; set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Reason { get; set; }

    /// <summary>When it came to where it is, UTC; null before it was begun.</summary>
    public DateTimeOffset? At { get; set; }
}

/// <summary>Where a piece stands.</summary>
public enum FootagePieceState
{
    /// <summary>The vendor is to be asked for it.</summary>
    Waiting,

    /// <summary>The vendor is being asked. Found so after the program ended, it is looked up before it is asked for again.</summary>
    Asked,

    /// <summary>The vendor makes it, or has it ready.</summary>
    Exporting,

    /// <summary>It is in the store.</summary>
    Fetched,

    /// <summary>It is in the account's Harvest Files.</summary>
    Delivered,

    /// <summary>It could not be had.</summary>
    Failed,

    /// <summary>Nobody knows whether the vendor makes it: several exports began at that moment.</summary>
    Unknown,

    /// <summary>It was left out when the export was cancelled.</summary>
    Skipped,
}
