using Bunit;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Pages;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>April's items and SIMs were read on the fifth for the last time; it is closed by now, and May is held against it.</summary>
public sealed class BillOldMonthTests : IAsyncLifetime
{
    private BillingScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await BillingScene.StartAsync(TenantRole.Billing, "2026-05-20T12:00Z");
        circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        Assert.Null(await scene.CollectAsync());
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        var april = await db.BillMonths.SingleAsync(month => month.Coverage == "jp" && month.Month == 202604, Watchdog.Token);
        (april.ItemsAsOf, april.SimsAsOf) = (april.AsOf!.Value.AddDays(-26), april.AsOf.Value.AddDays(-26));
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE BillLines SET Amount = Amount / 6000000 * 1000000 + 1000000 WHERE Coverage = 'jp' AND Month = 202604");
        // One item and one SIM cost nothing before the fifth.
        foreach (var kind in Enum.GetValues<BillLineKind>())
        {
            await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM BillLines WHERE rowid = (SELECT MIN(rowid) FROM BillLines WHERE Coverage = 'jp' AND Month = 202604 AND Kind = $kind)", ("$kind", kind.ToString()));
        }

        april.ItemsTotal = await db.BillLines.Where(line => line.Coverage == "jp" && line.Month == 202604 && line.Kind == BillLineKind.Item).SumAsync(line => line.Amount, Watchdog.Token);
        await db.SaveChangesAsync(Watchdog.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "", "broken down up to", "Items of {0} are counted up to", "whole month", "no change of lines older than their bill", "No figure")]
    [InlineData("ja", "", "内訳の集計時点", "{0}の料金項目の集計時点", "月全体", "請求より古い内訳の増減は表示しません", "データなし")]
    [InlineData("en", "?by=sim", "broken down up to", "SIMs of {0} are counted up to", "whole month", "no change of lines older than their bill", "No figure")]
    [InlineData("ja", "?by=sim", "内訳の集計時点", "{0}のSIMの集計時点", "月全体", "請求より古い内訳の増減は表示しません", "データなし")]
    public async Task Column_OfTheOtherMonth_TellsItsAge_AddsUpToItsBill_AndTakesNothingForNothing(string language, string query, string age, string note, string whole, string why, string missing)
    {
        using var speaking = new Speaking(language);
        var (april, may) = (await scene.MonthAsync(202604), await scene.MonthAsync(202605));
        Assert.Equal(BillStage.Final, april.Stage);

        var page = Open(query);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));

        var heads = page.FindAll("[aria-labelledby=bill-rows] thead th");
        Assert.Contains(age, heads[3].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(whole, heads[3].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(age, heads[2].TextContent, StringComparison.Ordinal);
        Assert.Contains(why, heads[4].TextContent, StringComparison.Ordinal);
        Assert.Contains(note.Replace("{0}", BillWords.Month(202604), StringComparison.Ordinal), page.Find("[aria-labelledby=bill-rows] .note").TextContent, StringComparison.Ordinal);
        var rows = page.FindAll("[aria-labelledby=bill-rows] tbody tr:not(.part)").Select(row => row.QuerySelectorAll("td")).ToList();
        Assert.Equal(MoneyText.Of(new Money(may.Amount!.Value, "JPY")), page.Find("[aria-labelledby=bill-rows] tfoot td:nth-child(3)").TextContent);
        Assert.Equal((may.Amount, april.Amount), (rows.Sum(row => Amount(row[1].TextContent, missing)), rows.Sum(row => Amount(row[2].TextContent, missing))));
        // What April did not tell by then is nowhere nothing.
        Assert.DoesNotContain(page.FindAll("[aria-labelledby=bill-rows] tbody tr"), row => row.QuerySelectorAll("td")[2].TextContent.Trim() == "¥0");
        Assert.Contains(page.FindAll("[aria-labelledby=bill-rows] tbody tr"), row => row.QuerySelectorAll("td")[2].TextContent.Trim() == missing && row.QuerySelectorAll("td")[1].TextContent.Trim() != missing);
        Assert.All(rows, row => Assert.Equal("–", row[3].TextContent.Trim()));

        // The other way round the month that is shown is the old one.
        page = Open(query.Length == 0 ? "?month=202604&against=202603" : $"{query}&month=202604&against=202603");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));
        heads = page.FindAll("[aria-labelledby=bill-rows] thead th");
        Assert.Equal((true, false), (heads[2].TextContent.Contains(age, StringComparison.Ordinal), heads[3].TextContent.Contains(age, StringComparison.Ordinal)));
        rows = [.. page.FindAll("[aria-labelledby=bill-rows] tbody tr:not(.part)").Select(row => row.QuerySelectorAll("td"))];
        Assert.Equal((april.Amount, (await scene.MonthAsync(202603)).Amount), (rows.Sum(row => Amount(row[1].TextContent, missing)), rows.Sum(row => Amount(row[2].TextContent, missing))));
        Assert.DoesNotContain(page.FindAll("[aria-labelledby=bill-rows] tbody tr:not(.rest)"), row => row.QuerySelectorAll("td")[1].TextContent.Trim() == "¥0");
    }

    [Fact]
    public void Item_ThatAprilDidNotTellByThen_HasNoFigureThere()
    {
        var page = Open("");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=bill-rows] tbody tr")));

        var items = page.FindAll("[aria-labelledby=bill-rows] tbody tr.part").Where(row => row.QuerySelectorAll("td")[2].TextContent.Trim() == "No figure").ToList();
        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.NotEqual("No figure", item.QuerySelectorAll("td")[1].TextContent.Trim()));
    }

    private static decimal Amount(string text, string missing) => text.Trim() is var told && told == missing ? 0
        : decimal.Parse(told.Replace("¥", "", StringComparison.Ordinal).Replace("￥", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Replace('\u2212', '-'), System.Globalization.CultureInfo.InvariantCulture);

    private IRenderedComponent<BillingPage> Open(string query) => circuit.Render<BillingPage>(parameters => parameters
        .AddCascadingValue(scene.Tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Billing(PortalScene.Aoba)}{query}")
        .Add(opened => opened.Slug, PortalScene.Aoba));
}
