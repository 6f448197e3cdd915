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

    /// <summary>An amount as bills tell them: whole yen, others to the cent.</summary>
    public static decimal Rounded(decimal amount, string currency) => decimal.Round(amount, currency == Currencies.Yen ? 0 : 2, MidpointRounding.AwayFromZero);

    /// <summary>A currency; null when there is none.</summary>
    public static string? Currency(string? told) => told is { Length: > 0 and <= Money.CurrencyLength } ? told : null;

    /// <summary>One of the vendor's words; empty when there is none.</summary>
    public static string Word(string? told) => told is null ? "" : told.Length <= BillMonth.WordLength ? told : told[..BillMonth.WordLength];
}
