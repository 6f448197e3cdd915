using System.Net;
using System.Text;
using System.Text.Json;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

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
        Assert.Equal(new PortfolioSum(new Money(yen.Bills.Sum(bill => bill.Whole!.Value), "JPY"), 2, 2), yen.Whole);
        Assert.All(yen.Bills, bill => Assert.Equal(bill.Whole - bill.Before, bill.Rise));
        Assert.All(yen.Bills, bill => Assert.InRange(bill.Whole!.Value, bill.SoFar, decimal.MaxValue));
        Assert.Contains(content.Without, gap => gap.Tenant.Slug == PortalScene.Komorebi && gap.Coverage is null);
        Assert.Equal((3, 19), (content.Tenants, content.Months.Count));
    }

    [Fact]
    public async Task Sums_OfWhatIsNotKnownOfAll_SayOfHowManyTheyAre()
    {
        var all = (await ListAsync()).Currencies[0];
        await scene.TestDatabase.ExecuteAsync("UPDATE BillMonths SET Forecast = NULL WHERE Currency = 'JPY' AND TenantId = $tenant", ("$tenant", (await scene.TenantIdAsync(PortalScene.Aoba)).ToString().ToUpperInvariant()));
        await scene.TestDatabase.ExecuteAsync("DELETE FROM BillMonths WHERE Month = 202603 AND TenantId = $tenant", ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));

        var yen = (await ListAsync()).Currencies[0];

        var (aoba, nagisa) = (yen.Bills.Single(bill => bill.Tenant.Slug == PortalScene.Aoba), yen.Bills.Single(bill => bill.Tenant.Slug == PortalScene.Nagisa));
        Assert.Equal((null, null), (aoba.Whole, aoba.Rise));
        Assert.Equal((null, null), (nagisa.Before, nagisa.Rise));
        Assert.Equal(all.SoFar, yen.SoFar);
        Assert.Equal(new PortfolioSum(new Money(nagisa.Whole!.Value, "JPY"), 1, 2), yen.Whole);
        Assert.Equal(new PortfolioSum(new Money(aoba.Before!.Value, "JPY"), 1, 2), yen.Before);
        Assert.Equal(new PortfolioSum(new Money(0, "JPY"), 0, 2), yen.Rise);
        Assert.Equal(yen.Bills.Select(bill => bill.Whole ?? bill.SoFar).OrderDescending(), yen.Bills.Select(bill => bill.Rank));

        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Page(circuit);
        page.WaitForAssertion(() => Assert.Contains("of 1 of 2 accounts", page.Find("[aria-labelledby=bills-JPY] .sums").TextContent, StringComparison.Ordinal));
        Assert.Contains("no forecast yet", page.Find("[aria-labelledby=bills-JPY] .bills tbody").TextContent, StringComparison.Ordinal);
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
        Assert.All(rows, row => Assert.Equal((17, "2026-04-10T12:00:00Z", "2026-04-10T12:00:00Z", "closed", "", "0", row[4]), (row.Count, row[5], row[13], row[9], row[14], row[15], row[16])));
        Assert.All(rows, row => Assert.Equal("202604", row[2]));
        // Amounts, also those below nothing, are numbers to whoever adds them up.
        Assert.All(rows.SelectMany(row => row.Where((_, column) => column is 4 or 6 or 8 or 10 or 11 or 15 or 16)), cell => Assert.True(cell.Length == 0 || decimal.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _), cell));
        Assert.Equal("2", Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.BillsExported).ObjectName);
        Assert.Equal("1", Assert.Single(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.Action == AuditActions.BillsExported).ObjectName);
    }

    [Fact]
    public async Task File_HoldsAccountsWithoutFiguresToo()
    {
        await scene.JoinAsync(person.PersonId, PortalScene.Komorebi, TenantRole.Billing);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM BillMonths WHERE Coverage = 'g'");
        using var visitor = new Visitor(scene, person);

        var file = await visitor.DownloadAsync(PortalUrls.PortfolioBillingFile(PortfolioBillQuery.Parse("?month=202602&order=rise")));

        var rows = CsvText.Read(Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), ',').Skip(1).Select(row => row.Cells).ToList();
        Assert.Equal([("jp", "closed", "paid", ""), ("jp", "closed", "delegated_to_third_party", ""), ("g", "", "", "NoFigure"), ("", "", "", "NoCredential")], rows.Select(row => (row[1], row[7], row[12], row[14])).OrderByDescending(row => row.Item2).ThenByDescending(row => row.Item1));
        Assert.All(rows, row => Assert.Equal(("202602", 17), (row[2], row.Count)));
    }

    [Theory]
    [InlineData(TenantRole.Owner, HttpStatusCode.OK)]
    [InlineData(TenantRole.Billing, HttpStatusCode.OK)]
    [InlineData(TenantRole.Operator, HttpStatusCode.Forbidden)]
    [InlineData(TenantRole.Viewer, HttpStatusCode.Forbidden)]
    public async Task File_IsGivenToThoseWhoMaySeeBills_OfTheirTenantsAlone(TenantRole role, HttpStatusCode status)
    {
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, role));

        var file = await visitor.DownloadAsync(PortalUrls.PortfolioBillingFile(PortfolioBillQuery.Usual));

        Assert.Equal(status, file.Status);
        var text = Encoding.UTF8.GetString(file.Content);
        Assert.Equal(status == HttpStatusCode.OK, text.Contains("202604,JPY", StringComparison.Ordinal));
        Assert.DoesNotContain("USD", text, StringComparison.Ordinal);
        Assert.Contains("no-store", file.Headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithoutASignIn_IsNone()
    {
        using var stranger = new Visitor(scene);

        var file = await stranger.DownloadAsync(PortalUrls.PortfolioBillingFile(PortfolioBillQuery.Usual));

        Assert.NotEqual(HttpStatusCode.OK, file.Status);
        Assert.DoesNotContain("JPY", Encoding.UTF8.GetString(file.Content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?month=202602")]
    [InlineData("?month=202505")]
    public async Task Parts_AddUpToTheSums_AndAreThoseOfTheAccounts(string query)
    {
        var content = await ListAsync(query);

        Assert.Equal(2, content.Currencies.Count);
        await using var db = scene.Database.ForInstallation();
        foreach (var currency in content.Currencies)
        {
            Assert.Equal(currency.SoFar.Amount.Amount, currency.Services.Sum(row => row.Amount));
            var first = content.Month.FirstDay;
            var days = await db.BillDays.IgnoreQueryFilters().Where(day => day.Day >= first && day.Day <= content.Month.LastDay && day.Currency == currency.Currency).ToListAsync(Watchdog.Token);
            Assert.Equal(days.GroupBy(day => day.Day).OrderBy(day => day.Key).Select(day => new PortfolioDay(day.Key, day.Sum(one => one.Amount), day.Count(), day.Key == new DateOnly(2026, 4, 10))), currency.Days);
            var lines = await db.BillLines.IgnoreQueryFilters().Where(line => line.Month == content.Month.Number() && line.Currency == currency.Currency && line.Kind == BillLineKind.Item).ToListAsync(Watchdog.Token);
            Assert.Equal(
                lines.GroupBy(line => line.Category).Select(service => (service.Key, service.Sum(line => line.Amount))).OrderByDescending(service => service.Item2),
                currency.Services.Where(row => row.Kind == BillRowKind.Service).Select(row => (row.Key, row.Amount)));
        }

        // The vendor tells no services of months long gone: that is said, not shown as none.
        Assert.Equal(query.EndsWith("202505", StringComparison.Ordinal), content.Currencies[0].Services is [{ Kind: BillRowKind.Unknown }]);
    }

    [Fact]
    public async Task Parts_OfATenantThatOneMayNotSee_AreNotInTheSums()
    {
        var all = (await ListAsync()).Currencies[0];
        var nagisa = await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Billing);
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(nagisa, Permission.BillingRead, Watchdog.Token);

        var own = Assert.Single((await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Usual, Watchdog.Token)).Currencies);

        Assert.All(own.Days, day => Assert.Equal(1, day.Accounts));
        Assert.All(all.Days.Zip(own.Days), day => Assert.True(day.First.Amount > day.Second.Amount));
        Assert.Equal(own.SoFar.Amount.Amount, own.Services.Sum(row => row.Amount));
        Assert.True(own.Services[0].Amount < all.Services[0].Amount);
    }

    [Fact]
    public async Task Parts_OfAMonthThatOnlyFilesTell_AreTakenFromThem_AsTheAccountsPageDoes()
    {
        await scene.TestDatabase.ExecuteAsync("UPDATE BillLines SET Source = 'File', Amount = Amount + 400000 WHERE Month = 202602 AND Coverage = 'jp' AND TenantId = $tenant", ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));
        var before = (await ListAsync("?month=202602")).Currencies[0];
        await using (var db = scene.Database.ForTenant(await scene.TenantIdAsync(PortalScene.Nagisa)))
        {
            db.BillFiles.Add(new BillFile
            {
                Id = Guid.CreateVersion7(),
                TenantId = await scene.TenantIdAsync(PortalScene.Nagisa),
                Coverage = "jp",
                OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
                Month = 202602,
                Number = 1,
                Revision = 1,
                AskedById = person.PersonId,
                AskedByName = "Mei",
                AskedAt = scene.Clock.GetUtcNow(),
                State = BillFileState.Done,
                HasLines = true,
            });
            await db.SaveChangesAsync(Watchdog.Token);
        }

        var after = (await ListAsync("?month=202602")).Currencies[0];

        // Nobody has read a file of it: it is not known what the account's bill is made of. Once it is read, fractions of a yen are rounded as on its page.
        Assert.Contains(before.Services, row => row.Kind == BillRowKind.Unknown);
        Assert.DoesNotContain(after.Services, row => row.Kind == BillRowKind.Unknown);
        Assert.All(after.Services, row => Assert.Equal(decimal.Truncate(row.Amount), row.Amount));
        Assert.Equal(after.SoFar.Amount.Amount, after.Services.Sum(row => row.Amount));
    }

    [Fact]
    public async Task Payment_IsThatOfTheBill_OrOfTheMonthBefore()
    {
        var (march, april) = ((await ListAsync("?month=202603")).Currencies[0].Bills, (await ListAsync()).Currencies[0].Bills);

        foreach (var bills in new[] { march, april })
        {
            Assert.Equal(
                [(PortalScene.Aoba, new YearMonth(2026, 3), "paid"), (PortalScene.Nagisa, new YearMonth(2026, 3), "delegated_to_third_party")],
                bills.Select(bill => (bill.Tenant.Slug, bill.Payment!.Month, bill.Payment.Status)).Order());
        }

        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Page(circuit);
        page.WaitForAssertion(() => Assert.Contains("Handed to a collector", page.Find(".bills tbody tr td:last-child").TextContent, StringComparison.Ordinal));
        Assert.Contains(BillWords.Month(202603), page.Find(".bills tbody tr td:last-child .second").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_AreAChartAndATable_AndADayThatNobodyToldIsAGap()
    {
        await scene.TestDatabase.ExecuteAsync("DELETE FROM BillDays WHERE Day = '2026-04-05' OR (Day = '2026-04-07' AND TenantId = $tenant)", ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var chart = Page(circuit);
        chart.WaitForAssertion(() => Assert.Equal(2, chart.FindAll("[data-chart]").Count));
        Assert.Single(chart.FindAll("[aria-labelledby=bills-JPY] path.gap"));
        Assert.Contains("2026-04-07 (Tue) \u00B7 of 1 of 2 accounts", JsonSerializer.Deserialize<string[]>(chart.Find("[data-chart]").GetAttribute("data-chart")!)![6], StringComparison.Ordinal);

        var table = Page(circuit, "?days=table");
        table.WaitForAssertion(() => Assert.Equal(10, table.FindAll("[aria-labelledby=bills-JPY-days] tbody tr").Count));
        Assert.Contains("No figure", table.FindAll("[aria-labelledby=bills-JPY-days] tbody tr")[4].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 / 2", table.FindAll("[aria-labelledby=bills-JPY-days] tbody tr")[6].TextContent, StringComparison.Ordinal);
        // With what days leave, they add up to what the accounts have come to.
        var foot = table.FindAll("[aria-labelledby=bills-JPY-days] tfoot td.num").Select(cell => decimal.Parse(cell.TextContent.TrimStart('¥'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((3, (await ListAsync()).Currencies[0].SoFar.Amount.Amount, foot[2]), (foot.Count, foot[2], foot[0] + foot[1]));
        Assert.Equal("/portfolio/billing?days=table", table.FindAll("[aria-labelledby=bills-JPY-days] .choice a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task Days_ThatAreCountedAndNobodyTold_AreMissing_TheOneThatIsUnderWayToo()
    {
        await scene.TestDatabase.ExecuteAsync("DELETE FROM BillDays WHERE Day >= '2026-04-09'");
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var chart = Page(circuit);
        chart.WaitForAssertion(() => Assert.Equal(2, chart.Find("[aria-labelledby=bills-JPY] path.gap").GetAttribute("d")!.Count(step => step == 'M')));
        var table = Page(circuit, "?days=table");

        table.WaitForAssertion(() => Assert.Equal(10, table.FindAll("[aria-labelledby=bills-JPY-days] tbody tr").Count));
        Assert.Equal([8, 9], table.FindAll("[aria-labelledby=bills-JPY-days] tbody tr").Index().Where(day => day.Item.TextContent.Contains("No figure", StringComparison.Ordinal)).Select(day => day.Index));
    }

    [Theory]
    [InlineData("UPDATE BillMonths SET Amount = NULL WHERE Month = 202604 AND TenantId = $tenant")]
    [InlineData("UPDATE BillMonths SET Currency = 'EUR' WHERE Month = 202604 AND TenantId = $tenant")]
    [InlineData("DELETE FROM BillMonths WHERE Month = 202604 AND TenantId = $tenant")]
    public async Task Days_OfAnAccountThatHasNoFigureAmongThese_AreNotAddedToThem(string change)
    {
        await scene.TestDatabase.ExecuteAsync(change, ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));

        var yen = (await ListAsync()).Currencies.Single(currency => currency.Currency == "JPY");

        Assert.Equal(PortalScene.Aoba, Assert.Single(yen.Bills).Tenant.Slug);
        var aoba = await scene.TenantIdAsync(PortalScene.Aoba);
        await using var db = scene.Database.ForInstallation();
        var days = await db.BillDays.IgnoreQueryFilters().Where(day => day.TenantId == aoba && day.Coverage == "jp" && day.Day >= new DateOnly(2026, 4, 1)).OrderBy(day => day.Day).ToListAsync(Watchdog.Token);
        Assert.Equal(days.Select(day => (day.Day, (decimal?)day.Amount, 1)), yen.Days.Select(day => (day.Day, day.Amount, day.Accounts)));
    }

    [Fact]
    public async Task Days_ToldBeforeTheyWereOver_AreMarked()
    {
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var table = Page(circuit, "?days=table");
        table.WaitForAssertion(() => Assert.Equal(10, table.FindAll("[aria-labelledby=bills-JPY-days] tbody tr").Count));
        Assert.Equal([9], table.FindAll("[aria-labelledby=bills-JPY-days] tbody tr").Index().Where(day => day.Item.TextContent.Contains("not the whole day", StringComparison.Ordinal)).Select(day => day.Index));
        var chart = Page(circuit);
        chart.WaitForAssertion(() => Assert.Equal(2, chart.FindAll("[data-chart]").Count));
        Assert.Equal([9], JsonSerializer.Deserialize<string[]>(chart.Find("[data-chart]").GetAttribute("data-chart")!)!.Index().Where(tip => tip.Item.Contains("not the whole day", StringComparison.Ordinal)).Select(tip => tip.Index));
        Assert.DoesNotContain((await ListAsync("?month=202603")).Currencies[0].Days, day => day.IsPart);
    }

    [Theory]
    [InlineData("en", "Counted up to")]
    [InlineData("ja", "集計時点")]
    public async Task Rows_OfTheMonthThatIsUnderWay_SayUpToWhenTheyAreCounted(string language, string asOf)
    {
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var running = Page(circuit);
        var closed = Page(circuit, "?month=202603");

        running.WaitForAssertion(() => Assert.Equal(3, running.FindAll(".bills tbody tr").Count));
        closed.WaitForAssertion(() => Assert.Equal(3, closed.FindAll(".bills tbody tr").Count));
        Assert.All(running.FindAll(".bills tbody tr"), row => Assert.Contains(asOf, row.QuerySelector("td.more .as-of")!.TextContent, StringComparison.Ordinal));
        Assert.Empty(closed.FindAll(".bills .as-of"));
    }

    [Theory]
    [InlineData("en", "Billing of all accounts")]
    [InlineData("ja", "全アカウントの料金")]
    public async Task Page_ShowsEachCurrencyOnItsOwn(string language, string title)
    {
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Page(circuit);

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".bills tbody tr").Count));
        Assert.Equal(title, page.Find("h1").TextContent);
        Assert.Equal(["JPY", "USD"], page.FindAll("section h2").Take(2).Select(head => head.TextContent));
        Assert.All(page.FindAll("[aria-labelledby=bills-USD] dd:not(.second)"), sum => Assert.Contains("$", sum.TextContent, StringComparison.Ordinal));
        Assert.All(page.FindAll("[aria-labelledby=bills-JPY] dd:not(.second)"), sum => Assert.Contains("¥", sum.TextContent, StringComparison.Ordinal));
        Assert.StartsWith("/t/", page.Find(".bills tbody a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_HasOldAccountsRead_SaysHowOldEachIs_AndWhatFails()
    {
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Page(circuit);
        page.WaitForAssertion(() => Assert.Equal(3, Ages(page).Count));
        Assert.All(Ages(page), age => Assert.Contains("just now", age, StringComparison.Ordinal));

        // Half an hour later all is fresh, and nobody asks the vendor; two hours later all is old.
        scene.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Empty(await CollectAllAsync(evenIfFresh: false));
        scene.Clock.Advance(TimeSpan.FromMinutes(90));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/latest", OperatorId = scene.Account(PortalScene.Nagisa).OperatorId });
        page.Act(it => it.Find("button.refresh").Click());

        page.WaitForAssertion(() => Assert.Contains("1 of 3 accounts could not be read", page.Find(".page-head").TextContent, StringComparison.Ordinal));
        Assert.Contains("Read", page.Find(".page-head .fresh").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("td.tenant > div:not(.less) > .badge.warn"));
        Assert.Equal((2, 1), (await ReadAtAsync(scene.Clock.GetUtcNow()), await ReadAtAsync(scene.Clock.GetUtcNow().AddHours(-2))));
    }

    [Fact]
    public async Task Page_LeftOpen_HasFiguresReadAnewThatHaveBecomeOld()
    {
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Page(circuit);
        page.WaitForAssertion(() => Assert.Equal(3, Ages(page).Count));
        scene.Clock.Advance(TimeSpan.FromMinutes(70));

        page.WaitForAssertion(() =>
        {
            circuit.Clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(3, ReadAtAsync(scene.Clock.GetUtcNow()).GetAwaiter().GetResult());
        });
    }

    [Theory]
    [InlineData("en", "costs by day")]
    [InlineData("ja", "日別の料金")]
    public async Task Page_AndFile_SayWhatACredentialMayNotRead(string language, string denied)
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/*/daily", Status = 403, OperatorId = scene.Account(PortalScene.Nagisa).OperatorId });
        await CollectAsync(PortalScene.Nagisa, SoracomCoverage.Japan);
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Page(circuit);

        page.WaitForAssertion(() => Assert.Contains(denied, page.Find("td.tenant .denied-part").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll("td.tenant .denied-part"));
        using var visitor = new Visitor(scene, person);
        var file = await visitor.DownloadAsync(PortalUrls.PortfolioBillingFile(PortfolioBillQuery.Usual));
        Assert.Equal(["Denied: getBillingPerDay"], CsvText.Read(Encoding.UTF8.GetString(file.Content), ',').Skip(1).Select(row => row.Cells[14]).Where(problem => problem.Length > 0));
    }

    [Fact]
    public async Task Freshness_OfAnAccountWhoseFirstReadingCameToHalfOfIt_IsThatOfItsFigures()
    {
        await scene.TestDatabase.ExecuteAsync("UPDATE BillReadings SET ReadAt = NULL, Failure = 'Unavailable' WHERE TenantId = $tenant", ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));

        Assert.Equal(new PortfolioFreshness(3, 0, 1, scene.Clock.GetUtcNow()), (await ListAsync()).Freshness);
        // Whatever month is looked at, also one that nothing is known of.
        Assert.Equal(new PortfolioFreshness(3, 0, 1, scene.Clock.GetUtcNow()), (await ListAsync("?month=202301")).Freshness);

        await scene.TestDatabase.ExecuteAsync("DELETE FROM BillMonths WHERE TenantId = $tenant", ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));
        Assert.Equal(1, (await ListAsync()).Freshness.NotRead);
        // How old the others are is said beside it.
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var parts = circuit.Render<PortfolioBillFreshness>(parameters => parameters.Add(shown => shown.Freshness, new PortfolioFreshness(3, 1, 0, scene.Clock.GetUtcNow())));
        Assert.Equal(2, parts.FindAll(".fresh").Count);
        Assert.Contains("1 of 3 accounts not read yet", parts.Markup, StringComparison.Ordinal);
        Assert.Contains("Read", parts.FindAll(".fresh")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_AFaultOfThePortalInOneAccount_LeavesTheOthersRead_AndIsSaid()
    {
        var nagisa = (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant();
        // No figure of the account can be written.
        await scene.TestDatabase.ExecuteAsync($"CREATE TRIGGER Broken BEFORE UPDATE ON BillReadings WHEN NEW.TenantId = '{nagisa}' BEGIN SELECT RAISE(ABORT, 'broken'); END");
        scene.Clock.Advance(TimeSpan.FromHours(2));

        var steps = await CollectAllAsync(evenIfFresh: false);

        Assert.Equal((3, 3, 1), (steps[^1].Done, steps[^1].Accounts, steps[^1].Broken));
        Assert.Equal(2, await ReadAtAsync(scene.Clock.GetUtcNow()));
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Page(circuit);
        page.WaitForAssertion(() => Assert.Contains("1 accounts could not be read by a fault of the portal", page.Find(".notice.failed").TextContent, StringComparison.Ordinal));
        Assert.Equal(3, page.FindAll(".bills tbody tr").Count);
    }

    [Fact]
    public async Task Collect_WhatFailed_IsTriedAgainByWhoeverAsksForIt_AndByNobodyElseForAWhile()
    {
        await scene.TestDatabase.ExecuteAsync("DELETE FROM VendorCredentials WHERE Coverage = 'g' OR TenantId = $tenant", ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));
        scene.Clock.Advance(TimeSpan.FromHours(2));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/latest" });

        Assert.Equal([0, 1], (await CollectAllAsync(evenIfFresh: false)).Select(step => step.Done));
        Assert.Equal((1, 0, 1), ((await ListAsync()).Freshness.Accounts, (await ListAsync()).Freshness.NotRead, (await ListAsync()).Freshness.Failing));
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(await CollectAllAsync(evenIfFresh: false));
        Assert.Equal([0, 1], (await CollectAllAsync(evenIfFresh: true)).Select(step => step.Done));
        Assert.Equal((0, scene.Clock.GetUtcNow()), ((await ListAsync()).Freshness.Failing, (await ListAsync()).Freshness.Oldest!.Value));
    }

    private static List<string> Ages(IRenderedComponent<PortfolioBillingPage> page) => [.. page.FindAll("td.tenant > .second").Select(age => age.TextContent)];

    private IRenderedComponent<PortfolioBillingPage> Page(ComponentScene circuit, string query = "") =>
        circuit.Render<PortfolioBillingPage>(parameters => parameters.AddCascadingValue(person).AddCascadingValue("Location", $"https://portal.test/portfolio/billing{query}"));

    private async Task<int> ReadAtAsync(DateTimeOffset at)
    {
        await using var db = scene.Database.ForInstallation();
        return await db.BillReadings.IgnoreQueryFilters().CountAsync(reading => reading.ReadAt == at, Watchdog.Token);
    }

    private async Task<List<PortfolioProgress>> CollectAllAsync(bool evenIfFresh)
    {
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        return await scene.Get<PortfolioBillCollecting>().CollectAsync(portfolio, evenIfFresh, Watchdog.Token).ToListAsync(Watchdog.Token);
    }

    private async Task<PortfolioBillContent> ListAsync(string query = "")
    {
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        return await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Parse($"/portfolio/billing{query}"), Watchdog.Token);
    }

    private async Task CollectAsync(string slug, SoracomCoverage coverage) =>
        Assert.Null(await scene.Get<BillingCollector>().CollectAsync(await scene.TenantIdAsync(slug), coverage, new BillingWay(scene.Get<TenantSoracom>(), tenant: null), freshFor: null, Watchdog.Token));
}
