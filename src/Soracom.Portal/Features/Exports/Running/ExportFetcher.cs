using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Fetches what the vendor has ready into the store.</summary>
/// <param name="book">What is known of files.</param>
/// <param name="folder">The files.</param>
/// <param name="files">The vendor's files.</param>
/// <param name="pauses">The pauses between two tries.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportFetcher(ExportFileBook book, ExportFolder folder, VendorFiles files, Pauses pauses, TimeProvider clock)
{
    /// <summary>A fresh address answers that there is nothing for a moment.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <summary>How long an address lives from when the file is ready.</summary>
    private static readonly TimeSpan AddressLife = TimeSpan.FromMinutes(10);

    /// <summary>For so long an address is tried that the vendor has just told, whatever its clock, or the portal's, makes of it.</summary>
    private static readonly TimeSpan LeastTried = TimeSpan.FromMinutes(1);

    /// <summary>Why one more piece could not be kept: what can't be is not paid for. Null where it can.</summary>
    public async Task<string?> ObstacleAsync(ExportStep step, CancellationToken cancellationToken)
    {
        if (step.Export.HarvestFolder is not null)
        {
            return null;
        }

        try
        {
            // What can't be sealed is not paid for either.
            await book.KeysAsync(step.Export.TenantId, [step.Piece], cancellationToken);
            var room = ExportFileBook.RoomFor(step.Piece);
            return !await IsStoreThereAsync(cancellationToken) ? ExportTrouble.StoreGone
                : folder.Free >= room && await book.HasRoomAsync(step.Export.TenantId, room, cancellationToken) ? null : ExportTrouble.StoreFull;
        }
        catch (Exception error) when (IsOfTheStore(error))
        {
            return ExportTrouble.StoreGone;
        }
    }

    /// <summary>How much shorter than what was asked for a video may be: it begins and ends at pictures that stand by themselves, which come every few seconds.</summary>
    private static readonly TimeSpan CutLoss = TimeSpan.FromSeconds(5);

    /// <summary>Whether a failure is the disk's or the share's, or that of what the tenant's files are sealed with.</summary>
    public static bool IsOfTheStore(Exception error) => error is IOException or UnauthorizedAccessException or VaultException;

    /// <summary>What an earlier program had fetched of a piece and not come to note.</summary>
    /// <returns>What is there; null where there is nothing, or nothing that opens.</returns>
    public async Task<FetchedFile?> FoundAsync(ExportStep step, CancellationToken cancellationToken)
    {
        if (step.Piece.FileId is not { } fileId || !(await book.KeysAsync(step.Export.TenantId, [step.Piece], cancellationToken)).TryGetValue(step.Piece.Number, out var key))
        {
            return null;
        }

        try
        {
            return await folder.LookAsync(step.PlaceOf(fileId), key, cancellationToken) is { } found ? new FetchedFile(found, await LengthAsync(step, fileId, key, cancellationToken)) : null;
        }
        catch (InvalidDataException)
        {
            // A disk that lost what it had said to keep. The vendor may still have it.
            return null;
        }
    }

    /// <summary>Fetches a piece while its address lives.</summary>
    /// <param name="step">The piece.</param>
    /// <param name="ready">Where it is.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was stored; why nothing can be; or neither, where the address died.</returns>
    public async Task<Fetched> FetchAsync(ExportStep step, CameraExport ready, JobTurn turn, CancellationToken cancellationToken)
    {
        var until = TriedUntil(ready.ExpiryTime, clock.GetUtcNow());
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await TryAsync(step, ready, turn, cancellationToken) is { } fetched)
            {
                return fetched;
            }

            if (clock.GetUtcNow() + pause >= until)
            {
                return default;
            }

            await pauses.WaitAsync(pause, cancellationToken);
        }
    }

    /// <summary>Until when an address is tried: as long as the vendor says, though not longer than any lives, nor less than a moment as clocks differ.</summary>
    /// <param name="told">When the vendor says that it ends; null where it does not.</param>
    /// <param name="now">The time.</param>
    internal static DateTimeOffset TriedUntil(DateTimeOffset? told, DateTimeOffset now) =>
        told is not { } until || until > now + AddressLife ? now + AddressLife : until < now + LeastTried ? now + LeastTried : until;

    /// <summary>Writes down in a piece what was stored of it.</summary>
    public static void Note(FootagePiece piece, FetchedFile file)
    {
        var content = file.Content;
        (piece.State, piece.Length, piece.Sha256, piece.Crc32, piece.Reason) = (FootagePieceState.Fetched, content.Length, content.Sha256, content.Crc32, null);
        piece.VideoMilliseconds = (long?)file.Video?.TotalMilliseconds;
        (piece.IsShort, piece.IsLong) = file.Video is { } video ? (IsShort(RecordedParts.LengthOf(piece), video), video - RecordedParts.LengthOf(piece) > CutLoss) : (false, false);
    }

    /// <summary>Whether a video is clearly shorter than what was asked for.</summary>
    internal static bool IsShort(TimeSpan asked, TimeSpan video) => asked - video > (CutLoss < asked / 2 ? CutLoss : asked / 2);

    /// <summary>How long a video that is in the store is; null of stills and archives, and where it can't be told.</summary>
    private async Task<TimeSpan?> LengthAsync(ExportStep step, Guid fileId, byte[] key, CancellationToken cancellationToken)
    {
        if (step.Export is not { Kind: FootageKind.Video, Archive: false })
        {
            return null;
        }

        try
        {
            await using var content = folder.Open(step.PlaceOf(fileId), key);
            return content is null ? null : await Mp4Length.OfAsync(content, cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException || IsOfTheStore(error))
        {
            // What was fetched is there all the same; whoever downloads it sees what became of it.
            return null;
        }
    }

    /// <summary>Whether the store is there. It is begun where it has never held anything; otherwise a store without its mark is away.</summary>
    private async Task<bool> IsStoreThereAsync(CancellationToken cancellationToken)
    {
        if (!folder.IsThere && !await book.IsInUseAsync(cancellationToken))
        {
            folder.Begin();
        }

        return folder.IsThere;
    }

    /// <returns>Null where it is worth another try.</returns>
    private async Task<Fetched?> TryAsync(ExportStep step, CameraExport ready, JobTurn turn, CancellationToken cancellationToken)
    {
        if (ready.Url is not { } url)
        {
            return default(Fetched);
        }

        var opened = await files.OpenAsync(url, step.Coverage, cancellationToken);
        if (opened.Error is not null)
        {
            return null;
        }

        await using var file = opened.Value;
        try
        {
            if (!await IsStoreThereAsync(cancellationToken))
            {
                return new Fetched(null, ExportTrouble.StoreGone);
            }

            if (folder.Free < (file.Length ?? 1) || await book.NewFileAsync(step.Export.TenantId, turn, step.Piece.Number, file.Length, cancellationToken) is var place && place == NewFile.None)
            {
                return new Fetched(null, ExportTrouble.StoreFull);
            }

            if ((place ?? throw new TurnLostException()).Former is { } former)
            {
                // That one alone: a program that was asleep must not remove what its successor writes.
                folder.Drop(step.PlaceOf(former));
            }

            var content = await folder.WriteAsync(step.PlaceOf(place.FileId), place.Key, file.Content, Math.Min(folder.Free, place.Room), cancellationToken);
            return new Fetched(new FetchedFile(content, await LengthAsync(step, place.FileId, place.Key, cancellationToken)), null);
        }
        catch (VendorContentException)
        {
            // The connection broke, or fell silent, half-way.
            return null;
        }
        catch (StoreFullException)
        {
            return new Fetched(null, ExportTrouble.StoreFull);
        }
        catch (Exception error) when (IsOfTheStore(error))
        {
            return new Fetched(null, ExportTrouble.StoreGone);
        }
    }
}

/// <summary>What came of fetching a piece.</summary>
/// <param name="File">What was stored; null when nothing was.</param>
/// <param name="Trouble">Why nothing can be stored; null when something was, or the address died.</param>
internal readonly record struct Fetched(FetchedFile? File, string? Trouble);

/// <summary>A piece's file in the store.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Video">How long the video is; null where it is none, or that can't be told.</param>
internal sealed record FetchedFile(StoredContent Content, TimeSpan? Video);
