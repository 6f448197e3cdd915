using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Running;

namespace Soracom.Portal.Features.Exports;

/// <summary>How an export stands.</summary>
/// <param name="Export">The export.</param>
/// <param name="Counts">Its pieces, counted.</param>
/// <param name="Pieces">Those of its pieces that were asked for, in the order of time.</param>
/// <param name="Left">How long it will take yet; null where that is not known.</param>
/// <param name="Ahead">The number of the export of the same camera that comes first; null where none does.</param>
/// <param name="KeptUntil">When its files are removed; null where it has none, or is under way.</param>
/// <param name="EndsAt">When it ends by itself unless it is resumed; null where it is not paused.</param>
public sealed record ExportView(FootageExport Export, PieceCounts Counts, IReadOnlyList<FootagePiece> Pieces, TimeSpan? Left, int? Ahead, DateTimeOffset? KeptUntil, DateTimeOffset? EndsAt)
{
    /// <summary>Whether whoever looks at it may remove its files.</summary>
    public bool MayRemove { get; init; }
}

/// <summary>What an export needs of its camera's quota.</summary>
/// <param name="Needed">What it is yet to use, in seconds.</param>
/// <param name="Left">What is left for it; null where the vendor does not tell.</param>
/// <param name="Billed">What of what it needs is beyond what is free, and charged for, in seconds; all of it may be where nobody knows what is left.</param>
public sealed record FootageNeed(long Needed, TimeSpan? Left, long Billed)
{
    /// <summary>What whoever has seen it, and goes on, agrees to.</summary>
    public FootageAgreed Shown => new(Needed, Billed) { Unread = Left is null };
}

/// <summary>What asking again for what could not be had comes to.</summary>
/// <param name="Cost">What it uses of the camera's quota, in seconds.</param>
/// <param name="Free">How many files are in the store again, and cost nothing.</param>
/// <param name="Unknown">Of how many pieces nobody knows whether the vendor has charged them.</param>
/// <param name="Charged">What the vendor has charged for those already that use some, in seconds.</param>
/// <param name="Billed">What of the cost, and of the rest, is beyond what is free, and charged for, in seconds.</param>
public sealed record RetryCost(long Cost, int Free, int Unknown, long Charged, long Billed)
{
    /// <summary>Whether more than <see cref="Charged"/> may have been charged for those.</summary>
    public bool IsLeast { get; init; }

    /// <summary>What may have been charged for those besides <see cref="Charged"/>, in seconds.</summary>
    public long Doubtful { get; init; }

    /// <summary>What the rest of the export uses, which goes on with it, in seconds; nothing where it does not.</summary>
    public long Rest { get; init; }

    /// <summary>Whether the vendor does not tell what is left of the quota: all of it may be charged for then.</summary>
    public bool IsUnread { get; init; }

    /// <summary>What whoever has seen it, and asks again, agrees to.</summary>
    public FootageAgreed Shown => new(Cost + Rest, Billed) { Unread = IsUnread };
}

/// <summary>An export in the list.</summary>
/// <param name="Export">The export.</param>
/// <param name="Counts">Its pieces, counted.</param>
public sealed record ExportLine(FootageExport Export, PieceCounts Counts);

/// <summary>An export's pieces, counted.</summary>
/// <param name="States">How many are in each state; those that none is in may be missing.</param>
/// <param name="Cost">What all of them use of the camera's quota, in seconds.</param>
/// <param name="OpenCost">What of that is set aside for those that are yet to come and not charged, in seconds.</param>
/// <param name="LostCost">What those use that could not be had, in seconds, should they be asked for again.</param>
/// <param name="LostCharged">What the vendor has charged for those, in seconds.</param>
/// <param name="Charged">What the vendor has charged, in seconds.</param>
/// <param name="Bytes">What is in the store, in bytes.</param>
public sealed record PieceCounts(IReadOnlyDictionary<FootagePieceState, int> States, long Cost, long OpenCost, long LostCost, long LostCharged, long Charged, long Bytes)
{
    /// <summary>Those whose video is in the store and clearly shorter than what was asked for.</summary>
    public int TooShort { get; init; }

    /// <summary>Those whose video is in the store and clearly longer than what was asked for.</summary>
    public int TooLong { get; init; }

    /// <summary>Those whose video is in the store and does not tell how long it is.</summary>
    public int LengthUnread { get; init; }

    /// <summary>Those whose export no answer told, and that were found in the vendor's list.</summary>
    public int Found { get; init; }

    /// <summary>Those about which the table says something of all that: too short, too long, not readable, or found in the list.</summary>
    public int Marked { get; init; }

    /// <summary>Whether nobody can vouch for some of what was had: a video is too short or not readable, or an export was found in the list.</summary>
    public bool IsDoubted => TooShort + LengthUnread + Found > 0;

    /// <summary>Those of which nobody knows whether the vendor has charged them; <see cref="Charged"/> is the least then.</summary>
    public int MayBeCharged { get; init; }

    /// <summary>What may have been charged for those besides, in seconds.</summary>
    public long MayBeChargedCost { get; init; }

    /// <summary>All of them.</summary>
    public int Total => States.Values.Sum();

    /// <summary>Those that were had.</summary>
    public int Got => this[FootagePieceState.Fetched] + this[FootagePieceState.Delivered];

    /// <summary>Those that could not be had, and those that nobody knows about.</summary>
    public int Lost => this[FootagePieceState.Failed] + this[FootagePieceState.Unknown];

    /// <summary>Those that may be asked for again: those that were lost, and the one over which an export was stopped though it is looked after yet.</summary>
    internal int ToRetry(FootageExport export) => Lost + (ExportMoves.IsStoppedByALoss(export) && export.Trouble == ExportTrouble.LinkDied ? this[FootagePieceState.Exporting] : 0);

    /// <summary>Those that the vendor was asked for, and that have not come.</summary>
    public int Out => this[FootagePieceState.Asked] + this[FootagePieceState.Exporting];

    /// <summary>Those about which nothing more is done.</summary>
    public int Settled => Got + Lost + this[FootagePieceState.Skipped];

    /// <summary>Those in a state.</summary>
    /// <param name="state">The state.</param>
    public int this[FootagePieceState state] => States.GetValueOrDefault(state);
}

/// <summary>What a tenant's exports take.</summary>
/// <param name="Used">Bytes.</param>
/// <param name="Most">The most that they may take, in bytes.</param>
public sealed record StoreUse(long Used, long Most);
