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

    /// <summary>What something uses of a camera's quota, and what of that is charged for.</summary>
    /// <param name="cost">What it uses, in seconds.</param>
    /// <param name="quota">The quota, without that.</param>
    public static string Cost(long cost, CameraQuota quota)
    {
        var billed = quota.BilledOf(TimeSpan.FromSeconds(cost));
        return string.Create(CultureInfo.InvariantCulture, $"{cost} s{(billed > TimeSpan.Zero ? $" ({billed.TotalSeconds:0} s charged)" : "")}");
    }
}
