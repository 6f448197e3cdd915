namespace Soracom.Portal.Features.Audit.Retention;

/// <summary>Has the oldest entries of audit trails removed, a few times a day.</summary>
/// <param name="sweep">Removes them.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class AuditSweepWorker(AuditSweep sweep, TimeProvider clock, ILogger<AuditSweepWorker> log) : BackgroundService
{
    /// <summary>How long it pauses before the first look: the start has enough to do, and programs that are started anew each night sweep too.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(15);

    /// <summary>How long it pauses between looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(8);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var pause = First; ; pause = Interval)
            {
                await Task.Delay(pause, clock, stoppingToken);
                try
                {
                    await sweep.RunAsync(stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit trails could not be swept; trying again later.")]
    private partial void LogFailed(Exception error);
}
