using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What several tenants' bills are in a file. Accounts without figures are in it too: a sum over the file must not pass for all.</summary>
internal static class PortfolioBillFile
{
    /// <summary>The heads of the columns.</summary>
    public static IEnumerable<string> Headers(IStringLocalizer<Strings> words) =>
    [
        words["Portfolio.Tenant"], words["Billing.Coverage"], words["Billing.Month"], words["Billing.Currency"], Gross(words, "Billing.SoFar"), words["Billing.AsOfUtc"], Gross(words, "Billing.Whole"), words["Billing.Stage"],
        Gross(words, "Billing.LastMonth"), words["PortfolioBilling.LastMonthStage"], Gross(words, "Billing.Change"), Gross(words, "Billing.YearAgo"), words["Billing.Payment"], words["PortfolioBilling.ReadUtc"], words["PortfolioBilling.Problem"],
        words["Billing.Coupons"], words["PortfolioBilling.AfterCoupons"],
    ];

    /// <summary>The cells of an account, in the vendor's own words.</summary>
    public static IEnumerable<string> Cells(YearMonth month, PortfolioBill bill) =>
    [
        bill.Tenant.Name,
        bill.Coverage.ToWireName(),
        month.ToString(format: null, CultureInfo.InvariantCulture),
        bill.Currency,
        BillWords.Text(bill.SoFar),
        Time(bill.AsOf),
        BillWords.Text(bill.Whole),
        Stage(bill.IsFinal),
        BillWords.Text(bill.Before),
        bill.Before is null ? "" : Stage(bill.IsBeforeFinal),
        BillWords.Text(bill.Rise),
        BillWords.Text(bill.YearBefore),
        bill.Payment?.Month == month ? bill.Payment.Status : "",
        Time(bill.ReadAt),
        bill.Failure?.ToString() ?? (bill.Denied.Count == 0 ? "" : $"{nameof(VendorErrorKind.Denied)}: {string.Join(' ', bill.Denied)}"),
        BillWords.Text(bill.Coupons),
        BillWords.Text(bill.SoFar - bill.Coupons),
    ];

    /// <summary>The cells of an account without figures.</summary>
    public static IEnumerable<string> Cells(YearMonth month, PortfolioGap gap) =>
    [
        gap.Tenant.Name,
        gap.Coverage?.ToWireName() ?? "",
        month.ToString(format: null, CultureInfo.InvariantCulture),
        .. Enumerable.Repeat("", 10),
        Time(gap.ReadAt),
        gap.Failure?.ToString() ?? gap.Kind.ToString(),
        "",
        "",
    ];

    /// <summary>The head of amounts that coupons are not taken off, as they are on the page.</summary>
    private static string Gross(IStringLocalizer<Strings> words, string key) => words["PortfolioBilling.HeadBefore", words[key]];

    private static string Stage(bool isFinal) => isFinal ? BillState.Closed : BillState.Temporary;

    private static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
