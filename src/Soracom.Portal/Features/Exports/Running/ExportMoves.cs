using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>How an export and its pieces get from one state to the next. Nothing is asked and nothing is written here.</summary>
internal static class ExportMoves
{
    /// <summary>How often a piece is asked for before it is given up.</summary>
    public const int MostAsked = 3;

    /// <summary>So many looks after a piece that is out come to an hour.</summary>
    private const int MostLooks = 60;

    /// <summary>For how long anybody can tell what became of an export that the vendor was asked for.</summary>
    public static readonly TimeSpan Traceable = TimeSpan.FromDays(1);

    /// <summary>How far apart looks after a piece that is out are while the vendor does not answer.</summary>
    private static readonly TimeSpan LookedAfterEvery = TimeSpan.FromMinutes(1);

    /// <summary>How often a piece that is out is looked after while its export is paused.</summary>
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);

    /// <summary>The vendor has charged a piece.</summary>
    public static void Charge(FootagePiece piece)
    {
        if (!piece.IsCharged)
        {
            piece.IsCharged = true;
            piece.Charged += piece.Cost;
        }
    }

    /// <summary>The vendor has not begun a piece: it waits as if it had not been asked.</summary>
    public static void Unask(FootagePiece piece)
    {
        PutBack(piece);
        (piece.VendorId, piece.IsFoundInList) = (null, false);
    }

    /// <summary>The vendor is not asked for a piece yet: it waits with all that is known of its last export, whose file may be in the store.</summary>
    public static void PutBack(FootagePiece piece)
    {
        piece.State = FootagePieceState.Waiting;
        piece.Asked--;
    }

    /// <summary>A piece's file is in the store and can't be read: the vendor is not asked for it before somebody who was told so says it.</summary>
    public static void LoseUnread(FootagePiece piece)
    {
        PutBack(piece);
        (piece.State, piece.Reason) = (FootagePieceState.Failed, ExportTrouble.FileUnread);
    }

    /// <summary>
    /// The vendor has begun nothing for a piece, although it was asked and no answer told so: it waits, longer each time, until the export is paused.
    /// </summary>
    public static void NotBegun(FootageExport export, FootagePiece piece, DateTimeOffset now)
    {
        Unask(piece);
        // Looks that the vendor did not answer are not counted: it does by now.
        var tries = export.Tries > JobPatience.MostTries ? 1 : export.Tries + 1;
        if (tries > JobPatience.MostTries)
        {
            Pause(export, nameof(VendorErrorKind.Unavailable), now);
            return;
        }

        // The first time it is most often a single answer that was lost.
        (export.Tries, export.NotBefore) = (tries, tries == 1 ? null : now + JobPatience.After(tries - 1, told: null));
        if (export.State == FootageExportState.Running)
        {
            export.Trouble = tries > 1 ? nameof(VendorErrorKind.Unavailable) : null;
        }
    }

    /// <summary>The vendor has put a piece where it was asked to.</summary>
    public static void Deliver(FootageExport export, FootagePiece piece)
    {
        Charge(piece);
        piece.State = FootagePieceState.Delivered;
        Clear(export);
    }

    /// <summary>A piece waits to be asked for from the beginning, and gets a file of its own then, in place of the one it had. One that was on its way may come yet: it is taken then instead.</summary>
    public static void Renew(FootagePiece piece, DateTimeOffset now)
    {
        // What may have been charged for it is so whatever becomes of it now.
        piece.Doubtful = piece.MayBeChargedSeconds;
        piece.FileKey = piece.Reason is ExportTrouble.FileBroken or ExportTrouble.FileAltered ? null : piece.FileKey;
        (piece.VendorId, piece.IsFoundInList) = piece.FileKey is null ? (null, false) : (piece.VendorId, piece.IsFoundInList);
        // A file that could not be read is tried once more before it is paid for again.
        piece.Reason = piece.Reason == ExportTrouble.FileUnread ? piece.Reason : null;
        (piece.State, piece.Asked, piece.IsCharged, piece.At) = (FootagePieceState.Waiting, 0, false, now);
        (piece.VideoMilliseconds, piece.IsShort, piece.IsLong) = (null, false, false);
    }

    /// <summary>A file is there, which was charged before it was fetched. That somebody has gone on without it, or had it asked for again, meanwhile does not matter: nothing that was paid for is lost.</summary>
    public static void Keep(FootagePiece piece, FetchedFile file)
    {
        if (piece.State == FootagePieceState.Exporting)
        {
            Charge(piece);
        }

        ExportFetcher.Note(piece, file);
        piece.IsCharged = true;
    }

    /// <summary>The vendor answers again.</summary>
    public static void Clear(FootageExport export)
    {
        (export.Tries, export.NotBefore) = (0, null);
        export.Trouble = export.State == FootageExportState.Running ? null : export.Trouble;
    }

    /// <summary>A piece is in the store. Where its export was paused as the piece's address seemed to have died, that is over: the file came after all.</summary>
    public static void Come(FootageExport export)
    {
        if (export.Trouble != ExportTrouble.LinkDied)
        {
            return;
        }

        if (IsStoppedByALoss(export))
        {
            (export.State, export.PausedAt) = (FootageExportState.Running, null);
        }

        (export.Trouble, export.NotBefore, export.Tries) = (null, null, 0);
    }

    /// <summary>Pauses an export until somebody resumes it; one that has ended stays as it is.</summary>
    public static void Pause(FootageExport export, string? trouble, DateTimeOffset now)
    {
        if (export.State == FootageExportState.Running)
        {
            (export.State, export.PausedAt, export.PausedBy) = (FootageExportState.Paused, now, null);
        }

        export.Trouble = export.State == FootageExportState.Paused ? trouble : null;
        (export.NotBefore, export.Tries) = (null, 0);
    }

    /// <summary>Pauses an export whose piece is out: that is still looked after, seldom.</summary>
    public static void Hold(FootageExport export, FootagePiece piece, string trouble, DateTimeOffset now)
    {
        Pause(export, trouble, now);
        export.NotBefore = now + Seldom;
        GiveUpLate(piece, trouble, now);
    }

    /// <summary>No answer came to whether the vendor begins a piece: it is looked up once the call has certainly ended.</summary>
    public static void LookUpAt(FootageExport export, DateTimeOffset at)
    {
        export.Trouble = export.State == FootageExportState.Running ? nameof(VendorErrorKind.Unavailable) : export.Trouble;
        export.NotBefore = at;
    }

    /// <summary>An export came to nothing, and to no charge: the piece is asked for anew, unless it was often enough.</summary>
    public static void Again(FootageExport export, FootagePiece piece, string reason)
    {
        (piece.State, piece.Reason) = piece.Asked < MostAsked ? (FootagePieceState.Waiting, null) : (FootagePieceState.Failed, reason);
        piece.IsFoundInList &= piece.State != FootagePieceState.Waiting;
        Clear(export);
    }

    /// <summary>
    /// The vendor has made and charged a piece, and let go of it before it was fetched. It is charged a second time only if somebody says so:
    /// until then nothing more is, as whatever was in the way may be in the way of the others, too.
    /// </summary>
    public static void Die(FootageExport export, FootagePiece piece, DateTimeOffset now)
    {
        Charge(piece);
        (piece.State, piece.Reason) = (FootagePieceState.Failed, ExportTrouble.LinkDied);
        Pause(export, ExportTrouble.LinkDied, now);
    }

    /// <summary>The vendor has not told what became of a piece, and knows nothing of it any more: whether it was charged nobody can tell. Nothing more is asked for before somebody has looked.</summary>
    public static void Vanish(FootageExport export, FootagePiece piece, DateTimeOffset now)
    {
        (piece.State, piece.Reason) = (FootagePieceState.Unknown, ExportTrouble.Vanished);
        Pause(export, ExportTrouble.Vanished, now);
    }

    /// <summary>Whether an export was paused by itself over a piece that is settled: whoever has it asked for again goes on with the export.</summary>
    public static bool IsStoppedByALoss(FootageExport export) =>
        export is { State: FootageExportState.Paused, PausedBy: null, Trouble: ExportTrouble.LinkDied or ExportTrouble.Vanished };

    /// <summary>Whether the piece over which an export was paused is looked after yet, as its address may only have seemed to have died.</summary>
    public static bool IsHeldByALoss(FootageExport export, FootagePiece piece) =>
        IsStoppedByALoss(export) && export.Trouble == ExportTrouble.LinkDied && piece is { State: FootagePieceState.Exporting, IsCharged: true };

    /// <summary>The vendor takes longer for a piece than it usually does: it is looked after each minute, and keeps no other export of the camera waiting.</summary>
    public static void TakeLong(FootageExport export, DateTimeOffset now)
    {
        export.Trouble = export.State == FootageExportState.Running ? ExportTrouble.TakesLong : export.Trouble;
        (export.Tries, export.NotBefore) = (0, now + LookedAfterEvery);
    }

    /// <summary>The vendor does not go along: the export waits for it, or for somebody where the credential is at fault.</summary>
    public static void Wait(FootageExport export, VendorError error, DateTimeOffset now) => Wait(export, error, JobPatience.MostTries, TimeSpan.MaxValue, now);

    /// <summary>The same where a piece is out, whose address lives for ten minutes: it is looked after each minute, for an hour.</summary>
    public static void WaitWith(FootageExport export, FootagePiece piece, VendorError error, DateTimeOffset now)
    {
        Wait(export, error, MostLooks, LookedAfterEvery, now);
        GiveUpLate(piece, error.Kind.ToString(), now);
    }

    /// <summary>A piece that is out, and of which nobody can tell any more what becomes of it, is settled as that.</summary>
    public static void GiveUpLate(FootagePiece piece, string reason, DateTimeOffset now)
    {
        if (IsLate(piece, now))
        {
            (piece.State, piece.Reason) = (FootagePieceState.Unknown, reason);
        }
    }

    /// <summary>Whether a piece was asked for longer ago than anybody can tell what became of it.</summary>
    public static bool IsLate(FootagePiece piece, DateTimeOffset now) => now - piece.AskedAt > Traceable;

    private static void Wait(FootageExport export, VendorError error, int mostTries, TimeSpan longest, DateTimeOffset now)
    {
        export.Tries++;
        var tries = export.Tries;
        if (error.IsAboutTheCredential || (error.RetryAfter is null && tries > mostTries))
        {
            Pause(export, error.Kind.ToString(), now);
            // Where a piece is out it is followed on, seldom.
            export.Tries = tries;
        }
        else
        {
            export.Trouble = export.State == FootageExportState.Running ? error.Kind.ToString() : export.Trouble;
        }

        var wait = JobPatience.After(tries, error.RetryAfter);
        export.NotBefore = now + (error.RetryAfter is null && wait > longest ? longest : wait);
    }
}
