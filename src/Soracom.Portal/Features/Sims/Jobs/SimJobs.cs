using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Jobs over many SIMs: what there are, how they stand, and starting, pausing and ending them.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="worker">Works on them.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimJobs(PortalDatabase database, TenantSoracom soracom, SimJobWorker worker, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How many jobs, or items, are shown at a time.</summary>
    public const int PageSize = 100;

    /// <summary>Calls an item takes: the SIM is read, then changed.</summary>
    private const int CallsPerItem = 2;

    /// <summary>The vendor counts calls by the first segment of their paths.</summary>
    private const string PathGroup = "sims";

    /// <summary>The jobs, the newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="before">Only those with a lower number; null for the newest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At most <see cref="PageSize"/> jobs.</returns>
    public async Task<IReadOnlyList<SimJob>> ListAsync(TenantContext tenant, int? before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.SimJobs.AsNoTracking()
            .Where(job => job.Number > 0 && (before == null || job.Number < before))
            .OrderByDescending(job => job.Number)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One job.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="GoneError"/> where there is none.</returns>
    public async Task<Result<SimJob>> GetAsync(TenantContext tenant, Guid jobId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await FindAsync(db.SimJobs.AsNoTracking(), jobId, cancellationToken) is { } job ? job : new GoneError();
    }

    /// <summary>Items of a job.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="state">Only those in a state; null for all.</param>
    /// <param name="after">Only those after a number; 0 for the first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At most <see cref="PageSize"/> items, in order; none where there is no such job.</returns>
    public async Task<IReadOnlyList<SimJobItem>> ItemsAsync(TenantContext tenant, Guid jobId, SimJobItemState? state, int after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var items = db.SimJobItems.AsNoTracking().Where(item => item.JobId == jobId && item.Number > after);
        return await (state is { } wanted ? items.Where(item => item.State == wanted) : items).OrderBy(item => item.Number).Take(PageSize).ToListAsync(cancellationToken);
    }

    /// <summary>How long what waits will take, as far as the vendor allows calls.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The pace; null where the vendor does not tell, or there is no such job.</returns>
    public async Task<SimJobPace?> PaceAsync(TenantContext tenant, Guid jobId, CancellationToken cancellationToken)
    {
        if ((await GetAsync(tenant, jobId, cancellationToken)) is not { Error: null, Value: var job })
        {
            return null;
        }

        var coverage = SimJobStore.CoverageOf(job);
        if (soracom.CallsPerMinute(coverage, job.OperatorId, PathGroup) is null)
        {
            // Any answer tells.
            await soracom.ReadAsync(tenant, coverage, (client, token) => client.Sims.ListSimsAsync(limit: 1, cancellationToken: token), cancellationToken);
        }

        return soracom.CallsPerMinute(coverage, job.OperatorId, PathGroup) is { } calls and > 0
            ? new SimJobPace(calls, TimeSpan.FromMinutes((double)(job.Waiting + job.Sending) * CallsPerItem / calls))
            : null;
    }

    /// <summary>Keeps SIMs that were picked, for a change that is chosen later.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simIds">The SIMs, at most <see cref="SimJobPlans.MostRows"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What to plan by; an error where there are too many.</returns>
    public async Task<Result<Guid>> DraftAsync(TenantContext tenant, SoracomCoverage coverage, IReadOnlyCollection<string> simIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(simIds);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        if (simIds.Count > SimJobPlans.MostRows)
        {
            return new InputError("JobRows", SimJobPlans.MostRows);
        }

        await using var db = database.ForTenant(tenant.TenantId);
        var draft = new SimJob
        {
            TenantId = tenant.TenantId,
            Coverage = coverage.ToWireName(),
            OperatorId = "",
            Source = SimJobSource.Selection,
            Actions = "",
            Needs = "",
            State = SimJobState.Draft,
            OwnerId = tenant.Actor.PersonId,
            OwnerName = tenant.Actor.Name,
            Language = CultureInfo.CurrentUICulture.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        db.SimJobs.Add(draft);
        db.SimJobItems.AddRange(simIds.Distinct(StringComparer.Ordinal).Select((simId, place) => new SimJobItem
        {
            TenantId = tenant.TenantId,
            JobId = draft.Id,
            Number = place + 1,
            SimId = simId,
            SimName = "",
            State = SimJobItemState.Waiting,
            Before = "",
            After = "",
        }));
        await db.SaveChangesAsync(cancellationToken);
        return draft.Id;
    }

    /// <summary>How many SIMs are kept for a change that is chosen later.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="draftId">What <see cref="DraftAsync"/> kept.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The number; a <see cref="GoneError"/> where they are kept no more, or never were.</returns>
    public async Task<Result<int>> DraftedAsync(TenantContext tenant, Guid draftId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.SimJobs.AnyAsync(job => job.Id == draftId && job.State == SimJobState.Draft, cancellationToken)
            ? await db.SimJobItems.CountAsync(item => item.JobId == draftId, cancellationToken)
            : new GoneError();
    }

    /// <summary>Starts a planned job.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="typed">The number of items to be sent, as it was typed where SIMs are terminated; null elsewhere.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="GoneError"/>, a <see cref="JobMovedError"/>, or an <see cref="InputError"/> where the number is another.</returns>
    public async Task<Result<SimJob>> StartAsync(TenantContext tenant, Guid jobId, int? typed, CancellationToken cancellationToken) => await ActAsync(
        tenant,
        jobId,
        AuditActions.JobStarted,
        (_, job, _) =>
        {
            if (job.State != SimJobState.Planned || job.Waiting == 0)
            {
                return Task.FromResult<PortalError?>(new JobMovedError());
            }

            if (SimJobPlans.Terminates(job) && typed != job.Waiting)
            {
                return Task.FromResult<PortalError?>(new InputError("JobTyped", job.Waiting));
            }

            Run(job, tenant);
            job.StartedAt = clock.GetUtcNow();
            return Task.FromResult<PortalError?>(null);
        },
        cancellationToken);

    /// <summary>Pauses a job: what is out is finished, nothing more is sent.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="GoneError"/> or a <see cref="JobMovedError"/>.</returns>
    public async Task<Result<SimJob>> PauseAsync(TenantContext tenant, Guid jobId, CancellationToken cancellationToken) => await ActAsync(
        tenant,
        jobId,
        AuditActions.JobPaused,
        (_, job, _) =>
        {
            if (job.State != SimJobState.Running)
            {
                return Task.FromResult<PortalError?>(new JobMovedError());
            }

            (job.State, job.Trouble, job.PausedAt) = (SimJobState.Paused, null, null);
            return Task.FromResult<PortalError?>(null);
        },
        cancellationToken);

    /// <summary>Goes on with a paused job, from now on on behalf of whoever says so.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="GoneError"/> or a <see cref="JobMovedError"/>.</returns>
    public async Task<Result<SimJob>> ResumeAsync(TenantContext tenant, Guid jobId, CancellationToken cancellationToken) => await ActAsync(
        tenant,
        jobId,
        AuditActions.JobResumed,
        (_, job, _) =>
        {
            if (job.State != SimJobState.Paused)
            {
                return Task.FromResult<PortalError?>(new JobMovedError());
            }

            Run(job, tenant);
            return Task.FromResult<PortalError?>(null);
        },
        cancellationToken);

    /// <summary>Ends a job: what waits is left out. What was done stays done.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="GoneError"/> or a <see cref="JobMovedError"/>.</returns>
    public async Task<Result<SimJob>> CancelAsync(TenantContext tenant, Guid jobId, CancellationToken cancellationToken) => await ActAsync(
        tenant,
        jobId,
        AuditActions.JobCancelled,
        async (db, job, token) =>
        {
            if (job.State is not (SimJobState.Planned or SimJobState.Running or SimJobState.Paused))
            {
                return new JobMovedError();
            }

            var now = clock.GetUtcNow();
            var left = await db.SimJobItems
                .Where(item => item.JobId == job.Id && item.State == SimJobItemState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(item => item.State, SimJobItemState.Skipped).SetProperty(item => item.At, now), token);
            job.Move(SimJobItemState.Waiting, SimJobItemState.Skipped, left);
            (job.State, job.FinishedAt, job.Trouble, job.NotBefore, job.PausedAt) = (SimJobState.Cancelled, now, null, null, null);
            return null;
        },
        cancellationToken);

    /// <summary>Has tried again what failed, and what nobody knows of; the latter is looked up first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; a <see cref="GoneError"/> or a <see cref="JobMovedError"/>.</returns>
    public async Task<Result<SimJob>> RetryAsync(TenantContext tenant, Guid jobId, CancellationToken cancellationToken) => await ActAsync(
        tenant,
        jobId,
        AuditActions.JobRetried,
        async (db, job, token) =>
        {
            if (!SimJobPlans.MayRetry(job))
            {
                return new JobMovedError();
            }

            foreach (var state in (SimJobItemState[])[SimJobItemState.Failed, SimJobItemState.Unknown])
            {
                var again = await db.SimJobItems
                    .Where(item => item.JobId == job.Id && item.State == state)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(item => item.State, SimJobItemState.Waiting).SetProperty(item => item.Reason, (string?)null).SetProperty(item => item.Detail, (string?)null),
                        token);
                job.Move(state, SimJobItemState.Waiting, again);
            }

            Run(job, tenant);
            job.FinishedAt = null;
            return null;
        },
        cancellationToken);

    /// <summary>Jobs that were never planned to the end are nobody's to see.</summary>
    private static Task<SimJob?> FindAsync(IQueryable<SimJob> jobs, Guid jobId, CancellationToken cancellationToken) =>
        jobs.SingleOrDefaultAsync(job => job.Id == jobId && job.Number > 0, cancellationToken);

    private void Run(SimJob job, TenantContext tenant)
    {
        (job.OwnerId, job.OwnerName, job.Language) = (tenant.Actor.PersonId, tenant.Actor.Name, CultureInfo.CurrentUICulture.Name);
        (job.State, job.Trouble, job.NotBefore, job.Tries, job.PausedAt) = (SimJobState.Running, null, null, 0, null);
        (job.RunningSince, job.SettledBefore) = (clock.GetUtcNow(), job.Settled);
    }

    /// <summary>Whoever moves a job may make all of its changes.</summary>
    private async Task<Result<SimJob>> ActAsync(
        TenantContext tenant, Guid jobId, string action, Func<PortalDbContext, SimJob, CancellationToken, Task<PortalError?>> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using (var look = database.ForTenant(tenant.TenantId))
        {
            if (await FindAsync(look.SimJobs.AsNoTracking(), jobId, cancellationToken) is not { } known)
            {
                return new GoneError();
            }

            // What a job needs never changes.
            foreach (var needed in SimJobNeeds.Of(known))
            {
                await tenant.RequireAsync(needed, cancellationToken);
                if (needed == Permission.SimsTerminate && action is (AuditActions.JobStarted or AuditActions.JobResumed or AuditActions.JobRetried)
                    && await tenant.RequireFreshAsync(needed, cancellationToken) is { } stale)
                {
                    return stale;
                }
            }
        }

        var moved = await database.InTurnAsync<Result<SimJob>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await FindAsync(db.SimJobs, jobId, token) is not { } job)
                {
                    return new GoneError();
                }

                if (await act(db, job, token) is { } error)
                {
                    return error;
                }

                audit.Add(db, tenant, new AuditAct(action, AuditOutcome.Succeeded) { ObjectId = job.Id.ToString(), ObjectName = $"#{job.Number.ToString(CultureInfo.InvariantCulture)}", Detail = job.Actions });
                await db.SaveChangesAsync(token);
                return job;
            },
            cancellationToken);
        if (moved is { Error: null, Value.State: SimJobState.Running })
        {
            worker.Ask(tenant.TenantId, jobId);
        }

        return moved;
    }
}

/// <summary>How fast a job can go.</summary>
/// <param name="CallsPerMinute">The calls of a minute that the vendor leaves to jobs.</param>
/// <param name="TimeLeft">How long what waits takes at the least.</param>
public sealed record SimJobPace(int CallsPerMinute, TimeSpan TimeLeft);
