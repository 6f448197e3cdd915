using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What several tenants' accounts cost in a month.</summary>
/// <param name="Month">The month.</param>
/// <param name="Months">All months that there are of any of them, newest first.</param>
/// <param name="Currencies">The accounts, by currency, the one of most accounts first: these are never added up.</param>
/// <param name="Without">Tenants, and accounts, that there is no figure of.</param>
/// <param name="Tenants">How many tenants they were looked for in.</param>
/// <param name="Freshness">How fresh all of it is.</param>
public sealed record PortfolioBillContent(
    YearMonth Month, IReadOnlyList<YearMonth> Months, IReadOnlyList<PortfolioCurrency> Currencies, IReadOnlyList<PortfolioGap> Without, int Tenants, PortfolioFreshness Freshness);

/// <summary>How fresh the figures of several accounts are.</summary>
/// <param name="Accounts">How many accounts there is a credential for.</param>
/// <param name="NotRead">How many of them nothing was ever read of.</param>
/// <param name="Failing">How many could not be read the last time.</param>
/// <param name="Oldest">When the one was read that was read longest ago, UTC; null where none was.</param>
public sealed record PortfolioFreshness(int Accounts, int NotRead, int Failing, DateTimeOffset? Oldest);

/// <summary>The accounts that are billed in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Bills">The accounts, as they are sorted.</param>
public sealed record PortfolioCurrency(string Currency, IReadOnlyList<PortfolioBill> Bills)
{
    /// <summary>What they cost by day, net, as far as days are over; empty where the vendor told none, or they were not asked for.</summary>
    public IReadOnlyList<PortfolioDay> Days { get; init; } = [];

    /// <summary>What they cost by service, net, and what makes that add up to <see cref="SoFar"/>; empty where it was not asked for.</summary>
    public IReadOnlyList<BillRow> Services { get; init; } = [];

    /// <summary>What they have come to.</summary>
    public PortfolioSum SoFar => Sum(bill => bill.SoFar);

    /// <summary>What their days come to, net.</summary>
    public decimal DaysNet => Days.Sum(day => day.Amount ?? 0);

    /// <summary>What their days leave of <see cref="SoFar"/>.</summary>
    public decimal BesideDays => SoFar.Amount.Amount - DaysNet;

    /// <summary>What coupons took off what they have come to: until a bill is final that is not told.</summary>
    public Money Coupons => new(Bills.Sum(bill => bill.Coupons), Currency);

    /// <summary>Whether coupons took something off any of them.</summary>
    public bool HasCoupons => Bills.Any(bill => bill.Coupons != 0);

    /// <summary>What is left of what they have come to.</summary>
    public Money AfterCoupons => SoFar.Amount - Coupons;

    /// <summary>What they will come to; what they came to where they are over.</summary>
    public PortfolioSum Whole => Sum(bill => bill.Whole);

    /// <summary>What they came to in the month before.</summary>
    public PortfolioSum Before => Sum(bill => bill.Before);

    /// <summary>Of how many of them the month before is known, and not final.</summary>
    public int OpenBefore => Bills.Count(bill => bill is { Before: not null, IsBeforeFinal: false });

    /// <summary>What they came to in the same month a year before.</summary>
    public PortfolioSum YearBefore => Sum(bill => bill.YearBefore);

    /// <summary>By how much those have risen, or will have, of which both are known.</summary>
    public PortfolioSum Rise => Sum(bill => bill.Rise);

    /// <summary>What those came to in the month before that <see cref="Rise"/> is of.</summary>
    public Money RisenFrom => new(Bills.Where(bill => bill.Rise is not null).Sum(bill => bill.Before ?? 0), Currency);

    private PortfolioSum Sum(Func<PortfolioBill, decimal?> amount)
    {
        var known = Bills.Select(amount).OfType<decimal>().ToList();
        return new PortfolioSum(new Money(known.Sum(), Currency), known.Count, Bills.Count);
    }
}

/// <summary>What several accounts cost on a day.</summary>
/// <param name="Day">The day, UTC's.</param>
/// <param name="Amount">Net, without what is charged by the month; null where the vendor told it of none.</param>
/// <param name="Accounts">Of how many accounts the vendor told it.</param>
/// <param name="IsPart">Whether it was not over for some of them when it was told.</param>
public sealed record PortfolioDay(DateOnly Day, decimal? Amount, int Accounts, bool IsPart);

/// <summary>The sum of what is known of several accounts.</summary>
/// <param name="Amount">The sum.</param>
/// <param name="Known">Of how many accounts it is.</param>
/// <param name="Of">How many there are.</param>
public sealed record PortfolioSum(Money Amount, int Known, int Of);

/// <summary>What one account costs. Amounts are gross, coupons not taken off: what was used, whoever paid for it.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="SoFar">What it has come to.</param>
/// <param name="Whole">What it will come to, or came to; null where that is not known: what it has come to is no month.</param>
/// <param name="IsFinal">Whether the bill is final.</param>
/// <param name="Before">What it came to in the month before, or has come to where that is not closed yet; null where that is not known, or in another currency.</param>
/// <param name="YearBefore">What it came to in the same month a year before; null where that is not known, or not final.</param>
/// <param name="ReadAt">When the vendor was asked for it.</param>
/// <param name="Failure">Why it could not be read the last time; null when it could.</param>
public sealed record PortfolioBill(
    TenantIdentity Tenant, SoracomCoverage Coverage, string Currency, decimal SoFar, decimal? Whole, bool IsFinal, decimal? Before, decimal? YearBefore, DateTimeOffset ReadAt, VendorErrorKind? Failure)
{
    /// <summary>What coupons took off it.</summary>
    public decimal Coupons { get; init; }

    /// <summary>Up to when usage is counted, UTC; null where the vendor has not told.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The day that was not over when days were told last; null where all are.</summary>
    public DateOnly? PartDay { get; init; }

    /// <summary>Whether the month is over, and the vendor has not closed its bill: then there is no forecast of it, and will be none.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Which of the amounts that its bill has had since it became final; 0 before.</summary>
    public int Revision { get; init; }

    /// <summary>What its services leave of what it has come to.</summary>
    public BillRowKind Remainder { get; init; } = BillRowKind.Difference;

    /// <summary>Whether the bill of the month before is final: before that it is held against nothing.</summary>
    public bool IsBeforeFinal { get; init; }

    /// <summary>The vendor's operations that the credential was refused: what they tell is missing from days and services.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];

    /// <summary>How it is paid, or the month before where it is not final yet; null where neither is known.</summary>
    public PortfolioPayment? Payment { get; init; }

    /// <summary>What it ranks by: of a month without a forecast what it has come to, which it will be at least.</summary>
    public decimal Rank => Whole ?? SoFar;

    /// <summary>By how much it has risen, or will have; null where that is not known, or the month before may change.</summary>
    public decimal? Rise => IsBeforeFinal ? Whole - Before : null;
}

/// <summary>How a bill is paid.</summary>
/// <param name="Month">Whose bill.</param>
/// <param name="Status">The vendor's word.</param>
public sealed record PortfolioPayment(YearMonth Month, string Status);

/// <summary>An account that there is no figure of.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Coverage">The coverage; null for a tenant without any credential.</param>
/// <param name="Failure">Why it could not be read the last time; null when it could, or was never tried.</param>
/// <param name="ReadAt">When it was read last, UTC; null when never.</param>
public sealed record PortfolioGap(TenantIdentity Tenant, SoracomCoverage? Coverage, VendorErrorKind? Failure, DateTimeOffset? ReadAt)
{
    /// <summary>Whether the month is over, and the vendor has not closed its bill: the figure is still to come.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Why there is none.</summary>
    public PortfolioGapKind Kind => Coverage is null ? PortfolioGapKind.NoCredential
        : Failure is not null ? PortfolioGapKind.Failing
        : ReadAt is null ? PortfolioGapKind.NotCollected
        : IsOpen ? PortfolioGapKind.NotClosed
        : PortfolioGapKind.NoFigure;
}

/// <summary>Why there is no figure of an account.</summary>
public enum PortfolioGapKind
{
    /// <summary>There is no credential.</summary>
    NoCredential,

    /// <summary>It could not be read the last time.</summary>
    Failing,

    /// <summary>It was never read.</summary>
    NotCollected,

    /// <summary>The month is over, and the vendor has not closed its bill.</summary>
    NotClosed,

    /// <summary>Nothing is known: it cost nothing, or its bills were not kept then.</summary>
    NoFigure,
}
