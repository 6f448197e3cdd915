using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Soracom.Portal.Data;

/// <summary>
/// Keeps a decimal as a whole number of millionths: SQLite has no such type, and would keep a text that has no order or a binary fraction that is
/// another number. What has more decimals, or is too large, is refused rather than changed.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by Entity Framework.")]
internal sealed class ScaledDecimalConverter() : ValueConverter<decimal, long>(
    amount => ToMillionths(amount),
    millionths => millionths / Scale)
{
    /// <summary>Decimals that are kept, in both databases.</summary>
    public const int Decimals = 6;

    /// <summary>Digits that are kept in all, as SQL Server has them.</summary>
    public const int Digits = 19;

    private const decimal Scale = 1_000_000m;

    private static long ToMillionths(decimal amount)
    {
        var millionths = amount * Scale;
        return decimal.Truncate(millionths) == millionths ? decimal.ToInt64(millionths) : throw new OverflowException("An amount has more than six decimals.");
    }
}
