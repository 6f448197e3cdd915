using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
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
        var taken = new Taken();
        try
        {
            await WriteAsync(sims.ReadAsync(tenant, selection, cancellationToken), columns, ofSeveral: false, taken, output, cancellationToken);
            return taken.All;
        }
        finally
        {
            // Also of what was broken off: those rows have left the portal.
            var view = (selection as SimSelection.Matching)?.Query.OfOneTenant.ToQueryString();
            await RecordAsync(tenant, taken.All, taken.Outcome, view);
        }
    }

    /// <summary>Writes the SIMs of a selection out of several tenants, one at a time, and records in the audit trail of each whose SIMs they were how many it lost.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="columns">The columns; tenant, SIM id and coverage always come first.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many SIMs were written.</returns>
    public async Task<int> WriteAsync(Portfolio portfolio, SimSelection selection, IReadOnlyList<SimListColumn> columns, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(columns);
        var taken = new Taken();
        try
        {
            await WriteAsync(sims.ReadAsync(portfolio, selection, cancellationToken), columns, ofSeveral: true, taken, output, cancellationToken);
            return taken.All;
        }
        finally
        {
            // Each trail tells of its own SIMs alone.
            var view = (selection as SimSelection.Matching)?.Query.ToldToOneTenant.ToQueryString();
            foreach (var (tenant, its) in taken.Of)
            {
                await RecordAsync(tenant, its, taken.Outcome, view);
            }
        }
    }

    private async Task WriteAsync(
        IAsyncEnumerable<ListedSim> selected, IReadOnlyList<SimListColumn> columns, bool ofSeveral, Taken taken, Stream output, CancellationToken cancellationToken)
    {
        await using var file = CsvText.WriterTo(output);
        SimListColumn[] shown = [.. columns.Where(column => column.Column != SimColumn.SimId)];
        IEnumerable<string> owner = ofSeveral ? [words["Portfolio.Tenant"]] : [];
        await file.WriteAsync(CsvText.Row([.. owner, words["Sim.Id"], words["Coverage.Label"], .. shown.Select(column => words[column.LabelKey].Value)]));
        await foreach (var sim in selected)
        {
            owner = ofSeveral ? [sim.Tenant.Tenant.Name] : [];
            await file.WriteAsync(CsvText.Row([.. owner, sim.Sim.SimId, sim.Coverage.ToWireName(), .. shown.Select(column => SimCellText.Of(sim.Sim, column.Column))]));
            taken.Add(sim.Tenant);
        }

        await file.FlushAsync(cancellationToken);
        taken.Outcome = AuditOutcome.Succeeded;
    }

    private Task RecordAsync(TenantContext tenant, int written, AuditOutcome outcome, string? view) => audit.RecordAsync(
        tenant, new AuditAct(AuditActions.SimsExported, outcome) { ObjectName = written.ToString(CultureInfo.InvariantCulture), Detail = view }, CancellationToken.None);

    /// <summary>What was written, and whether to the end.</summary>
    private sealed class Taken
    {
        private readonly Dictionary<TenantContext, int> counts = [];

        public IReadOnlyDictionary<TenantContext, int> Of => counts;

        public int All => counts.Values.Sum();

        public AuditOutcome Outcome { get; set; } = AuditOutcome.Failed;

        public void Add(TenantContext tenant) => counts[tenant] = counts.GetValueOrDefault(tenant) + 1;
    }
}
