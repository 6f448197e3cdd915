using Soracom.Api;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>
/// The whole view of the list of groups: what it looks for and in which order. Its text form is the page's query string, so that every
/// view is a link.
/// </summary>
public sealed record GroupQuery
{
    /// <summary>The most characters that are searched for; what comes after them is left out.</summary>
    public const int MostCharacters = 100;

    /// <summary>Everything, by name.</summary>
    public static readonly GroupQuery All = new();

    private const string NoSims = "none";

    /// <summary>The coverage; null for both.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>Words, each of which has to be somewhere in the group's name, id, tags or namespaces. Quotes keep words together.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Tags, by their keys or written as key=value, one of which a group has to have; any when empty.</summary>
    public FilterValues Tags { get; init; } = FilterValues.None;

    /// <summary>Namespaces, in one of which a group has to set something; any when empty.</summary>
    public FilterValues Namespaces { get; init; } = FilterValues.None;

    /// <summary>Whether only groups are wanted that have no SIM.</summary>
    public bool WithoutSims { get; init; }

    /// <summary>What the list is sorted by.</summary>
    public GroupColumn SortBy { get; init; }

    /// <summary>Whether the order is turned around.</summary>
    public bool Descending { get; init; }

    /// <summary>Whether anything narrows the list, the coverage aside.</summary>
    public bool IsFiltered => this with { Coverage = null, SortBy = All.SortBy, Descending = false } != All;

    /// <summary>How many filters have a value.</summary>
    public int FilterCount => (Tags.Count > 0 ? 1 : 0) + (Namespaces.Count > 0 ? 1 : 0) + (WithoutSims ? 1 : 0);

    /// <summary>This view without what narrows it; coverage and order stay.</summary>
    public GroupQuery Cleared => All with { Coverage = Coverage, SortBy = SortBy, Descending = Descending };

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static GroupQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        var text = address.Text("q");
        return new GroupQuery
        {
            Coverage = SoracomCoverages.TryParseWireName(address.Text("coverage"), out var coverage) ? coverage : null,
            Text = text.Length <= MostCharacters ? text : text[..MostCharacters].TrimEnd(),
            Tags = address.WholeValues("tag"),
            Namespaces = address.Values("namespace"),
            WithoutSims = address.Text("sims") == NoSims,
            SortBy = address.Choice("sort", All.SortBy),
            Descending = address.Text("order") is "desc",
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("q", Text)
        .AddAll("tag", Tags)
        .AddAll("namespace", Namespaces)
        .Add("sims", WithoutSims ? NoSims : null)
        .Add("sort", SortBy == All.SortBy ? null : SortBy.ToString().ToLowerInvariant())
        .Add("order", Descending ? "desc" : null)
        .ToString();

    /// <summary>The view sorted by a column; by the one that it is sorted by already, the other way round.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The view.</returns>
    public GroupQuery SortedBy(GroupColumn column) => this with { SortBy = column, Descending = SortBy == column && !Descending };
}
