using System.Globalization;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>What the page of a month shows; its address says it.</summary>
public sealed record BillQuery
{
    /// <summary>The longest tag key that is asked for, in characters.</summary>
    private const int TagLength = 128;

    /// <summary>The newest month, by service.</summary>
    public static readonly BillQuery Newest = new();

    /// <summary>The coverage; null for the first that there is.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>The month; null for the newest.</summary>
    public YearMonth? Month { get; init; }

    /// <summary>The month that it is held against; null for the one before.</summary>
    public YearMonth? Against { get; init; }

    /// <summary>What costs are told by.</summary>
    public BillSplit Split { get; init; }

    /// <summary>The key of the tags that costs are told by; empty unless they are.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Whether days are a table rather than a chart.</summary>
    public bool AsTable { get; init; }

    /// <summary>Reads an address.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>What it says; the usual where it says nothing.</returns>
    public static BillQuery Parse(string uri)
    {
        var reader = new QueryReader(uri);
        var tag = reader.Text("tag");
        return new BillQuery
        {
            Coverage = SoracomCoverages.TryParseWireName(reader.Text("coverage"), out var coverage) ? coverage : null,
            Month = YearMonth.TryParse(reader.Text("month"), out var month) ? month : null,
            Against = YearMonth.TryParse(reader.Text("against"), out var against) ? against : null,
            Split = reader.Choice("by", BillSplit.Service),
            Tag = tag.Length <= TagLength ? tag : "",
            AsTable = reader.Text("days") == "table",
        };
    }

    /// <summary>Writes the address's query string.</summary>
    /// <returns>With its question mark; empty for the usual.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("month", Month?.ToString(format: null, CultureInfo.InvariantCulture))
        .Add("against", Against?.ToString(format: null, CultureInfo.InvariantCulture))
        .Add("by", Split == BillSplit.Service ? null : Split.ToString().ToLowerInvariant())
        .Add("tag", Split == BillSplit.Tag ? Tag : null)
        .Add("days", AsTable ? "table" : null)
        .ToString();
}

/// <summary>What costs are told by.</summary>
public enum BillSplit
{
    /// <summary>By service, with its bill items.</summary>
    Service,

    /// <summary>By SIM.</summary>
    Sim,

    /// <summary>By the SIMs' group.</summary>
    Group,

    /// <summary>By the SIMs' tag of one key.</summary>
    Tag,
}
