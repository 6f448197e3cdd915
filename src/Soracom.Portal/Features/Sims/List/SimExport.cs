using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>
/// Writes SIMs as CSV, with the vendor's own values and times in UTC.
/// </summary>
/// <param name="sims">Reads the selection.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="words">The texts.</param>
internal sealed class SimExport(SelectedSims sims, AuditTrail audit, IStringLocalizer<Strings> words)
{
    /// <summary>Writes the SIMs of a selection, one at a time, and records in the audit trail how many they were.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="columns">The columns; SIM id and coverage always come first.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many SIMs were written.</returns>
    public async Task<int> WriteAsync(TenantContext tenant, SimSelection selection, IReadOnlyList<SimListColumn> columns, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(columns);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var written = 0;
        var outcome = AuditOutcome.Failed;
        try
        {
            await using var file = CsvText.WriterTo(output);
            SimListColumn[] shown = [.. columns.Where(column => column.Column != SimColumn.SimId)];
            await file.WriteAsync(CsvText.Row([words["Sim.Id"], words["Coverage.Label"], .. shown.Select(column => words[column.LabelKey].Value)]));
            await foreach (var sim in sims.ReadAsync(tenant, selection, cancellationToken))
            {
                await file.WriteAsync(CsvText.Row([sim.Sim.SimId, sim.Coverage.ToWireName(), .. shown.Select(column => Value(sim.Sim, column.Column))]));
                written++;
            }

            await file.FlushAsync(cancellationToken);
            outcome = AuditOutcome.Succeeded;
            return written;
        }
        finally
        {
            // Also of what was broken off: those rows have left the portal.
            var view = (selection as SimSelection.Matching)?.Query.ToQueryString();
            await audit.RecordAsync(
                tenant, new AuditAct(AuditActions.SimsExported, outcome) { ObjectName = written.ToString(CultureInfo.InvariantCulture), Detail = view }, CancellationToken.None);
        }
    }

    private static string Value(InventorySim sim, SimColumn column) => column switch
    {
        SimColumn.SimId => sim.SimId,
        SimColumn.Name => sim.Name,
        SimColumn.Iccid => sim.Iccids,
        SimColumn.Imsi => sim.Imsis,
        SimColumn.Msisdn => sim.Msisdns,
        SimColumn.Imei => sim.Imei,
        SimColumn.SerialNumber => sim.SerialNumber,
        SimColumn.IpAddress => sim.IpAddress,
        SimColumn.Group => sim.GroupName.Length > 0 ? sim.GroupName : sim.GroupId,
        SimColumn.Tags => string.Join("; ", InventoryRow.TagsOf(sim).Select(tag => $"{tag.Key}={tag.Value}")),
        SimColumn.Status => sim.Status,
        SimColumn.Session => sim.Online ? SimSession.Online : SimSession.Offline,
        SimColumn.Subscription => sim.Subscriptions,
        SimColumn.ModuleType => sim.ModuleType,
        SimColumn.SpeedClass => sim.SpeedClass,
        SimColumn.LastHeard => Time(sim.LastHeardAt),
        SimColumn.Expiry => Time(sim.ExpiresAt),
        SimColumn.Created => Time(sim.CreatedAt),
        SimColumn.Modified => Time(sim.ModifiedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "No such column."),
    };

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
