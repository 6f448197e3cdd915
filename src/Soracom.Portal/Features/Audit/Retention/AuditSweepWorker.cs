using Microsoft.Extensions.Options;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Audit.Retention;

/// <summary>Has the oldest entries of audit trails removed, a few times a day.</summary>
/// <param name="sweep">Removes them.</param>
/// <param name="options">Whether to.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class AuditSweepWorker(AuditSweep sweep, IOptions<RecurringOptions> options, TimeProvider clock, ILogger<AuditSweepWorker> log) : RecurringWorker(options, clock, log)
{
    /// <summary>How long it pauses between looks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromHours(8);

    /// <summary>The start has enough to do, and programs that are started anew each night sweep too.</summary>
    protected override TimeSpan First => TimeSpan.FromMinutes(15);

    /// <inheritdoc />
    protected override TimeSpan AfterFailure => Interval;

    /// <inheritdoc />
    protected override async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        await sweep.RunAsync(cancellationToken);
        return Interval;
    }
}
