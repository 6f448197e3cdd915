using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Billing;

/// <summary>Bills by time: the clock begins at 2026-04-01T00:00:00Z, a Wednesday.</summary>
public sealed class BillingTests
{
    private readonly FakeTime clock = new();

    [Theory]
    [InlineData(false, "JPY")]
    [InlineData(true, "USD")]
    public async Task History_HoldsEighteenMonths_NewestFirst_InTheCoveragesCurrency(bool global, string currency)
    {
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromDays(5));
        var bills = (await host.GetAsync("/v1/bills", await host.SignInAsync(host.Aoba), global)).Json.GetProperty("billList").EnumerateArray().ToList();

        Assert.Equal(
            Enumerable.Range(1, 18).Select(back => new DateTime(2026, 4, 1).AddMonths(-back).ToString("yyyyMM", CultureInfo.InvariantCulture)),
            bills.Select(bill => bill.GetProperty("yearMonth").GetString()));
        Assert.All(bills, bill => Assert.Equal((currency, "closed"), (bill.GetProperty("currency").GetString(), bill.GetProperty("state").GetString())));
        Assert.All(bills, bill => Assert.Equal(Amount(bill), decimal.Round(Amount(bill), global ? 2 : 0)));
        Assert.True(bills.Select(Amount).Distinct().Count() > 12);
    }

    [Fact]
    public async Task Control_CorrectsAClosedBill_AndNoOther()
    {
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromDays(5));
        var before = Amount((await AskAsync(host, "/v1/bills/202603")).Json);
        object Correction(string month, decimal by) => new { operatorId = host.Aoba.OperatorId, coverage = "jp", yearMonth = month, by };

        var first = await host.PostAsync("/_control/bills", Correction("202603", -1200));
        var second = await host.PostAsync("/_control/bills", Correction("202603", 200));

        Assert.Equal((before - 1200, before - 1000), (Amount(first.Json), Amount(second.Json)));
        Assert.Equal(before - 1000, Amount((await AskAsync(host, "/v1/bills/202603")).Json));
        Assert.Equal(before - 1000, Amount((await AskAsync(host, "/v1/bills")).Json.GetProperty("billList")[0]));
        (await host.PostAsync("/_control/bills", Correction("202604", 1))).Refused(404);
        (await host.PostAsync("/_control/bills", Correction("2026", 1))).Refused(404);
        (await host.PostAsync("/_control/bills", new { operatorId = "OP9999999999", yearMonth = "202603", by = 1 })).Refused(404);
        (await host.PostAsync("/_control/bills", new { operatorId = host.Aoba.OperatorId, yearMonth = "202603" })).Refused(400);
    }

    [Fact]
    public async Task Month_IsTemporary_ThenWithoutABill_ThenClosedOnTheSecondBusinessDay()
    {
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromDays(29.9));
        var temporary = await AskAsync(host, "/v1/bills/202604");
        clock.Advance(TimeSpan.FromDays(0.2));
        var between = await AskAsync(host, "/v1/bills/202604");
        var export = await host.PostAsync("/v1/bills/202604/export", body: null, await host.SignInAsync(host.Aoba));
        var latest = await AskAsync(host, "/v1/bills/latest");

        // The first of May is a Friday, so that the second business day is the fourth.
        clock.Advance(new DateTimeOffset(2026, 5, 4, 2, 59, 0, TimeSpan.Zero) - clock.GetUtcNow());
        var stillNot = await AskAsync(host, "/v1/bills/202604");
        clock.Advance(TimeSpan.FromMinutes(1));
        var closed = await AskAsync(host, "/v1/bills/202604");

        Assert.Equal("temporary", temporary["state"]);
        between.Refused(404);
        export.Refused(404);
        stillNot.Refused(404);
        Assert.Equal("20260501020000", latest["lastEvaluatedTime"]);
        Assert.Equal(("closed", "charging"), (closed["state"], closed["paymentStatus"]));
        Assert.True(Amount(closed.Json) + Coupon(closed.Json) >= Amount(temporary.Json));
    }

    [Fact]
    public async Task Latest_GrowsFromHourToHour_AndBeginsAnewWithTheMonth()
    {
        await using var host = await StartAsync();
        var amounts = new List<decimal>();
        for (var step = 0; step < 10; step++)
        {
            clock.Advance(TimeSpan.FromHours(60));
            amounts.Add(Amount((await AskAsync(host, "/v1/bills/latest")).Json));
        }

        clock.Advance(new DateTimeOffset(2026, 5, 1, 0, 30, 0, TimeSpan.Zero) - clock.GetUtcNow());
        var anew = Amount((await AskAsync(host, "/v1/bills/latest")).Json);

        Assert.Equal(amounts.Order(), amounts);
        Assert.Equal(10, amounts.Distinct().Count());
        Assert.Equal(0, anew);
    }

    [Fact]
    public async Task ClosedBill_StaysWhatItIs_WhateverBecomesOfItsSims()
    {
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromDays(40));
        var pair = await host.SignInAsync(host.Aoba);
        var before = (await host.GetAsync("/v1/bills", pair)).Text;

        await host.SendAsync(HttpMethod.Put, $"/v1/sims/{await AnySimAsync(host, pair)}/tags", pair, new[] { new { tagName = "a", tagValue = "b" } });
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(before, (await host.GetAsync("/v1/bills", pair)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Summaries_AreFourMonths_DearestFirst_AndNet(bool global)
    {
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromDays(10));
        var pair = await host.SignInAsync(host.Aoba);
        foreach (var kind in (string[])["bill_items", "sims"])
        {
            var months = (await host.GetAsync($"/v1/bills/summaries/{kind}", pair, global)).Json.EnumerateArray().ToList();

            Assert.Equal(["202604", "202603", "202602", "202601"], months.Select(month => month.GetProperty("yearMonth").GetString()));
            Assert.All(months, month => Assert.Equal(Costs(month).OrderDescending(), Costs(month)));
            Assert.All(months, month => Assert.NotEmpty(Costs(month)));
            Assert.Equal(clock.GetUtcNow().ToUnixTimeSeconds(), months[0].GetProperty("updatedTime").GetInt64());
        }
    }

    [Fact]
    public async Task Total_IsGross_AndItsItemsAreNet()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var summary = (await host.GetAsync("/v1/bills/summaries/bill_items", pair)).Json[2];
        var bill = (await host.GetAsync($"/v1/bills/{summary.GetProperty("yearMonth").GetString()}", pair)).Json;
        var net = Costs(summary).Sum();

        // Ten per cent of tax less the long term discount; items are rounded up one by one.
        Assert.InRange((Amount(bill) + Coupon(bill)) / net, 1.03m, 1.10m);
    }

    [Fact]
    public async Task Days_AreNewestFirst_AndLackWhatIsChargedByTheMonth()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var days = (await host.GetAsync("/v1/bills/202602/daily", pair)).Json.GetProperty("billList").EnumerateArray().ToList();
        var items = (await host.GetAsync("/v1/bills/summaries/bill_items", pair)).Json[2].GetProperty("costBreakdownList").EnumerateArray()
            .Where(item => !item.GetProperty("billItemName").GetString()!.StartsWith("monthly", StringComparison.Ordinal))
            .Sum(Amount);

        Assert.Equal(Enumerable.Range(1, 28).Reverse().Select(day => $"202602{day:D2}"), days.Select(day => day.GetProperty("date").GetString()));
        Assert.InRange(days.Sum(Amount), items - 5, items + 28);
    }

    [Fact]
    public async Task Export_IsACsv_WhoseLinesMakeUpTheBill()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var url = new Uri((await host.PostAsync("/v1/bills/202602/export", body: null, pair))["url"]!);

        var file = await host.GetAsync(url.AbsolutePath);
        clock.Advance(TimeSpan.FromMinutes(11));
        var later = await host.GetAsync(url.AbsolutePath);

        var lines = file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("text/csv; charset=utf-8", file.Header("Content-Type"));
        Assert.StartsWith("imsi,date,billItemName,unitPrice,quantity,amount,group,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",車番", lines[0], StringComparison.Ordinal);
        var net = lines[1..].Sum(line => decimal.Parse(line.Split(',')[5], CultureInfo.InvariantCulture));
        var bill = (await host.GetAsync("/v1/bills/202602", pair)).Json;
        Assert.Equal(Amount(bill) + Coupon(bill), decimal.Ceiling(net * 1.1m));
        later.Refused(403);
    }

    [Fact]
    public async Task Export_Asynchronous_IsProcessedForAWhile_AndAskedForByItsId()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var begun = await host.PostAsync("/v1/bills/latest/export?export_mode=async", new { }, pair);
        var id = begun["exportedFileId"];

        var processing = await host.GetAsync($"/v1/files/exported/{id}", pair);
        clock.Advance(TimeSpan.FromSeconds(5));
        var exported = await host.GetAsync($"/v1/files/exported/{id}", pair);

        Assert.Matches("^fe_[0-9a-f-]{36}$", id);
        Assert.Equal($"//files/exported/{id}", begun["exportedFilePath"]);
        Assert.Equal(["status"], processing.Members);
        Assert.Equal("exported", exported["status"]);
        Assert.Equal(200, (await host.GetAsync(new Uri(exported["url"]!).AbsolutePath)).Status);
    }

    [Fact]
    public async Task Bills_AreTheSameForTheSameSeed_AndOthersForAnother()
    {
        await using var one = await StartAsync();
        await using var same = await StartAsync();
        await using var other = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], Seed = 2 });

        Assert.Equal((await AskAsync(one, "/v1/bills")).Text, (await AskAsync(same, "/v1/bills")).Text);
        Assert.NotEqual((await AskAsync(one, "/v1/bills")).Text, (await AskAsync(other, "/v1/bills")).Text);
    }

    [Fact]
    public async Task Bills_OfAHundredThousandSims_AreToldWithinSeconds_AndNameTheHundredDearest()
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Metro] });
        var pair = await host.SignInAsync(host.Server.Operators[0]);

        var bills = (await host.GetAsync("/v1/bills", pair, global: true)).Json.GetProperty("billList");
        var sims = (await host.GetAsync("/v1/bills/summaries/sims", pair, global: true)).Json;

        Assert.Equal(17, bills.GetArrayLength());
        Assert.All(sims.EnumerateArray(), month => Assert.InRange(Costs(month).Count(), 0, 100));
        Assert.Equal(100, Costs(sims[1]).Count());
    }

    private static decimal Amount(JsonElement json) => json.GetProperty("amount").GetDecimal();

    private static decimal Coupon(JsonElement json) => json.GetProperty("appliedCouponAmount").GetDecimal();

    private static IEnumerable<decimal> Costs(JsonElement month) => month.GetProperty("costBreakdownList").EnumerateArray().Select(Amount);

    private static async Task<Reply> AskAsync(SandboxHost host, string target) => await host.GetAsync(target, await host.SignInAsync(host.Aoba));

    private static async Task<string> AnySimAsync(SandboxHost host, Pair pair) =>
        (await host.GetAsync("/v1/sims?limit=1", pair)).Json[0].GetProperty("simId").GetString()!;

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
}
