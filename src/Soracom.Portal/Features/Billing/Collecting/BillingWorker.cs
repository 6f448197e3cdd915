using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Billing.Paying;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>
/// Collects bills and payments of itself: daily, at once when a month has begun, and hourly while the one before has not been closed. Those who look at a bill have it read sooner.
/// Whose turn it is is settled by <see cref="BillingTurns"/>.
/// </summary>
/// <param name="collector">Reads. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="paymentTurns">Tells whose payments are old.</param>
/// <param name="payments">Reads them.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How fresh bills are to be.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class BillingWorker(
    Lazy<BillingCollector> collector, PaymentTurns paymentTurns, PaymentCollector payments, Lazy<TenantSoracom> soracom, PortalDatabase database, IOptions<BillingOptions> options, TimeProvider clock, ILogger<BillingWorker> log) : BackgroundService
{
    /// <summary>How often is looked for what is due.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How often is looked whether a month that is over has been closed.</summary>
    private static readonly TimeSpan UntilClosed = TimeSpan.FromHours(1);

    /// <summary>Collects wherever it is due.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is done.</returns>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var (tenantId, coverage, freshFor) in await DueAsync(cancellationToken))
        {
            try
            {
                await collector.Value.CollectAsync(tenantId, coverage, new BillingWay(soracom.Value, tenant: null), freshFor, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // Of one tenant: the others' bills are read all the same.
                LogFailed(error, tenantId, coverage);
            }
        }

        await PaymentsAsync(cancellationToken);
    }

    private async Task PaymentsAsync(CancellationToken cancellationToken)
    {
        foreach (var account in await paymentTurns.DueAsync(cancellationToken))
        {
            try
            {
                await payments.CollectAsync(account, new BillingWay(soracom.Value, tenant: null), options.Value.RefreshEvery, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(error, account.TenantId, account.Coverage);
            }
        }
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
                    LogLookFailed(error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }
    }

    /// <summary>Accounts whose bills are old, those that were never read first.</summary>
    private async Task<IReadOnlyList<(Guid TenantId, SoracomCoverage Coverage, TimeSpan FreshFor)>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var month = YearMonth.Of(now);
        var (before, isClosing) = (month.AddMonths(-1).Number(), now < month.Start() + BillClosing.ClosedWithin);
        await using var db = database.ForInstallation();
        var open = db.BillMonths.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(bill => bill.Month == before && bill.Stage == BillStage.Preliminary);
        var readings = db.BillReadings.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var accounts = await (
            from credential in db.VendorCredentials.IgnoreQueryFilters([PortalDbContext.TenantFilter]).AsNoTracking().OfServed(db)
            join read in readings
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { read.TenantId, read.Coverage, read.OperatorId } into own
            from reading in own.DefaultIfEmpty()
            select new
            {
                credential.TenantId,
                credential.Coverage,
                ReadAt = reading == null ? null : reading.ReadAt,
                NotBefore = reading == null ? null : reading.NotBefore,
                HeldUntil = reading == null ? null : reading.HeldUntil,
                IsOpen = isClosing && open.Any(bill => bill.TenantId == credential.TenantId && bill.Coverage == credential.Coverage && bill.OperatorId == credential.OperatorId),
            }).ToListAsync(cancellationToken);
        return
        [
            .. from account in accounts
               let freshFor = account.IsOpen && UntilClosed < options.Value.RefreshEvery ? UntilClosed : options.Value.RefreshEvery
               where BillingTurns.IsOld(account.ReadAt, freshFor, now) && !(account.NotBefore > now) && !(account.HeldUntil > now)
               where SoracomCoverages.TryParseWireName(account.Coverage, out _)
               orderby account.ReadAt ?? DateTimeOffset.MinValue
               select (account.TenantId, SoracomCoverages.TryParseWireName(account.Coverage, out var coverage) ? coverage : default, freshFor),
        ];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Bills of tenant {TenantId}, coverage {Coverage}, could not be collected; trying again.")]
    private partial void LogFailed(Exception error, Guid tenantId, SoracomCoverage coverage);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old bills could not be looked for; trying again.")]
    private partial void LogLookFailed(Exception error);
}
