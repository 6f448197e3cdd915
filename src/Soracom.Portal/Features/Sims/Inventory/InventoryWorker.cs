using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Walks through accounts when somebody asks for it and when their inventory has become old. An account is begun with when somebody
/// first looks at it; which instance walks is settled by <see cref="InventoryStore"/>.
/// </summary>
/// <param name="sync">Walks. Made when it first does: what it stands on reads options, and wrong ones are all to be told at once when the host starts.</param>
/// <param name="shelf">Holds the indexes.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How fresh it is to be.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class InventoryWorker(
    Lazy<InventorySync> sync, InventoryShelf shelf, PortalDatabase database, IOptions<InventoryOptions> options, TimeProvider clock, ILogger<InventoryWorker> log) : BackgroundService, ISimWalks
{
    /// <summary>How often is looked for what has become old.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Channel<Account> asked = Channel.CreateUnbounded<Account>();
    private readonly ConcurrentDictionary<Account, byte> waiting = new();

    /// <summary>Whether this instance walks through accounts at all.</summary>
    public bool Walks => options.Value.Walk;

    /// <inheritdoc />
    public void Ask(Guid tenantId, SoracomCoverage coverage)
    {
        var account = new Account(tenantId, coverage);
        if (Walks && waiting.TryAdd(account, 0))
        {
            asked.Writer.TryWrite(account);
        }
    }

    /// <summary>Whether an account waits to be walked through by this instance, or is.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <returns>True from <see cref="Ask"/> until the walk has ended.</returns>
    public bool IsAsked(Guid tenantId, SoracomCoverage coverage) => waiting.ContainsKey(new Account(tenantId, coverage));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Walks)
        {
            return;
        }

        try
        {
            await Task.WhenAll([LookAsync(stoppingToken), .. Enumerable.Range(0, options.Value.AtOnce).Select(_ => WalkAsync(stoppingToken))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }
    }

    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        await foreach (var account in asked.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                var outcome = await sync.Value.RunAsync(account.TenantId, account.Coverage, cancellationToken);
                if (outcome != SyncOutcome.NotTaken)
                {
                    LogWalked(account.TenantId, account.Coverage, outcome);
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // The inventory stays as it is, and is looked at again before long.
                LogFailed(error, account.TenantId, account.Coverage);
            }
            finally
            {
                waiting.TryRemove(account, out _);
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
                foreach (var account in await DueAsync(cancellationToken))
                {
                    Ask(account.TenantId, account.Coverage);
                }

                shelf.Tidy();
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogLookFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Accounts whose inventory is old, or was left halfway, and which nobody holds.</summary>
    private async Task<List<Account>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var old = now - options.Value.RefreshEvery;
        await using var db = database.ForInstallation();
        var due = await db.SimInventories
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .OfServed(db)
            .Where(inventory => inventory.CompletedAt == null || inventory.CompletedAt < old || inventory.WalkStartedAt != null)
            .Where(inventory => inventory.NotBefore == null || inventory.NotBefore <= now)
            .Where(inventory => inventory.HeldUntil == null || inventory.HeldUntil <= now)
            .OrderBy(inventory => inventory.CompletedAt)
            .Select(inventory => new { inventory.TenantId, inventory.Coverage })
            .ToListAsync(cancellationToken);
        return [.. due.Select(inventory => new Account(inventory.TenantId, Enum.GetValues<SoracomCoverage>().Single(coverage => coverage.ToWireName() == inventory.Coverage)))];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Walked through the SIMs of tenant {TenantId}, coverage {Coverage}: {Outcome}.")]
    private partial void LogWalked(Guid tenantId, SoracomCoverage coverage, SyncOutcome outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "The walk through the SIMs of tenant {TenantId}, coverage {Coverage}, failed; trying again.")]
    private partial void LogFailed(Exception error, Guid tenantId, SoracomCoverage coverage);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old inventories could not be looked for; trying again.")]
    private partial void LogLookFailed(Exception error);

    private sealed record Account(Guid TenantId, SoracomCoverage Coverage);
}
