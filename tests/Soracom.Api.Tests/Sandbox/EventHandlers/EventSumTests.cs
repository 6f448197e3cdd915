using static Soracom.Api.Tests.Sandbox.EventHandlers.EventScene;

namespace Soracom.Api.Tests.Sandbox.EventHandlers;

/// <summary>Handlers for traffic and charges. The limits are far above what the demo's SIMs transfer by themselves.</summary>
public sealed class EventSumTests
{
    private const long Limit = 100_000_000;

    [Theory]
    [InlineData("SubscriberDailyTrafficRule", 1, false)]
    [InlineData("SimDailyTotalTrafficRule", 1, false)]
    [InlineData("SubscriberMonthlyTrafficRule", 1, true)]
    [InlineData("SimMonthlyTotalTrafficRule", 1, true)]
    [InlineData("SimMonthlyTotalTrafficRule", 30, false)]
    [InlineData("SubscriberCumulativeTrafficRule", 30, true)]
    [InlineData("SimCumulativeTotalTrafficRule", 30, true)]
    public async Task Traffic_AddsUp_WithinThePeriodOfTheRule(string rule, int daysBetween, bool fires)
    {
        await using var scene = await StartAsync(clock: new FakeTime(new DateTimeOffset(2026, 4, 10, 12, 0, 0, TimeSpan.Zero)));
        var sim = await scene.OnlineSimAsync();
        await scene.HandlerAsync(scene.Account, Rule(rule, "NEVER", ("limitTotalTrafficMegaByte", Number(Limit))), Mail("${simId}"));

        await scene.TransferAsync(sim, Limit / 2);
        Assert.Empty(await scene.MailsAsync());
        scene.Clock.Advance(TimeSpan.FromDays(daysBetween));
        await scene.TransferAsync(sim, Limit / 2);

        Assert.Equal(fires ? [sim] : [], await scene.MailsAsync());
    }

    [Fact]
    public async Task Traffic_OfTheDaysLastHour_IsStillThatDays()
    {
        await using var scene = await StartAsync(clock: new FakeTime(new DateTimeOffset(2026, 4, 10, 23, 30, 0, TimeSpan.Zero)));
        var sim = await scene.OnlineSimAsync();
        await scene.TransferAsync(sim, Limit);
        await scene.HandlerAsync(Of(sim), Rule("SimDailyTotalTrafficRule", "BEGINNING_OF_NEXT_DAY", ("limitTotalTrafficMegaByte", Number(Limit))), Mail("${simId}"));

        scene.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Empty(await scene.MailsAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([sim], await scene.MailsAsync());
    }

    [Theory]
    [InlineData("SimDailyTotalTrafficRule", "BEGINNING_OF_NEXT_DAY", 1)]
    [InlineData("SimMonthlyTotalTrafficRule", "BEGINNING_OF_NEXT_MONTH", 1)]
    [InlineData("SimMonthlyTotalTrafficRule", "BEGINNING_OF_NEXT_DAY", 2)]
    [InlineData("SimCumulativeTotalTrafficRule", "AFTER_ONE_DAY", 2)]
    public async Task Traffic_OfAPeriodThatIsOver_IsNotToldOfAgain(string rule, string again, int times)
    {
        await using var scene = await StartAsync(clock: new FakeTime(new DateTimeOffset(2026, 4, 29, 12, 0, 0, TimeSpan.Zero)));
        var sim = await scene.OnlineSimAsync();
        await scene.HandlerAsync(Of(sim), Rule(rule, again, ("limitTotalTrafficMegaByte", Number(Limit))), Mail("${simId}"));
        await scene.TransferAsync(sim, Limit);
        Assert.Equal([sim], await scene.MailsAsync());

        // Over the end of the day, and of the month.
        scene.Clock.Advance(TimeSpan.FromHours(47));

        Assert.Equal(Enumerable.Repeat(sim, times), await scene.MailsAsync());
    }

    [Theory]
    [InlineData("DailyTotalTrafficRule")]
    [InlineData("MonthlyTotalTrafficRule")]
    public async Task TrafficOfAGroup_IsAddedUp_ToldOfOnce_AndActedOnForEachOfItsSims(string rule)
    {
        await using var scene = await StartAsync(clock: new FakeTime(new DateTimeOffset(2026, 4, 10, 12, 0, 0, TimeSpan.Zero)));
        var sims = (await scene.FindAsync("subscription=plan-K2&status=active"))[..3];
        var group = (await scene.SendAsync(HttpMethod.Post, "/v1/groups", new { tags = new { name = "together" } }))["groupId"]!;
        await scene.DoAsync(sims[0], "set_group", new { groupId = group });
        await scene.DoAsync(sims[1], "set_group", new { groupId = group });
        await scene.HandlerAsync(
            ("targetGroupId", group), Rule(rule, "BEGINNING_OF_NEXT_MONTH", ("limitTotalTrafficMegaByte", Number(Limit))), Mail("once"), Action("SuspendAction"));

        await scene.TransferAsync(sims[2], Limit);
        await scene.TransferAsync(sims[0], Limit / 2);
        Assert.Empty(await scene.MailsAsync());
        await scene.TransferAsync(sims[1], Limit / 2);

        Assert.Equal(["once"], await scene.MailsAsync());
        Assert.Equal(["suspended", "suspended", "active"], await Task.WhenAll(sims.Select(async sim => (await scene.SimAsync(sim)).GetProperty("status").GetString()!)));
    }

    [Fact]
    public async Task FirstTraffic_IsToldOfOnce_AndNotOfSimsThatHadSomeBefore()
    {
        await using var scene = await StartAsync();
        var (old, fresh) = (await scene.OnlineSimAsync(), (await scene.FindAsync("status=ready"))[0]);
        await scene.TransferAsync(old, 1);
        await scene.HandlerAsync(Of(old), Rule("SubscriberFirstTrafficRule", "NEVER"), Mail("old"));
        await scene.HandlerAsync(Of(fresh), Rule("SubscriberFirstTrafficRule", "NEVER"), Mail("fresh"));

        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        await scene.TransferAsync(old, 1);
        await scene.TransferAsync(fresh, 1);
        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        await scene.TransferAsync(fresh, 1);

        Assert.Equal(["fresh"], await scene.MailsAsync());
    }

    [Fact]
    public async Task Charges_OfTheMonth_AreToldOfOnce_WhenADayEndsWithThemAboveTheLimit()
    {
        await using var scene = await StartAsync();
        scene.Clock.Advance(TimeSpan.FromHours(1));
        var limit = (long)(await scene.SendAsync(HttpMethod.Get, "/v1/bills/latest")).Json.GetProperty("amount").GetDecimal() + 1000;
        await scene.HandlerAsync(scene.Account, Rule("MonthlyChargeRule", "BEGINNING_OF_NEXT_MONTH", ("limitTotalAmount", Number(limit))), Mail("above"));
        await scene.HandlerAsync(scene.Account, Rule("MonthlyChargeRule", "BEGINNING_OF_NEXT_MONTH", ("limitTotalAmount", "2147483647")), Mail("never"));

        var told = new List<int>();
        decimal before = 0;
        while (told.Count == 0 || told[^1] == 0)
        {
            before = (await scene.SendAsync(HttpMethod.Get, "/v1/bills/latest")).Json.GetProperty("amount").GetDecimal();
            scene.Clock.Advance(TimeSpan.FromDays(1) - scene.Clock.GetUtcNow().TimeOfDay);
            told.Add((await scene.MailsAsync()).Count);
            Assert.True(told.Count < 30, "The month is over.");
        }

        var after = (await scene.SendAsync(HttpMethod.Get, "/v1/bills/latest")).Json.GetProperty("amount").GetDecimal();
        scene.Clock.Advance(TimeSpan.FromDays(2));

        Assert.True(before < limit && after >= limit, $"{before}, then {after}");
        Assert.Equal(["above"], await scene.MailsAsync());
    }
}
