using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>
/// Writes how jobs go on, for whoever holds one. An item is marked as being sent before it is, and what came of it, its line in the
/// audit trail and what was learned of its SIM are written together: whatever happens to the program, nothing is done twice unseen and
/// nothing is forgotten.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimJobStore(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Takes a job that is under way, or was left with items of which nobody knows whether they were sent.</summary>
    /// <returns>The turn; null when somebody else has it, or there is nothing to do.</returns>
    public Task<SimJobTaken?> TakeAsync(Guid tenantId, Guid jobId, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var asked = clock.GetTimestamp();
            var job = await db.SimJobs.SingleOrDefaultAsync(row => row.Id == jobId, token);
            if (job is null || !IsDue(job, now))
            {
                return null;
            }

            (job.Holder, job.HeldUntil) = (Guid.NewGuid(), now + JobTurn.HeldFor);
            await db.SaveChangesAsync(token);
            var turn = new JobTurn(jobId, job.Holder.Value, clock);
            turn.Confirm(asked);
            return new SimJobTaken(turn, job.Language, new SimJobAccount(tenantId, CoverageOf(job)));
        },
        cancellationToken);

    /// <summary>Says that the holder is still there.</summary>
    /// <returns>False when the turn is lost.</returns>
    public async Task<bool> HoldAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + JobTurn.HeldFor;
        await using var db = database.ForTenant(tenantId);
        return await db.SimJobs
            .Where(job => job.Id == turn.JobId && job.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.HeldUntil, until), cancellationToken) > 0;
    }

    /// <summary>Lets go of a job. While items are out it stays held until the time runs out: their calls may still be on their way.</summary>
    public async Task ReleaseAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        await db.SimJobs
            .Where(job => job.Id == turn.JobId && job.Holder == turn.Holder && job.Sending == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.Holder, (Guid?)null).SetProperty(job => job.HeldUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>The items that were out when an earlier holder ended.</summary>
    /// <returns>At most so many; null when the turn is lost.</returns>
    public async Task<IReadOnlyList<SimJobTask>?> LeftOutAsync(Guid tenantId, JobTurn turn, int most, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        var job = await db.SimJobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == turn.JobId && row.Holder == turn.Holder, cancellationToken);
        return job is null ? null : await TasksAsync(db, job, await Items(db, job, SimJobItemState.Sending).AsNoTracking().Take(most).ToListAsync(cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Marks the next items as being sent. Asks each time whether the job is still to go on, whether its owner may still make its
    /// changes, and whether the account is still the one that it was planned for.
    /// </summary>
    /// <returns>The items; null when the turn is lost.</returns>
    public Task<SimJobBatch?> ClaimAsync(Guid tenantId, JobTurn turn, int most, CancellationToken cancellationToken) => WriteAsync(
        tenantId,
        turn,
        async (db, job, token) =>
        {
            if (job.State != SimJobState.Running)
            {
                return SimJobBatch.Nothing;
            }

            if (await TroubleAsync(db, job, token) is { } trouble)
            {
                Pause(job, trouble);
                return SimJobBatch.Nothing;
            }

            var items = await Items(db, job, SimJobItemState.Waiting).Take(most).ToListAsync(token);
            if (items.Count == 0)
            {
                Finish(job);
                return SimJobBatch.Nothing;
            }

            foreach (var item in items)
            {
                Move(job, item, SimJobItemState.Sending);
            }

            return new SimJobBatch(await TasksAsync(db, job, items, token));
        },
        cancellationToken);

    /// <summary>Writes what came of items, all together.</summary>
    /// <returns>Whether the job goes on; null when the turn is lost: then nothing was written.</returns>
    public async Task<bool?> SettleAsync(Guid tenantId, JobTurn turn, IReadOnlyList<SimJobOutcome> outcomes, CancellationToken cancellationToken)
    {
        var written = await WriteAsync(
            tenantId,
            turn,
            async (db, job, token) =>
            {
                var numbers = outcomes.Select(outcome => outcome.Task.Number).ToList();
                var items = await db.SimJobItems.Where(item => item.JobId == job.Id && numbers.Contains(item.Number)).ToDictionaryAsync(item => item.Number, token);
                foreach (var outcome in outcomes)
                {
                    Settle(db, job, items[outcome.Task.Number], outcome);
                }

                await LearnAsync(db, job, outcomes, token);
                Judge(job, outcomes);
                return new Written(job.State == SimJobState.Running && job.NotBefore is null);
            },
            cancellationToken);
        return written?.GoesOn;
    }

    /// <summary>Whether somebody has something to do about a job now.</summary>
    internal static bool IsDue(SimJob job, DateTimeOffset now) =>
        (job.HeldUntil is not { } heldUntil || heldUntil <= now)
        && (job.NotBefore is not { } notBefore || notBefore <= now)
        && (job.State == SimJobState.Running || (job.Sending > 0 && job.State is SimJobState.Paused or SimJobState.Cancelled));

    /// <summary>The coverage of a job.</summary>
    internal static SoracomCoverage CoverageOf(SimJob job) =>
        SoracomCoverages.TryParseWireName(job.Coverage, out var coverage) ? coverage : throw new InvalidOperationException($"{job.Coverage} is no coverage.");

    private static IQueryable<SimJobItem> Items(PortalDbContext db, SimJob job, SimJobItemState state) =>
        db.SimJobItems.Where(item => item.JobId == job.Id && item.State == state).OrderBy(item => item.Number);

    private static async Task<IReadOnlyList<SimJobTask>> TasksAsync(PortalDbContext db, SimJob job, List<SimJobItem> items, CancellationToken cancellationToken)
    {
        var simIds = items.Select(item => item.SimId).ToList();
        var known = await db.InventorySims.AsNoTracking()
            .Where(sim => sim.Coverage == job.Coverage && simIds.Contains(sim.SimId) && sim.GoneAt == null)
            .ToDictionaryAsync(sim => sim.SimId, StringComparer.Ordinal, cancellationToken);
        var common = job.Change is null ? null : SimJobJson.ReadChange(job.Change);
        return [.. items.Select(item => new SimJobTask(item.Number, item.SimId, item.SimName, item.Change is null ? common! : SimJobJson.ReadChange(item.Change), known.GetValueOrDefault(item.SimId), item.Reason is not null))];
    }

    private void Move(SimJob job, SimJobItem item, SimJobItemState state)
    {
        job.Move(item.State, state);
        (item.State, item.At) = (state, clock.GetUtcNow());
    }

    private void Settle(PortalDbContext db, SimJob job, SimJobItem item, SimJobOutcome outcome)
    {
        // What was cancelled while it was out, and came back unsent, is left out like the rest.
        var state = outcome.State == SimJobItemState.Waiting && job.State == SimJobState.Cancelled ? SimJobItemState.Skipped : outcome.State;
        Move(job, item, state);
        (item.Reason, item.Detail) = (outcome.Reason, outcome.Detail);
        if (outcome.Before is { } before)
        {
            item.Before = outcome.Task.Change.Before(before);
            item.After = outcome.Task.Change.After(before);
            item.Undo = outcome.Task.Change.Undoing(before) is { } undoing ? SimJobJson.Write(undoing) : null;
        }

        if (outcome.Sent && state is SimJobItemState.Done or SimJobItemState.Failed or SimJobItemState.Unknown)
        {
            audit.AddOfJob(db, job.TenantId, job.OwnerId, job.OwnerName, SimJobAudit.Of(job, item, outcome.Task.Change, state, outcome.VendorRequestId));
        }
    }

    private static async Task LearnAsync(PortalDbContext db, SimJob job, IReadOnlyList<SimJobOutcome> outcomes, CancellationToken cancellationToken)
    {
        var coverage = CoverageOf(job);
        // Of several readings of one SIM the youngest says it all.
        var readings = outcomes.Where(outcome => outcome.Learned is not null).GroupBy(outcome => outcome.Task.SimId, StringComparer.Ordinal).Select(sim => sim.MaxBy(outcome => outcome.LearnedAt)!);
        foreach (var at in readings.GroupBy(outcome => outcome.LearnedAt))
        {
            await InventoryStore.LearnAsync(db, coverage, [.. at.Select(outcome => outcome.Learned!)], at.Key, cancellationToken);
        }

        foreach (var outcome in outcomes.Where(outcome => outcome.Gone))
        {
            await InventoryStore.LearnGoneAsync(db, coverage, outcome.Task.SimId, outcome.LearnedAt, cancellationToken);
        }
    }

    /// <summary>What outcomes mean for the job: it goes on, waits for the vendor or for somebody.</summary>
    private void Judge(SimJob job, IReadOnlyList<SimJobOutcome> outcomes)
    {
        var stops = outcomes.Select(outcome => outcome.Stop).OfType<SimJobStop>().ToList();
        if (stops.Count == 0 && outcomes.Count > 0 && outcomes.All(outcome => outcome is { State: SimJobItemState.Unknown, Task.Doubted: false }))
        {
            // One answer is lost now and then. Where none comes, going on would only leave more that nobody knows of.
            stops.Add(new SimJobStop(outcomes[0].Reason!, RetryAfter: null, NeedsSomebody: false));
        }

        if (stops.Count == 0)
        {
            (job.Tries, job.NotBefore) = (0, null);
            job.Trouble = job.State == SimJobState.Running ? null : job.Trouble;
            if (job.State == SimJobState.Running && job is { Waiting: 0, Sending: 0 })
            {
                Finish(job);
            }

            return;
        }

        var stop = stops.Find(one => one.NeedsSomebody) ?? stops[0];
        job.Tries = outcomes.Any(outcome => outcome.Stop is null) ? 1 : job.Tries + 1;
        if (job.State != SimJobState.Running)
        {
            // Only what was out is left; it is looked up again later.
            job.NotBefore = clock.GetUtcNow() + JobPatience.After(job.Tries, stop.RetryAfter);
        }
        else if (stop.NeedsSomebody || (stop.RetryAfter is null && job.Tries > JobPatience.MostTries))
        {
            Pause(job, stop.Reason);
        }
        else
        {
            (job.Trouble, job.NotBefore) = (stop.Reason, clock.GetUtcNow() + JobPatience.After(job.Tries, stop.RetryAfter));
        }
    }

    private void Pause(SimJob job, string trouble) => (job.State, job.Trouble, job.NotBefore, job.Tries, job.PausedAt) = (SimJobState.Paused, trouble, null, 0, clock.GetUtcNow());

    private void Finish(SimJob job)
    {
        if (job.Sending == 0)
        {
            (job.State, job.FinishedAt, job.Trouble, job.NotBefore) = (SimJobState.Done, clock.GetUtcNow(), null, null);
        }
    }

    /// <summary>Why nothing more may be sent; null when it may.</summary>
    private async Task<string?> TroubleAsync(PortalDbContext db, SimJob job, CancellationToken cancellationToken)
    {
        var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == job.Coverage).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
        if (operatorId is not null && !string.Equals(operatorId, job.OperatorId, StringComparison.Ordinal))
        {
            return SimJobTrouble.OtherAccount;
        }

        var standings = await TenantAccess.StandingsAsync(db, [(job.OwnerId, job.TenantId)], clock.GetUtcNow(), cancellationToken);
        return standings.GetValueOrDefault((job.OwnerId, job.TenantId)) is { } standing && SimJobNeeds.Of(job).All(standing.May) ? null : SimJobTrouble.RightLost;
    }

    private Task<T?> WriteAsync<T>(Guid tenantId, JobTurn turn, Func<PortalDbContext, SimJob, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
        where T : class => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var asked = clock.GetTimestamp();
            if (await db.SimJobs.SingleOrDefaultAsync(row => row.Id == turn.JobId && row.Holder == turn.Holder, token) is not { } job)
            {
                return null;
            }

            var answer = await write(db, job, token);
            job.HeldUntil = clock.GetUtcNow() + JobTurn.HeldFor;
            await db.SaveChangesAsync(token);
            turn.Confirm(asked);
            return answer;
        },
        cancellationToken);

    private sealed record Written(bool GoesOn);
}
