using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>Bills in words. A word that the vendor added since is shown as it is.</summary>
internal static class BillWords
{
    /// <summary>A month's name, such as April 2026.</summary>
    public static string Month(YearMonth month) => month.FirstDay.ToString("Y", CultureInfo.CurrentCulture);

    /// <summary>The same of its number.</summary>
    public static string Month(int number) => Month(BillMonths.Of(number));

    /// <summary>A bill item.</summary>
    public static string Item(IStringLocalizer<Strings> words, string item) => item.Length == 0 ? words["Billing.NoItem"] : Known(words, $"BillItem.{item}", item);

    /// <summary>How a bill is paid.</summary>
    public static string Payment(IStringLocalizer<Strings> words, string status) => Known(words, $"PaymentStatus.{status}", status);

    /// <summary>The sort of badge and the sign that go with how a bill is paid; the word stands beside them.</summary>
    public static (string Kind, string Icon) PaymentBadge(string status) => status switch
    {
        PaymentStatus.Paid => ("good", "circle-check"),
        PaymentStatus.Fail or PaymentStatus.RefundFail or PaymentStatus.CancelFailed => ("bad", "circle-alert"),
        PaymentStatus.DelegatingToThirdParty or PaymentStatus.DelegatedToThirdParty => ("warn", "triangle-alert"),
        PaymentStatus.Paying or PaymentStatus.Charging or PaymentStatus.Refunding or PaymentStatus.Canceling => ("info", "hourglass"),
        _ => ("", "circle-dashed"),
    };

    /// <summary>What a row is called that has no name of its own; the name of one that has.</summary>
    public static string Row(IStringLocalizer<Strings> words, BillRow row) => row.Kind switch
    {
        BillRowKind.Item or BillRowKind.Discount => Item(words, row.Key),
        BillRowKind.Service when row.Name.Length == 0 => words["Billing.NoService"],
        BillRowKind.Service or BillRowKind.Group or BillRowKind.Tag => row.Name,
        BillRowKind.Sim => row.Name.Length > 0 ? row.Name : row.Key,
        _ => words[$"BillRow.{row.Kind}"],
    };

    /// <summary>The heads of the file of all months.</summary>
    public static IEnumerable<string> Headers(IStringLocalizer<Strings> words) =>
    [
        words["Billing.Month"], words["Billing.Coverage"], words["Billing.Currency"], words["Billing.Amount"], words["Billing.Coupons"], words["Billing.Stage"], words["Billing.Payment"],
        words["Billing.ItemsNet"], words["Billing.DaysNet"], words["Billing.Forecast"], words["Billing.AsOfUtc"],
    ];

    /// <summary>The cells of a month in that file.</summary>
    public static IEnumerable<string> Cells(BillMonth month, DateTimeOffset now) =>
    [
        month.Month.ToString(CultureInfo.InvariantCulture),
        month.Coverage,
        month.Currency,
        Text(month.Amount),
        Text(month.CouponAmount),
        month.Stage == BillStage.Final ? BillState.Closed : BillState.Temporary,
        month.PaymentStatus,
        Text(month.ItemsTotal),
        Text(month.DaysTotal),
        Text(month.ForecastAt(now)),
        month.AsOf?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
    ];

    /// <summary>An amount for a file: as many decimals as it has.</summary>
    public static string Text(decimal? amount) => amount?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static string Known(IStringLocalizer<Strings> words, string key, string value) => words[key] is { ResourceNotFound: false } word ? word : value;
}
