using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>What the vendor tells, as the database can keep it.</summary>
internal static class BillAmounts
{
    /// <summary>More decimals than any currency has.</summary>
    private const int Decimals = 6;

    /// <summary>The largest amount that is kept. A larger one is none that the vendor could mean.</summary>
    public const decimal Most = 1_000_000_000_000m;

    /// <summary>An amount with as many decimals as are kept; null for one that nobody can mean.</summary>
    public static decimal? Kept(decimal? amount) => amount is { } told && decimal.Abs(told) <= Most ? decimal.Round(told, Decimals) : null;

    /// <summary>An amount as the vendor's breakdowns tell them: rounded up, to the whole yen, or to the cent of other currencies.</summary>
    public static decimal RoundedUp(decimal amount, string currency) => currency == Currencies.Yen ? decimal.Ceiling(amount) : decimal.Ceiling(amount * 100) / 100;

    /// <summary>A currency; null when there is none.</summary>
    public static string? Currency(string? told) => told is { Length: > 0 and <= Money.CurrencyLength } ? told : null;

    /// <summary>One of the vendor's words; empty when there is none.</summary>
    public static string Word(string? told) => told is null ? "" : told.Length <= BillMonth.WordLength ? told : told[..BillMonth.WordLength];
}
