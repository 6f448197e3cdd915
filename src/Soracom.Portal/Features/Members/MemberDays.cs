using System.Globalization;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>The last day of a membership as people choose it: in the tenant's time zone, that day included.</summary>
internal static class MemberDays
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>The last day that lies before an end.</summary>
    /// <param name="until">The end; null for none.</param>
    /// <param name="zone">The tenant's time zone.</param>
    /// <returns>The day, such as 2026-11-30; empty for none.</returns>
    public static string Text(DateTimeOffset? until, string zone) =>
        until is { } end ? Times.DayOf(end.AddTicks(-1), zone).ToString(Format, CultureInfo.InvariantCulture) : string.Empty;

    /// <summary>Reads a day.</summary>
    /// <param name="text">The day; empty for none.</param>
    /// <param name="zone">The tenant's time zone.</param>
    /// <param name="until">The end of that day; null for none.</param>
    /// <returns>False for what is no day, and for one that is being typed.</returns>
    public static bool TryRead(string? text, string zone, out DateTimeOffset? until)
    {
        until = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 9000)
        {
            return false;
        }

        until = Times.StartOf(day.AddDays(1), zone);
        return true;
    }
}
