using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Api.Files;
using Soracom.Api.Payments;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>What is beside bills: coupons, long term discounts, and statements of payments with their files. Read from the vendor, as it changes seldom.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="files">Fetches the vendor's files.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class PaymentRecords(TenantSoracom soracom, VendorFiles files, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How old what is shown may be.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    /// <summary>How old it may be where somebody wants it anew.</summary>
    private static readonly TimeSpan New = TimeSpan.FromSeconds(1);

    /// <summary>More than a statement's file can have.</summary>
    private const int MostBytes = 32 * 1024 * 1024;

    /// <summary>What the vendor tells of an account's payments.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="fresh">Whether it may be no older than this moment.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The records, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<PaymentPapers>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, bool fresh, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        return await soracom.ReadRecentAsync(tenant, coverage, fresh ? New : Recent, ReadAsync, cancellationToken);
    }

    /// <summary>The file of a statement; in the audit trail.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="statementId">The statement.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file's bytes; a <see cref="GoneError"/> where there is none; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> StatementAsync(TenantContext tenant, SoracomCoverage coverage, string statementId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        var outcome = AuditOutcome.Failed;
        try
        {
            var export = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Payments.ExportPaymentStatementAsync(statementId, ExportMode.Sync, token), cancellationToken);
            Result<ReadOnlyMemory<byte>> file = export.Error is { } error ? Told(error)
                : export.Value.Url is { } url ? await files.ReadAsync(url, coverage, MostBytes, cancellationToken)
                : new GoneError();
            outcome = file.Error is null ? AuditOutcome.Succeeded : AuditOutcome.Failed;
            return file;
        }
        finally
        {
            // Also where somebody left before it was there.
            await audit.RecordAsync(tenant, new AuditAct(AuditActions.StatementDownloaded, outcome) { ObjectId = statementId.Length <= AuditEntry.NameLength ? statementId : "" }, CancellationToken.None);
        }
    }

    /// <summary>For a statement that there is none of, the vendor says that it refuses.</summary>
    private static PortalError Told(PortalError error) => error is VendorError { Kind: VendorErrorKind.Refused or VendorErrorKind.NotFound } ? new GoneError() : error;

    private async Task<PaymentPapers> ReadAsync(ISoracomClient client, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var coupons = await OrDeniedAsync(() => client.Payments.ListCouponsAsync(cancellationToken));
        var discounts = await OrDeniedAsync(() => client.Payments.ListVolumeDiscountsAsync(cancellationToken));
        var statements = coupons is null && discounts is null ? await client.Payments.ListPaymentStatementsAsync(cancellationToken) : await OrDeniedAsync(() => client.Payments.ListPaymentStatementsAsync(cancellationToken));
        var method = await OrNothingAsync(() => client.Payments.GetPaymentMethodAsync(cancellationToken));
        var payer = await OrNothingAsync(() => client.Payments.GetPayerInformationAsync(cancellationToken));
        return new PaymentPapers(method is null ? null : PaidWith.Of(method), payer, coupons?.Coupons, discounts?.Discounts, statements?.Statements, readAt);
    }

    /// <summary>What the credential may not read is null: the rest is told all the same, unless it may read nothing.</summary>
    private static async Task<T?> OrDeniedAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (SoracomPermissionException)
        {
            return null;
        }
    }

    /// <summary>What the account may lack, which the vendor tells in several ways, or the credential may not read: then it is not told, and the rest is.</summary>
    private static async Task<T?> OrNothingAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (SoracomApiException error) when (error is SoracomNotFoundException or SoracomInvalidRequestException or SoracomPermissionException)
        {
            return null;
        }
    }
}

/// <summary>What the vendor tells of an account's payments.</summary>
/// <param name="Method">What it pays with; null where that is not told.</param>
/// <param name="Payer">Whom statements are made out to; null where that is not told.</param>
/// <param name="Coupons">Its coupons; null where the credential may not read them.</param>
/// <param name="Discounts">Its long term discounts; null where the credential may not read them.</param>
/// <param name="Statements">The statements of its payments, newest first; null where the credential may not read them.</param>
/// <param name="ReadAt">When the vendor was asked.</param>
public sealed record PaymentPapers(PaidWith? Method, PayerInformation? Payer, IReadOnlyList<Coupon>? Coupons, IReadOnlyList<LongTermDiscount>? Discounts, IReadOnlyList<PaymentStatement>? Statements, DateTimeOffset ReadAt);
