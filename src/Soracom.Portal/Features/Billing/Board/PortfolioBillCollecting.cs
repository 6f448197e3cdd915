using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>Has the bills of several tenants read while somebody looks at all of them: those that are old, a few accounts at a time, those that were never read first.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="bills">The bills of one tenant.</param>
/// <param name="options">How fresh bills are to be.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class PortfolioBillCollecting(PortalDatabase database, Bills bills, IOptions<BillingOptions> options, TimeProvider clock, ILogger<PortfolioBillCollecting> log)
{
    /// <summary>How many accounts are read at a time.</summary>
    private const int AtOnce = 4;

    /// <summary>What was read so lately is not read again, whoever asks.</summary>
    private static readonly TimeSpan JustRead = TimeSpan.FromMinutes(1);

    /// <summary>Has the accounts read whose figures are old.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="evenIfFresh">Whether somebody wants them read whatever their age, and whatever failed before.</param>
    /// <param name="cancellationToken">Cancels; what was read by then is kept.</param>
    /// <returns>How far it is: at the beginning and after each account; nothing where none is old.</returns>
    public async IAsyncEnumerable<PortfolioProgress> CollectAsync(Portfolio portfolio, bool evenIfFresh, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var due = await DueAsync(await portfolio.PermittingAsync(Permission.BillingRead, cancellationToken), evenIfFresh, cancellationToken);
        if (due.Count == 0)
        {
            yield break;
        }

        var (done, broken) = (0, 0);
        yield return new PortfolioProgress(done, due.Count, null, broken);
        using var places = new SemaphoreSlim(AtOnce);
        await foreach (var read in Task.WhenEach(due.Select(account => ReadAsync(account, evenIfFresh, places, cancellationToken))))
        {
            var (tenant, isBroken) = await read;
            broken += isBroken ? 1 : 0;
            yield return new PortfolioProgress(++done, due.Count, tenant, broken);
        }
    }

    private async Task<IReadOnlyList<(TenantContext Tenant, SoracomCoverage Coverage)>> DueAsync(IReadOnlyList<TenantContext> tenants, bool evenIfFresh, CancellationToken cancellationToken)
    {
        var byId = tenants.ToDictionary(tenant => tenant.TenantId);
        var ids = byId.Keys.ToList();
        var (now, freshFor) = (clock.GetUtcNow(), evenIfFresh ? JustRead : options.Value.ReadAfter);
        await using var db = database.ForInstallation();
        var readings = db.BillReadings.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var accounts = await (
            from credential in db.VendorCredentials.IgnoreQueryFilters([PortalDbContext.TenantFilter])
            where ids.Contains(credential.TenantId)
            join read in readings on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { read.TenantId, read.Coverage, read.OperatorId } into own
            from reading in own.DefaultIfEmpty()
            select new
            {
                credential.TenantId,
                credential.Coverage,
                ReadAt = reading == null ? null : reading.ReadAt,
                NotBefore = reading == null ? null : reading.NotBefore,
                HeldUntil = reading == null ? null : reading.HeldUntil,
            }).ToListAsync(cancellationToken);
        return
        [
            .. from account in accounts
               where BillingTurns.IsOld(account.ReadAt, freshFor, now) && !(account.HeldUntil > now) && (evenIfFresh || !(account.NotBefore > now))
               where SoracomCoverages.TryParseWireName(account.Coverage, out _)
               orderby account.ReadAt ?? DateTimeOffset.MinValue
               select (byId[account.TenantId], SoracomCoverages.TryParseWireName(account.Coverage, out var coverage) ? coverage : default),
        ];
    }

    private async Task<(TenantContext Tenant, bool IsBroken)> ReadAsync((TenantContext Tenant, SoracomCoverage Coverage) account, bool evenIfFresh, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            await bills.RefreshAsync(account.Tenant, account.Coverage, evenIfFresh, cancellationToken);
        }
        catch (PermissionDeniedException)
        {
            // The right ended meanwhile: the others' are read all the same.
        }
        catch (OperationCanceledException) when (account.Tenant.Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The same, while the vendor was asked.
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Of one account: the others' bills are read all the same, and whoever looks is told.
            LogFailed(error, account.Tenant.TenantId, account.Coverage);
            return (account.Tenant, true);
        }
        finally
        {
            places.Release();
        }

        return (account.Tenant, false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Bills of tenant {TenantId}, coverage {Coverage}, could not be collected for somebody who looks at all accounts.")]
    private partial void LogFailed(Exception error, Guid tenantId, SoracomCoverage coverage);
}

/// <summary>How far the accounts of several tenants have been read.</summary>
/// <param name="Done">How many accounts are done, whatever came of it.</param>
/// <param name="Accounts">How many are to be read.</param>
/// <param name="Tenant">Whose account was done last; null at the beginning.</param>
/// <param name="Broken">How many the portal could not read by a fault of its own, which is in its log.</param>
public sealed record PortfolioProgress(int Done, int Accounts, TenantContext? Tenant, int Broken);
