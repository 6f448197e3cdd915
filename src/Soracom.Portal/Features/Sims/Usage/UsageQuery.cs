using System.Globalization;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Usage;

namespace Soracom.Portal.Features.Sims.Usage;

/// <summary>What stands on top of each other.</summary>
public enum UsageSplit
{
    /// <summary>What was sent and what was received.</summary>
    Direction,

    /// <summary>The speed classes.</summary>
    SpeedClass,
}

/// <summary>What to show of a SIM's usage.</summary>
public sealed record UsageQuery : ISimView
{
    /// <summary>The spans of days that can be chosen; the last is as far back as the vendor keeps them.</summary>
    public static readonly IReadOnlyList<int> Spans = [31, 92, 548];

    /// <summary>How long the periods are.</summary>
    public UsagePeriod Period { get; init; }

    /// <summary>How many days, where <see cref="Period"/> is the day.</summary>
    public int Days { get; init; } = Spans[0];

    /// <summary>The day, where <see cref="Period"/> is minutes; null for today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>What stands on top of each other.</summary>
    public UsageSplit Split { get; init; }

    /// <summary>Whether to show a table instead of the chart.</summary>
    public bool AsTable { get; init; }

    SimTab ISimView.Tab => SimTab.Usage;

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static UsageQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new UsageQuery
        {
            Period = address.Choice("by", UsagePeriod.Day),
            Days = int.TryParse(address.Text("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Spans.Contains(days) ? days : Spans[0],
            Day = DateOnly.TryParseExact(address.Text("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            Split = address.Text("split") == "class" ? UsageSplit.SpeedClass : UsageSplit.Direction,
            AsTable = address.Text("view") == "table",
        };
    }

    void ISimView.Write(QueryWriter query) => query
        .Add("by", Period == UsagePeriod.Day ? null : Period.ToString().ToLowerInvariant())
        .Add("days", Period == UsagePeriod.Day && Days != Spans[0] ? Days.ToString(CultureInfo.InvariantCulture) : null)
        .Add("day", Period == UsagePeriod.Minutes ? Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null)
        .Add("split", Split == UsageSplit.SpeedClass ? "class" : null)
        .Add("view", AsTable ? "table" : null);
}
