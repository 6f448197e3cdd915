using Soracom.Api;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal;

/// <content>Addresses of bills.</content>
public static partial class PortalUrls
{
    /// <summary>What a month of a tenant's accounts costs.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to show; the newest month when null.</param>
    /// <returns>The address.</returns>
    public static string Billing(string slug, BillQuery? query = null) => $"/t/{Segment(slug)}/billing{query?.ToQueryString()}";

    /// <summary>All months of one of a tenant's accounts.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage; null for the first that there is.</param>
    /// <returns>The address.</returns>
    public static string BillingHistory(string slug, SoracomCoverage? coverage = null) => $"{Billing(slug)}/history{new QueryWriter().Add("coverage", coverage?.ToWireName())}";

    /// <summary>All months of all of a tenant's accounts as a CSV file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string BillingFile(string slug) => $"{Billing(slug)}/months.csv";

    /// <summary>A detailed file of a month.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="fileId">The file.</param>
    /// <returns>The address.</returns>
    public static string BillFile(string slug, Guid fileId) => $"{Billing(slug)}/files/{fileId}";

    /// <summary>The same for spreadsheets: nothing in it is calculated.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="fileId">The file.</param>
    /// <returns>The address.</returns>
    public static string BillFileCopy(string slug, Guid fileId) => $"{BillFile(slug, fileId)}?for=spreadsheets";

    /// <summary>Coupons, long term discounts and statements of payments of one of a tenant's accounts.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage; null for the first that there is.</param>
    /// <returns>The address.</returns>
    public static string Payments(string slug, SoracomCoverage? coverage = null) => $"{Billing(slug)}/payments{new QueryWriter().Add("coverage", coverage?.ToWireName())}";

    /// <summary>The file of a statement of a payment.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="statementId">The statement.</param>
    /// <returns>The address.</returns>
    public static string PaymentStatement(string slug, SoracomCoverage coverage, string statementId) => $"{Billing(slug)}/statements/{coverage.ToWireName()}/{Segment(statementId)}";

    /// <summary>What the accounts of all tenants cost that one may enter.</summary>
    /// <param name="query">What to show; the month that is under way when null.</param>
    /// <returns>The address.</returns>
    public static string PortfolioBilling(PortfolioBillQuery? query = null) => $"/portfolio/billing{query?.ToQueryString()}";

    /// <summary>The same as a CSV file.</summary>
    /// <param name="query">What to show.</param>
    /// <returns>The address.</returns>
    public static string PortfolioBillingFile(PortfolioBillQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return $"/portfolio/billing.csv{query.ToQueryString()}";
    }
}
