using Microsoft.Extensions.Options;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Tenants.Offboarding;

/// <summary>Goes on with removals that were broken off: the portal ended meanwhile, or a store was away.</summary>
/// <param name="remover">Removes what is left; made late, as it stands on options that are told wrong at the start.</param>
/// <param name="options">Whether to.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class RemovalWorker(Lazy<TenantRemover> remover, IOptions<RecurringOptions> options, TimeProvider clock, ILogger<RemovalWorker> log)
    : RecurringWorker(options, clock, log)
{
    /// <summary>How long it pauses before each look, the first one too.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>How long it pauses while something could not be removed.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly ILogger log = log;

    /// <inheritdoc />
    protected override TimeSpan First => Interval;

    /// <inheritdoc />
    protected override TimeSpan AfterFailure => Interval;

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether something could not be removed.</returns>
    internal async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var isLeft = false;
        foreach (var tenantId in await remover.Value.LeftAsync(cancellationToken))
        {
            try
            {
                await remover.Value.FinishAsync(tenantId, actor: null, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // One store that is away is no other tenant's business.
                LogLeft(error, tenantId);
                isLeft = true;
            }
        }

        return isLeft;
    }

    /// <inheritdoc />
    protected override async Task<TimeSpan> LookAsync(CancellationToken cancellationToken) => await RunOnceAsync(cancellationToken) ? Again : Interval;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tenant {TenantId} could not be removed whole; trying again.")]
    private partial void LogLeft(Exception error, Guid tenantId);
}
