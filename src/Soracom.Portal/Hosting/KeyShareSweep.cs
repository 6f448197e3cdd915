using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Hosting;

/// <summary>
/// Every few hours: deletes the halves outside the database of keys that were replaced long ago, and replaces keys that were made before there were
/// halves. Not at the start: an instance of the former build that still runs beside this one could not open what the new key seals.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="vault">Keeps the keys.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="keys">How long they stay.</param>
/// <param name="options">Whether to look.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class KeyShareSweep(
    PortalDatabase database, TenantVault vault, AuditTrail audit, KeyRingOptions keys, IOptions<RecurringOptions> options, TimeProvider clock, ILogger<KeyShareSweep> log)
    : RecurringWorker(options, clock, log)
{
    /// <summary>How long it pauses before each look, the first one too.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    private readonly TimeProvider clock = clock;
    private readonly ILogger log = log;

    /// <inheritdoc />
    protected override TimeSpan First => Interval;

    /// <inheritdoc />
    protected override TimeSpan AfterFailure => Interval;

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Cancels; the rest is done the next time.</param>
    /// <returns>A task that ends when it has.</returns>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - keys.KeepRetiredShares;
        foreach (var tenantId in await TenantsAsync(key => key.Wrapped == null && key.ShareId != null && key.RetiredAt < before, cancellationToken))
        {
            await TryAsync(tenantId, db => vault.ForgetAsync(db, before, cancellationToken), cancellationToken);
        }

        foreach (var tenantId in await TenantsAsync(key => key.Wrapped != null && key.ShareId == null, cancellationToken))
        {
            await TryAsync(
                tenantId,
                db =>
                {
                    audit.AddOfItself(db, tenantId, new AuditAct(AuditActions.DataKeyRotated, AuditOutcome.Succeeded));
                    return vault.RotateAsync(db, tenantId, cancellationToken);
                },
                cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        await RunOnceAsync(cancellationToken);
        return Interval;
    }

    private async Task TryAsync(Guid tenantId, Func<PortalDbContext, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.ForTenant(tenantId);
            await act(db);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // One tenant's file, or secret that can't be opened, is no other tenant's business, nor is what else goes wrong there.
            LogLeft(error, tenantId);
        }
    }

    private async Task<List<Guid>> TenantsAsync(Expression<Func<TenantDataKey, bool>> due, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.TenantDataKeys.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(due).Select(key => key.TenantId).Distinct().ToListAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of tenant {TenantId} could not be tidied; trying again in hours.")]
    private partial void LogLeft(Exception error, Guid tenantId);
}
