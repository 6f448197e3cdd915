using System.Globalization;

namespace Soracom.Sandbox.Analysis;

/// <summary>How values compare and are written: string, long, DateTimeOffset, bool or null, and constants of a query.</summary>
internal static class SqlValues
{
    /// <summary>Null comes first.</summary>
    public static IComparer<object?> Order { get; } = Comparer<object?>.Create((x, y) => x is null || y is null ? (x is null ? 0 : 1) - (y is null ? 0 : 1) : Compare(x, y) ?? 0);

    /// <summary>Null where the two don't compare.</summary>
    public static int? Compare(object? value, object other) => (value, other) switch
    {
        (string text, string constant) => string.CompareOrdinal(text, constant),
        (long number, decimal constant) => ((decimal)number).CompareTo(constant),
        (long number, long constant) => number.CompareTo(constant),
        (bool flag, bool constant) => flag.CompareTo(constant),
        (DateTimeOffset time, DateTimeOffset constant) => time.CompareTo(constant),
        (DateTimeOffset time, string constant) =>
            DateTimeOffset.TryParse(constant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? time.CompareTo(parsed) : null,
        _ => null,
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    /// <summary>Percent for any number of characters, underscore for one.</summary>
    public static bool IsLike(string text, string pattern)
    {
        var (at, from, retryPattern, retryText) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (from < pattern.Length && pattern[from] == '%')
            {
                (retryPattern, retryText) = (++from, at);
            }
            else if (from < pattern.Length && (pattern[from] == '_' || pattern[from] == text[at]))
            {
                at++;
                from++;
            }
            else if (retryPattern >= 0)
            {
                (from, at) = (retryPattern, ++retryText);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(from).TrimStart('%').IsEmpty;
    }
}
