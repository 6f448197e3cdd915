using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Soracom.Portal.Shared.Jobs;

/// <summary>
/// Works on the jobs of one kind that are under way, those that were left by a program that ended among them; which instance works on
/// which is settled by their store.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal abstract partial class JobWorker(TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>How often is looked for what is due.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How often is looked for what is kept no longer.</summary>
    private static readonly TimeSpan TidyInterval = TimeSpan.FromMinutes(10);

    private readonly Channel<(Guid TenantId, Guid JobId)> asked = Channel.CreateUnbounded<(Guid, Guid)>();
    private readonly ConcurrentDictionary<Guid, byte> waiting = new();

    /// <summary>How many jobs are worked on at a time; none where this instance works on none.</summary>
    protected abstract int AtOnce { get; }

    /// <summary>Whether jobs wait for one that is worked on to end, or to give way.</summary>
    protected bool IsAnyWaiting => asked.Reader.Count > 0;

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

    /// <summary>Works on a job until it is done or has to wait, unless somebody else has it.</summary>
    protected abstract Task RunAsync(Guid tenantId, Guid jobId, CancellationToken cancellationToken);

    /// <summary>The jobs that may be due, those first that should be first; whether one is, is settled when it is taken.</summary>
    protected abstract Task<IReadOnlyList<(Guid TenantId, Guid JobId)>> DueAsync(CancellationToken cancellationToken);

    /// <summary>Removes what is kept no longer.</summary>
    protected abstract Task TidyAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (AtOnce is not (> 0 and var atOnce))
        {
            return;
        }

        try
        {
            await Task.WhenAll([
                AgainAsync(Interval, LookAsync, LogLookFailed, stoppingToken),
                AgainAsync(TidyInterval, TidyAsync, LogTidyFailed, stoppingToken),
                .. Enumerable.Range(0, atOnce).Select(_ => WorkAsync(stoppingToken))]);
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
                await RunAsync(tenantId, jobId, cancellationToken);
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
        foreach (var (tenantId, jobId) in await DueAsync(cancellationToken))
        {
            Ask(tenantId, jobId);
        }
    }

    private async Task AgainAsync(TimeSpan interval, Func<CancellationToken, Task> act, Action<Exception> tell, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                await act(cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                tell(error);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} of tenant {TenantId} could not be worked on; it is gone on with later.")]
    private partial void LogFailed(Exception error, Guid jobId, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Jobs could not be looked for; trying again.")]
    private partial void LogLookFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is kept no longer could not be removed; trying again.")]
    private partial void LogTidyFailed(Exception error);
}
