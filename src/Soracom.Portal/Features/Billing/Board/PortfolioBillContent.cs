using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What several tenants' accounts cost in a month.</summary>
/// <param name="Month">The month.</param>
/// <param name="Months">All months that there are of any of them, newest first.</param>
/// <param name="Currencies">The accounts, by currency: these are never added up.</param>
/// <param name="Without">Tenants, and accounts, that there is no figure of.</param>
/// <param name="Tenants">How many tenants they were looked for in.</param>
public sealed record PortfolioBillContent(
    YearMonth Month, IReadOnlyList<YearMonth> Months, IReadOnlyList<PortfolioCurrency> Currencies, IReadOnlyList<PortfolioGap> Without, int Tenants);

/// <summary>The accounts that are billed in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Bills">The accounts, as they are sorted.</param>
public sealed record PortfolioCurrency(string Currency, IReadOnlyList<PortfolioBill> Bills)
{
    /// <summary>What they have come to.</summary>
    public Money SoFar => Sum(bill => bill.SoFar);

    /// <summary>What they will come to, as far as that is known; what they came to where they are over.</summary>
    public Money Whole => Sum(bill => bill.Whole);

    /// <summary>What they came to in the month before.</summary>
    public Money Before => Sum(bill => bill.Before ?? 0);

    private Money Sum(Func<PortfolioBill, decimal> amount) => new(Bills.Sum(amount), Currency);
}

/// <summary>What one account costs. Amounts are gross, coupons not taken off: what was used, whoever paid for it.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="SoFar">What it has come to.</param>
/// <param name="Whole">What it will come to, or came to.</param>
/// <param name="IsFinal">Whether the bill is final.</param>
/// <param name="Before">What it came to in the month before; null where that is not known, or in another currency.</param>
/// <param name="YearBefore">What it came to in the same month a year before.</param>
/// <param name="ReadAt">When the vendor was asked for it.</param>
/// <param name="Failure">Why it could not be read the last time; null when it could.</param>
public sealed record PortfolioBill(
    TenantIdentity Tenant, SoracomCoverage Coverage, string Currency, decimal SoFar, decimal Whole, bool IsFinal, decimal? Before, decimal? YearBefore, DateTimeOffset ReadAt, VendorErrorKind? Failure)
{
    /// <summary>By how much it has risen, or will have; null where that is not known.</summary>
    public decimal? Rise => Whole - Before;
}

/// <summary>An account that there is no figure of.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Coverage">The coverage; null for a tenant without any credential.</param>
/// <param name="Failure">Why it could not be read the last time; null when it could, or was never tried.</param>
public sealed record PortfolioGap(TenantIdentity Tenant, SoracomCoverage? Coverage, VendorErrorKind? Failure);
