using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants;

/// <summary>Which of a reseller's customers are listed; the page's address says it.</summary>
public sealed record CustomersQuery
{
    /// <summary>What the name or the name in addresses holds; empty for all.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Whether only those are listed where nobody is let in.</summary>
    public bool Suspended { get; init; }

    /// <summary>Reads an address.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>What it says; all where it says nothing.</returns>
    public static CustomersQuery Parse(string uri)
    {
        var reader = new QueryReader(uri);
        return new CustomersQuery { Text = reader.Text("q"), Suspended = reader.Text("state") == "suspended" };
    }

    /// <summary>Writes the address's query string.</summary>
    /// <returns>With its question mark; empty for all.</returns>
    public string ToQueryString() => new QueryWriter().Add("q", Text).Add("state", Suspended ? "suspended" : null).ToString();

    /// <summary>Whether a customer is asked for.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>True when it is.</returns>
    public bool Has(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return (!Suspended || customer.SuspendedAt is not null) && (TextMatch.Contains(customer.Name, Text) || TextMatch.Contains(customer.Slug, Text));
    }
}
