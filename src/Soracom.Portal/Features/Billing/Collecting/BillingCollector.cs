using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>
/// Reads an account's bills from the vendor into the portal's own: what the running month has come to, all closed months, the days of those that are
/// new or have changed, and what the vendor gives of items and SIMs. Broken off, it is gone on with where it stood: what was read is kept.
/// </summary>
/// <param name="turns">Whose turn it is.</param>
/// <param name="store">The portal's own bills.</param>
/// <param name="walks">Has the SIMs walked through, so that they have names.</param>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class BillingCollector(BillingTurns turns, BillingStore store, ISimWalks walks, PortalDatabase database, TimeProvider clock)
{
    /// <summary>Reads one account. Whoever asks has made sure that it may be read.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="way">The way to the vendor.</param>
    /// <param name="freshFor">How old the figures may be; null to read them whatever their age.</param>
    /// <param name="cancellationToken">Cancels; what was read by then is kept.</param>
    /// <returns>Why not all could be read; null when all was, or nobody needed to.</returns>
    public async Task<VendorError?> CollectAsync(Guid tenantId, SoracomCoverage coverage, BillingWay way, TimeSpan? freshFor, CancellationToken cancellationToken)
    {
        if (await OperatorAsync(tenantId, coverage, cancellationToken) is not { } operatorId)
        {
            return new VendorError(VendorErrorKind.NoCredential, coverage);
        }

        var account = new BillingAccount(tenantId, coverage, operatorId);
        if (await turns.TakeAsync(account, freshFor, cancellationToken) is not { } turn)
        {
            return null;
        }

        try
        {
            var failure = await ReadAsync(new Work(account, turn, way), cancellationToken);
            await turns.EndAsync(account, turn, failure, cancellationToken);
            return failure;
        }
        catch (BillingTurnLostException)
        {
            // Somebody else goes on.
            return null;
        }
        finally
        {
            await turns.ReleaseAsync(account, turn);
        }
    }

    private async Task<VendorError?> ReadAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var latest = await AskAsync(work, (client, token) => client.Billing.GetLatestBillingAsync(token), cancellationToken);
        if (latest.Error is VendorError { Kind: not VendorErrorKind.NotFound } unread)
        {
            return unread;
        }

        work = work with { Account = work.Account with { ToldCurrency = latest.Error is null ? BillAmounts.Currency(latest.Value.Currency) : null } };

        // An account that has never cost anything may have no running total.
        var current = latest.Error is null ? await store.PutLatestAsync(work.Account, latest.Value, askedAt, cancellationToken) : YearMonth.Of(askedAt);
        askedAt = clock.GetUtcNow();
        var history = await AskAsync(work, (client, token) => client.Billing.GetBillingHistoryAsync(token), cancellationToken);
        if (history.Error is VendorError { Kind: not VendorErrorKind.NotFound } unknown)
        {
            return unknown;
        }

        await store.PutHistoryAsync(work.Account, history.Error is null ? history.Value.BillList : [], askedAt, cancellationToken);
        var failure = await LinesAsync(work, cancellationToken) ?? await DaysAsync(work, current, cancellationToken);
        await store.ForecastAsync(work.Account, current, cancellationToken);
        return failure;
    }

    /// <summary>What items and SIMs cost. A credential that may not read that still has bills.</summary>
    private async Task<VendorError?> LinesAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var items = await AskAsync(work, (client, token) => client.Billing.GetBillingSummaryOfBillItemsAsync(token), cancellationToken);
        if (items.Error is VendorError { Kind: not (VendorErrorKind.NotFound or VendorErrorKind.Denied) } unread)
        {
            return unread;
        }

        foreach (var lines in items.Error is null ? items.Value.Select(BillLines.Of).OfType<BillLines>() : [])
        {
            await store.PutLinesAsync(work.Account, lines, askedAt, cancellationToken);
        }

        askedAt = clock.GetUtcNow();
        var sims = await AskAsync(work, (client, token) => client.Billing.GetBillingSummaryOfSimsAsync(token), cancellationToken);
        if (sims.Error is VendorError { Kind: not (VendorErrorKind.NotFound or VendorErrorKind.Denied) } unknown)
        {
            return unknown;
        }

        foreach (var lines in sims.Error is null ? sims.Value.Select(BillLines.Of).OfType<BillLines>() : [])
        {
            await store.PutLinesAsync(work.Account, lines, askedAt, cancellationToken);
        }

        if (sims is { Error: null, Value.Count: > 0 } && !await store.HasInventoryAsync(work.Account, cancellationToken))
        {
            // Nobody has looked at the account's SIMs yet: whoever looks at what they cost wants to know which they are.
            walks.Ask(work.Account.TenantId, work.Account.Coverage);
        }

        return null;
    }

    /// <summary>The days of the running month, of those that are over and not closed yet, and of closed ones that are new or have changed.</summary>
    private async Task<VendorError?> DaysAsync(Work work, YearMonth current, CancellationToken cancellationToken)
    {
        var months = await store.MonthsAsync(work.Account, cancellationToken);
        var oldest = current.AddMonths(-BillingStore.MonthsTold).Number();
        var due = months.Values
            .Where(month => month.Month >= oldest)
            .Where(month => month.Stage == BillStage.Preliminary || month.DaysReadAt is null)
            .OrderByDescending(month => month.Month)
            .Select(month => BillMonths.Of(month.Month));
        foreach (var month in due)
        {
            var askedAt = clock.GetUtcNow();
            var days = await AskAsync(work, (client, token) => client.Billing.GetBillingPerDayAsync(month, token), cancellationToken);
            if (days.Error is VendorError { Kind: not VendorErrorKind.NotFound } error)
            {
                return error.Kind == VendorErrorKind.Denied ? null : error;
            }

            await store.PutDaysAsync(work.Account, month, days.Error is null ? days.Value.BillList : [], askedAt, cancellationToken);
        }

        return null;
    }

    private async Task<Result<T>> AskAsync<T>(Work work, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await turns.HoldAsync(work.Account, work.Turn, cancellationToken)
            ? await work.Way.ReadAsync(work.Account, call, cancellationToken)
            : throw new BillingTurnLostException();

    private async Task<string?> OperatorAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenantId);
        return await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Work(BillingAccount Account, BillingTurn Turn, BillingWay Way);

#pragma warning disable CA1032, CA1064 // Thrown and caught in this file.
    private sealed class BillingTurnLostException : Exception;
#pragma warning restore CA1032, CA1064
}
