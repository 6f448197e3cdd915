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

    /// <summary>A file that can't be read is tried so often, so far apart: a share takes a moment to come back.</summary>
    private const int MostLooks = 4;

    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(5);

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
            await book.KeysAsync(step.Export.TenantId, [], cancellationToken);
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

    /// <summary>What an earlier program had fetched of a piece and not come to note. What can't be read is tried a few times, as long as the store is there.</summary>
    /// <returns>
    /// What is there; <see cref="ExportTrouble.StoreGone"/> where the store does not tell; <see cref="ExportTrouble.FileUnread"/> where it does, and gives everything but
    /// this file; neither where there is nothing, or nothing that is whole.
    /// </returns>
    public async Task<Fetched> LookAsync(ExportStep step, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                return new Fetched(await FoundAsync(step, cancellationToken), null);
            }
            catch (Exception error) when (IsOfTheStore(error))
            {
                if (!await IsWorkingAsync(step.Export.TenantId, cancellationToken))
                {
                    return new Fetched(null, ExportTrouble.StoreGone);
                }

                if (look == MostLooks)
                {
                    return new Fetched(null, ExportTrouble.FileUnread);
                }

                await pauses.WaitAsync(LookPause, cancellationToken);
            }
        }
    }

    /// <summary>Whether the store is there, and what the tenant's files are sealed with opens: then what can't be read is the file's own trouble.</summary>
    private async Task<bool> IsWorkingAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        try
        {
            await book.KeysAsync(tenantId, [], cancellationToken);
            return folder.IsThere;
        }
        catch (Exception error) when (IsOfTheStore(error))
        {
            return false;
        }
    }

    private async Task<FetchedFile?> FoundAsync(ExportStep step, CancellationToken cancellationToken)
    {
        if (step.Piece.FileId is not { } fileId || !(await book.KeysAsync(step.Export.TenantId, [step.Piece], cancellationToken)).TryGetValue(step.Piece.Number, out var key))
        {
            return null;
        }

        try
        {
            return await folder.LookAsync(step.PlaceOf(fileId), key, cancellationToken) is { } found ? await FileAsync(step, found, fileId, key, cancellationToken) : null;
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
    /// <returns>What was stored; why nothing can be; or neither, where the address died, or the export's files were removed meanwhile.</returns>
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
        NoteLength(piece, file.Video, file.IsUnread);
    }

    /// <summary>Writes down in a piece how long its video is.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="length">The length; null where it is no video, or does not tell.</param>
    /// <param name="isUnread">Whether it is a video that does not tell.</param>
    public static void NoteLength(FootagePiece piece, TimeSpan? length, bool isUnread)
    {
        (piece.VideoMilliseconds, piece.IsUnread) = ((long?)length?.TotalMilliseconds, isUnread);
        (piece.IsShort, piece.IsLong) = length is { } video ? (IsShort(RecordedParts.LengthOf(piece), video), video - RecordedParts.LengthOf(piece) > CutLoss) : (false, false);
    }

    /// <summary>Whether a video is clearly shorter than what was asked for.</summary>
    internal static bool IsShort(TimeSpan asked, TimeSpan video) => asked - video > (CutLoss < asked / 2 ? CutLoss : asked / 2);

    /// <summary>A file that is in the store, and how long it is where it is a video; stills and archives are not looked into.</summary>
    /// <returns>Null where it is gone, or cut off, though it was there a moment ago.</returns>
    private async Task<FetchedFile?> FileAsync(ExportStep step, StoredContent stored, Guid fileId, byte[] key, CancellationToken cancellationToken)
    {
        var isVideo = step.Export is { Kind: FootageKind.Video, Archive: false };
        try
        {
            await using var content = folder.Open(step.PlaceOf(fileId), key);
            if (content is null || !isVideo)
            {
                return content is null ? null : new FetchedFile(stored, null, IsUnread: false);
            }

            var length = await Mp4Length.OfAsync(content, cancellationToken);
            return new FetchedFile(stored, length, IsUnread: length is null);
        }
        catch (InvalidDataException)
        {
            // What was fetched of a video is there all the same; whoever downloads it sees what became of it.
            return isVideo ? new FetchedFile(stored, null, IsUnread: true) : null;
        }
        catch (Exception error) when (IsOfTheStore(error))
        {
            // That says nothing of the video: it is looked into later.
            return new FetchedFile(stored, null, IsUnread: false);
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

            if (folder.Free < (file.Length ?? 1))
            {
                return new Fetched(null, ExportTrouble.StoreFull);
            }

            var place = await book.NewFileAsync(step.Export.TenantId, turn, step.Piece.Number, file.Length, cancellationToken) ?? throw new TurnLostException();
            if (place == NewFile.None || place == NewFile.Removed)
            {
                return new Fetched(null, place == NewFile.None ? ExportTrouble.StoreFull : null);
            }

            if (place.Former is { } former)
            {
                // That one alone: a program that was asleep must not remove what its successor writes.
                folder.Drop(step.PlaceOf(former));
            }

            var content = await folder.WriteAsync(step.PlaceOf(place.FileId), place.Key, file.Content, Math.Min(folder.Free, place.Room), cancellationToken);
            // One that is gone right after it was written is fetched once more while its address lives.
            return await FileAsync(step, content, place.FileId, place.Key, cancellationToken) is { } stored ? new Fetched(stored, null) : null;
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
/// <param name="Trouble">Why nothing can be stored; null when something was, the address died, or nobody wants it any more.</param>
internal readonly record struct Fetched(FetchedFile? File, string? Trouble);

/// <summary>A piece's file in the store.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Video">How long the video is; null where it is none, that can't be told, or the store did not give it.</param>
/// <param name="IsUnread">Whether it is a video that was looked into, and that can't be told.</param>
internal sealed record FetchedFile(StoredContent Content, TimeSpan? Video, bool IsUnread);
