namespace Soracom.Portal.Data.Billing;

/// <summary>
/// The vendor's detailed file of a month, which somebody asked for: a CSV file of all that the month's bill is made of. The vendor makes it in
/// its own time; the portal follows that, keeps the file sealed, and reads it.
/// </summary>
public sealed class BillFile : ITenantOwned
{
    /// <summary>The longest of the vendor's ids of files, in characters.</summary>
    public const int VendorIdLength = 128;

    /// <summary>Identity, in addresses.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose bill it is; with the credential of another operator it is not to be seen.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The month, such as 202604.</summary>
    public required int Month { get; init; }

    /// <summary>Which of the month's files, from 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>The <see cref="BillRevision"/> that the bill had when the file was made, or asked for before that; 0 for a month that was not closed yet, whose file is preliminary.</summary>
    public required int Revision { get; set; }

    /// <summary>What the bill had come to when the file was made, taxes and discounts included, coupons not taken off; null where that is not known.</summary>
    public decimal? BillTotal { get; set; }

    /// <summary>Up to when that was counted, UTC; null where that is not known.</summary>
    public DateTimeOffset? BillAsOf { get; set; }

    /// <summary>Where it stands.</summary>
    public required BillFileState State { get; set; }

    /// <summary>Who asked for it: it is fetched as long as that person may see bills.</summary>
    public required Guid AskedById { get; init; }

    /// <summary>The name at the time.</summary>
    public required string AskedByName { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The vendor's id of the file that it makes; null before it was told. Written before the vendor is asked how far it is.</summary>
    public string? VendorId { get; set; }

    /// <summary>When the vendor was last asked to make it, UTC; null before.</summary>
    public DateTimeOffset? MadeAt { get; set; }

    /// <summary>How often the vendor was asked to make it: again where that failed, or the file's address died.</summary>
    public int Made { get; set; }

    /// <summary>How often the address of what was made last led to nothing.</summary>
    public int Missed { get; set; }

    /// <summary>How often in a row the vendor or the store was out of reach.</summary>
    public int Tries { get; set; }

    /// <summary>Until when it waits, UTC; null when it does not.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Why it failed, or waits; null when nothing is wrong.</summary>
    public string? Trouble { get; set; }

    /// <summary>When it was there, or was given up, UTC; null before.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The file in the store; null while there is none. Written before the file is.</summary>
    public Guid? FileId { get; set; }

    /// <summary>The file's key, sealed; null while there is none, and once it was removed.</summary>
    public byte[]? FileKey { get; set; }

    /// <summary>Its length in bytes; null before it was fetched.</summary>
    public long? Length { get; set; }

    /// <summary>SHA-256 in lower-case hexadecimal digits; null before it was fetched.</summary>
    public string? Sha256 { get; set; }

    /// <summary>How many rows were understood; null before it was read.</summary>
    public long? Rows { get; set; }

    /// <summary>How many were left out, as they could not be.</summary>
    public long BadRows { get; set; }

    /// <summary>The lines at which the first of them begin, with spaces between.</summary>
    public string BadLines { get; set; } = "";

    /// <summary>The names of the columns that the portal makes nothing of, as a JSON array; they stay in the file.</summary>
    public string OtherColumns { get; set; } = "[]";

    /// <summary>What the rows add up to, net; null where the file tells no amounts.</summary>
    public decimal? Total { get; set; }

    /// <summary>Whether the month's lines of <see cref="BillLineSource.File"/> are this file's, all of them.</summary>
    public bool HasLines { get; set; }

    /// <summary>Whether it is there and all of it was understood: another one of the same bill would tell nothing else.</summary>
    public bool IsWhole => State == BillFileState.Done && Rows > 0 && BadRows == 0 && Total is not null;

    /// <summary>Whether the vendor did not tell the closed bill when it was made: it may be of another than the one that the portal knew, which it is held against.</summary>
    public bool IsOfUntoldBill => Revision > 0 && BillTotal is not null && BillAsOf is null;

    /// <summary>When a newer one took its place, UTC; null while it counts. Its key is gone then.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Who works on it now; null when nobody does.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Until when the holder has it, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; set; }
}

/// <summary>Where a detailed file stands.</summary>
public enum BillFileState
{
    /// <summary>The vendor is to be asked to make it.</summary>
    Asked,

    /// <summary>The vendor makes it, or has made it.</summary>
    Making,

    /// <summary>It is in the store, and is to be read.</summary>
    Stored,

    /// <summary>It is there.</summary>
    Done,

    /// <summary>It was given up.</summary>
    Failed,
}
