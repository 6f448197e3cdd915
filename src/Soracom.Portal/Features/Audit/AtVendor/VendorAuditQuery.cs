using Soracom.Api;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Audit.AtVendor;

/// <summary>What of the vendor's own log is looked at. Its text form is the page's query string, so that every view is a link.</summary>
public sealed record VendorAuditQuery
{
    /// <summary>The longest kind of a call, in characters.</summary>
    public const int MostCharacters = 200;

    /// <summary>The longest key of a page, in characters: the vendor says nothing of their length, and without its key a page is the newest again.</summary>
    public const int MostKeyCharacters = 2_000;

    /// <summary>The newest calls.</summary>
    public static readonly VendorAuditQuery All = new();

    /// <summary>The coverage; null for the first that the tenant has a credential for.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>What was called, as the vendor names it, such as <c>/v1/groups</c>; anything when empty.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>The first day, in the tenant's time zone; null for the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the tenant's time zone; null for today.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Where the page begins, as the page before it said; null for the newest.</summary>
    public string? After { get; init; }

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => Kind.Length > 0 || From is not null || Until is not null;

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static VendorAuditQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        var (kind, after) = (address.Text("kind").Trim(), address.Text("after"));
        return new VendorAuditQuery
        {
            Coverage = SoracomCoverages.TryParseWireName(address.Text("coverage"), out var coverage) ? coverage : null,
            Kind = kind.Length <= MostCharacters ? kind : kind[..MostCharacters],
            From = AuditQuery.ParseDay(address.Text("from")),
            Until = AuditQuery.ParseDay(address.Text("until")),
            After = after.Length is > 0 and <= MostKeyCharacters ? after : null,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("kind", Kind)
        .Add("from", AuditQuery.FormatDay(From))
        .Add("until", AuditQuery.FormatDay(Until))
        .Add("after", After)
        .ToString();
}
