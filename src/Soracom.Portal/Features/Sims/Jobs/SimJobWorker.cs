using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Works on the jobs over many SIMs; which instance works on which is settled by <see cref="SimJobStore"/>.</summary>
/// <param name="runner">Works on one job. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="retention">Removes what is kept no longer; made late for the same reason.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How many at a time.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class SimJobWorker(Lazy<SimJobRunner> runner, Lazy<SimJobRetention> retention, PortalDatabase database, IOptions<SimJobOptions> options, TimeProvider clock, ILogger<SimJobWorker> log)
    : JobWorker(clock, log)
{
    private readonly TimeProvider clock = clock;

    /// <inheritdoc />
    protected override int AtOnce => options.Value.Run ? options.Value.AtOnce : 0;

    /// <inheritdoc />
    protected override Task RunAsync(Guid tenantId, Guid jobId, CancellationToken cancellationToken) => runner.Value.RunAsync(tenantId, jobId, cancellationToken);

    /// <inheritdoc />
    protected override Task TidyAsync(CancellationToken cancellationToken) => retention.Value.RunAsync(cancellationToken);

    /// <inheritdoc />
    protected override async Task<IReadOnlyList<(Guid TenantId, Guid JobId)>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.ForInstallation();
        var open = await db.SimJobs.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(job => job.State == SimJobState.Running || (job.Sending > 0 && (job.State == SimJobState.Paused || job.State == SimJobState.Cancelled)))
            .OrderBy(job => job.RunningSince)
            .ToListAsync(cancellationToken);
        return [.. open.Where(job => SimJobStore.IsDue(job, now)).Select(job => (job.TenantId, job.Id))];
    }
}
