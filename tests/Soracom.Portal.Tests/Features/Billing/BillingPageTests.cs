using System.Net;
using System.Text;
using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Pages;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>The pages show what the portal keeps, in the account's currency and the reader's language, and say how old it is.</summary>
public sealed class BillingPageTests : IAsyncLifetime
{
    private BillingScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-10T12:00Z");
        circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Open_TheFirstTime_CollectsTheBills()
    {
        var page = Open();

        page.WaitForAssertion(() => Assert.Equal("202604", page.Find(".bar option").GetAttribute("value")));
        var bill = await scene.MonthAsync(202604);
        Assert.Equal(19, page.FindAll(".bar option").Count);
        Assert.StartsWith($"¥{bill.Amount:N0}", page.Find(".tiles strong").TextContent, StringComparison.Ordinal);
        Assert.Contains("Preliminary", page.Find(".tiles").TextContent, StringComparison.Ordinal);
        Assert.Equal($"¥{bill.Forecast:N0}", page.FindAll(".tiles strong")[1].TextContent);
        Assert.Contains("Read just now", page.Find(".fresh").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "¥")]
    [InlineData("?coverage=g", "$")]
    [InlineData("?by=sim", "¥")]
    [InlineData("?by=group&month=202603", "¥")]
    [InlineData("?by=tag&coverage=g", "$")]
    [InlineData("?month=202411", "¥")]
    public async Task Rows_AddUpToTheBill_OnThePage(string query, string sign)
    {
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        var page = Open(query);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tfoot")));

        var amounts = page.FindAll("[aria-labelledby=bill-rows] tbody tr:not(.part)").Select(row => Amount(row.QuerySelectorAll("td")[1].TextContent)).ToList();

        Assert.NotEmpty(amounts);
        var total = page.Find("[aria-labelledby=bill-rows] tfoot td:nth-child(3)").TextContent;
        Assert.StartsWith(sign, total, StringComparison.Ordinal);
        Assert.Equal(Amount(total), amounts.Sum());
    }

    [Theory]
    [InlineData("en", "Data traffic", "Tax, discounts, corrections and rounding", "No figure")]
    [InlineData("ja", "データ通信料", "税・割引・訂正・端数", "データなし")]
    public async Task Table_OfDays_SaysWhatTheChartShows_AndWhichDayIsMissing(string language, string item, string difference, string missing)
    {
        await scene.CollectAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillDays WHERE Day = '2026-04-05'");
        using var speaking = new Speaking(language);

        var page = Open("?days=table");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-days] tbody tr")));

        var days = page.FindAll("[aria-labelledby=bill-days] tbody tr");
        Assert.Equal(10, days.Count);
        Assert.Equal([4], days.Index().Where(day => day.Item.TextContent.Contains(missing, StringComparison.Ordinal)).Select(day => day.Index));
        var foot = page.FindAll("[aria-labelledby=bill-days] tfoot td").Select(cell => Amount(cell.TextContent)).ToList();
        Assert.Equal(foot[^1], foot.SkipLast(1).Sum());
        var rows = page.Find("[aria-labelledby=bill-rows] tbody").TextContent;
        Assert.Contains(item, rows, StringComparison.Ordinal);
        Assert.Contains(difference, rows, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-04-10T12:00Z", "202603", "2026-03-30", 31, 2)]
    [InlineData("2026-04-10T12:00Z", "202604", "2026-04-09", 10, 2)]
    [InlineData("2026-05-01T06:00Z", "202604", "2026-04-30", 30, 1)]
    public async Task Days_MissingAtTheEnd_AreAGap_AndNotNothing(string at, string month, string from, int counted, int missing)
    {
        await DisposeAsync();
        scene = await BillingScene.StartAsync(TenantRole.Billing, at);
        circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        await scene.CollectAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillDays WHERE Day >= $from", ("$from", from));

        var chart = Open($"?month={month}");
        chart.WaitForAssertion(() => Assert.NotEmpty(chart.FindAll("[aria-labelledby=bill-days] path.gap")));
        var table = Open($"?month={month}&days=table");
        table.WaitForAssertion(() => Assert.NotEmpty(table.FindAll("[aria-labelledby=bill-days] tbody tr")));

        Assert.Equal(missing, chart.Find("[aria-labelledby=bill-days] path.gap").GetAttribute("d")!.Count(step => step == 'M'));
        Assert.Equal(missing, JsonSerializer.Deserialize<string[]>(chart.Find("[data-chart]").GetAttribute("data-chart")!)!.Count(tip => tip.Contains("No figure", StringComparison.Ordinal)));
        Assert.Contains("No figure", chart.Find("[aria-labelledby=bill-days] .legend").TextContent, StringComparison.Ordinal);
        var rows = table.FindAll("[aria-labelledby=bill-days] tbody tr").Select(row => row.TextContent.Contains("No figure", StringComparison.Ordinal)).ToList();
        Assert.Equal(counted, rows.Count);
        Assert.Equal([.. Enumerable.Repeat(element: false, counted - missing), .. Enumerable.Repeat(element: true, missing)], rows);
    }

    [Theory]
    [InlineData("en", "not the whole day")]
    [InlineData("ja", "1日の途中まで")]
    public async Task Days_ToldBeforeTheyWereOver_AndFailingSince_AreMarked_AndNoWholeOnes(string language, string part)
    {
        await scene.CollectAsync();
        scene.Until("2026-04-12T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/*/daily", Status = 422, Count = 50 });
        Assert.NotNull(await scene.CollectAsync());
        using var speaking = new Speaking(language);
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var later = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var table = Open("?days=table", tenant, later);
        table.WaitForAssertion(() => Assert.Equal(12, table.FindAll("[aria-labelledby=bill-days] tbody tr").Count));
        var chart = Open("", tenant, later);
        chart.WaitForAssertion(() => Assert.NotEmpty(chart.FindAll("[data-chart]")));

        Assert.Equal([9], table.FindAll("[aria-labelledby=bill-days] tbody tr").Index().Where(day => day.Item.TextContent.Contains(part, StringComparison.Ordinal)).Select(day => day.Index));
        Assert.Equal([9], JsonSerializer.Deserialize<string[]>(chart.Find("[data-chart]").GetAttribute("data-chart")!)!.Index().Where(tip => tip.Item.Contains(part, StringComparison.Ordinal)).Select(tip => tip.Index));
        var view = await scene.Portal.Get<Bills>().MonthAsync(tenant, SoracomCoverage.Japan, BillQuery.Newest, Watchdog.Token);
        var known = (await scene.DaysAsync()).Where(day => day.Day.Day <= 9).ToLookup(day => (day.Day.Year * 100) + day.Day.Month, day => day.Amount);
        Assert.Equal(new BillAlike(9, known[202604].Sum(), known[202603].Sum()), view.Alike);
    }

    [Theory]
    [InlineData(202504)]
    [InlineData(202411)]
    [InlineData(202603)]
    public async Task SameDays_AreSetBesideThoseOfAnyMonth_AndMakeNoOtherForecast(int against)
    {
        await scene.CollectAsync();
        async Task<BillView> ViewAsync(BillQuery query) => await scene.Portal.Get<Bills>().MonthAsync(scene.Tenant, SoracomCoverage.Japan, query, Watchdog.Token);

        var (view, usual) = (await ViewAsync(BillQuery.Newest with { Against = new(against / 100, against % 100) }), await ViewAsync(BillQuery.Newest));

        var known = (await scene.DaysAsync()).Where(day => day.Day.Day <= 9).ToLookup(day => (day.Day.Year * 100) + day.Day.Month, day => day.Amount);
        Assert.Equal(new BillAlike(9, known[202604].Sum(), known[against].Sum()), view.Alike);
        Assert.Equal((usual.Outlook!.Amount, usual.Outlook.Low, usual.Outlook.High, usual.Days.Count), (view.Outlook!.Amount, view.Outlook.Low, view.Outlook.High, view.Days.Count));
        // A later month beside an earlier one brings no days into that.
        var earlier = await ViewAsync(BillQuery.Newest with { Month = new(2025, 4), Against = new(2026, 4) });
        Assert.Equal(30, earlier.Days.Count);
    }

    [Fact]
    public async Task Days_OfAMonthThatIsOver_GoToItsEnd_AlsoWhereTheyWereNotReadSince()
    {
        await using var late = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-29T12:00Z");
        await late.CollectAsync();
        await late.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillDays WHERE Day >= '2026-04-29'");
        async Task<IReadOnlyList<(DateOnly Day, decimal? Amount)>> CountedAsync()
        {
            using var tenant = await late.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
            return (await late.Portal.Get<Bills>().MonthAsync(tenant, SoracomCoverage.Japan, BillQuery.Newest, Watchdog.Token)).CountedDays;
        }

        var before = await CountedAsync();
        late.Until("2026-05-01T00:00Z");
        var after = await CountedAsync();

        Assert.Equal((29, 1), (before.Count, before.Count(day => day.Amount is null)));
        Assert.Equal((30, 2), (after.Count, after.Count(day => day.Amount is null)));
    }

    [Fact]
    public async Task Open_VendorFails_ShowsWhatThereIs_AndWhatIsWrong()
    {
        await scene.CollectAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills", Status = 503, Count = 5 });
        scene.Clock.Advance(TimeSpan.FromHours(2));

        var page = Open();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".trouble .notice")));
        Assert.NotEmpty(page.FindAll(".tiles strong"));
    }

    [Theory]
    [InlineData("en", "Partly read just now", "all of it", "Never read")]
    [InlineData("ja", "一部のみ", "全体の", "未取得")]
    public async Task Head_AfterAReadingThatCameToHalfOfIt_SaysHowOldThatIs(string language, string partly, string whole, string never)
    {
        using var speaking = new Speaking(language);
        var fault = new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries", Status = 422, Count = 50 };
        scene.Portal.Sandbox.Faults.Arm(fault);
        var first = Open();
        first.WaitForAssertion(() => Assert.Contains(partly, first.Find(".page-head .fresh").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(never, first.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(whole, first.Find(".page-head .fresh").TextContent, StringComparison.Ordinal);

        scene.Portal.Sandbox.Faults.Clear();
        Assert.Null(await scene.CollectAsync());
        scene.Clock.Advance(TimeSpan.FromHours(3));
        scene.Portal.Sandbox.Faults.Arm(fault);
        Assert.NotNull(await scene.CollectAsync());
        await using var later = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var second = Open("", null, later);
        second.WaitForAssertion(() => Assert.Contains(whole, second.Find(".page-head .fresh").TextContent, StringComparison.Ordinal));
        Assert.Contains(partly, second.Find(".page-head .fresh").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "counted beyond the total", "counted at another time")]
    [InlineData("ja", "内訳は合計より後", "集計時点の差")]
    public async Task Remainder_OfAMonthThatIsOverAndNotClosed_IsNotCalledTaxAlone(string language, string rows, string days)
    {
        await using var early = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-30T12:00Z");
        await early.CollectAsync();
        early.Until("2026-05-01T06:00Z");
        await early.CollectAsync();
        var april = await early.MonthAsync(202604);
        using var speaking = new Speaking(language);
        using var tenant = await early.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var later = new ComponentScene(early.Portal, clock: new FakeTime(early.Clock.GetUtcNow()));

        var page = Open("?month=202604&days=table", tenant, later);

        page.WaitForAssertion(() => Assert.Contains(rows, page.Find("[aria-labelledby=bill-rows] tbody").TextContent, StringComparison.Ordinal));
        Assert.Contains(days, page.Find("[aria-labelledby=bill-days] tfoot").TextContent, StringComparison.Ordinal);
        Assert.Equal((new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)), (april.ItemsAsOf, april.DaysAsOf));
        var person = await early.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        using var portfolio = await early.Portal.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        var all = (await early.Portal.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Parse("?month=202604"), Watchdog.Token)).Currencies.Single(currency => currency.Currency == "JPY");
        Assert.Equal(april.Amount + april.CouponAmount - april.ItemsTotal, Assert.Single(all.Services, row => row.Kind == BillRowKind.Ahead).Amount);
        Assert.Equal(all.SoFar.Amount.Amount, all.Services.Sum(row => row.Amount));

        early.Until("2026-05-04T03:30Z");
        await early.CollectAsync();
        using var then = await early.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var closing = new ComponentScene(early.Portal, clock: new FakeTime(early.Clock.GetUtcNow()));
        var closed = Open("?month=202604&days=table", then, closing);
        closed.WaitForAssertion(() => Assert.NotEmpty(closed.FindAll("[aria-labelledby=bill-rows] tbody tr")));
        Assert.DoesNotContain(rows, closed.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(days, closed.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClosedBill_ThatTheVendorCorrects_IsShownWithWhatItWas_AndItsFileCanBeMadeAnew()
    {
        await scene.CollectAsync();
        var march = await scene.MonthAsync(202603);
        await scene.CorrectAsync("202603", -1200);

        var page = Open("?month=202603");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".tiles strong")));
        Assert.Empty(page.FindAll("#bill-changed"));
        await scene.CollectAsync();
        page = Open("?month=202603");
        page.WaitForAssertion(() => Assert.Equal([$"¥{march.Amount:N0}", $"¥{march.Amount - 1200:N0}"], page.FindAll("[aria-labelledby=bill-changed] strong").Select(amount => amount.TextContent)));
        Assert.StartsWith($"¥{march.Amount - 1200:N0}", page.Find(".tiles strong").TextContent, StringComparison.Ordinal);
        var total = page.Find("[aria-labelledby=bill-rows] tfoot td:nth-child(3)").TextContent;
        Assert.Equal(march.Amount - 1200, Amount(total));
        Assert.Equal(2, (await scene.MonthAsync(202603)).Revision);
        Assert.Contains("Bill corrected after it was closed: \u2212¥1,200", page.Find("[aria-labelledby=bill-rows] tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains("\u2212¥1,200", page.Find("[aria-labelledby=bill-changed]").TextContent, StringComparison.Ordinal);
        Assert.Contains("counted up to", page.Find("[aria-labelledby=bill-rows] .note").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Months and days begin at midnight UTC", "Preliminary")]
    [InlineData("ja", "UTC", "未確定")]
    public async Task AfterMidnightInTokyo_ThePageIsStillInTheMonthOfUtc_AndThenTheMonthBeforeIsNotFinalYet(string language, string utc, string preliminary)
    {
        await using var tokyo = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-30T15:30Z");
        Assert.Equal("Asia/Tokyo", tokyo.Tenant.Tenant.TimeZone);
        await tokyo.CollectAsync();
        using var speaking = new Speaking(language);
        await using var first = new ComponentScene(tokyo.Portal, clock: new FakeTime(tokyo.Clock.GetUtcNow()));
        var page = Open("?days=table", tokyo.Tenant, first);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-days] tbody tr")));

        // It is half past midnight on the first of May there.
        Assert.Equal("202604", page.Find(".bar option").GetAttribute("value"));
        Assert.Contains(utc, page.Find(".bar").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("2026-04-30", page.FindAll("[aria-labelledby=bill-days] tbody th")[^1].TextContent, StringComparison.Ordinal);
        Assert.Contains("2026-05-01 00:00", page.Find(".tiles time").GetAttribute("title"), StringComparison.Ordinal);

        tokyo.Until("2026-05-01T00:30Z");
        using var tenant = await tokyo.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await tokyo.CollectAsync();
        await using var second = new ComponentScene(tokyo.Portal, clock: new FakeTime(tokyo.Clock.GetUtcNow()));
        page = Open("", tenant, second);
        page.WaitForAssertion(() => Assert.Equal("202605", page.Find(".bar option").GetAttribute("value")));
        Assert.Contains(page.FindAll(".tiles dt").Skip(1), tile => tile.TextContent.Contains(preliminary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sims_ThatAreNotToldOfBothMonths_HaveNoFigure_RatherThanNothing()
    {
        await scene.CollectAsync();
        // As if the vendor had told the 100 dearest, and there were more.
        await scene.Portal.TestDatabase.ExecuteAsync(
            """
            INSERT INTO BillLines (TenantId, Coverage, OperatorId, Month, Kind, Source, "Key", Category, Currency, Amount, IsKnown, Name, GroupId, GroupName, Tags)
            WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 100)
            SELECT TenantId, Coverage, OperatorId, Month, Kind, Source, printf('89%017d', number), Category, Currency, Amount, 0, '', '', '', '{}'
            FROM numbers, (SELECT * FROM BillLines WHERE Kind = 'Sim' AND Month = 202603 LIMIT 1)
            """);

        var page = Open("?by=sim&month=202602&against=202603");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));

        Assert.Contains("one that is not among the dearest has no figure", page.Find("[aria-labelledby=bill-rows] .note").TextContent, StringComparison.Ordinal);
        // Of February all are told: what is new in March cost nothing then.
        Assert.Contains(page.FindAll("[aria-labelledby=bill-rows] tbody tr"), row => row.TextContent.Contains("8900000000000000001", StringComparison.Ordinal) && !row.TextContent.Contains("No figure", StringComparison.Ordinal));
        page = Open("?by=sim&month=202603&against=202602");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillLines WHERE Kind = 'Sim' AND Month = 202603 AND \"Key\" NOT LIKE '8900000%'");
        page = Open("?by=sim&month=202602&against=202603");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("[aria-labelledby=bill-rows] tbody tr"), row => row.TextContent.Contains("No figure", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_OfACoverageWithoutACredential_SaysThat(bool isMissing)
    {
        using var tenant = await scene.Portal.OpenAsync(isMissing ? PortalScene.Nagisa : PortalScene.Aoba, TenantRole.Owner);

        var page = circuit.Render<BillingHistoryPage>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.BillingHistory(tenant.Tenant.Slug, SoracomCoverage.Global)}")
            .Add(opened => opened.Slug, tenant.Tenant.Slug));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice")));
        Assert.Equal(isMissing, page.Find(".notice").TextContent.Contains("credential", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("en", "costs by day", "so far against a whole month", "days 1 to 9")]
    [InlineData("ja", "日別の料金", "途中までと月全体との差", "1日〜9日")]
    public async Task Page_SaysWhatTheCredentialMayNotRead_AndThatTheMonthIsNoWholeOne(string language, string denied, string soFar, string days)
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/*/daily", Status = 403 });
        await scene.CollectAsync();
        using var speaking = new Speaking(language);
        var refused = Open();
        refused.WaitForAssertion(() => Assert.Contains(denied, refused.Find(".notice.denied").TextContent, StringComparison.Ordinal));
        Assert.Contains("Billing:getBillingPerDay", refused.Find(".notice.denied").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("getBillingSummaryOfSims", refused.Find(".notice.denied").TextContent, StringComparison.Ordinal);
        Assert.Contains(soFar, refused.Find("[aria-labelledby=bill-rows] thead").TextContent, StringComparison.Ordinal);
        Assert.Empty(refused.FindAll("[aria-labelledby=bill-rows] tr.alike"));
        Assert.Empty(refused.FindAll("[aria-labelledby=bill-rows] .up, [aria-labelledby=bill-rows] .down"));

        await scene.CollectAsync();
        var whole = Open();
        whole.WaitForAssertion(() => Assert.Contains(days, whole.Find("[aria-labelledby=bill-rows] tr.alike").TextContent, StringComparison.Ordinal));
        Assert.Empty(whole.FindAll(".notice.denied"));
        var known = await scene.DaysAsync();
        Assert.Equal(
            [(4, 9), (3, 9)],
            whole.FindAll("[aria-labelledby=bill-rows] tr.alike td.num").Take(2).Select((cell, index) => (4 - index, known.Where(day => day.Day.Year == 2026 && day.Day.Month == 4 - index && day.Day.Day <= 9).Sum(day => day.Amount) == Amount(cell.TextContent) ? 9 : 0)));
        var closed = Open("?month=202603");
        closed.WaitForAssertion(() => Assert.NotEmpty(closed.FindAll("[aria-labelledby=bill-rows] tbody tr")));
        Assert.DoesNotContain(soFar, closed.Find("[aria-labelledby=bill-rows] thead").TextContent, StringComparison.Ordinal);
        Assert.Empty(closed.FindAll("[aria-labelledby=bill-rows] tr.alike"));
        Assert.NotEmpty(closed.FindAll("[aria-labelledby=bill-rows] .up, [aria-labelledby=bill-rows] .down"));
    }

    [Theory]
    [InlineData("2026-05-01T06:00Z", "", "so far", "Preliminary", false)]
    [InlineData("2026-05-04T02:30Z", "", "so far", "Preliminary", false)]
    [InlineData("2026-05-04T03:30Z", "", "so far", "whole month", true)]
    [InlineData("2026-05-01T06:00Z", "?month=202604", "Preliminary", null, false)]
    [InlineData("2026-05-04T02:30Z", "?month=202604", "Preliminary", null, false)]
    [InlineData("2026-05-04T03:30Z", "?month=202604", null, null, true)]
    [InlineData("2026-05-02T06:00Z", "?month=202604&against=202605", "Preliminary", "so far", false)]
    [InlineData("2026-05-02T06:00Z", "?month=202603&against=202604", null, "Preliminary", false)]
    [InlineData("2026-05-02T06:00Z", "?month=202603&against=202605", "whole month", "so far", false)]
    [InlineData("2026-05-02T06:00Z", "?against=202603", "so far", "whole month", true)]
    [InlineData("2026-05-04T03:30Z", "?month=202604&against=202605", "whole month", "so far", false)]
    public async Task Columns_ThatAreNotFinal_AreMarked_AndChangesAreToldOfFinalBillsAlone(string at, string query, string? month, string? against, bool tells)
    {
        await using var early = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-30T20:00Z");
        await early.CollectAsync();
        early.Until(at);
        await early.CollectAsync();
        using var tenant = await early.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var later = new ComponentScene(early.Portal, clock: new FakeTime(early.Clock.GetUtcNow()));

        var page = Open(query, tenant, later);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));

        var heads = page.FindAll("[aria-labelledby=bill-rows] thead th");
        Assert.Equal((month, against), (heads[2].QuerySelector(".second")?.TextContent, heads[3].QuerySelector(".second")?.TextContent));
        var changes = page.FindAll("[aria-labelledby=bill-rows] tbody td:last-child, [aria-labelledby=bill-rows] tfoot tr:not(.alike) td:last-child").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal(tells, changes.Exists(change => change != "–"));
        Assert.Equal(!tells, heads[4].TextContent.Contains("told once both bills are final", StringComparison.Ordinal));
        // What is under way is never called less than a whole month.
        Assert.Equal(tells && month is null, page.FindAll("[aria-labelledby=bill-rows] tr:not(.alike) .up, [aria-labelledby=bill-rows] tr:not(.alike) .down").Count > 0);
    }

    [Theory]
    [InlineData("en", "Not broken down yet", "Items are counted up to", "SIMs are counted up to")]
    [InlineData("ja", "内訳がまだない料金", "料金項目の集計時点", "SIMの集計時点")]
    public async Task Items_ReadOnTheFifth_AndFailingSince_AreToldWithTheirAge_AndMakeNoChargesOfDays(string language, string notYet, string items, string sims)
    {
        await using var late = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-05T12:00Z");
        await late.CollectAsync();
        var fifth = await late.MonthAsync(202604);
        late.Until("2026-04-10T12:00Z");
        late.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries/bill_items", Status = 422, Count = 50 });
        Assert.NotNull(await late.CollectAsync());
        var tenth = await late.MonthAsync(202604);

        Assert.Equal((fifth.AsOf, fifth.ItemsTotal), (tenth.ItemsAsOf, tenth.ItemsTotal));
        Assert.Equal((tenth.AsOf, tenth.AsOf!.Value.Day), (tenth.SimsAsOf, 10));

        using var speaking = new Speaking(language);
        using var tenant = await late.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var later = new ComponentScene(late.Portal, clock: new FakeTime(late.Clock.GetUtcNow()));
        string Rows(string query)
        {
            var page = Open(query, tenant, later);
            page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));
            return page.Find("[aria-labelledby=bill-rows]").TextContent;
        }

        var (services, bySim) = (Rows(""), Rows("?by=sim"));
        Assert.All([services, bySim], rows => Assert.Contains(notYet, rows, StringComparison.Ordinal));
        Assert.All([services, bySim], rows => Assert.Contains(items, rows, StringComparison.Ordinal));
        Assert.DoesNotContain(sims, services, StringComparison.Ordinal);
        Assert.Contains(sims, bySim, StringComparison.Ordinal);
        var person = await late.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        using var portfolio = await late.Portal.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        var all = (await late.Portal.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Usual, Watchdog.Token)).Currencies.Single(currency => currency.Currency == "JPY");
        Assert.Equal(tenth.Amount + tenth.CouponAmount - tenth.ItemsTotal, Assert.Single(all.Services, row => row.Kind == BillRowKind.NotYet).Amount);
        Assert.DoesNotContain(all.Services, row => row.Kind == BillRowKind.Difference);

        // Days are in the total: they are not expected once more as charges by the month.
        late.Portal.Sandbox.Faults.Clear();
        Assert.Null(await late.CollectAsync());
        var fresh = await late.MonthAsync(202604);
        Assert.Equal((fresh.AsOf, tenth.AsOf), (fresh.ItemsAsOf, fresh.AsOf));
        Assert.InRange(tenth.Forecast!.Value, tenth.Amount!.Value, fresh.Forecast!.Value);
        Assert.DoesNotContain(notYet, Rows(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AndWaitingOnIt_HasFiguresReadAnewThatHaveBecomeOld()
    {
        await scene.CollectAsync();
        var first = (await scene.ReadingAsync()).ReadAt;
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("Read just now", page.Find(".fresh").TextContent, StringComparison.Ordinal));
        await TickAsync(TimeSpan.FromMinutes(50));
        Assert.Equal(first, (await scene.ReadingAsync()).ReadAt);

        // Looked at every five minutes, nothing gets older than an hour.
        await TickAsync(TimeSpan.FromMinutes(6));

        page.WaitForAssertion(() => Assert.Equal(scene.Clock.GetUtcNow(), scene.ReadingAsync().GetAwaiter().GetResult().ReadAt));
    }

    [Fact]
    public async Task Choice_GoesIntoTheAddress()
    {
        await scene.CollectAsync();
        var page = Open();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".tiles")));

        page.Act(it => it.Find(".bar select").Change("202602"));
        Assert.Equal("/t/aoba/billing?month=202602", AddressAfterwards());
        page.Act(it => it.Find(".against select").Change("202512"));
        Assert.Equal("/t/aoba/billing?against=202512", AddressAfterwards());
        Assert.Equal("/t/aoba/billing?by=sim", page.FindAll("[aria-labelledby=bill-rows] .choice a")[1].GetAttribute("href"));
        Assert.Equal("/t/aoba/billing?days=table", page.FindAll("[aria-labelledby=bill-days] .choice a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task Sims_WhoMayNotSeeThem_FindsNoLinks()
    {
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        var page = Open("?by=sim");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));

        Assert.Empty(page.FindAll("[aria-labelledby=bill-rows] tbody a"));
        using var owner = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var theirs = Open("?by=sim", owner);
        theirs.WaitForAssertion(() => Assert.NotEmpty(theirs.FindAll("[aria-labelledby=bill-rows] tbody a")));
    }

    [Fact]
    public async Task Open_WhileSomebodyElseReadsForTheFirstTime_SaysSo_AndShowsWhatCameOfIt()
    {
        await scene.CollectAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillLines");
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillDays");
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillMonths");
        await SetReadingAsync(reading => (reading.ReadAt, reading.Holder, reading.HeldUntil) = (null, Guid.NewGuid(), scene.Clock.GetUtcNow().AddMinutes(2)));

        var page = Open();

        page.WaitForAssertion(() => Assert.Contains("Reading the bills for the first time", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Nothing has been billed", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Never read", page.Markup, StringComparison.Ordinal);
        await SetReadingAsync(reading => (reading.ReadAt, reading.Holder, reading.HeldUntil) = (scene.Clock.GetUtcNow(), null, null));
        page.WaitForAssertion(() =>
        {
            circuit.Clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Contains("Nothing has been billed", page.Markup, StringComparison.Ordinal);
        });
        Assert.Contains("Read just now", page.Find(".fresh").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondCoverage_ChosenWhileTheFirstIsRead_IsReadToo()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/bills/latest", Delay = TimeSpan.FromSeconds(10) });
        var looking = new BillLooking(scene.Portal.Get<Bills>(), scene.Tenant, circuit.Clock, () => Task.CompletedTask, Watchdog.Token);
        await looking.LoadAsync();

        var first = looking.ReadAsync(SoracomCoverage.Japan, evenIfFresh: false);
        // The slow answer is Japan's.
        while (scene.Portal.Sandbox.Faults.Armed.Count > 0)
        {
            await Task.Delay(10, Watchdog.Token);
        }

        await looking.ReadAsync(SoracomCoverage.Global, evenIfFresh: false);

        Assert.Equal((true, false), (looking.IsReading(SoracomCoverage.Japan), looking.IsReading(SoracomCoverage.Global)));
        Assert.NotNull(looking.Of(SoracomCoverage.Global)!.ReadAt);
        Assert.Equal(19, (await scene.MonthsAsync(SoracomCoverage.Global)).Count);
        while (!first.IsCompleted)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(first, Task.Delay(10, Watchdog.Token));
        }

        await first;
        Assert.NotNull(looking.Of(SoracomCoverage.Japan)!.ReadAt);
    }

    [Fact]
    public async Task History_OpenedFirst_CollectsTheBills_AndKeepsThemFresh()
    {
        var page = History();
        page.WaitForAssertion(() => Assert.Equal(19, page.FindAll("tbody tr").Count));
        var first = (await scene.ReadingAsync()).ReadAt;
        page.WaitForAssertion(() => Assert.Contains("Read just now", page.Find(".fresh").TextContent, StringComparison.Ordinal));

        scene.Clock.Advance(TimeSpan.FromHours(2));
        page.Act(it => it.Find("button.refresh").Click());

        page.WaitForAssertion(() => Assert.Equal(scene.Clock.GetUtcNow(), scene.ReadingAsync().GetAwaiter().GetResult().ReadAt));
        Assert.NotEqual(first, scene.Clock.GetUtcNow());
    }

    [Fact]
    public async Task History_VendorFails_ShowsWhatThereIs_AndWhatIsWrong()
    {
        await scene.CollectAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills", Status = 503, Count = 5 });
        scene.Clock.Advance(TimeSpan.FromHours(2));

        var page = History();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".trouble .notice")));
        Assert.Equal(19, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task History_TellsEveryMonth_AndTheFileHoldsThemAll()
    {
        await scene.CollectAsync();
        await scene.CollectAsync(SoracomCoverage.Global);
        var page = History();
        page.WaitForAssertion(() => Assert.Equal(19, page.FindAll("tbody tr").Count));
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);

        var file = await visitor.DownloadAsync(page.Find("a[download]").GetAttribute("href")!);

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Equal("attachment; filename=billing-aoba-2026-04-10.csv", file.Headers["Content-Disposition"]);
        var rows = CsvText.Read(Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), ',').Skip(1).Select(row => row.Cells).ToList();
        Assert.Equal(38, rows.Count);
        var march = await scene.MonthAsync(202603);
        Assert.Contains(rows, row => row is ["202603", "jp", "JPY", ..] && row[3] == BillWords.Text(march.Amount) && row[5] == "closed");
        Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry is { Action: AuditActions.BillsExported, ObjectName: "38", Outcome: AuditOutcome.Succeeded });
    }

    [Fact]
    public async Task File_OfATenantThatOneMayNotSee_IsRefused()
    {
        using var viewer = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));
        using var foreigner = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.DownloadAsync(PortalUrls.BillingFile(PortalScene.Aoba))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.DownloadAsync(PortalUrls.BillingFile(PortalScene.Aoba))).Status);
    }

    [Theory]
    [InlineData("?coverage=g&month=202602&against=202502&by=tag&tag=site&days=table")]
    [InlineData("?by=group")]
    [InlineData("")]
    public void Query_ComesBackAsItWas(string query) => Assert.Equal(query, BillQuery.Parse($"/t/aoba/billing{query}").ToQueryString());

    [Theory]
    [InlineData("?coverage=x&month=2026&against=202613&by=nonsense&days=maybe&tag=a")]
    public void Query_ThatSaysNothing_IsTheUsual(string query) => Assert.Equal("", BillQuery.Parse($"/t/aoba/billing{query}").ToQueryString());

    /// <summary>Time goes by while the page is open: the vendor's first, then the page looks.</summary>
    private async Task TickAsync(TimeSpan by)
    {
        scene.Clock.Advance(by);
        circuit.Clock.Advance(TimeSpan.FromMinutes(5));
        await Task.Delay(300, Watchdog.Token);
    }

    private static decimal Amount(string text) =>
        decimal.Parse(text.Replace("\u2212", "-", StringComparison.Ordinal).Replace("¥", "", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal).Trim(), System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);

    private IRenderedComponent<BillingPage> Open(string query = "", TenantContext? tenant = null, ComponentScene? where = null) => (where ?? circuit).Render<BillingPage>(parameters => parameters
        .AddCascadingValue(tenant ?? scene.Tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Billing(PortalScene.Aoba)}{query}")
        .Add(opened => opened.Slug, PortalScene.Aoba));

    private IRenderedComponent<BillingHistoryPage> History() => circuit.Render<BillingHistoryPage>(parameters => parameters
        .AddCascadingValue(scene.Tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.BillingHistory(PortalScene.Aoba)}")
        .Add(opened => opened.Slug, PortalScene.Aoba));

    private async Task SetReadingAsync(Action<BillReading> change)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        change(await db.BillReadings.SingleAsync(reading => reading.Coverage == "jp", Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }

    private string AddressAfterwards()
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        return "/" + navigation.ToBaseRelativePath(navigation.Uri);
    }
}
