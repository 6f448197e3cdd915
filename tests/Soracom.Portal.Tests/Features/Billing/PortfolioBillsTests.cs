using System.Net;
using System.Text;
using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>What the accounts of all tenants cost that somebody may see, and of no others; each currency on its own.</summary>
public sealed class PortfolioBillsTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private SignedIn person = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        scene.Clock.Advance(TimeSpan.FromDays(9.5));
        person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Owner);
        await CollectAsync(PortalScene.Aoba, SoracomCoverage.Japan);
        await CollectAsync(PortalScene.Aoba, SoracomCoverage.Global);
        await CollectAsync(PortalScene.Nagisa, SoracomCoverage.Japan);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task List_RanksTheAccountsOfACurrency_AndNeverAddsUpDifferentOnes()
    {
        await scene.JoinAsync(person.PersonId, PortalScene.Komorebi, TenantRole.Billing);
        var content = await ListAsync();

        Assert.Equal(["JPY", "USD"], content.Currencies.Select(currency => currency.Currency));
        var (yen, dollars) = (content.Currencies[0], content.Currencies[1]);
        Assert.Equal([PortalScene.Aoba], dollars.Bills.Select(bill => bill.Tenant.Slug));
        Assert.Equal([PortalScene.Aoba, PortalScene.Nagisa], yen.Bills.Select(bill => bill.Tenant.Slug).Order(StringComparer.Ordinal));
        Assert.Equal(yen.Bills.Select(bill => bill.Whole).OrderDescending(), yen.Bills.Select(bill => bill.Whole));
        Assert.Equal(new Money(yen.Bills.Sum(bill => bill.Whole), "JPY"), yen.Whole);
        Assert.All(yen.Bills, bill => Assert.Equal(bill.Whole - bill.Before, bill.Rise));
        Assert.All(yen.Bills, bill => Assert.InRange(bill.Whole, bill.SoFar, decimal.MaxValue));
        Assert.Contains(content.Without, gap => gap.Tenant.Slug == PortalScene.Komorebi && gap.Coverage is null);
        Assert.Equal((3, 19), (content.Tenants, content.Months.Count));
    }

    [Fact]
    public async Task List_ByRise_PutsFirstWhatRoseMost_OfAMonthThatIsOver()
    {
        var content = await ListAsync("?month=202603&order=rise");

        var yen = content.Currencies[0].Bills;
        Assert.All(yen, bill => Assert.True(bill.IsFinal));
        Assert.Equal(yen.Select(bill => bill.Rise).OrderDescending(), yen.Select(bill => bill.Rise));
    }

    [Fact]
    public async Task List_WhoMayNotSeeTheBills_SeesNone()
    {
        var viewer = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(viewer, Permission.BillingRead, Watchdog.Token);

        var content = await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Usual, Watchdog.Token);

        Assert.Equal((0, 0, 0), (content.Tenants, content.Currencies.Count, content.Without.Count));
    }

    [Fact]
    public async Task List_AfterTheMembershipWasRemoved_LeavesThatTenantOut()
    {
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        await scene.TestDatabase.ExecuteAsync(
            "DELETE FROM TenantMembers WHERE PersonId = $person AND TenantId = $tenant",
            ("$person", person.PersonId.ToString().ToUpperInvariant()),
            ("$tenant", (await scene.TenantIdAsync(PortalScene.Aoba)).ToString().ToUpperInvariant()));

        var content = await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Usual, Watchdog.Token);

        Assert.Equal([PortalScene.Nagisa], content.Currencies.SelectMany(currency => currency.Bills).Select(bill => bill.Tenant.Slug).Distinct());
    }

    [Fact]
    public async Task List_WithAnotherOperatorsCredential_ShowsNothingOfTheFormerOne()
    {
        await scene.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = 'OP9999999999' WHERE Coverage = 'g'");

        var content = await ListAsync();

        Assert.Equal(["JPY"], content.Currencies.Select(currency => currency.Currency));
        Assert.Contains(content.Without, gap => gap is { Coverage: SoracomCoverage.Global, Tenant.Slug: PortalScene.Aoba });
    }

    [Fact]
    public async Task List_OfAMonthBeforeAllBills_IsTheOneThatIsUnderWay() => Assert.Equal((await ListAsync()).Month, (await ListAsync("?month=000101")).Month);

    [Fact]
    public async Task File_HoldsWhatThePageShows_AndIsInEachTrail()
    {
        using var visitor = new Visitor(scene, person);

        var file = await visitor.DownloadAsync(PortalUrls.PortfolioBillingFile(PortfolioBillQuery.Usual));

        Assert.Equal(HttpStatusCode.OK, file.Status);
        var rows = CsvText.Read(Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), ',').Skip(1).Select(row => row.Cells).ToList();
        Assert.Equal([("jp", "JPY"), ("jp", "JPY"), ("g", "USD")], rows.Select(row => (row[1], row[3])));
        Assert.All(rows, row => Assert.Equal("202604", row[2]));
        // Amounts, also those below nothing, are numbers to whoever adds them up.
        Assert.All(rows.SelectMany(row => row.Skip(4).Where((_, column) => column != 2)), cell => Assert.True(cell.Length == 0 || decimal.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _), cell));
        Assert.Equal("2", Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.BillsExported).ObjectName);
        Assert.Equal("1", Assert.Single(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.Action == AuditActions.BillsExported).ObjectName);
    }

    [Theory]
    [InlineData("en", "Billing of all accounts")]
    [InlineData("ja", "全アカウントの料金")]
    public async Task Page_ShowsEachCurrencyOnItsOwn(string language, string title)
    {
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = circuit.Render<PortfolioBillingPage>(parameters => parameters.AddCascadingValue(person).AddCascadingValue("Location", "https://portal.test/portfolio/billing"));

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        Assert.Equal(title, page.Find("h1").TextContent);
        Assert.Equal(["JPY", "USD"], page.FindAll("section h2").Take(2).Select(head => head.TextContent));
        Assert.All(page.FindAll("[aria-labelledby=bills-USD] dd"), sum => Assert.StartsWith("$", sum.TextContent, StringComparison.Ordinal));
        Assert.All(page.FindAll("[aria-labelledby=bills-JPY] dd"), sum => Assert.StartsWith("¥", sum.TextContent, StringComparison.Ordinal));
        Assert.StartsWith("/t/", page.Find("tbody a").GetAttribute("href"), StringComparison.Ordinal);
    }

    private async Task<PortfolioBillContent> ListAsync(string query = "")
    {
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        return await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Parse($"/portfolio/billing{query}"), Watchdog.Token);
    }

    private async Task CollectAsync(string slug, SoracomCoverage coverage) =>
        Assert.Null(await scene.Get<BillingCollector>().CollectAsync(await scene.TenantIdAsync(slug), coverage, new BillingWay(scene.Get<TenantSoracom>(), tenant: null), freshFor: null, Watchdog.Token));
}
