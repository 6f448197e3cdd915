using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Overview;

/// <summary>Which tenants the overview shows, and in which order; its address says it.</summary>
public sealed record PortfolioQuery
{
    /// <summary>All of them, by name.</summary>
    public static readonly PortfolioQuery All = new();

    /// <summary>What the name, the name in addresses or the reseller holds; empty for all.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Whether only those with a trouble are shown.</summary>
    public bool InTrouble { get; init; }

    /// <summary>What they are sorted by.</summary>
    public PortfolioColumn SortBy { get; init; }

    /// <summary>Whether the order is turned round.</summary>
    public bool Descending { get; init; }

    /// <summary>Reads an address.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>What it says; all by name where it says nothing.</returns>
    public static PortfolioQuery Parse(string uri)
    {
        var reader = new QueryReader(uri);
        return new PortfolioQuery
        {
            Text = reader.Text("q"),
            InTrouble = reader.Text("trouble") == "yes",
            SortBy = reader.Choice("sort", PortfolioColumn.Tenant),
            Descending = reader.Text("order") == "desc",
        };
    }

    /// <summary>Writes the address's query string.</summary>
    /// <returns>With its question mark; empty for all by name.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("q", Text)
        .Add("trouble", InTrouble ? "yes" : null)
        .Add("sort", SortBy == PortfolioColumn.Tenant ? null : SortBy.ToString().ToLowerInvariant())
        .Add("order", Descending ? "desc" : null)
        .ToString();

    /// <summary>The same, sorted by a column: figures with the most first; turned round where it is sorted by it already.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The query.</returns>
    public PortfolioQuery SortedBy(PortfolioColumn column) => this with { SortBy = column, Descending = SortBy == column ? !Descending : column is not (PortfolioColumn.Tenant or PortfolioColumn.AsOf) };

    /// <summary>The tenants that are asked for, in order. Where a figure is not known or may not be seen, a tenant comes last.</summary>
    /// <param name="tenants">All of them, by name.</param>
    /// <returns>Those of them.</returns>
    public IReadOnlyList<TenantFigures> Of(IReadOnlyList<TenantFigures> tenants)
    {
        var asked = tenants.Where(figures => (!InTrouble || figures.Troubles.Count > 0)
            && (Text.Length == 0 || new[] { figures.Tenant.Tenant.Name, figures.Tenant.Slug, figures.Tenant.Tenant.ResellerName ?? "" }.Any(name => TextMatch.Contains(name, Text))));
        return SortBy switch
        {
            PortfolioColumn.Sims => Ordered(asked, figures => figures.Sims?.Counts.Total),
            PortfolioColumn.Online => Ordered(asked, figures => figures.Sims?.OnlineShare),
            // Currencies don't compare: those of one stand together.
            PortfolioColumn.Cost => [.. Ordered(asked, figures => figures.Costs is [var cost, ..] ? cost.Amount : (decimal?)null).OrderBy(figures => figures.Costs is [var cost, ..] ? cost.Currency : "~", StringComparer.Ordinal)],
            PortfolioColumn.Doors => Ordered(asked, figures => figures.Doors),
            PortfolioColumn.Running => Ordered(asked, figures => figures.Running),
            PortfolioColumn.AsOf => Ordered(asked, figures => figures.Sims?.AsOf),
            _ => Descending ? [.. asked.Reverse()] : [.. asked],
        };
    }

    private IReadOnlyList<TenantFigures> Ordered<TFigure>(IEnumerable<TenantFigures> tenants, Func<TenantFigures, TFigure?> figure)
        where TFigure : struct, IComparable<TFigure>
    {
        var known = tenants.OrderBy(figures => figure(figures) is null);
        return [.. Descending ? known.ThenByDescending(figures => figure(figures)) : known.ThenBy(figures => figure(figures))];
    }
}

/// <summary>What the overview says of a tenant.</summary>
public enum PortfolioColumn
{
    /// <summary>Its name.</summary>
    Tenant,

    /// <summary>Its SIMs.</summary>
    Sims,

    /// <summary>The share of them that is online.</summary>
    Online,

    /// <summary>What the month has cost so far.</summary>
    Cost,

    /// <summary>Open doors.</summary>
    Doors,

    /// <summary>Exports and jobs under way.</summary>
    Running,

    /// <summary>How old its figures are.</summary>
    AsOf,
}
