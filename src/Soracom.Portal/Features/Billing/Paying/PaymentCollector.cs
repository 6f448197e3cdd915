using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>
/// Reads an account's coupons, long term discounts and statements of payments, and what it pays with, from the vendor into the portal's own. What one
/// of them does not tell is no reason not to take the others.
/// </summary>
/// <param name="turns">Whose turn it is.</param>
/// <param name="store">The portal's own.</param>
/// <param name="clock">The clock.</param>
internal sealed class PaymentCollector(PaymentTurns turns, PaymentStore store, TimeProvider clock)
{
    /// <summary>Reads one account. Whoever asks has made sure that it may be read.</summary>
    /// <param name="account">The account.</param>
    /// <param name="way">The way to the vendor.</param>
    /// <param name="freshFor">How old what there is may be; null to read it whatever its age.</param>
    /// <param name="cancellationToken">Cancels; what was read by then is kept.</param>
    /// <returns>Why not all could be read; null when all was, or nobody needed to.</returns>
    public async Task<VendorError?> CollectAsync(BillingAccount account, BillingWay way, TimeSpan? freshFor, CancellationToken cancellationToken)
    {
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
        finally
        {
            await turns.ReleaseAsync(account, turn);
        }
    }

    private async Task<VendorError?> ReadAsync(Work work, CancellationToken cancellationToken)
    {
        var failures = new VendorFailures();
        foreach (var part in (Func<Work, CancellationToken, Task<VendorError?>>[])[CouponsAsync, DiscountsAsync, StatementsAsync, MethodAsync, PayerAsync])
        {
            if (failures.GoesOn)
            {
                failures.Note(await part(work, cancellationToken));
            }
        }

        // One that may read none of the lists may read no payments.
        return failures.Gravest ?? (PaymentOperations.Lists.All(work.Denied.Contains) ? new VendorError(VendorErrorKind.Denied, work.Account.Coverage) : null);
    }

    private async Task<VendorError?> CouponsAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var told = await work.Way.ReadAsync(work.Account, (client, token) => client.Payments.ListCouponsAsync(token), cancellationToken);
        return told.Error is { } error ? Noted(work, PaymentOperations.Coupons, error)
            : await KeptAsync(work, PaymentOperations.Coupons, store.PutCouponsAsync(work.Account, work.Turn, told.Value.Coupons, askedAt, cancellationToken));
    }

    private async Task<VendorError?> DiscountsAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var told = await work.Way.ReadAsync(work.Account, (client, token) => client.Payments.ListVolumeDiscountsAsync(token), cancellationToken);
        return told.Error is { } error ? Noted(work, PaymentOperations.Discounts, error)
            : await KeptAsync(work, PaymentOperations.Discounts, store.PutDiscountsAsync(work.Account, work.Turn, told.Value.Discounts, askedAt, cancellationToken));
    }

    private async Task<VendorError?> StatementsAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var told = await work.Way.ReadAsync(work.Account, (client, token) => client.Payments.ListPaymentStatementsAsync(token), cancellationToken);
        return told.Error is { } error ? Noted(work, PaymentOperations.Statements, error)
            : await KeptAsync(work, PaymentOperations.Statements, store.PutStatementsAsync(work.Account, work.Turn, told.Value.Statements, askedAt, cancellationToken));
    }

    /// <summary>What the account may lack, which the vendor tells in several ways. What the credential may not read stays as it was read last.</summary>
    private async Task<VendorError?> MethodAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var told = await work.Way.ReadAsync(work.Account, (client, token) => client.Payments.GetPaymentMethodAsync(token), cancellationToken);
        return told.Error is { } error && !IsNothing(error) ? Noted(work, PaymentOperations.Method, error)
            : await KeptAsync(work, PaymentOperations.Method, store.PutMethodAsync(work.Account, work.Turn, told.Error is null ? PaidWith.Of(told.Value) : null, askedAt, cancellationToken));
    }

    private async Task<VendorError?> PayerAsync(Work work, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var told = await work.Way.ReadAsync(work.Account, (client, token) => client.Payments.GetPayerInformationAsync(token), cancellationToken);
        return told.Error is { } error && !IsNothing(error) ? Noted(work, PaymentOperations.Payer, error)
            : await KeptAsync(work, PaymentOperations.Payer, store.PutPayerAsync(work.Account, work.Turn, told.Error is null ? told.Value : null, askedAt, cancellationToken));
    }

    private static bool IsNothing(PortalError error) => error is VendorError { Kind: VendorErrorKind.NotFound or VendorErrorKind.Refused };

    private static async Task<VendorError?> KeptAsync(Work work, string operation, Task<bool> put)
    {
        work.Served.Add(operation);
        await put;
        return null;
    }

    private static VendorError? Noted(Work work, string operation, PortalError error)
    {
        if (error is VendorError { Kind: VendorErrorKind.Denied })
        {
            work.Denied.Add(operation);
            return null;
        }

        return error as VendorError;
    }

    private sealed record Work(BillingAccount Account, PaymentTurn Turn, BillingWay Way)
    {
        public List<string> Denied { get; } = [];

        public List<string> Served { get; } = [];
    }
}
