using Soracom.Api;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims;

/// <summary>What the SIM list looks for. Its text form is the page's query string, so that every view is a link.</summary>
public sealed record SimQuery
{
    /// <summary>The fewest characters that the vendor searches for.</summary>
    public const int FewestCharacters = 2;

    /// <summary>
    /// The most characters that are searched for. The vendor is asked by address, once a field: any hundred characters, each
    /// nine when encoded, stay below the 8 KiB that web servers commonly take.
    /// </summary>
    public const int MostCharacters = 100;

    /// <summary>Looks for everything in the account's only or first coverage.</summary>
    public static readonly SimQuery All = new();

    /// <summary>The coverage; null for the account's only or first one.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>Any id, name or tag value, or part of one. Commas separate alternatives.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Statuses; any when empty.</summary>
    public FilterValues Statuses { get; init; } = FilterValues.None;

    /// <summary>online, offline; any when empty or both.</summary>
    public FilterValues Sessions { get; init; } = FilterValues.None;

    /// <summary>Group ids; any when empty.</summary>
    public FilterValues Groups { get; init; } = FilterValues.None;

    /// <summary>Subscriptions; any when empty.</summary>
    public FilterValues Subscriptions { get; init; } = FilterValues.None;

    /// <summary>Module types; any when empty.</summary>
    public FilterValues ModuleTypes { get; init; } = FilterValues.None;

    /// <summary>The SIM id after which the page begins; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>The alternatives that <see cref="Text"/> names.</summary>
    public IReadOnlyList<string> Terms => Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => Text.Length > 0 || FilterCount > 0;

    /// <summary>How many filters have a value.</summary>
    public int FilterCount => new[] { Statuses, Sessions, Groups, Subscriptions, ModuleTypes }.Count(values => values.Count > 0);

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static SimQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new SimQuery
        {
            Coverage = SoracomCoverages.TryParseWireName(address.Text("coverage"), out var coverage) ? coverage : null,
            Text = address.Text("q"),
            Statuses = address.Values("status"),
            Sessions = FilterValues.Of(address.Values("session").Where(value => value is SimSession.Online or SimSession.Offline)),
            Groups = address.Values("group"),
            Subscriptions = address.Values("subscription"),
            ModuleTypes = address.Values("module"),
            After = address.Text("after") is { Length: > 0 } after ? after : null,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("q", Text)
        .AddAll("status", Statuses)
        .AddAll("session", Sessions)
        .AddAll("group", Groups)
        .AddAll("subscription", Subscriptions)
        .AddAll("module", ModuleTypes)
        .Add("after", After)
        .ToString();
}
