using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims;

/// <summary>
/// The SIM list's whole view: what it looks for and in which order. Its text form is the page's query string, so that every view is a
/// link.
/// </summary>
public sealed record SimQuery
{
    /// <summary>The most characters that are searched for; what comes after them is left out.</summary>
    public const int MostCharacters = 100;

    /// <summary>The most days that a filter reaches back or ahead: ten years.</summary>
    public const int MostDays = 3_650;

    /// <summary>The value of a filter that stands for having none, such as being in no group.</summary>
    public const string Nothing = "-";

    /// <summary>Everything, by name.</summary>
    public static readonly SimQuery All = new();

    /// <summary>The coverage; null for both.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>Words, each of which has to be somewhere in the SIM's name, ids, group, tags or addresses. Quotes keep words together.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Tenants by their names in addresses, in lists of several; all when empty.</summary>
    public FilterValues Tenants { get; init; } = FilterValues.None;

    /// <summary>Statuses; any when empty.</summary>
    public FilterValues Statuses { get; init; } = FilterValues.None;

    /// <summary>online, offline; any when empty or both.</summary>
    public FilterValues Sessions { get; init; } = FilterValues.None;

    /// <summary>Group ids; any when empty. <see cref="Nothing"/> for SIMs in no group.</summary>
    public FilterValues Groups { get; init; } = FilterValues.None;

    /// <summary>Subscriptions; any when empty.</summary>
    public FilterValues Subscriptions { get; init; } = FilterValues.None;

    /// <summary>Module types; any when empty.</summary>
    public FilterValues ModuleTypes { get; init; } = FilterValues.None;

    /// <summary>Speed classes; any when empty.</summary>
    public FilterValues SpeedClasses { get; init; } = FilterValues.None;

    /// <summary>Keys of tags, one of which a SIM has to have, and tags written as key=value, all of which it has to have.</summary>
    public FilterValues Tags { get; init; } = FilterValues.None;

    /// <summary>When the SIM expires; whenever by default.</summary>
    public SimExpiry Expiry { get; init; }

    /// <summary>For how many days at least the network has not heard of the SIM, or never at all; null for no matter.</summary>
    public int? SilentDays { get; init; }

    /// <summary>What the list is sorted by.</summary>
    public SimColumn SortBy { get; init; } = SimColumn.Name;

    /// <summary>Whether the order is turned around.</summary>
    public bool Descending { get; init; }

    /// <summary>Whether anything narrows the list, the coverage aside.</summary>
    public bool IsFiltered => this with { Coverage = null, SortBy = All.SortBy, Descending = false } != All;

    /// <summary>How many filters have a value.</summary>
    public int FilterCount =>
        new[] { Tenants, Statuses, Sessions, Groups, Subscriptions, ModuleTypes, SpeedClasses, Tags }.Count(values => values.Count > 0) + (Expiry.Kind == SimExpiryKind.Any ? 0 : 1) + (SilentDays is null ? 0 : 1);

    /// <summary>This view without what narrows it; coverage and order stay.</summary>
    public SimQuery Cleared => All with { Coverage = Coverage, SortBy = SortBy, Descending = Descending };

    /// <summary>This view as a tenant's own list has it: what concerns several tenants is left out.</summary>
    public SimQuery OfOneTenant => this with { Tenants = FilterValues.None, SortBy = SortBy == SimColumn.Tenant ? All.SortBy : SortBy };

    /// <summary>
    /// This view as it may be told to one of several tenants: without values that may be another one's, since a SIM has to have only one
    /// of them. Words and whole tags are its own where any SIM of it was found.
    /// </summary>
    public SimQuery ToldToOneTenant => OfOneTenant with { Groups = FilterValues.None, Tags = FilterValues.Of(Tags.Where(SimQueryLookup.IsWithValue)) };

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static SimQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        var text = address.Text("q");
        return new SimQuery
        {
            Coverage = SoracomCoverages.TryParseWireName(address.Text("coverage"), out var coverage) ? coverage : null,
            Text = text.Length <= MostCharacters ? text : text[..MostCharacters].TrimEnd(),
            Tenants = address.Values("tenant"),
            Statuses = address.Values("status"),
            Sessions = FilterValues.Of(address.Values("session").Where(value => value is SimSession.Online or SimSession.Offline)),
            Groups = address.Values("group"),
            Subscriptions = address.Values("subscription"),
            ModuleTypes = address.Values("module"),
            SpeedClasses = address.Values("speed"),
            Tags = address.WholeValues("tag"),
            Expiry = SimExpiry.Parse(address.Text("expiry")),
            SilentDays = Days(address.Text("silent")),
            SortBy = address.Choice("sort", All.SortBy),
            Descending = address.Text("order") is "desc",
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("q", Text)
        .AddAll("tenant", Tenants)
        .AddAll("status", Statuses)
        .AddAll("session", Sessions)
        .AddAll("group", Groups)
        .AddAll("subscription", Subscriptions)
        .AddAll("module", ModuleTypes)
        .AddAll("speed", SpeedClasses)
        .AddAll("tag", Tags)
        .Add("expiry", Expiry.ToString())
        .Add("silent", SilentDays?.ToString(CultureInfo.InvariantCulture))
        .Add("sort", SortBy == All.SortBy ? null : NameOf(SortBy))
        .Add("order", Descending ? "desc" : null)
        .ToString();

    /// <summary>The view sorted by a column; by the one that it is sorted by already, the other way round.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The view.</returns>
    public SimQuery SortedBy(SimColumn column) => this with { SortBy = column, Descending = SortBy == column && !Descending };

    internal static int? Days(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays ? days : null;

    private static string NameOf(SimColumn column)
    {
        var name = column.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
