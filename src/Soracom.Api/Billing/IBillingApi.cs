using RestEase;
using Soracom.Api.Files;
using Soracom.Api.Http;

namespace Soracom.Api.Billing;

/// <summary>
/// What the account costs, in the coverage's currency. Months begin and end in UTC and are closed by about the second business day of
/// the next one; 18 months are kept. Until then the previous month has no bill, and "latest" already means the new one.
/// </summary>
public interface IBillingApi
{
    /// <summary>Vendor operation getBillingHistory: the closed months, newest first.</summary>
    [SoracomOperation("getBillingHistory"), Get("/bills")]
    Task<BillingHistory> GetBillingHistoryAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getLatestBilling: what the current month has come to so far.</summary>
    [SoracomOperation("getLatestBilling"), Get("/bills/latest")]
    Task<LatestBill> GetLatestBillingAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation getBilling: one month; the current one preliminary. 404 for a month that is not closed yet, has cost nothing
    /// or is no longer kept.
    /// </summary>
    [SoracomOperation("getBilling"), Get("/bills/{yyyyMM}")]
    Task<MonthlyBill> GetBillingAsync([Path("yyyyMM")] YearMonth month, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getBillingPerDay: a month by days, without what is charged by the month. 404 when there is nothing.</summary>
    [SoracomOperation("getBillingPerDay"), Get("/bills/{yyyyMM}/daily")]
    Task<DailyBills> GetBillingPerDayAsync([Path("yyyyMM")] YearMonth month, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getBillingSummaryOfBillItems: this month and three back by bill item, newest first, net.</summary>
    [SoracomOperation("getBillingSummaryOfBillItems"), Get("/bills/summaries/bill_items")]
    Task<IReadOnlyList<BillItemSummary>> GetBillingSummaryOfBillItemsAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getBillingSummaryOfSims: this month and three back by SIM, newest first, net, the 100 dearest of each month.</summary>
    [SoracomOperation("getBillingSummaryOfSims"), Get("/bills/summaries/sims")]
    Task<IReadOnlyList<SimCostSummary>> GetBillingSummaryOfSimsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation exportBilling: a closed month line by line as CSV (UTF-8 with BOM; its columns vary). 404 for a month that has no
    /// bill.
    /// </summary>
    /// <param name="month">A closed month.</param>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportBilling", Effect = CallEffect.Repeatable), Post("/bills/{yyyyMM}/export")]
    Task<FileExport> ExportBillingAsync(
        [Path("yyyyMM")] YearMonth month,
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation exportLatestBilling: the same of the current month, preliminary.</summary>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportLatestBilling", Effect = CallEffect.Repeatable), Post("/bills/latest/export")]
    Task<FileExport> ExportLatestBillingAsync(
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null, CancellationToken cancellationToken = default);
}
