using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>SIMs with what is to be done to them.</summary>
/// <param name="SimId">The SIM.</param>
/// <param name="Line">The line of the file that says so; null where there is none.</param>
/// <param name="Changes">The changes, in their order; none where the job has one for all.</param>
internal sealed record SimPlanRow(string SimId, int? Line, IReadOnlyList<SimChange> Changes);

/// <summary>
/// Writes down row by row what a job is going to do: what it finds, what it would leave, what has nothing to do and what is refused.
/// Nothing is sent. Rows are taken some hundred at a time, so that a hundred thousand need no more memory than their ids.
/// </summary>
/// <param name="database">The portal's database.</param>
internal sealed class SimJobPlanner(PortalDatabase database)
{
    private const int RowsAtOnce = 500;

    private const int RowsForgottenAtOnce = 5_000;

    /// <summary>Plans a job.</summary>
    /// <param name="job">The job, in the state Planning.</param>
    /// <param name="rows">The SIMs; those that the inventory does not know any more are left out.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The job, planned.</returns>
    public async Task<SimJob> PlanAsync(SimJob job, IReadOnlyList<SimPlanRow> rows, CancellationToken cancellationToken)
    {
        await using (var db = database.ForTenant(job.TenantId))
        {
            db.SimJobs.Add(job);
            await db.SaveChangesAsync(cancellationToken);
        }

        try
        {
            var counts = new Dictionary<SimJobItemState, int>();
            var common = job.Change is null ? null : SimJobJson.ReadChange(job.Change);
            var number = 0;
            foreach (var chunk in rows.Chunk(RowsAtOnce))
            {
                number = await WriteAsync(job, chunk, common, number, counts, cancellationToken);
            }

            return await CompleteAsync(job, counts, cancellationToken);
        }
        catch
        {
            await using var db = database.ForTenant(job.TenantId);
            await ForgetAsync(db, job.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Removes a job that nobody sees, with its rows.</summary>
    public static async Task ForgetAsync(PortalDbContext db, Guid jobId, CancellationToken cancellationToken)
    {
        // Some at a time: others wait for the database's one writer meanwhile.
        var items = db.SimJobItems.Where(item => item.JobId == jobId);
        var last = await items.MaxAsync(item => (int?)item.Number, cancellationToken) ?? 0;
        for (var from = 0; from < last; from += RowsForgottenAtOnce)
        {
            var (after, until) = (from, from + RowsForgottenAtOnce);
            await items.Where(item => item.Number > after && item.Number <= until).ExecuteDeleteAsync(cancellationToken);
        }

        await db.SimJobs.Where(job => job.Id == jobId).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<int> WriteAsync(SimJob job, SimPlanRow[] rows, SimChange? common, int number, Dictionary<SimJobItemState, int> counts, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(job.TenantId);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var simIds = rows.Select(row => row.SimId).ToList();
        var sims = await db.InventorySims.AsNoTracking()
            .Where(sim => sim.Coverage == job.Coverage && simIds.Contains(sim.SimId) && sim.GoneAt == null)
            .ToDictionaryAsync(sim => sim.SimId, StringComparer.Ordinal, cancellationToken);
        foreach (var row in rows)
        {
            if (!sims.TryGetValue(row.SimId, out var sim))
            {
                continue;
            }

            // What it is called now, whatever the line calls it.
            var name = sim.Name;
            foreach (var change in common is null ? row.Changes : [common])
            {
                var item = ItemOf(job, ++number, row, name, sim, change, ownChange: common is null);
                counts[item.State] = counts.GetValueOrDefault(item.State) + 1;
                db.SimJobItems.Add(item);
                if (item.State == SimJobItemState.Waiting)
                {
                    // The next change of the same SIM finds it as this one leaves it.
                    SimAfter.Apply(sim, change);
                }
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return number;
    }

    private static SimJobItem ItemOf(SimJob job, int number, SimPlanRow row, string name, InventorySim sim, SimChange change, bool ownChange)
    {
        // A SIM that is so already needs no leave to be so.
        var already = change.IsIn(sim);
        var obstacle = already ? null : change.ObstacleFor(sim);
        return new SimJobItem
        {
            TenantId = job.TenantId,
            JobId = job.Id,
            Number = number,
            Line = row.Line,
            SimId = sim.SimId,
            SimName = name,
            Change = ownChange ? SimJobJson.Write(change) : null,
            State = already ? SimJobItemState.Already : obstacle is not null ? SimJobItemState.Refused : SimJobItemState.Waiting,
            Before = change.Before(sim),
            After = change.After(sim),
            Undo = !already && obstacle is null && change.Undoing(sim) is { } undoing ? SimJobJson.Write(undoing) : null,
            Reason = obstacle?.Key,
            Detail = obstacle is null ? null : SimJobJson.Write(obstacle.Arguments),
        };
    }

    private Task<SimJob> CompleteAsync(SimJob planned, Dictionary<SimJobItemState, int> counts, CancellationToken cancellationToken) => database.InTurnAsync(
        planned.TenantId,
        async (db, token) =>
        {
            var job = await db.SimJobs.SingleAsync(row => row.Id == planned.Id, token);
            job.Number = (await db.SimJobs.MaxAsync(row => (int?)row.Number, token) ?? 0) + 1;
            job.State = SimJobState.Planned;
            foreach (var (state, count) in counts)
            {
                job.Move(from: null, state, count);
            }

            await db.SaveChangesAsync(token);
            return job;
        },
        cancellationToken);
}
