using System.Globalization;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Shared.Cameras;

/// <summary>A chosen period in the address of a page: <c>from</c> and <c>to</c>, in UTC, to the second.</summary>
internal static class PeriodAddress
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes a moment.</summary>
    /// <param name="moment">The moment; what is below a second is left out.</param>
    /// <returns>Such as 2026-11-22T01:02:03Z.</returns>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a moment.</summary>
    /// <param name="text">What an address holds.</param>
    /// <returns>The moment; null where it is none.</returns>
    public static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    /// <summary>Adds a period; none where there is none.</summary>
    public static QueryWriter Add(this QueryWriter query, Period? period) => period is { } chosen ? query.Add("from", Of(chosen.From)).Add("to", Of(chosen.To)) : query;

    /// <summary>The period that an address holds; null where it holds none, or one without length.</summary>
    public static Period? Period(this QueryReader query) =>
        Moment(query.Text("from")) is { } from && Moment(query.Text("to")) is { } to && from < to ? new Period(from, to) : null;
}
