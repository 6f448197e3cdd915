using System.Globalization;

namespace Soracom.Portal.Data.Billing;

/// <summary>An amount in a currency. Amounts of different currencies are never added up: that throws.</summary>
/// <param name="Amount">In the currency's unit, such as yen or dollars.</param>
/// <param name="Currency">ISO 4217.</param>
public readonly record struct Money(decimal Amount, string Currency) : IComparable<Money>
{
    /// <summary>The longest currency, in characters.</summary>
    public const int CurrencyLength = 8;

    /// <summary>Nothing, in a currency.</summary>
    /// <param name="currency">ISO 4217.</param>
    /// <returns>Zero.</returns>
    public static Money None(string currency) => new(0, currency);

    /// <summary>Adds two amounts of one currency.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="CurrencyMismatchException">They are of different currencies.</exception>
    public static Money operator +(Money left, Money right) => left with { Amount = left.Amount + Same(left, right).Amount };

    /// <summary>Takes an amount off another one of the same currency.</summary>
    /// <param name="left">What it is taken off.</param>
    /// <param name="right">What is taken.</param>
    /// <returns>The rest.</returns>
    /// <exception cref="CurrencyMismatchException">They are of different currencies.</exception>
    public static Money operator -(Money left, Money right) => left with { Amount = left.Amount - Same(left, right).Amount };

    /// <summary>The same, taken off instead of added.</summary>
    /// <param name="money">An amount.</param>
    /// <returns>The opposite.</returns>
    public static Money operator -(Money money) => money with { Amount = -money.Amount };

    /// <summary>Whether one is less than the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when it is.</returns>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is more than the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when it is.</returns>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is not more than the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when it is not.</returns>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is not less than the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when it is not.</returns>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>The sums of amounts, one for each currency that is among them.</summary>
    /// <param name="amounts">The amounts.</param>
    /// <returns>The sums, by currency.</returns>
    public static IReadOnlyList<Money> Totals(IEnumerable<Money> amounts) =>
        [.. amounts.GroupBy(money => money.Currency, (currency, all) => new Money(all.Sum(money => money.Amount), currency), StringComparer.Ordinal).OrderBy(total => total.Currency, StringComparer.Ordinal)];

    /// <inheritdoc />
    /// <exception cref="CurrencyMismatchException">They are of different currencies.</exception>
    public int CompareTo(Money other) => Amount.CompareTo(Same(this, other).Amount);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");

    private static Money Same(Money left, Money right) =>
        string.Equals(left.Currency, right.Currency, StringComparison.Ordinal) ? right : throw new CurrencyMismatchException($"{left.Currency} and {right.Currency} don't mix.");
}

/// <summary>Amounts of different currencies were to be added up or compared.</summary>
public sealed class CurrencyMismatchException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public CurrencyMismatchException()
        : this("Amounts of different currencies don't mix.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What was tried.</param>
    public CurrencyMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">What was tried.</param>
    /// <param name="innerException">The cause.</param>
    public CurrencyMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
