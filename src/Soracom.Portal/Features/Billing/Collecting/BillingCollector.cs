using Soracom.Api;
using Soracom.Api.Billing;
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
/// <param name="clock">The clock.</param>
internal sealed class BillingCollector(BillingTurns turns, BillingStore store, ISimWalks walks, TimeProvider clock)
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
        if (await turns.AccountAsync(tenantId, coverage, cancellationToken) is not { } account)
        {
            return new VendorError(VendorErrorKind.NoCredential, coverage);
        }

        if (await turns.TakeAsync(account, freshFor, cancellationToken) is not { } turn)
        {
            return null;
        }

        try
        {
            var work = new Work(account, turn, way);
            var failure = await ReadAsync(work, cancellationToken);
            await turns.EndAsync(account, turn, failure, work.Denied, work.Served, cancellationToken);
            return failure;
        }
        catch (BillingTurnLostException)
        {
            // Somebody else goes on, or the account is another operator's by now.
            return null;
        }
        finally
        {
            await turns.ReleaseAsync(account, turn);
        }
    }

    private async Task<VendorError?> ReadAsync(Work work, CancellationToken cancellationToken)
    {
        // What one of them does not tell is no reason not to ask for the others: items do not wait for closed months, nor days for summaries.
        var failures = new VendorFailures();
        var askedAt = clock.GetUtcNow();
        var latest = await AskAsync(work, (client, token) => client.Billing.GetLatestBillingAsync(token), cancellationToken);
        failures.Note(Unserved(latest.Error));
        work = work with
        {
            Account = work.Account with { ToldCurrency = latest.Error is null ? BillAmounts.Currency(latest.Value.Currency) : null },
            CountedTo = latest.Error is null ? latest.Value.LastEvaluatedTime : null,
            IsCountingKnown = Unserved(latest.Error) is null,
        };

        // An account that has never cost anything may have no running total.
        var current = latest.Error is null ? await store.PutLatestAsync(work.Account, latest.Value, askedAt, cancellationToken) : YearMonth.Of(askedAt);
        foreach (var read in (Func<Task<VendorError?>>[])[() => HistoryAsync(work, cancellationToken), () => ItemsAsync(work, cancellationToken), () => SimsAsync(work, cancellationToken)])
        {
            if (failures.GoesOn)
            {
                failures.Note(await read());
            }
        }

        await DaysAsync(work, current, failures, cancellationToken);
        await store.ForecastAsync(work.Account, current, clock.GetUtcNow(), cancellationToken);
        return failures.Gravest;
    }

    /// <summary>Why the vendor did not answer; null where it did, also that there is nothing.</summary>
    private static VendorError? Unserved(PortalError? error) => error is VendorError { Kind: not VendorErrorKind.NotFound } unserved ? unserved : null;

    /// <summary>All closed months.</summary>
    private async Task<VendorError?> HistoryAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var history = await AskAsync(work, (client, token) => client.Billing.GetBillingHistoryAsync(token), cancellationToken);
        if (Unserved(history.Error) is { } unserved)
        {
            return unserved;
        }

        await store.PutHistoryAsync(work.Account, history.Error is null ? history.Value.BillList : [], askedAt, cancellationToken);
        return null;
    }

    /// <summary>What bill items cost.</summary>
    private async Task<VendorError?> ItemsAsync(Work work, CancellationToken cancellationToken) =>
        (await LinesAsync(work, BillingOperations.Items, (client, token) => client.Billing.GetBillingSummaryOfBillItemsAsync(token), BillLines.Of, cancellationToken)).Failure;

    /// <summary>What SIMs cost.</summary>
    private async Task<VendorError?> SimsAsync(Work work, CancellationToken cancellationToken)
    {
        var (failure, months) = await LinesAsync(work, BillingOperations.Sims, (client, token) => client.Billing.GetBillingSummaryOfSimsAsync(token), BillLines.Of, cancellationToken);
        if (months > 0 && !await store.HasInventoryAsync(work.Account, cancellationToken))
        {
            // Nobody has looked at the account's SIMs yet: whoever looks at what they cost wants to know which they are.
            walks.Ask(work.Account.TenantId, work.Account.Coverage);
        }

        return failure;
    }

    private async Task<(VendorError? Failure, int Months)> LinesAsync<T>(
        Work work, string operation, Func<ISoracomClient, CancellationToken, Task<IReadOnlyList<T>>> call, Func<T, BillLines?> of, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var told = await AskAsync(work, call, cancellationToken);
        if (told.Error is VendorError error)
        {
            return (Noted(work, operation, error), 0);
        }

        work.Served.Add(operation);
        foreach (var lines in told.Value.Select(of).OfType<BillLines>())
        {
            await store.PutLinesAsync(work.Account, lines, askedAt, cancellationToken);
        }

        return (null, told.Value.Count);
    }

    /// <summary>A credential that may not read all of a bill still has bills: that it may not is noted, and no failure. Neither is that there is nothing.</summary>
    private static VendorError? Noted(Work work, string operation, VendorError error)
    {
        if (error.Kind is VendorErrorKind.Denied or VendorErrorKind.NotFound)
        {
            (error.Kind == VendorErrorKind.Denied ? work.Denied : work.Served).Add(operation);
        }

        return error.Kind is VendorErrorKind.NotFound or VendorErrorKind.Denied ? null : error;
    }

    /// <summary>The days of the running month, of those that are over and not closed yet, and of closed ones that are new or have changed. What one month does not tell is no reason not to ask for the others.</summary>
    private async Task DaysAsync(Work work, YearMonth current, VendorFailures failures, CancellationToken cancellationToken)
    {
        var months = await store.MonthsAsync(work.Account, cancellationToken);
        var oldest = current.AddMonths(-BillingStore.MonthsTold).Number();
        var due = months.Values
            .Where(month => month.Month >= oldest)
            // How far days of a month go that is not closed is not known where the running total was not told.
            .Where(month => month.Stage == BillStage.Preliminary ? work.IsCountingKnown : month.DaysReadAt is null)
            .OrderByDescending(month => month.Month)
            .Select(month => BillMonths.Of(month.Month));
        foreach (var month in due)
        {
            if (!failures.GoesOn)
            {
                return;
            }

            var askedAt = clock.GetUtcNow();
            var days = await AskAsync(work, (client, token) => client.Billing.GetBillingPerDayAsync(month, token), cancellationToken);
            if (days.Error is VendorError { Kind: not VendorErrorKind.NotFound } error)
            {
                failures.Note(Noted(work, BillingOperations.Days, error));
                if (error.Kind == VendorErrorKind.Denied)
                {
                    return;
                }

                continue;
            }

            failures.Note(null);
            work.Served.Add(BillingOperations.Days);
            await store.PutDaysAsync(work.Account, month, days.Error is null ? days.Value.BillList : [], work.CountedTo ?? askedAt, askedAt, cancellationToken);
        }
    }

    private async Task<Result<T>> AskAsync<T>(Work work, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await HoldAsync(work, cancellationToken);
        var answer = await work.Way.ReadAsync(work.Account, call, cancellationToken);
        // The credential may have been replaced meanwhile: then the answer may be another operator's.
        await HoldAsync(work, cancellationToken);
        return answer;
    }

    private async Task HoldAsync(Work work, CancellationToken cancellationToken)
    {
        if (!await turns.HoldAsync(work.Account, work.Turn, cancellationToken))
        {
            throw new BillingTurnLostException();
        }
    }

    private sealed record Work(BillingAccount Account, BillingTurn Turn, BillingWay Way)
    {
        public List<string> Denied { get; } = [];

        public List<string> Served { get; } = [];

        /// <summary>Up to when the vendor has counted usage, UTC; null where it does not say.</summary>
        public DateTimeOffset? CountedTo { get; init; }

        /// <summary>Whether it was asked for that, and answered.</summary>
        public bool IsCountingKnown { get; init; }
    }

#pragma warning disable CA1032, CA1064 // Thrown and caught in this file.
    private sealed class BillingTurnLostException : Exception;
#pragma warning restore CA1032, CA1064
}
