using System.Reflection;
using System.Text;
using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Forecasting;
using Soracom.Portal.Features.Billing.Pages;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>What figures stand on is one thing on all pages, and is said: coupons, times of counting, months that are over, and those that are not known.</summary>
public sealed class BillBasisTests : IAsyncLifetime
{
    private BillingScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-05T12:00Z");
        circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        await scene.CollectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "before coupons", "after coupons")]
    [InlineData("ja", "クーポン適用前", "クーポン適用後")]
    public async Task ChangeOfABillWithCoupons_IsTheSameEverywhere_AndItsBasisIsSaid(string language, string basis, string after)
    {
        await ChangeAsync(202603, month => (month.Amount, month.CouponAmount) = (month.Amount + month.CouponAmount - 777, 777));
        var (march, february) = (await scene.MonthAsync(202603), await scene.MonthAsync(202602));
        var (now, was) = (march.Amount!.Value + 777, february.Amount!.Value + february.CouponAmount);
        using var speaking = new Speaking(language);
        var (change, share) = (MoneyText.Change(new Money(now - was, "JPY")), MoneyText.Share(was, now)!);
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing);

        var month = Open("?month=202603");
        var history = circuit.Render<BillingHistoryPage>(parameters => parameters
            .AddCascadingValue(scene.Tenant).AddCascadingValue("Location", $"https://portal.test{PortalUrls.BillingHistory(PortalScene.Aoba)}").Add(opened => opened.Slug, PortalScene.Aoba));
        var all = circuit.Render<PortfolioBillingPage>(parameters => parameters.AddCascadingValue(person).AddCascadingValue("Location", "https://portal.test/portfolio/billing?month=202603"));

        month.WaitForAssertion(() => Assert.NotEmpty(month.FindAll("[aria-labelledby=bill-rows] tfoot")));
        history.WaitForAssertion(() => Assert.Equal(19, history.FindAll("tbody tr").Count));
        all.WaitForAssertion(() => Assert.NotEmpty(all.FindAll("[aria-labelledby=bills-JPY] .bills tbody tr")));
        var gross = month.Find("[aria-labelledby=bill-rows] tfoot tr.gross").TextContent;
        Assert.Contains(change, gross, StringComparison.Ordinal);
        Assert.Contains(share, gross, StringComparison.Ordinal);
        Assert.Equal("–", month.FindAll("[aria-labelledby=bill-rows] tfoot tr:first-child td")[^1].TextContent.Trim());
        Assert.Contains(basis, month.Find("[aria-labelledby=bill-rows] thead").TextContent, StringComparison.Ordinal);
        Assert.Contains(month.FindAll(".tiles .card"), tile => tile.TextContent.Contains(share, StringComparison.Ordinal) && tile.TextContent.Contains(basis, StringComparison.Ordinal));
        var row = history.FindAll("tbody tr").Single(one => one.QuerySelector("a")!.TextContent == BillWords.Month(202603)).TextContent;
        Assert.Contains(change, row, StringComparison.Ordinal);
        Assert.Contains(share, row, StringComparison.Ordinal);
        Assert.Contains(basis, history.Find("thead").TextContent, StringComparison.Ordinal);
        var account = all.Find("[aria-labelledby=bills-JPY] .bills tbody tr");
        Assert.Contains(change, account.TextContent, StringComparison.Ordinal);
        Assert.Contains(share, account.TextContent, StringComparison.Ordinal);
        Assert.Contains(basis, all.Find("[aria-labelledby=bills-JPY] .bills thead").TextContent, StringComparison.Ordinal);
        Assert.Contains(basis, all.Find(".controls").TextContent, StringComparison.Ordinal);

        // What coupons took off is a column and a line of its own, on the page and in the file.
        Assert.Contains("\u2212¥777", account.QuerySelector("td.coupons")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(MoneyText.Of(new Money(march.Amount.Value, "JPY")), account.QuerySelector("td.coupons")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("\u2212¥777", all.Find("[aria-labelledby=bills-JPY] .sums").TextContent, StringComparison.Ordinal);
        Assert.Equal([MoneyText.Of(new Money(now, "JPY")), "\u2212¥777", MoneyText.Of(new Money(march.Amount.Value, "JPY"))], all.FindAll("[aria-labelledby=bills-JPY-services] tfoot td").Select(cell => cell.TextContent));
        Assert.Contains(after, all.Find("[aria-labelledby=bills-JPY-services] tfoot").TextContent, StringComparison.Ordinal);
        using var visitor = new Visitor(scene.Portal, person);
        var file = await visitor.DownloadAsync(PortalUrls.PortfolioBillingFile(PortfolioBillQuery.Parse("?month=202603")));
        var rows = CsvText.Read(Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), ',').Select(line => line.Cells).ToList();
        Assert.Equal((BillWords.Text(now), "777", BillWords.Text(march.Amount)), rows.Single(cells => cells[1] == "jp") is var told ? (told[4], told[15], told[16]) : default);
        if (language == "en")
        {
            Assert.All(new[] { 4, 6, 8, 10, 11 }, column => Assert.Contains(basis, rows[0][column], StringComparison.Ordinal));
            Assert.Equal(("Coupons", "With tax, after coupons"), (rows[0][15], rows[0][16]));
        }
    }

    [Fact]
    public async Task Coupons_ThatNobodyHas_AreNoLine()
    {
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE BillMonths SET CouponAmount = 0");
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        var month = Open("?month=202603");
        var all = circuit.Render<PortfolioBillingPage>(parameters => parameters.AddCascadingValue(person).AddCascadingValue("Location", "https://portal.test/portfolio/billing?month=202603"));

        month.WaitForAssertion(() => Assert.NotEmpty(month.FindAll("[aria-labelledby=bill-rows] tfoot")));
        all.WaitForAssertion(() => Assert.NotEmpty(all.FindAll("[aria-labelledby=bills-JPY] .bills tbody tr")));
        Assert.Empty(month.FindAll("tr.gross"));
        Assert.NotEqual("–", month.FindAll("[aria-labelledby=bill-rows] tfoot tr:first-child td")[^1].TextContent.Trim());
        Assert.Empty(all.FindAll(".coupons"));
        Assert.Single(all.FindAll("[aria-labelledby=bills-JPY-services] tfoot tr"));
    }

    [Theory]
    [InlineData("en", "No figure", "Expected")]
    [InlineData("ja", "データなし", "予測")]
    public async Task History_OfMonthsThatAreNotKnown_HasGaps_AndDoesNotSayThatTheyCostNothing(string language, string missing, string expected)
    {
        await ChangeAsync(202512, month => month.Amount = null);
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillMonths WHERE Month = 202510 AND Coverage = 'jp'");
        using var speaking = new Speaking(language);

        var page = circuit.Render<BillingHistoryPage>(parameters => parameters
            .AddCascadingValue(scene.Tenant).AddCascadingValue("Location", $"https://portal.test{PortalUrls.BillingHistory(PortalScene.Aoba)}").Add(opened => opened.Slug, PortalScene.Aoba));

        page.WaitForAssertion(() => Assert.Equal(18, page.FindAll("tbody tr").Count));
        Assert.Equal(2, page.Find("path.gap").GetAttribute("d")!.Count(step => step == 'M'));
        var tips = JsonSerializer.Deserialize<string[]>(page.Find("[data-chart]").GetAttribute("data-chart")!)!;
        Assert.Equal(19, tips.Length);
        Assert.Equal([BillWords.Month(202510), BillWords.Month(202512)], tips.Where(tip => tip.Contains(missing, StringComparison.Ordinal)).Select(tip => tip.Split('\n')[0]));
        Assert.Single(tips, tip => tip.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(tips, tip => tip.Contains("¥0", StringComparison.Ordinal) && tip.Contains(missing, StringComparison.Ordinal));
        Assert.Contains(missing, page.FindAll("tbody tr").Single(row => row.QuerySelector("a")!.TextContent == BillWords.Month(202512)).TextContent, StringComparison.Ordinal);
        Assert.Contains(missing, page.Find(".legend").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sims_ReadOnTheFifth_AndFailingSince_AreNotAllOfThem_AndMakeNoChanges()
    {
        var fifth = await ViewAsync(BillSplit.Sim);
        Assert.Contains(202604, fifth.WithAllSims);
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries/sims", Status = 422, Count = 50 });
        Assert.NotNull(await scene.CollectAsync());

        var (bySim, byService) = (await ViewAsync(BillSplit.Sim), await ViewAsync(BillSplit.Service));

        Assert.DoesNotContain(202604, bySim.WithAllSims);
        Assert.Equal((true, true), (bySim.TellsChanges, byService.TellsChanges));
        Assert.Equal((true, false), (bySim.Compared(BillQuery.Newest with { Split = BillSplit.Sim }).AreOld, byService.Compared(BillQuery.Newest).AreOld));
        var rows = bySim.Rows(BillQuery.Newest with { Split = BillSplit.Sim });
        Assert.Single(rows, row => row.Row.Kind == BillRowKind.OtherTime);
        Assert.DoesNotContain(rows, row => row.IsTold && row.Row.Kind == BillRowKind.NoSim);
        Assert.Equal(bySim.Against!.Amount, rows.Sum(row => row.Before));
        Assert.Equal(bySim.Month!.Amount, rows.Sum(row => row.Row.Amount));
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var later = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        foreach (var (query, tells) in new[] { ("?by=sim", false), ("", true) })
        {
            var page = Open(query, later, tenant);
            page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));
            Assert.Equal(tells, page.FindAll("[aria-labelledby=bill-rows] tbody td:last-child").Any(cell => cell.TextContent.Trim() != "–"));
        }
    }

    [Theory]
    [InlineData("en", "The month is over", "Expected at month's end", false)]
    [InlineData("ja", "この月は終了", "月末の予測", false)]
    [InlineData("en", "The month is over", "Expected at month's end", true)]
    public async Task MonthThatIsOver_AndNotClosed_HasNoForecast_AndSaysSo(string language, string over, string forecast, bool isReadSince)
    {
        scene.Until("2026-04-30T20:00Z");
        await scene.CollectAsync();
        Assert.NotNull((await ViewAsync(BillSplit.Service)).Outlook);
        scene.Until("2026-05-01T00:30Z");
        if (isReadSince)
        {
            await scene.CollectAsync();
        }

        using var speaking = new Speaking(language);
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        var view = await scene.Portal.Get<Bills>().MonthAsync(tenant, SoracomCoverage.Japan, BillQuery.Newest with { Month = new YearMonth(2026, 4) }, Watchdog.Token);

        Assert.Equal((true, null), (view.IsOver, view.Outlook));
        // Whoever looks does not have it read: what is kept is what is shown.
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/latest", Status = 503, Count = 50 });
        await using var later = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Open("?month=202604", later, tenant);
        page.WaitForAssertion(() => Assert.Contains(over, page.Find(".tiles").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(forecast, page.Find(".tiles").TextContent, StringComparison.Ordinal);
        using var file = new MemoryStream();
        await scene.Portal.Get<Bills>().WriteAsync(tenant, file, Watchdog.Token);
        Assert.Equal("", CsvText.Read(Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF'), ',').Select(row => row.Cells).Single(row => row[0] == "202604" && row[1] == "jp")[9]);
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        using var portfolio = await scene.Portal.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        var all = (await scene.Portal.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Parse("?month=202604"), Watchdog.Token)).Currencies.Single(currency => currency.Currency == "JPY");
        Assert.Equal((null, true), (Assert.Single(all.Bills).Whole, all.Bills[0].IsOpen));
    }

    [Theory]
    [InlineData("en", "", "JPY", "About two of three bills")]
    [InlineData("ja", "", "JPY", "およそ3回に2回")]
    [InlineData("en", "?coverage=g", "USD", "About two of three bills")]
    public async Task Tiles_TellTheMonthSoFar_ItsForecastWithRangeAndMethod_TheMonthBefore_AndTheYearBefore(string language, string query, string currency, string range)
    {
        var coverage = currency == "JPY" ? SoracomCoverage.Japan : SoracomCoverage.Global;
        scene.Until("2026-04-10T12:00Z");
        Assert.Null(await scene.CollectAsync(coverage));
        var months = (await scene.MonthsAsync(coverage)).ToDictionary(month => month.Month);
        string Text(decimal? amount) => MoneyText.Of(new Money(amount!.Value, currency));
        using var speaking = new Speaking(language);
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var later = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(query, later, tenant);

        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".tiles strong").Count));
        Assert.Equal(
            [Text(months[202604].Amount), Text(months[202604].Forecast), Text(months[202603].Amount), Text(months[202504].Amount)],
            page.FindAll(".tiles strong").Select(figure => figure.TextContent));
        var forecast = page.FindAll(".tiles .card")[1];
        Assert.Contains(Text(months[202604].ForecastLow), forecast.TextContent, StringComparison.Ordinal);
        Assert.Contains(Text(months[202604].ForecastHigh), forecast.TextContent, StringComparison.Ordinal);
        Assert.Contains(range, forecast.QuerySelector("details p")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_AreDecimals_WhereverTheyAreCalculatedWith()
    {
        Type[] binary = [typeof(double), typeof(float), typeof(double?), typeof(float?)];
        var types = new[] { typeof(BillMonths).Assembly, typeof(BillMonth).Assembly, typeof(LatestBill).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace is { } name && (name.StartsWith("Soracom.Portal.Features.Billing", StringComparison.Ordinal) || name is "Soracom.Portal.Data.Billing" or "Soracom.Api.Billing"))
            // Charts are drawn, and nothing is calculated with what is drawn.
            .Where(type => !typeof(IComponent).IsAssignableFrom(type) && !typeof(IComponent).IsAssignableFrom(type.DeclaringType)).ToList();

        var found = types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []).Any(binary.Contains))
            .Select(method => $"{type}.{method.Name}")
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(field => binary.Contains(field.FieldType)).Select(field => $"{type}.{field.Name}")));

        Assert.InRange(types.Count, 80, int.MaxValue);
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("en", "does not say up to when the total is counted", "may have been counted at another time")]
    [InlineData("ja", "合計がいつの時点のものか", "集計時点が異なるかもしれない")]
    public async Task Items_OfATotalWithoutATime_AreSaidToBeOfUnknownAge_AndMakeNoChanges(string language, string said, string left)
    {
        await ChangeAsync(202604, month => month.AsOf = null);
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        using var speaking = new Speaking(language);

        var page = Open("");
        var all = circuit.Render<PortfolioBillingPage>(parameters => parameters.AddCascadingValue(person).AddCascadingValue("Location", "https://portal.test/portfolio/billing"));

        page.WaitForAssertion(() => Assert.Contains(said, page.Find("[aria-labelledby=bill-rows] .note").TextContent, StringComparison.Ordinal));
        Assert.All(page.FindAll("[aria-labelledby=bill-rows] tbody td:last-child"), cell => Assert.Equal("–", cell.TextContent.Trim()));
        Assert.Contains(left, page.Find("[aria-labelledby=bill-rows] tbody").TextContent, StringComparison.Ordinal);
        all.WaitForAssertion(() => Assert.Contains(left, all.Find("[aria-labelledby=bills-JPY-services]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forecast_OfAMonthThatEndedWhileTheVendorCountedIt_IsNone()
    {
        scene.Until("2026-04-30T20:00Z");
        await scene.CollectAsync();
        var (april, at) = (new YearMonth(2026, 4), new DateTimeOffset(2026, 5, 1, 0, 10, 0, TimeSpan.Zero));
        Assert.NotNull((await scene.MonthAsync(202604)).Forecast);

        // The vendor's hour before midnight is counted after it.
        Assert.Equal(april, await scene.Store.PutLatestAsync(scene.Japan, new LatestBill { Amount = 1000, Currency = "JPY", LastEvaluatedTime = at.AddMinutes(-40) }, at, Watchdog.Token));
        await scene.Store.ForecastAsync(scene.Japan, april, at, Watchdog.Token);

        Assert.Equal((1000m, null), await scene.MonthAsync(202604) is var month ? (month.Amount!.Value, month.Forecast) : default);
    }

    [Theory]
    [InlineData("en", "not the whole day")]
    [InlineData("ja", "1日の途中まで")]
    public async Task ADay_ToldBeforeItWasOver_AndLeftOutSince_StaysMarked_AndIsNoWholeOne(string language, string part)
    {
        var (april, fifth, now) = (new YearMonth(2026, 4), new DateOnly(2026, 4, 5), new DateTimeOffset(2026, 4, 10, 12, 0, 0, TimeSpan.Zero));
        scene.Until("2026-04-10T12:00Z");
        Assert.Null(await scene.CollectAsync());
        // As the vendor told it on the fifth, and never again: days after that are told.
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillDays WHERE Coverage = 'jp' AND Day = '2026-04-05'");
        DailyBill Told(int day, decimal amount) => new() { Date = new DateOnly(2026, 4, day), Amount = amount, Currency = "JPY" };
        await scene.Store.PutDaysAsync(scene.Japan, april, [Told(5, 12)], now.AddDays(-5), now, Watchdog.Token);
        await scene.Store.PutDaysAsync(scene.Japan, april, [.. Enumerable.Range(6, 4).Select(day => Told(day, 100))], now, now, Watchdog.Token);
        using var speaking = new Speaking(language);
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        await using var later = new ComponentScene(scene.Portal, clock: new FakeTime(now));

        var view = await scene.Portal.Get<Bills>().MonthAsync(tenant, SoracomCoverage.Japan, BillQuery.Newest, Watchdog.Token);
        var page = Open("?days=table", later, tenant);
        var all = later.Render<PortfolioBillingPage>(parameters => parameters.AddCascadingValue(person).AddCascadingValue("Location", "https://portal.test/portfolio/billing?days=table"));

        Assert.Equal((true, false), (view.IsPart(fifth), view.IsPart(fifth.AddDays(1))));
        Assert.Null(view.Alike);
        page.WaitForAssertion(() => Assert.Contains(part, page.FindAll("[aria-labelledby=bill-days] tbody tr")[4].TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(part, page.FindAll("[aria-labelledby=bill-days] tbody tr")[5].TextContent, StringComparison.Ordinal);
        all.WaitForAssertion(() => Assert.Contains(part, all.FindAll("[aria-labelledby=bills-JPY-days] tbody tr")[4].TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(part, all.FindAll("[aria-labelledby=bills-JPY-days] tbody tr")[5].TextContent, StringComparison.Ordinal);
        var input = ForecastInput.Of(await scene.MonthAsync(202604), [.. await scene.MonthsAsync()], await scene.DaysAsync())!;
        Assert.Equal((false, true), (input.Days.ContainsKey(fifth), input.Days.ContainsKey(fifth.AddDays(1))));

        // Told once more, it is whole.
        await scene.Store.PutDaysAsync(scene.Japan, april, [Told(5, 120)], now, now, Watchdog.Token);
        Assert.False((await scene.DaysAsync()).Single(day => day.Day == fifth).IsPart);
    }

    private async Task<BillView> ViewAsync(BillSplit split)
    {
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        return await scene.Portal.Get<Bills>().MonthAsync(tenant, SoracomCoverage.Japan, BillQuery.Newest with { Split = split }, Watchdog.Token);
    }

    private async Task ChangeAsync(int number, Action<BillMonth> change)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        change(await db.BillMonths.SingleAsync(month => month.Coverage == "jp" && month.Month == number, Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }

    private IRenderedComponent<BillingPage> Open(string query, ComponentScene? where = null, TenantContext? tenant = null) => (where ?? circuit).Render<BillingPage>(parameters => parameters
        .AddCascadingValue(tenant ?? scene.Tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Billing(PortalScene.Aoba)}{query}")
        .Add(opened => opened.Slug, PortalScene.Aoba));
}
