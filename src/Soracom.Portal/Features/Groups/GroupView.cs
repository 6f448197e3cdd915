using System.Globalization;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Groups;

/// <summary>The sections of a group's page.</summary>
public enum GroupTab
{
    /// <summary>What is set for its SIMs, and one's draft of that.</summary>
    Configuration,

    /// <summary>The SIMs in it.</summary>
    Sims,

    /// <summary>How much they sent and received.</summary>
    Usage,

    /// <summary>What was set before.</summary>
    History,
}

/// <summary>How far the work on a draft is.</summary>
public enum GroupStep
{
    /// <summary>It is edited.</summary>
    Edit,

    /// <summary>What it would change is looked at, and written.</summary>
    Review,

    /// <summary>It is brought together with what others have changed.</summary>
    Merge,
}

/// <summary>What a group's page shows. Its text form is the page's query string, so that every view is a link.</summary>
public sealed record GroupView
{
    /// <summary>The section.</summary>
    public GroupTab Tab { get; init; }

    /// <summary>The step, where <see cref="Tab"/> is the configuration.</summary>
    public GroupStep Step { get; init; }

    /// <summary>The namespace, where a configuration is shown; null for the first.</summary>
    public string? Space { get; init; }

    /// <summary>The earlier of two revisions that are compared, where <see cref="Tab"/> is the history.</summary>
    public int? From { get; init; }

    /// <summary>The later one.</summary>
    public int? To { get; init; }

    /// <summary>The one revision that is looked at, where <see cref="Tab"/> is the history.</summary>
    public int? At { get; init; }

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The view.</returns>
    public static GroupView Parse(string uri)
    {
        var address = new QueryReader(uri);
        var tab = address.Choice("tab", GroupTab.Configuration);
        var (from, to) = tab == GroupTab.History ? (Number(address.Text("from")), Number(address.Text("to"))) : (null, null);
        return new GroupView
        {
            Tab = tab,
            Step = tab == GroupTab.Configuration ? address.Choice("step", GroupStep.Edit) : GroupStep.Edit,
            Space = tab is GroupTab.Configuration or GroupTab.History && address.Text("space") is { Length: > 0 } space ? space : null,
            At = tab == GroupTab.History ? Number(address.Text("at")) : null,
            From = from is { } one && to is { } other ? Math.Min(one, other) : null,
            To = from is { } && to is { } ? Math.Max(from.Value, to.Value) : null,
        };
    }

    internal void Write(QueryWriter query) => query
        .Add("tab", Tab == GroupTab.Configuration ? null : Name(Tab))
        .Add("step", Step == GroupStep.Edit ? null : Name(Step))
        .Add("space", Space)
        .Add("at", At?.ToString(CultureInfo.InvariantCulture))
        .Add("from", From?.ToString(CultureInfo.InvariantCulture))
        .Add("to", To?.ToString(CultureInfo.InvariantCulture));

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
