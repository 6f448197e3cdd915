using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Somebody who pays looks at what a month costs, where it comes from, and takes it along.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class BillingTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Month_IsCollected_ReadAsChartAndAsTable_HeldAgainstAnother_AndTakenAsAFile()
    {
        var user = await VisitAsync();
        await user.SignInAsync("billing", PortalUrls.Tenant("aoba"));
        await user.LiveAsync();
        await user.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = user.Words["Nav.Billing"] }).ClickAsync();

        var chart = user.Page.Locator("[aria-labelledby=bill-days]");
        await Expect(chart.GetByRole(AriaRole.Slider)).ToBeVisibleAsync();
        // A chart that is drawn anew meanwhile, with figures that have just come, has forgotten where it was looked at.
        string first;
        do
        {
            Cancellation.ThrowIfCancellationRequested();
            await chart.GetByRole(AriaRole.Slider).FocusAsync();
            await user.Page.Keyboard.PressAsync("Home");
            first = await chart.Locator("[data-chart-tip]").InnerTextAsync();
        }
        while (first.Length == 0);

        await chart.GetByRole(AriaRole.Link, new() { Name = user.Words["Usage.Table"] }).ClickAsync();
        var row = chart.Locator("tbody tr").First;
        await Expect(row).ToBeVisibleAsync();
        Assert.Contains((await row.Locator("td").InnerTextAsync()).Trim(), first, StringComparison.Ordinal);
        Assert.Empty(await user.FindingsAsync());

        var rows = user.Page.Locator("[aria-labelledby=bill-rows]");
        await user.Page.Locator(".bar select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(user.Page.Locator(".tiles .badge.good").First).ToHaveTextAsync(user.Words["BillStage.Final"]);
        await rows.GetByRole(AriaRole.Link, new() { Name = user.Words["BillSplit.Sim"], Exact = true }).ClickAsync();
        await Expect(rows.Locator("tbody tr").Nth(3)).ToBeVisibleAsync();
        await user.KeepAsync("billing-month");
        Assert.Empty(await user.FindingsAsync());

        await user.Page.GetByRole(AriaRole.Link, new() { Name = user.Words["Billing.History"] }).ClickAsync();
        await Expect(user.Page.Locator("tbody tr")).ToHaveCountAsync(19);
        var download = await user.Page.RunAndWaitForDownloadAsync(() => user.Page.Locator("a[download]").ClickAsync());
        var file = await File.ReadAllTextAsync(await download.PathAsync(), Cancellation);
        Assert.Contains("jp,JPY", file, StringComparison.Ordinal);
        await Expect(user.Page.Locator("tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task DetailedCsv_IsAskedFor_FollowedToItsEnd_AndTakenAlong()
    {
        var user = await VisitAsync();
        await user.SignInAsync("billing", PortalUrls.Billing("aoba", Features.Billing.Reading.BillQuery.Newest));
        await Expect(user.Page.Locator(".tiles strong").First).ToBeVisibleAsync();
        await user.Page.Locator(".bar select").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await Expect(user.Page.Locator(".tiles .badge.good").First).ToHaveTextAsync(user.Words["BillStage.Final"]);
        var card = user.Page.Locator("[aria-labelledby=bill-file]");

        await card.GetByRole(AriaRole.Button, new() { Name = user.Words["BillFile.Ask"] }).ClickAsync();

        var link = card.Locator("a[download]").First;
        await Expect(link).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.Empty(await user.FindingsAsync());
        await user.KeepAsync("billing-detailed");
        var download = await user.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.StartsWith("bill-aoba-jp-", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.StartsWith("imsi,date,billItemName", await File.ReadAllTextAsync(await download.PathAsync(), Cancellation), StringComparison.Ordinal);
        await user.Page.GetByRole(AriaRole.Link, new() { Name = user.Words["BillSplit.Sim"], Exact = true }).ClickAsync();
        await Expect(user.Page.Locator("[aria-labelledby=bill-rows] .note")).ToContainTextAsync(user.Words["Billing.SimsNote.File"]);
    }

    [Fact]
    public async Task Payments_AndTheBillsOfAllAccounts_AreReadByEverybody_AndAStatementIsTakenAlong()
    {
        var user = await VisitAsync();
        await user.SignInAsync("reseller", PortalUrls.Payments("aoba"));
        await Expect(user.Page.Locator("[aria-labelledby=statements] tbody tr").First).ToBeVisibleAsync();
        Assert.Empty(await user.FindingsAsync());
        var download = await user.Page.RunAndWaitForDownloadAsync(() => user.Page.Locator("[aria-labelledby=statements] a[download]").First.ClickAsync());
        Assert.StartsWith("%PDF", await File.ReadAllTextAsync(await download.PathAsync(), Cancellation), StringComparison.Ordinal);

        await user.OpenAsync(PortalUrls.Billing("aoba"));
        await Expect(user.Page.Locator(".tiles strong").First).ToBeVisibleAsync();
        await user.OpenAsync(PortalUrls.PortfolioBilling());
        await Expect(user.Page.GetByRole(AriaRole.Heading, new() { Name = "JPY", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(await user.FindingsAsync());
    }

    [Fact]
    public async Task BillsOfAllAccounts_AreReadAsChartAndAsTable_OfAnotherMonth_AndTakenAsAFile()
    {
        var user = await VisitAsync();
        await user.SignInAsync("reseller", PortalUrls.PortfolioBilling());
        await user.SettledAsync();
        var days = user.Page.Locator("[aria-labelledby=bills-JPY-days]");
        await user.Page.Locator(".controls select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(user.Page.Locator("[aria-labelledby=bills-JPY] .sums dt").First).ToHaveTextAsync(user.Words["Billing.Bill"]);

        await AgreeAsync(user, async () =>
        {
            await days.GetByRole(AriaRole.Link, new() { Name = user.Words["Usage.Chart"] }).ClickAsync();
            await days.GetByRole(AriaRole.Slider).FocusAsync();
            await user.Page.Keyboard.PressAsync("Home");
            var told = await days.Locator("[data-chart-tip]").InnerTextAsync();
            await days.GetByRole(AriaRole.Link, new() { Name = user.Words["Usage.Table"] }).ClickAsync();
            var row = days.Locator("tbody tr").First;
            await Expect(row).ToBeVisibleAsync();
            var cells = await row.Locator("td").AllInnerTextsAsync();
            var accounts = cells[1].Split('/', StringSplitOptions.TrimEntries);
            // Where one tells of some accounts, so does the other.
            var some = accounts[0] == accounts[1] ? "" : user.Words["PortfolioBilling.Of", accounts[0], accounts[1]];
            Assert.Contains(cells[0].Trim(), told, StringComparison.Ordinal);
            Assert.Contains(some, told, StringComparison.Ordinal);
        });
        Assert.Empty(await user.FindingsAsync());
        await user.KeepAsync("portfolio-billing-table");

        await AgreeAsync(user, async () =>
        {
            var shown = await user.Page.Locator("[aria-labelledby=bills-JPY] .bills tbody tr").CountAsync();
            var download = await user.Page.RunAndWaitForDownloadAsync(() => user.Page.Locator(".page-head a[download]").ClickAsync());
            var lines = (await File.ReadAllLinesAsync(await download.PathAsync(), Cancellation)).Where(line => line.Contains(",JPY,", StringComparison.Ordinal)).ToList();
            Assert.StartsWith("billing-", download.SuggestedFilename, StringComparison.Ordinal);
            Assert.InRange(shown, 1, int.MaxValue);
            Assert.Equal(shown, lines.Count);
            Assert.All(lines, line => Assert.Contains(",closed,", line, StringComparison.Ordinal));
        });
    }

    /// <summary>
    /// Two looks at figures tell the same once nobody reads them between the looks: the page reads them itself, and so may those of other stories, whose
    /// figures it shows when it looks anew.
    /// </summary>
    private static async Task AgreeAsync(Visitor user, Func<Task> looks)
    {
        for (var times = 1; ; times++)
        {
            await Expect(user.Page.Locator(".page-head .fresh[role=status]")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
            try
            {
                await looks();
                return;
            }
            catch (Xunit.Sdk.XunitException) when (times < 5)
            {
                await user.Page.Locator(".page-head").GetByRole(AriaRole.Button, new() { Name = user.Words["Refresh"] }).ClickAsync();
            }
        }
    }
}
