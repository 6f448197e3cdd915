using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.Files;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>What is beside bills, as the portal knows it: coupons, long term discounts, and statements of payments with their files; and how it comes to know more.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="turns">Whose turn it is.</param>
/// <param name="collector">Reads from the vendor.</param>
/// <param name="options">How fresh it is to be.</param>
/// <param name="files">Fetches the vendor's files.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class PaymentRecords(
    PortalDatabase database, TenantSoracom soracom, BillingTurns turns, PaymentCollector collector, IOptions<BillingOptions> options, VendorFiles files, AuditTrail audit, TimeProvider clock)
{
    /// <summary>More than a statement's file can have.</summary>
    private const int MostBytes = 32 * 1024 * 1024;

    /// <summary>What the portal knows of an account's payments.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The records; null without a credential.</returns>
    public async Task<PaymentPapers?> ReadAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        if (await turns.AccountAsync(tenant.TenantId, coverage, cancellationToken) is not { } account)
        {
            return null;
        }

        var (name, operatorId) = (account.CoverageName, account.OperatorId);
        await using var db = database.ForTenant(tenant.TenantId);
        var reading = await db.PaymentReadings.AsNoTracking().SingleOrDefaultAsync(row => row.Coverage == name && row.OperatorId == operatorId, cancellationToken);
        if (reading is null)
        {
            return new PaymentPapers(new(null, "", null, null, []), new([], null, false), new([], null, false), new([], null, false), null, null, false);
        }

        // Coupons and contracts that are told no more are over; a payment stays one.
        var coupons = await db.AccountCoupons.AsNoTracking().Where(row => row.Coverage == name && row.OperatorId == operatorId && row.ToldAt == reading.CouponsAt).ToListAsync(cancellationToken);
        var discounts = await db.AccountDiscounts.AsNoTracking().Where(row => row.Coverage == name && row.OperatorId == operatorId && row.ToldAt == reading.DiscountsAt).ToListAsync(cancellationToken);
        var statements = await db.AccountStatements.AsNoTracking().Where(row => row.Coverage == name && row.OperatorId == operatorId).ToListAsync(cancellationToken);
        var denied = BillingOperations.Of(reading.Denied);
        return new PaymentPapers(
            new(
                reading.HasMethod ? new PaidWith(reading.CardBrand, reading.CardDigits, reading.MethodError.Length == 0 ? null : reading.MethodError, reading.MethodChangedAt) : null,
                reading.Payer,
                reading.MethodAt,
                reading.PayerAt,
                [.. denied.Where(operation => operation is PaymentOperations.Method or PaymentOperations.Payer)]),
            new([.. coupons.OrderBy(coupon => coupon.GoodUntil ?? int.MaxValue).ThenBy(coupon => coupon.Code, StringComparer.Ordinal)], reading.CouponsAt, denied.Contains(PaymentOperations.Coupons, StringComparer.Ordinal)),
            new([.. discounts.OrderByDescending(discount => discount.Until).ThenBy(discount => discount.ContractId, StringComparer.Ordinal)], reading.DiscountsAt, denied.Contains(PaymentOperations.Discounts, StringComparer.Ordinal)),
            new([.. statements.OrderByDescending(statement => statement.PaidAt).ThenByDescending(statement => statement.StatementId, StringComparer.Ordinal)], reading.StatementsAt, denied.Contains(PaymentOperations.Statements, StringComparer.Ordinal)),
            reading.ReadAt,
            Enum.TryParse<VendorErrorKind>(reading.Failure, out var kind) ? new VendorError(kind, coverage) : null,
            reading.HeldUntil > clock.GetUtcNow());
    }

    /// <summary>Reads an account's payments from the vendor, where what there is is old, or somebody wants it all the same.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="evenIfFresh">Whether to read whatever its age.</param>
    /// <param name="cancellationToken">Cancels; what was read by then is kept.</param>
    /// <returns>What the portal knows then; null without a credential.</returns>
    public async Task<PaymentPapers?> RefreshAsync(TenantContext tenant, SoracomCoverage coverage, bool evenIfFresh, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        if (await turns.AccountAsync(tenant.TenantId, coverage, cancellationToken) is not { } account)
        {
            return null;
        }

        await collector.CollectAsync(account, new BillingWay(soracom, tenant), evenIfFresh ? null : options.Value.ReadAfter, cancellationToken);
        return await ReadAsync(tenant, coverage, cancellationToken);
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
}

/// <summary>What the portal knows of an account's payments.</summary>
/// <param name="Paying">What it pays with, and whom statements are made out to.</param>
/// <param name="Coupons">Its coupons.</param>
/// <param name="Discounts">Its long term discounts.</param>
/// <param name="Statements">The statements of its payments, newest first.</param>
/// <param name="ReadAt">When all of it was last read; null when never.</param>
/// <param name="Failure">Why not all could be read the last time; null when all could.</param>
/// <param name="IsBeingRead">Whether somebody reads it just now.</param>
public sealed record PaymentPapers(
    PayingPart Paying, PaymentPart<AccountCoupon> Coupons, PaymentPart<AccountDiscount> Discounts, PaymentPart<AccountStatement> Statements, DateTimeOffset? ReadAt, VendorError? Failure, bool IsBeingRead);

/// <summary>What an account pays with, and whom statements are made out to.</summary>
/// <param name="Method">What it pays with; null where that is not told, or was never read.</param>
/// <param name="Payer">Whom statements are made out to; empty where that is not told.</param>
/// <param name="ReadAt">When what it pays with was last read, UTC; null when never.</param>
/// <param name="PayerAt">When whom statements are made out to was last read, UTC; null when never.</param>
/// <param name="Denied">Those of the vendor's operations for it that the credential was refused the last time: what they tell is as old as it is.</param>
public sealed record PayingPart(PaidWith? Method, string Payer, DateTimeOffset? ReadAt, DateTimeOffset? PayerAt, IReadOnlyList<string> Denied);

/// <summary>Some of what the portal knows of an account's payments.</summary>
/// <typeparam name="T">What it is of.</typeparam>
/// <param name="Rows">The rows.</param>
/// <param name="ReadAt">When they were last read, UTC; null when never.</param>
/// <param name="IsDenied">Whether the credential was refused them the last time.</param>
public sealed record PaymentPart<T>(IReadOnlyList<T> Rows, DateTimeOffset? ReadAt, bool IsDenied);
