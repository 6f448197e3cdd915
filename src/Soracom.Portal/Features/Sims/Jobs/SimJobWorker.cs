using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Jobs;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>
/// Works on the jobs that are under way, those that were left by a program that ended among them; which instance works on which is
/// settled by <see cref="SimJobStore"/>.
/// </summary>
/// <param name="runner">Works on one job. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="retention">Removes what is kept no longer.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How many at a time.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class SimJobWorker(Lazy<SimJobRunner> runner, Lazy<SimJobRetention> retention, PortalDatabase database, IOptions<SimJobOptions> options, TimeProvider clock, ILogger<SimJobWorker> log) : BackgroundService
{
    /// <summary>How often is looked for what is due.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Channel<(Guid TenantId, Guid JobId)> asked = Channel.CreateUnbounded<(Guid, Guid)>();
    private readonly ConcurrentDictionary<Guid, byte> waiting = new();

    /// <summary>Has a job worked on soon, unless it is.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="jobId">The job.</param>
    public void Ask(Guid tenantId, Guid jobId)
    {
        if (waiting.TryAdd(jobId, 0))
        {
            asked.Writer.TryWrite((tenantId, jobId));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Run)
        {
            return;
        }

        try
        {
            await Task.WhenAll([LookAsync(stoppingToken), .. Enumerable.Range(0, options.Value.AtOnce).Select(_ => WorkAsync(stoppingToken))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await foreach (var (tenantId, jobId) in asked.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await runner.Value.RunAsync(tenantId, jobId, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // The job stays as it is, and is looked at again when its turn has run out.
                LogFailed(error, jobId, tenantId);
            }
            finally
            {
                waiting.TryRemove(jobId, out _);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                foreach (var (tenantId, jobId) in await DueAsync(cancellationToken))
                {
                    Ask(tenantId, jobId);
                }

                await retention.Value.RunAsync(cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogLookFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<List<(Guid TenantId, Guid JobId)>> DueAsync(CancellationToken cancellationToken)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} of tenant {TenantId} could not be worked on; it is gone on with later.")]
    private partial void LogFailed(Exception error, Guid jobId, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Jobs could not be looked for; trying again.")]
    private partial void LogLookFailed(Exception error);
}
