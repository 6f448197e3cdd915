using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs.Files;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Plans jobs over SIMs that were picked, found or named in a file. Nothing is sent before somebody starts one.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="jobs">Keeps SIMs that were picked.</param>
/// <param name="planner">Writes the plan down.</param>
/// <param name="shelf">Finds SIMs.</param>
/// <param name="groups">The groups that a file may name.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimJobPlans(PortalDatabase database, SimJobs jobs, SimJobPlanner planner, InventoryShelf shelf, GroupNames groups, TimeProvider clock)
{
    /// <summary>The most SIMs of one job, and lines of a file.</summary>
    public const int MostRows = 100_000;

    /// <summary>Whether somebody may change SIMs at all.</summary>
    public static bool MayPlan(TenantContext tenant) => tenant.May(Permission.SimsEdit) || tenant.May(Permission.SimsConnectivity) || tenant.May(Permission.SimsTerminate);

    /// <summary>Whether a job ends SIMs for ever.</summary>
    public static bool Terminates(SimJob job) => job.Actions.Split(' ').Contains(AuditActions.SimTerminated, StringComparer.Ordinal);

    /// <summary>Whether there is something to try again.</summary>
    public static bool MayRetry(SimJob job) => job.Failed + job.Unknown > 0 && job.State is SimJobState.Done or SimJobState.Paused or SimJobState.Cancelled && job.Sending == 0;

    /// <summary>Keeps all SIMs that a search finds but for some, for a change that is chosen later.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="lookup">The search; its window does not count.</param>
    /// <param name="except">The SIMs that are left out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What to plan by, or what is wrong.</returns>
    public async Task<Result<Guid>> DraftFoundAsync(TenantContext tenant, SoracomCoverage coverage, SimLookup lookup, IReadOnlyCollection<string> except, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(lookup);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var found = await FindAsync(tenant, coverage, lookup, cancellationToken);
        return found.Error is { } error ? error : await jobs.DraftAsync(tenant, coverage, [.. found.Value.Except(except, StringComparer.Ordinal)], cancellationToken);
    }

    /// <summary>Plans one change of SIMs that were picked.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="draftId">What <see cref="SimJobs.DraftAsync"/> kept.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="GoneError"/> where the SIMs are kept no more, or what is wrong with the change.</returns>
    public async Task<Result<SimJob>> PlanPickedAsync(TenantContext tenant, Guid draftId, SimChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(change);
        await tenant.RequireAsync(change.Needs, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        if (await db.SimJobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == draftId && job.State == SimJobState.Draft, cancellationToken) is not { } draft)
        {
            return new GoneError();
        }

        var rows = await db.SimJobItems.Where(item => item.JobId == draftId).OrderBy(item => item.Number).Select(item => item.SimId).ToListAsync(cancellationToken);
        var planned = await PlanAsync(tenant, SimJobStore.CoverageOf(draft), SimJobSource.Selection, fileName: null, change, [.. rows.Select(simId => new SimPlanRow(simId, Line: null, []))], cancellationToken);
        if (planned.Error is null)
        {
            await SimJobPlanner.ForgetAsync(db, draftId, cancellationToken);
        }

        return planned;
    }

    /// <summary>Plans one change of all SIMs that a search finds now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="lookup">The search; its window does not count.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job, or what is wrong.</returns>
    public async Task<Result<SimJob>> PlanFoundAsync(TenantContext tenant, SoracomCoverage coverage, SimLookup lookup, SimChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentNullException.ThrowIfNull(change);
        await tenant.RequireAsync(change.Needs, cancellationToken);
        var found = await FindAsync(tenant, coverage, lookup, cancellationToken);
        return found.Error is { } error
            ? error
            : await PlanAsync(tenant, coverage, SimJobSource.Search, fileName: null, change, [.. found.Value.Select(simId => new SimPlanRow(simId, Line: null, []))], cancellationToken);
    }

    /// <summary>Plans what a CSV file says, line by line. All of it is read first, and has to be right.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="fileName">What the file is called.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="FileProblemsError"/> with every line that can't be used; or what else is wrong.</returns>
    public async Task<Result<SimJob>> PlanFileAsync(TenantContext tenant, SoracomCoverage coverage, string fileName, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(fileName);
        await tenant.RequireAsync(Permission.SimsEdit, cancellationToken);
        var values = new FileValues([], tenant.Tenant.TimeZone);
        var read = await ReadAsync(tenant, coverage, bytes, values, cancellationToken);
        if (values.HasNamedGroups)
        {
            // The vendor is asked only now: whatever else a file says can be planned while the vendor is down.
            var known = await groups.ListAsync(tenant, coverage, cancellationToken);
            read = known.Error is { } unknown ? unknown : await ReadAsync(tenant, coverage, bytes, new FileValues(known.Value, tenant.Tenant.TimeZone), cancellationToken);
        }

        if (read.Error is { } unread)
        {
            return unread;
        }

        var (planned, problems, columns) = read.Value;
        if (problems.Count > 0)
        {
            return new FileProblemsError(problems.Kept, problems.Count);
        }

        foreach (var needed in planned.SelectMany(row => row.Changes).Select(change => change.Needs).Distinct().Order().ToList())
        {
            await tenant.RequireAsync(needed, cancellationToken);
        }

        var shortName = fileName.Length <= SimJob.FileNameLength ? fileName : fileName[..SimJob.FileNameLength];
        return planned.Count == 0 ? NothingAsked(columns) : await PlanAsync(tenant, coverage, SimJobSource.File, shortName, common: null, planned, cancellationToken);
    }

    /// <summary>Why a file that can be read changes nothing.</summary>
    private static PortalError NothingAsked(IReadOnlyList<FileColumn> columns)
    {
        var read = string.Join(", ", columns.Where(column => column.IsChange).Select(column => Names.InText(column.Header)));
        return columns.Any(column => column.Listed is not null) ? new FileIsAsListedError(read) : new FileAsksNothingError(read);
    }

    /// <summary>Reads a file and finds the SIMs that it names.</summary>
    private async Task<Result<(List<SimPlanRow> Planned, FileProblems Problems, IReadOnlyList<FileColumn> Columns)>> ReadAsync(
        TenantContext tenant, SoracomCoverage coverage, ReadOnlyMemory<byte> bytes, FileValues values, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var content = FileReader.Read(bytes.Span, values, now);
        var (rows, problems) = content;
        if (rows.Count == 0)
        {
            return (new List<SimPlanRow>(), problems, content.Columns);
        }

        if (await InventoryAsync(tenant, coverage, cancellationToken) is not { CompleteAsOf: not null })
        {
            return new InventoryMissingError();
        }

        await using var db = database.ForTenant(tenant.TenantId);
        var name = coverage.ToWireName();
        var asked = await new ListedRows(name, values, now, problems).ReadAsync(db, rows, cancellationToken);
        return (await FileSims.ResolveAsync(db, name, asked, problems, cancellationToken), problems, content.Columns);
    }

    private async Task<Result<SimJob>> PlanAsync(
        TenantContext tenant, SoracomCoverage coverage, SimJobSource source, string? fileName, SimChange? common, IReadOnlyList<SimPlanRow> rows, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (common?.Wrong(now) is { } wrong)
        {
            return wrong;
        }

        if (await InventoryAsync(tenant, coverage, cancellationToken) is not { CompleteAsOf: { } asOf } inventory)
        {
            return new InventoryMissingError();
        }

        var kinds = common is null ? rows.SelectMany(row => row.Changes).DistinctBy(change => (change.Action, change.Needs)).ToList() : [common];
        var job = await planner.PlanAsync(
            new SimJob
            {
                TenantId = tenant.TenantId,
                Coverage = coverage.ToWireName(),
                OperatorId = inventory.OperatorId,
                Source = source,
                FileName = fileName,
                Change = common is null ? null : SimJobJson.Write(common),
                Actions = string.Join(' ', kinds.Select(change => change.Action).Distinct(StringComparer.Ordinal)),
                Needs = SimJobNeeds.Text(kinds.Select(change => change.Needs)),
                State = SimJobState.Planning,
                OwnerId = tenant.Actor.PersonId,
                OwnerName = tenant.Actor.Name,
                Language = CultureInfo.CurrentUICulture.Name,
                CreatedAt = now,
                AsOf = asOf,
            },
            rows,
            cancellationToken);
        if (job.Total > 0)
        {
            return job;
        }

        await using var db = database.ForTenant(tenant.TenantId);
        await SimJobPlanner.ForgetAsync(db, job.Id, cancellationToken);
        return new NothingToPlanError();
    }

    /// <summary>The inventory of the account that the credential opens now.</summary>
    private async Task<SimInventory?> InventoryAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken) =>
        (await shelf.GetAsync(tenant.TenantId, coverage, cancellationToken))?.Inventory;

    /// <summary>The SIMs that a search finds now, by their ids.</summary>
    private async Task<Result<IReadOnlyList<string>>> FindAsync(TenantContext tenant, SoracomCoverage coverage, SimLookup lookup, CancellationToken cancellationToken)
    {
        if (await shelf.GetAsync(tenant.TenantId, coverage, cancellationToken) is not { } shelved)
        {
            return new InventoryMissingError();
        }

        var found = IndexSearch.Run([shelved.Index], lookup with { SortBy = SimColumn.SimId, Descending = false, Skip = 0, Take = MostRows });
        return found.Total > MostRows ? new InputError("JobRows", MostRows) : Result.Of<IReadOnlyList<string>>([.. found.Rows.Select(row => row.SimId)]);
    }
}
