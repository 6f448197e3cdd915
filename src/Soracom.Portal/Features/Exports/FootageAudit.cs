using System.Globalization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports;

/// <summary>What the audit trail says of exports.</summary>
internal static class FootageAudit
{
    /// <summary>An act on an export that was done.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="export">The export.</param>
    /// <param name="detail">What else there is to say, with what separates it from the export's number.</param>
    public static AuditAct Act(string action, FootageExport export, string detail = "") => new(action, AuditOutcome.Succeeded)
    {
        ObjectId = export.DeviceId,
        ObjectName = export.CameraName,
        Detail = string.Create(CultureInfo.InvariantCulture, $"#{export.Number}{detail}"),
    };

    /// <summary>That an export was cancelled, with what came of it until then.</summary>
    /// <param name="export">The export.</param>
    /// <param name="pieces">All of its pieces.</param>
    public static AuditAct Cancelled(FootageExport export, IReadOnlyCollection<FootagePiece> pieces) => Act(AuditActions.FootageCancelled, export) with { Detail = Came(export, pieces) };

    /// <summary>What came of an export, and what the vendor has charged for it.</summary>
    /// <param name="export">The export.</param>
    /// <param name="pieces">All of its pieces.</param>
    public static string Came(FootageExport export, IReadOnlyCollection<FootagePiece> pieces) =>
        string.Create(CultureInfo.InvariantCulture, $"#{export.Number}: {pieces.Count(piece => FootagePieceStates.Got.Contains(piece.State))}/{pieces.Count}, {Charged(pieces)}");

    /// <summary>What the vendor has charged for an export, or for some of it; the least where it may be more.</summary>
    /// <param name="pieces">The pieces.</param>
    public static string Charged(IReadOnlyCollection<FootagePiece> pieces)
    {
        var (charged, more) = (pieces.Sum(piece => piece.Charged), pieces.Sum(piece => piece.MayBeChargedSeconds + (piece.IsCharged || !FootagePieceStates.Out.Contains(piece.State) ? 0 : piece.Cost)));
        return string.Create(CultureInfo.InvariantCulture, $"{charged} s charged{(more > 0 ? $" at least, of {more} s more nobody knows yet" : "")}");
    }

    /// <summary>What something uses of a camera's quota, and what of that is charged for.</summary>
    /// <param name="cost">What it uses, in seconds.</param>
    /// <param name="quota">The quota, without that; null where the vendor tells none.</param>
    public static string Cost(long cost, CameraQuota? quota)
    {
        if (quota is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{cost} s (quota not told, all may be charged)");
        }

        var billed = quota.BilledOf(TimeSpan.FromSeconds(cost));
        return string.Create(CultureInfo.InvariantCulture, $"{cost} s{(billed > TimeSpan.Zero ? $" ({billed.TotalSeconds:0} s charged)" : "")}");
    }
}
