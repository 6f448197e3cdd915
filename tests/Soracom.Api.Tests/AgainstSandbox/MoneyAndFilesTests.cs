using System.Text;
using Soracom.Api.Billing;
using Soracom.Api.Errors;
using Soracom.Api.Files;
using Soracom.Api.Payments;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>Stories of bills, payments and files, told with the client.</summary>
public sealed class MoneyAndFilesTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Bookkeeper_ReadsBills_LooksIntoOne_AndFetchesItsLines()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);

        var bills = (await client.Billing.GetBillingHistoryAsync(Stop)).BillList;
        var bill = await client.Billing.GetBillingAsync(bills[2].YearMonth!.Value, Stop);
        var days = (await client.Billing.GetBillingPerDayAsync(bill.YearMonth!.Value, Stop)).BillList;
        var items = await client.Billing.GetBillingSummaryOfBillItemsAsync(Stop);
        var sims = await client.Billing.GetBillingSummaryOfSimsAsync(Stop);
        var payment = await client.Payments.GetPaymentTransactionAsync(bill.PaymentTransactionId!, Stop);
        var export = await client.Billing.ExportBillingAsync(bill.YearMonth.Value, ExportMode.Async, Stop);
        var begun = await client.Files.GetExportedFileAsync(export.ExportedFileId!, Stop);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
        var done = await client.Files.GetExportedFileAsync(export.ExportedFileId!, Stop);
        var csv = await FetchAsync(done.Url!);

        Assert.Equal(new YearMonth(2025, 12), bill.YearMonth);
        Assert.Equal((BillState.Closed, PaymentStatus.Paid, Currencies.Yen), (bill.State, bill.PaymentStatus, bill.Currency));
        Assert.Equal(31, days.Count);
        Assert.Equal(new DateOnly(2025, 12, 31), days[0].Date);
        Assert.Contains(items[1].CostBreakdownList, item => item.BillItemCategory == "Air" && item.Amount > 0);
        Assert.NotNull(await client.Sims.GetSimAsync(sims[1].CostBreakdownList[0].SimId!, Stop));
        Assert.Equal((PaymentTransactionStatus.Success, bill.Amount), (payment.Status, payment.Amount!.Payment));
        Assert.Equal((ExportStatus.Processing, ExportStatus.Exported), (begun.Status, done.Status));
        Assert.StartsWith("\uFEFFimsi,date,", csv, StringComparison.Ordinal);
        Assert.Contains("202512", csv, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.Billing.GetBillingAsync(new YearMonth(2026, 3), Stop));
    }

    [Fact]
    public async Task Bookkeeper_SetsUpStatements_AndUsesACoupon()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var payments = sandbox.For(sandbox.Aoba).Payments;

        await payments.RegisterPayerInformationAsync(new PayerInformation { CompanyName = "青葉", FullName = "佐藤" }, Stop);
        var payer = await payments.GetPayerInformationAsync(Stop);
        var statement = (await payments.ListPaymentStatementsAsync(Stop)).Statements[0];
        var pdf = await FetchAsync((await payments.ExportPaymentStatementAsync(statement.PaymentStatementId!, cancellationToken: Stop)).Url!);
        var coupon = await payments.RegisterCouponAsync("AOBA2026AUTUMN00", Stop);
        var coupons = (await payments.ListCouponsAsync(Stop)).Coupons;
        var contracts = (await payments.ListVolumeDiscountsAsync(Stop)).Discounts;
        var contract = await payments.GetVolumeDiscountAsync(contracts[0].ContractId!, Stop);
        var method = await payments.GetPaymentMethodAsync(Stop);
        await payments.ActivatePaymentMethodAsync(Stop);

        Assert.Equal(new PayerInformation { CompanyName = "青葉", FullName = "佐藤" }, payer);
        Assert.Equal(2026, statement.PaymentDateTime!.Value.Year);
        Assert.Equal([new YearMonth(2026, 2)], statement.ChargedYearMonths);
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.Contains(coupon, coupons);
        Assert.Equal(contracts[0], contract);
        Assert.Equal(PaymentProvider.WebPay, method.ProviderType);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => payments.RegisterCouponAsync("none", Stop));
    }

    [Fact]
    public async Task Engineer_UploadsAFile_FindsIt_DownloadsIt_AndCleansUp()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var files = sandbox.For(sandbox.Aoba).Files;

        await files.PutFileAsync(FileScope.Private, "/現場/写真/東 側.txt", new SoracomUpload("text/plain", Encoding.UTF8.GetBytes("東")), Stop);
        var root = await files.ListFilesAsync(FileScope.Private, "/", cancellationToken: Stop);
        var found = Assert.Single((await files.FindFilesAsync(FileScope.Private, "/現場/写真/東", cancellationToken: Stop)).Items);
        await using var head = await files.GetFileMetadataAsync(FileScope.Private, found.FilePath!, Stop);
        await using var file = await files.GetFileAsync(FileScope.Private, found.FilePath!, Stop);
        var text = await FetchAsync(file.Location!.AbsoluteUri);
        await files.DeleteFileAsync(FileScope.Private, found.FilePath!, Stop);
        await files.DeleteFileAsync(FileScope.Private, "現場/写真/説明.txt", Stop);
        await files.DeleteDirectoryAsync(FileScope.Private, "現場/写真", Stop);

        Assert.Contains(root.Items, entry => entry is { Filename: "現場", IsDirectory: true });
        Assert.Equal(("東 側.txt", "/現場/写真", 3L), (found.Filename, found.Directory, found.ContentLength));
        Assert.Equal((3L, "text/plain", $"\"{found.Etag}\""), (head.Length, head.ContentType, head.ETag));
        Assert.Equal("東", text);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => files.ListFilesAsync(FileScope.Private, "現場/写真", cancellationToken: Stop));
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => files.DeleteDirectoryAsync(FileScope.Private, "現場", Stop));
    }

    private static async Task<string> FetchAsync(string url)
    {
        using var http = new HttpClient();
        var bytes = await http.GetByteArrayAsync(new Uri(url), Stop);
        return Encoding.UTF8.GetString(bytes);
    }
}
