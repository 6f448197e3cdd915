using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>
/// Removes jobs that ended long ago, with their rows, and what was picked or half planned and never gone on with. A job that is to go is
/// put out of sight first, together with its entry in the audit trail; a program that ends before its rows are gone removes them later.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="options">How long jobs are kept.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimJobRetention(PortalDatabase database, AuditTrail audit, IOptions<SimJobOptions> options, TimeProvider clock)
{
    /// <summary>How long what was picked or half planned is kept for somebody to go on with.</summary>
    private static readonly TimeSpan DraftFor = TimeSpan.FromDays(1);

    /// <summary>Removes what is kept no longer.</summary>
    /// <param name="cancellationToken">Ends it; what is left goes the next time.</param>
    /// <returns>A task that ends when it is gone.</returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = now - options.Value.KeepFor;
        foreach (var (tenantId, jobId) in await OldAsync(
            // The newest of a tenant keeps the next number from being one that was given before.
            jobs => jobs.Where(job => (((job.State == SimJobState.Done || job.State == SimJobState.Cancelled) && job.FinishedAt < ended) || (job.State == SimJobState.Planned && job.CreatedAt < ended))
                && jobs.Any(newer => newer.TenantId == job.TenantId && newer.Number > job.Number)),
            cancellationToken))
        {
            await HideAsync(tenantId, jobId, cancellationToken);
        }

        var left = now - DraftFor;
        foreach (var (tenantId, jobId) in await OldAsync(
            jobs => jobs.Where(job => (job.State == SimJobState.Draft || job.State == SimJobState.Planning) && job.CreatedAt < left), cancellationToken))
        {
            await using var db = database.ForTenant(tenantId);
            await SimJobPlanner.ForgetAsync(db, jobId, cancellationToken);
        }
    }

    private async Task<List<(Guid TenantId, Guid JobId)>> OldAsync(Func<IQueryable<SimJob>, IQueryable<SimJob>> which, CancellationToken cancellationToken)
    {
        await using var look = database.ForInstallation();
        var old = await which(look.SimJobs.IgnoreQueryFilters([PortalDbContext.TenantFilter]))
            .Select(job => new { job.TenantId, job.Id })
            .ToListAsync(cancellationToken);
        return [.. old.Select(job => (job.TenantId, job.Id))];
    }

    private Task<bool> HideAsync(Guid tenantId, Guid jobId, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var job = await db.SimJobs.SingleOrDefaultAsync(row => row.Id == jobId, token);
            // Somebody may have gone on with it meanwhile.
            if (job is not { State: SimJobState.Done or SimJobState.Cancelled or SimJobState.Planned, Sending: 0, Number: > 0 and var number })
            {
                return false;
            }

            audit.AddOfItself(db, tenantId, new AuditAct(AuditActions.JobRemoved, AuditOutcome.Succeeded)
            {
                ObjectId = job.Id.ToString(),
                ObjectName = string.Create(CultureInfo.InvariantCulture, $"#{number}"),
                Detail = job.Actions,
            });
            (job.Number, job.State) = (0, SimJobState.Planning);
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);
}
