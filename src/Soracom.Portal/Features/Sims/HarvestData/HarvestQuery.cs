using System.Globalization;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims.HarvestData;

/// <summary>What to show of what a SIM sent to Harvest Data.</summary>
public sealed record HarvestQuery : ISimView
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The first day, in the tenant's time zone; null from the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; null up to now.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The vendor's key of the page; null for the first.</summary>
    public string? After { get; init; }

    /// <summary>Whether the days narrow it.</summary>
    public bool IsFiltered => From is not null || Until is not null;

    SimTab ISimView.Tab => SimTab.Data;

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static HarvestQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new HarvestQuery { From = DayOf(address.Text("from")), Until = DayOf(address.Text("until")), After = address.Text("after") is { Length: > 0 } after ? after : null };
    }

    /// <summary>A day as it is written in addresses and date fields.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Such as 2026-11-21; null for none.</returns>
    public static string? Text(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A day that was written so; null for anything else.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The day.</returns>
    public static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    void ISimView.Write(QueryWriter query) => query.Add("from", Text(From)).Add("until", Text(Until)).Add("after", After);
}
