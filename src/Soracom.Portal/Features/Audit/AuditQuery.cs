using System.Globalization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Audit;

/// <summary>What the audit page looks for. Its text form is the page's query string, so that every view is a link.</summary>
public sealed record AuditQuery
{
    /// <summary>The most characters that are searched for.</summary>
    public const int MostCharacters = 100;

    /// <summary>The newest entries, whatever they tell.</summary>
    public static readonly AuditQuery All = new();

    /// <summary>On somebody else's behalf.</summary>
    internal const string OfOthers = "other";

    /// <summary>On nobody else's behalf.</summary>
    internal const string OfOneself = "own";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Part of the object's id or name, of the detail, what was before or after, the reason, on whose behalf it was, or the vendor's id of the call; letter case makes no difference in ASCII.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The id of the one thing that it was done to; anything when null.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Ids of the people who acted; anybody when empty.</summary>
    public FilterValues People { get; init; } = FilterValues.None;

    /// <summary>What was done, as <see cref="AuditActions"/> names it; anything when empty.</summary>
    public FilterValues Actions { get; init; } = FilterValues.None;

    /// <summary>What came of it, as <see cref="AuditOutcome"/> names it; anything when empty.</summary>
    public FilterValues Outcomes { get; init; } = FilterValues.None;

    /// <summary>Whether it was done on somebody else's behalf, a partner's for one, or not: <see cref="OfOthers"/>, <see cref="OfOneself"/>; either when empty.</summary>
    public FilterValues Behalf { get; init; } = FilterValues.None;

    /// <summary>The first day, in the tenant's time zone; null for the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the tenant's time zone; null for today.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Shows entries older than this number; the newest when null.</summary>
    public long? Before { get; init; }

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => this with { Before = null } != All;

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static AuditQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        var text = address.Text("q");
        return new AuditQuery
        {
            Text = text.Length <= MostCharacters ? text : text[..MostCharacters],
            ObjectId = address.Text("object") is { Length: > 0 and <= AuditEntry.NameLength } id ? id : null,
            People = FilterValues.Of(address.Values("person").Select(value => Guid.TryParse(value, out var id) ? id.ToString() : string.Empty)),
            Actions = FilterValues.Of(address.Values("action").Where(AuditActions.All.Contains)),
            Outcomes = FilterValues.Of(address.Values("outcome").Where(Enum.GetNames<AuditOutcome>().Contains)),
            Behalf = FilterValues.Of(address.Values("behalf").Where(value => value is OfOthers or OfOneself)),
            From = ParseDay(address.Text("from")),
            Until = ParseDay(address.Text("until")),
            Before = long.TryParse(address.Text("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
    }

    /// <summary>Reads a day, as addresses and date fields write it.</summary>
    /// <param name="text">Such as 2026-11-21.</param>
    /// <returns>The day; null when it is none, or before or after any that the trail could know.</returns>
    public static DateOnly? ParseDay(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 3000 ? day : null;

    /// <summary>Writes a day, as addresses and date fields read it.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Such as 2026-11-21; null where there is none.</returns>
    public static string? FormatDay(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("q", Text)
        .Add("object", ObjectId)
        .AddAll("person", People)
        .AddAll("action", Actions)
        .AddAll("outcome", Outcomes)
        .AddAll("behalf", Behalf)
        .Add("from", FormatDay(From))
        .Add("until", FormatDay(Until))
        .Add("before", Before?.ToString(CultureInfo.InvariantCulture))
        .ToString();
}
