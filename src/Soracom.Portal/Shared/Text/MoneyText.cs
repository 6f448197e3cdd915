using System.Globalization;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Shared.Text;

/// <summary>Amounts in figures with their currency: whole yen, others with two decimals, more where an amount has more.</summary>
public static class MoneyText
{
    private const string Minus = "\u2212";

    /// <summary>An amount, such as ¥12,345 or $1,234.50.</summary>
    /// <param name="money">The amount.</param>
    /// <returns>The text.</returns>
    public static string Of(Money money) => $"{(money.Amount < 0 ? Minus : "")}{Plain(money with { Amount = decimal.Abs(money.Amount) })}";

    /// <summary>An amount that something changed by, with its sign; nothing is ±0.</summary>
    /// <param name="money">The amount.</param>
    /// <returns>The text.</returns>
    public static string Change(Money money) => $"{(money.Amount < 0 ? Minus : money.Amount > 0 ? "+" : "±")}{Plain(money with { Amount = decimal.Abs(money.Amount) })}";

    /// <summary>By what share something changed, with its sign.</summary>
    /// <param name="before">What it was.</param>
    /// <param name="now">What it is.</param>
    /// <returns>Such as +12.5%; null where it was nothing.</returns>
    public static string? Share(decimal before, decimal now)
    {
        if (before == 0)
        {
            return null;
        }

        var exact = (now - before) * 100 / decimal.Abs(before);
        var percent = decimal.Round(exact, decimal.Abs(exact) >= 100 ? 0 : 1, MidpointRounding.AwayFromZero);
        var figure = decimal.Abs(percent).ToString(decimal.Abs(percent) >= 100 ? "N0" : "N1", CultureInfo.CurrentCulture);
        return $"{(percent < 0 ? Minus : percent > 0 ? "+" : "±")}{figure}%";
    }

    private static string Plain(Money money)
    {
        var (sign, decimals) = money.Currency switch
        {
            "JPY" => ("¥", 0),
            "USD" => ("$", 2),
            "EUR" => ("€", 2),
            var other => ($"{other} ", 2),
        };
        var exact = decimal.Round(money.Amount, decimals) == money.Amount;
        return $"{sign}{money.Amount.ToString(exact ? $"N{decimals}" : "#,0.00####", CultureInfo.CurrentCulture)}";
    }
}
