using Soracom.Api;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>What is to be done about an export next.</summary>
/// <param name="Export">The export as it stands.</param>
/// <param name="Piece">The piece as it stands.</param>
/// <param name="IsFresh">Whether the piece was marked as asked for just now; otherwise it was found so, and is looked up first.</param>
internal sealed record ExportStep(FootageExport Export, FootagePiece Piece, bool IsFresh)
{
    /// <summary>The coverage.</summary>
    public SoracomCoverage Coverage =>
        SoracomCoverages.TryParseWireName(Export.Coverage, out var coverage) ? coverage : throw new InvalidOperationException($"{Export.Coverage} is no coverage.");

    /// <summary>A file of the piece's.</summary>
    public StoredPlace PlaceOf(Guid fileId) => new(Export.TenantId, Export.Id, Piece.Number, fileId);
}

/// <summary>An export that was taken.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Language">Its owner's language.</param>
internal sealed record ExportTaken(JobTurn Turn, string Language);

/// <summary>Why an export was paused by itself, or a piece failed; words for each are in the resources. Failures of the vendor have the names of their kinds.</summary>
internal static class ExportTrouble
{
    /// <summary>The camera's monthly quota is used up.</summary>
    public const string Quota = nameof(Quota);

    /// <summary>The camera has no licence any more.</summary>
    public const string NoLicence = nameof(NoLicence);

    /// <summary>The vendor knows no such camera any more.</summary>
    public const string CameraGone = nameof(CameraGone);

    /// <summary>There is no room in the store for what comes.</summary>
    public const string StoreFull = nameof(StoreFull);

    /// <summary>The store can't be reached, or does not take what it is given.</summary>
    public const string StoreGone = nameof(StoreGone);

    /// <summary>Its owner may no longer export.</summary>
    public const string RightLost = nameof(RightLost);

    /// <summary>The credential is another operator's now.</summary>
    public const string OtherAccount = nameof(OtherAccount);

    /// <summary>The vendor could not export it.</summary>
    public const string VendorFailed = nameof(VendorFailed);

    /// <summary>The vendor exported it, and its address died before it was fetched.</summary>
    public const string LinkDied = nameof(LinkDied);

    /// <summary>The vendor had begun it, and knows nothing of it any more.</summary>
    public const string Vanished = nameof(Vanished);

    /// <summary>Several exports of the camera began at the moment at which the vendor was asked, and no answer came.</summary>
    public const string SeveralBegan = nameof(SeveralBegan);

    /// <summary>The vendor was still at it after a day.</summary>
    public const string NeverReady = nameof(NeverReady);

    /// <summary>The vendor takes longer for it than it usually does.</summary>
    public const string TakesLong = nameof(TakesLong);

    /// <summary>Nothing was recorded then.</summary>
    public const string NothingRecorded = nameof(NothingRecorded);

    /// <summary>It was left out when its export was cancelled, though it had been charged before, and no file that came of that was taken in.</summary>
    public const string LeftOutPaid = nameof(LeftOutPaid);

    /// <summary>A stored file was lost, or is not whole.</summary>
    public const string FileBroken = nameof(FileBroken);

    /// <summary>A stored file is there and can't be read, though the store gives others. A piece that waits with this was asked for again by somebody who was told so.</summary>
    public const string FileUnread = nameof(FileUnread);

    /// <summary>A stored file is not what was written.</summary>
    public const string FileAltered = nameof(FileAltered);
}
