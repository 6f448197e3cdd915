using System.Globalization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>What the audit trail says of an item that was sent.</summary>
internal static class SimJobAudit
{
    /// <summary>The entry of an item.</summary>
    public static AuditAct Of(SimJob job, SimJobItem item, SimChange change, SimJobItemState state, string? requestId) => new(
        change.Action,
        state switch
        {
            SimJobItemState.Done => AuditOutcome.Succeeded,
            SimJobItemState.Unknown => AuditOutcome.Unknown,
            _ => AuditOutcome.Failed,
        })
    {
        ObjectId = item.SimId,
        ObjectName = item.SimName.Length == 0 ? null : item.SimName,
        VendorRequestId = requestId,
        Detail = string.Create(CultureInfo.InvariantCulture, $"#{job.Number}{(change is SimTagChange { Key: var set } ? $", {set}" : change is SimTagRemoval { Key: var removed } ? $", {removed}" : "")}{(item.Reason is null ? "" : $" ({item.Reason})")}"),
        Before = item.Before,
        After = item.After,
    };
}
