using Microsoft.Extensions.Options;

namespace Soracom.Portal.Shared.Jobs;

/// <summary>Does something now and then. Several instances may do it at once; what it does is settled by the database.</summary>
/// <param name="options">Whether to.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal abstract partial class RecurringWorker(IOptions<RecurringOptions> options, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>How long it pauses before the first look.</summary>
    protected abstract TimeSpan First { get; }

    /// <summary>How long it pauses after a look that failed.</summary>
    protected abstract TimeSpan AfterFailure { get; }

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Cancels; the rest is done the next time.</param>
    /// <returns>How long it pauses before the next look.</returns>
    protected abstract Task<TimeSpan> LookAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Run)
        {
            return;
        }

        try
        {
            for (var pause = First; ; pause = await TryAsync(stoppingToken))
            {
                await Task.Delay(pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }
    }

    private async Task<TimeSpan> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(error, GetType().Name, AfterFailure);
            return AfterFailure;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Worker} could not do its work; trying again in {Pause}.")]
    private partial void LogFailed(Exception error, string worker, TimeSpan pause);
}
