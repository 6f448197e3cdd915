using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>
/// Reads the vendor's log of remote access of itself while doors are open, and a while after, and removes what is kept no longer. Whose turn
/// it is to read is settled by <see cref="RemoteLogStore"/>.
/// </summary>
/// <param name="reader">Reads. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How long the log is kept.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class RemoteLogWorker(
    Lazy<RemoteLogReader> reader, Lazy<TenantSoracom> soracom, PortalDatabase database, IOptions<RemoteLogOptions> options, TimeProvider clock, ILogger<RemoteLogWorker> log) : BackgroundService
{
    /// <summary>How often is looked for open doors.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How many accounts are read at a time.</summary>
    private const int AtOnce = 4;

    /// <summary>How long after its end a door is still looked after: the vendor's log may be late.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(15);

    /// <summary>How long after it was asked for a door whose end nobody knows is looked after.</summary>
    private static readonly TimeSpan Longest = RemoteDoor.Longest + Afterwards;

    /// <summary>Reads what is new wherever a door is open, or was a moment ago, and removes what is old.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is done.</returns>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            await BusyAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (account, token) => await ReadAsync(account.TenantId, account.Coverage, token));
        var old = clock.GetUtcNow() - options.Value.KeepFor;
        await using var db = database.ForInstallation();
        await db.RemoteAccessEvents.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(happened => happened.At < old).ExecuteDeleteAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Run)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
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

    /// <summary>Reads one account's log; what goes wrong there is no other's business.</summary>
    private async Task ReadAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        try
        {
            await reader.Value.ReadAsync(tenantId, coverage, soracom.Value.ReadForJobAsync, evenIfRecent: false, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnread(error, tenantId);
        }
    }

    private async Task<List<(Guid TenantId, SoracomCoverage Coverage)>> BusyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (ended, asked) = (now - Afterwards, now - Longest);
        await using var db = database.ForInstallation();
        var busy = await db.RemoteDoors.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .OfServed(db)
            .Where(door => door.EndedAt == null ? door.AskedAt >= asked : door.EndedAt >= ended)
            .Select(door => new { door.TenantId, door.Coverage })
            .Distinct()
            .ToListAsync(cancellationToken);
        return [.. from door in busy where SoracomCoverages.TryParseWireName(door.Coverage, out _) select (door.TenantId, SoracomCoverages.TryParseWireName(door.Coverage, out var coverage) ? coverage : default)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The log of remote access of tenant {TenantId} could not be read; trying again.")]
    private partial void LogUnread(Exception error, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The log of remote access could not be read or tidied; trying again.")]
    private partial void LogFailed(Exception error);
}
