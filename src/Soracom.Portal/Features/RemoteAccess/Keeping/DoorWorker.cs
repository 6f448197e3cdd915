using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Soracom.Api;

namespace Soracom.Portal.Features.RemoteAccess.Keeping;

/// <summary>Has doors looked after in time: each tenant's apart from the others', so that none waits for another's vendor.</summary>
/// <param name="keeper">Looks after doors. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="options">Whether to.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class DoorWorker(Lazy<DoorKeeper> keeper, IOptions<RemoteAccessOptions> options, TimeProvider clock, ILogger<DoorWorker> log) : BackgroundService
{
    /// <summary>How often is looked for what is due.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(Guid TenantId, SoracomCoverage Coverage), Task> working = new();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Run)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(Interval, clock);
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }

        await Task.WhenAll(working.Values);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var due in await keeper.Value.DueAsync(cancellationToken))
            {
                if (working.GetValueOrDefault(due) is not { IsCompleted: false })
                {
                    working[due] = WorkAsync(due, cancellationToken);
                }
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogLookFailed(error);
        }
    }

    private async Task WorkAsync((Guid TenantId, SoracomCoverage Coverage) due, CancellationToken cancellationToken)
    {
        try
        {
            await keeper.Value.RunAsync(due.TenantId, due.Coverage, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends; its doors were given back.
        }
        catch (Exception error)
        {
            // The doors stay as they are, and are looked at again when their time with this instance has run out.
            LogFailed(error, due.TenantId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Doors of tenant {TenantId} could not be looked after; trying again.")]
    private partial void LogFailed(Exception error, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Doors could not be looked for; trying again.")]
    private partial void LogLookFailed(Exception error);
}
