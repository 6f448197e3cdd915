using System.Globalization;
using Soracom.Api.Billing;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What the page over several tenants shows; its address says it.</summary>
public sealed record PortfolioBillQuery
{
    /// <summary>No bill is older; an address that names an older month means none.</summary>
    private const int FirstYear = 2000;

    /// <summary>The month that is under way, the dearest first.</summary>
    public static readonly PortfolioBillQuery Usual = new();

    /// <summary>The month; null for the one that is under way.</summary>
    public YearMonth? Month { get; init; }

    /// <summary>What comes first.</summary>
    public PortfolioBillOrder Order { get; init; }

    /// <summary>Whether days are a table rather than a chart.</summary>
    public bool AsTable { get; init; }

    /// <summary>Reads an address.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>What it says; the usual where it says nothing.</returns>
    public static PortfolioBillQuery Parse(string uri)
    {
        var reader = new QueryReader(uri);
        return new PortfolioBillQuery
        {
            Month = YearMonth.TryParse(reader.Text("month"), out var month) && month.Year >= FirstYear ? month : null,
            Order = reader.Choice("order", PortfolioBillOrder.Amount),
            AsTable = reader.Text("days") == "table",
        };
    }

    /// <summary>Writes the address's query string.</summary>
    /// <returns>With its question mark; empty for the usual.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("month", Month?.ToString(format: null, CultureInfo.InvariantCulture))
        .Add("order", Order == PortfolioBillOrder.Amount ? null : Order.ToString().ToLowerInvariant())
        .Add("days", AsTable ? "table" : null)
        .ToString();
}

/// <summary>What comes first in the list of several tenants' bills.</summary>
public enum PortfolioBillOrder
{
    /// <summary>What costs most.</summary>
    Amount,

    /// <summary>What has risen most.</summary>
    Rise,
}
