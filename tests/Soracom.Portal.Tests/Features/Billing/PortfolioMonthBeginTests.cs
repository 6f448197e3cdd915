using System.Globalization;
using System.Text;
using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>The first days of a month, when the vendor has not closed the one before: it closes April 2026 on the fourth of May, at 03:00 UTC.</summary>
public sealed class PortfolioMonthBeginTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private SignedIn? person;

    public async ValueTask InitializeAsync() => scene = await PortalScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData("2026-05-01T00:30Z", false)]
    [InlineData("2026-05-02T12:00Z", false)]
    [InlineData("2026-05-03T12:00Z", false)]
    [InlineData("2026-05-04T02:30Z", false)]
    [InlineData("2026-05-04T03:30Z", true)]
    public async Task MonthBefore_ThatIsNotClosed_IsMarked_AndNothingHasRisenFromIt(string at, bool isClosed)
    {
        await CollectAsync("2026-04-30T20:00Z");
        await CollectAsync(at);
        using var portfolio = await OpenAsync();

        var may = (await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Usual, Watchdog.Token)).Currencies.Single();
        var april = (await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Parse("?month=202604"), Watchdog.Token)).Currencies.Single();

        var (bill, before) = (Assert.Single(may.Bills), Assert.Single(april.Bills));
        Assert.Equal((isClosed, isClosed ? 0 : 1), (bill.IsBeforeFinal, may.OpenBefore));
        Assert.Equal(before.SoFar, bill.Before);
        Assert.Equal(isClosed ? bill.Whole - bill.Before : null, bill.Rise);
        Assert.Equal(isClosed && bill.Whole is not null ? 1 : 0, may.Rise.Known);
        Assert.Equal((isClosed, !isClosed, isClosed ? before.SoFar : null), (before.IsFinal, before.IsOpen, before.Whole));

        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Page(circuit, "");
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".bills tbody tr")));
        Assert.Equal(!isClosed, page.Find(".sums").TextContent.Contains("1 not closed yet", StringComparison.Ordinal));
        Assert.Equal(!isClosed, page.Find(".bills tbody").TextContent.Contains("not closed yet", StringComparison.Ordinal));
        page = Page(circuit, "?month=202604");
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".bills tbody tr")));
        Assert.Equal(!isClosed, page.Find(".bills tbody").TextContent.Contains("not closed yet", StringComparison.Ordinal));
        Assert.DoesNotContain("no forecast yet", page.Find(".bills tbody").TextContent, StringComparison.Ordinal);

        using var file = new MemoryStream();
        await scene.Get<PortfolioBills>().WriteAsync(portfolio, PortfolioBillQuery.Usual, file, Watchdog.Token);
        var row = CsvText.Read(Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF'), ',').Skip(1).Select(line => line.Cells).First(cells => cells[1] == "jp");
        Assert.Equal((isClosed ? "closed" : "temporary", bill.Rise?.ToString("0.######", CultureInfo.InvariantCulture) ?? ""), (row[9], row[10]));
    }

    [Theory]
    [InlineData("en", "not closed yet", "no figures: the account cost nothing then, or the portal had not begun to keep its bills")]
    [InlineData("ja", "未確定", "料金が発生していないか、ポータルがまだ請求データを保存していなかった")]
    public async Task Month_ThatWasOverBeforeAnybodyReadIt_IsNotClosedYet_AndNothingIsSaidOfOneThatNobodyKnows(string language, string notClosed, string unknown)
    {
        await CollectAsync("2026-04-02T00:00Z");
        using var speaking = new Speaking(language);
        using var portfolio = await OpenAsync();
        var content = await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Parse("?month=202603"), Watchdog.Token);

        Assert.Equal(PortfolioGapKind.NotClosed, Assert.Single(content.Without, gap => gap.Coverage == SoracomCoverage.Japan).Kind);
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Page(circuit, "?month=202603");
        page.WaitForAssertion(() => Assert.Contains(notClosed, page.Find(".gaps").TextContent, StringComparison.Ordinal));
        using var file = new MemoryStream();
        await scene.Get<PortfolioBills>().WriteAsync(portfolio, PortfolioBillQuery.Parse("?month=202603"), file, Watchdog.Token);
        Assert.Contains(",NotClosed", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);

        // Months long gone of which there is nothing are no such gap.
        content = await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Parse("?month=202301"), Watchdog.Token);
        Assert.Equal(PortfolioGapKind.NoFigure, Assert.Single(content.Without, gap => gap.Coverage == SoracomCoverage.Japan).Kind);
        page = Page(circuit, "?month=202301");
        page.WaitForAssertion(() => Assert.Contains(unknown, page.Find(".gaps").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<PortfolioBillingPage> Page(ComponentScene circuit, string query) =>
        circuit.Render<PortfolioBillingPage>(parameters => parameters.AddCascadingValue(person!).AddCascadingValue("Location", $"https://portal.test/portfolio/billing{query}"));

    private async Task<Portfolio> OpenAsync()
    {
        person = await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Billing);
        return await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
    }

    private async Task CollectAsync(string at)
    {
        scene.Clock.Advance(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - scene.Clock.GetUtcNow());
        Assert.Null(await scene.Get<BillingCollector>().CollectAsync(await scene.TenantIdAsync(PortalScene.Nagisa), SoracomCoverage.Japan, new BillingWay(scene.Get<TenantSoracom>(), tenant: null), freshFor: null, Watchdog.Token));
    }
}
