using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>The sandbox's bills in yen and dollars, as the portal collects and keeps them.</summary>
public sealed class BillingCollectorTests : IAsyncLifetime
{
    private BillingScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await BillingScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData(SoracomCoverage.Japan, "JPY")]
    [InlineData(SoracomCoverage.Global, "USD")]
    public async Task Collect_TheFirstTime_TakesEverythingThatTheVendorHas(SoracomCoverage coverage, string currency)
    {
        scene.Until("2026-04-10T09:30Z");
        var told = await scene.AskAsync((client, token) => client.Billing.GetBillingHistoryAsync(token), coverage);

        Assert.Null(await scene.CollectAsync(coverage));

        var months = await scene.MonthsAsync(coverage);
        Assert.Equal(19, months.Count);
        Assert.All(months, month => Assert.Equal(currency, month.Currency));
        Assert.Equal(
            told.BillList.Reverse().Select(bill => (bill.YearMonth!.Value.Number(), bill.Amount, bill.AppliedCouponAmount, bill.PaymentStatus)),
            months.Take(18).Select(month => (month.Month, month.Amount, (decimal?)month.CouponAmount, (string?)month.PaymentStatus)));
        Assert.All(months.Take(18), month => Assert.Equal((BillStage.Final, 1), (month.Stage, month.Revision)));
        var current = months[18];
        Assert.Equal((202604, BillStage.Preliminary, new DateTimeOffset(2026, 4, 10, 9, 0, 0, TimeSpan.Zero)), (current.Month, current.Stage, current.AsOf!.Value));
        var days = await scene.DaysAsync(coverage);
        Assert.All(months, month => Assert.Equal(days.Where(day => (day.Day.Year * 100) + day.Day.Month == month.Month).Sum(day => day.Amount), month.DaysTotal));
        Assert.Equal(10, days.Count(day => day.Day >= new DateOnly(2026, 4, 1)));
        Assert.All(months.TakeLast(4), month => Assert.NotNull(month.ItemsTotal));
        Assert.All(months.SkipLast(4), month => Assert.Null(month.ItemsTotal));
        Assert.InRange(current.Forecast!.Value, current.Amount!.Value, current.Amount.Value * 10);
        Assert.All(months.SkipLast(1), month => Assert.Null(month.Forecast));
    }

    [Theory]
    [InlineData(SoracomCoverage.Japan)]
    [InlineData(SoracomCoverage.Global)]
    public async Task Collect_AtMidnightOfTheFirst_BeginsAMonth_AndKeepsTheOneThatIsOverUntilItIsClosed(SoracomCoverage coverage)
    {
        // By the UTC clock it is the first of April; no hour of it is counted, and March has no bill.
        Assert.Null(await scene.CollectAsync(coverage));
        var (march, april) = (await scene.MonthAsync(202603, coverage), await scene.MonthAsync(202604, coverage));
        Assert.Equal((BillStage.Preliminary, (decimal?)null), (march.Stage, march.Amount));
        Assert.InRange(march.ItemsTotal!.Value, march.DaysTotal!.Value, decimal.MaxValue);
        Assert.Equal((0m, (decimal?)null), (april.Amount, april.DaysTotal));

        scene.Until("2026-04-30T23:30Z");
        await scene.CollectAsync(coverage);
        var (closed, before) = (await scene.MonthAsync(202603, coverage), await scene.MonthAsync(202604, coverage));
        Assert.Equal(BillStage.Final, closed.Stage);
        Assert.Equal("2026-04-30T23:00", $"{before.AsOf:yyyy-MM-ddTHH:mm}");

        scene.Until("2026-05-01T00:00Z");
        await scene.CollectAsync(coverage);
        var (over, begun) = (await scene.MonthAsync(202604, coverage), await scene.MonthAsync(202605, coverage));
        Assert.Equal((BillStage.Preliminary, before.Amount, (decimal?)null), (over.Stage, over.Amount, over.Forecast));
        Assert.Equal((BillStage.Preliminary, 0m), (begun.Stage, begun.Amount!.Value));

        // The second business day, early.
        scene.Until("2026-05-04T02:59Z");
        await scene.CollectAsync(coverage);
        Assert.Equal(BillStage.Preliminary, (await scene.MonthAsync(202604, coverage)).Stage);
        scene.Until("2026-05-04T03:00Z");
        await scene.CollectAsync(coverage);
        var final = await scene.MonthAsync(202604, coverage);
        Assert.Equal((BillStage.Final, 1, scene.Clock.GetUtcNow()), (final.Stage, final.Revision, final.FinalAt!.Value));
        Assert.InRange(final.Amount!.Value + final.CouponAmount, before.Amount!.Value, decimal.MaxValue);
        Assert.Equal((await scene.AskAsync((client, token) => client.Billing.GetBillingAsync(new YearMonth(2026, 4), token), coverage)).Amount, final.Amount);
        Assert.Equal(30, (await scene.DaysAsync(coverage)).Count(day => day.Day.Month == 4 && day.Day.Year == 2026));
    }

    [Theory]
    [InlineData(SoracomCoverage.Japan)]
    [InlineData(SoracomCoverage.Global)]
    public async Task Collect_AtMidnightInTokyo_IsStillInTheMonthOfUtc(SoracomCoverage coverage)
    {
        scene.Until("2026-04-30T15:00Z");

        await scene.CollectAsync(coverage);

        Assert.Equal(202604, (await scene.MonthsAsync(coverage))[^1].Month);
    }

    [Fact]
    public async Task Collect_WhatTheVendorForgets_StaysForEver()
    {
        scene.Until("2026-04-10T00:00Z");
        await scene.CollectAsync();
        var before = await scene.MonthsAsync();
        var lines = await scene.LinesAsync(BillLineKind.Item, 202601);

        scene.Until("2026-10-10T00:00Z");
        await scene.CollectAsync();
        var after = await scene.MonthsAsync();

        Assert.DoesNotContain((await scene.AskAsync((client, token) => client.Billing.GetBillingHistoryAsync(token))).BillList, bill => bill.YearMonth!.Value.Number() == before[0].Month);
        Assert.Equal(before.Take(18).Select(month => (month.Month, month.Amount)), after.Take(18).Select(month => (month.Month, month.Amount)));
        Assert.Equal(202610, after[^1].Month);
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Select(line => (line.Key, line.Amount)), (await scene.LinesAsync(BillLineKind.Item, 202601)).Select(line => (line.Key, line.Amount)));
    }

    [Fact]
    public async Task Collect_Sims_AreToldWithNameAndGroupAsTheyWereWhenTheMonthEnded()
    {
        scene.Until("2026-04-10T00:00Z");
        await scene.CollectAsync();
        var strangers = await scene.LinesAsync(BillLineKind.Sim, 202603);
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        await scene.CollectAsync();
        var known = await scene.LinesAsync(BillLineKind.Sim, 202603);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE InventorySims SET Name = 'Renamed'");
        await scene.CollectAsync();

        Assert.All(strangers, line => Assert.Equal((false, "", ""), (line.IsKnown, line.Name, line.GroupName)));
        Assert.All(known, line => Assert.True(line.IsKnown));
        Assert.Contains(known, line => line is { Name.Length: > 0, GroupName.Length: > 0 });
        Assert.Equal(known.Select(line => line.Name), (await scene.LinesAsync(BillLineKind.Sim, 202603)).Select(line => line.Name));
        Assert.All(await scene.LinesAsync(BillLineKind.Sim, 202604), line => Assert.Equal("Renamed", line.Name));
    }

    [Fact]
    public async Task History_ABillThatChangesAfterClosing_KeepsWhatItWas()
    {
        var month = new YearMonth(2026, 2);
        await PutAsync(Bill(month, 1000, "paying"), 0);
        await PutAsync(Bill(month, 1000, "paid"), 1);
        var changed = await PutAsync(Bill(month, 900, "refunded") with { AppliedCouponAmount = 50 }, 2);
        var stale = await PutAsync(Bill(month, 1000, "paying"), 1);

        var row = await scene.MonthAsync(202602);
        Assert.Equal((900m, 50m, "refunded", 2), (row.Amount!.Value, row.CouponAmount, row.PaymentStatus, row.Revision));
        Assert.Equal([(1, 1000m, 0m), (2, 900m, 50m)], (await scene.RevisionsAsync(202602)).Select(revision => (revision.Number, revision.Amount, revision.CouponAmount)));
        Assert.Equal([month], changed);
        Assert.Empty(stale);
    }

    [Theory]
    [InlineData("USD")]
    [InlineData("EUR")]
    public async Task Collect_AMonthInCents_IsClosed_AndWhatItIsCorrectedByIsARevision(string currency)
    {
        await using var abroad = await BillingScene.StartAbroadAsync(currency);
        const SoracomCoverage Global = SoracomCoverage.Global;
        abroad.Until("2026-04-30T23:30Z");
        Assert.Null(await abroad.CollectAsync(Global));
        var running = await abroad.MonthAsync(202604, Global);
        abroad.Until("2026-05-04T03:00Z");
        Assert.Null(await abroad.CollectAsync(Global));
        var closed = await abroad.MonthAsync(202604, Global);
        await abroad.CorrectAsync("202604", -1.37m, Global);
        Assert.Null(await abroad.CollectAsync(Global));
        var corrected = await abroad.MonthAsync(202604, Global);

        Assert.Equal((BillStage.Preliminary, BillStage.Final, BillStage.Final), (running.Stage, closed.Stage, corrected.Stage));
        Assert.All(await abroad.MonthsAsync(Global), month => Assert.Equal(currency, month.Currency));
        Assert.InRange(closed.Amount!.Value, running.Amount!.Value, 1000m);
        Assert.Contains(await abroad.MonthsAsync(Global), month => month.Amount != decimal.Truncate(month.Amount ?? 0));
        Assert.Equal(closed.Amount - 1.37m, corrected.Amount);
        Assert.Equal([(1, currency, closed.Amount), (2, currency, closed.Amount - 1.37m)], (await abroad.RevisionsAsync(202604)).Select(revision => (revision.Number, revision.Currency, (decimal?)revision.Amount)));
        Assert.Equal(closed.ItemsTotal, (await abroad.LinesAsync(BillLineKind.Item, 202604, Global)).Sum(line => line.Amount));
    }

    [Fact]
    public async Task History_AMonthThatIsCountedAnew_IsPreliminary_AndKeepsWhatItWasClosedWith()
    {
        var month = new YearMonth(2026, 2);
        var bill = Bill(month, 1000, "paid");
        await PutAsync(bill, 0);

        var reopened = await PutAsync(bill with { Amount = 700, State = "temporary", PaymentStatus = null }, 1);
        var counting = await scene.MonthAsync(202602);
        var kept = await scene.RevisionsAsync(202602);
        var asBefore = await PutAsync(bill, 2);
        var again = await scene.MonthAsync(202602);
        await PutAsync(bill with { Amount = 700, State = "temporary" }, 3);
        await PutAsync(bill with { Amount = 900 }, 4);

        Assert.Empty(reopened);
        Assert.Equal((BillStage.Preliminary, 700m, 1), (counting.Stage, counting.Amount!.Value, counting.Revision));
        Assert.Equal([1000m], kept.Select(revision => revision.Amount));
        Assert.Equal([month], asBefore);
        Assert.Equal((BillStage.Final, 1000m, 1), (again.Stage, again.Amount!.Value, again.Revision));
        Assert.Equal([(1, 1000m), (2, 900m)], (await scene.RevisionsAsync(202602)).Select(revision => (revision.Number, revision.Amount)));
        Assert.Equal((BillStage.Final, 900m), await scene.MonthAsync(202602) is var last ? (last.Stage, last.Amount!.Value) : default);
    }

    [Fact]
    public async Task Collect_ASimOfAClosedMonthThatIsKnownByNow_IsNamed_AndTheOthersKeepTheirNames()
    {
        scene.Until("2026-04-10T00:00Z");
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        await scene.CollectAsync();
        var known = await scene.LinesAsync(BillLineKind.Sim, 202603);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE BillLines SET IsKnown = 0, Name = '', GroupName = '' WHERE Month = 202603 AND \"Key\" = $key", ("$key", known[0].Key));
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE InventorySims SET Name = 'Renamed'");

        await scene.CollectAsync();

        var names = (await scene.LinesAsync(BillLineKind.Sim, 202603)).ToDictionary(line => line.Key, line => line.Name);
        Assert.Equal("Renamed", names[known[0].Key]);
        Assert.All(known.Skip(1), line => Assert.Equal(line.Name, names[line.Key]));
    }

    [Theory]
    [InlineData(null, "USD")]
    [InlineData("EUR", "EUR")]
    public async Task History_WithoutACurrency_IsInTheOneThatTheRunningMonthIsToldIn(string? told, string currency)
    {
        var bill = Bill(new YearMonth(2026, 2), 10.5m, "paid") with { Currency = null };

        await scene.Store.PutHistoryAsync(scene.Global with { ToldCurrency = told }, [bill], scene.Clock.GetUtcNow(), Watchdog.Token);

        Assert.Equal(currency, (await scene.MonthAsync(202602, SoracomCoverage.Global)).Currency);
        Assert.Equal(currency, Assert.Single(await scene.RevisionsAsync(202602)).Currency);
    }

    [Fact]
    public async Task DaysAndLines_OfAnEarlierAnswer_ReplaceNothing()
    {
        var (month, later) = (new YearMonth(2026, 2), scene.Clock.GetUtcNow());
        var earlier = later.AddMinutes(-1);
        BillLines Told(BillLineKind kind, decimal amount) => new(month, kind, "USD", later, [new BillLineTold("1", "", amount)]);
        await scene.Store.PutDaysAsync(scene.Global, month, [Day(1, 1.25m)], later, later, Watchdog.Token);
        await scene.Store.PutLinesAsync(scene.Global, Told(BillLineKind.Item, 10), later, Watchdog.Token);

        await scene.Store.PutDaysAsync(scene.Global, month, [Day(1, 1m), Day(2, 1m)], earlier, earlier, Watchdog.Token);
        await scene.Store.PutLinesAsync(scene.Global, Told(BillLineKind.Item, 9), earlier, Watchdog.Token);
        await scene.Store.PutLinesAsync(scene.Global, Told(BillLineKind.Sim, 8), earlier, Watchdog.Token);

        Assert.Equal([1.25m], (await scene.DaysAsync(SoracomCoverage.Global)).Select(day => day.Amount));
        Assert.Equal(10m, Assert.Single(await scene.LinesAsync(BillLineKind.Item, 202602, SoracomCoverage.Global)).Amount);
        // SIMs had not been asked for before.
        Assert.Equal(8m, Assert.Single(await scene.LinesAsync(BillLineKind.Sim, 202602, SoracomCoverage.Global)).Amount);
        Assert.Equal((later, 10m), await scene.MonthAsync(202602, SoracomCoverage.Global) is var row ? (row.DaysReadAt!.Value, row.ItemsTotal!.Value) : default);
    }

    [Fact]
    public async Task Days_OfABillThatWasCorrected_AreReadOnceTheVendorAnswersAgain()
    {
        scene.Until("2026-04-10T00:00Z");
        await scene.CollectAsync();
        using (var vendor = new HttpClient { BaseAddress = scene.Portal.Sandbox.JapanAddress })
        {
            using var answer = await vendor.PostAsJsonAsync("/_control/bills", new { operatorId = scene.Japan.OperatorId, yearMonth = "202603", by = -1200 }, Watchdog.Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/202603/daily" });
        scene.Clock.Advance(TimeSpan.FromHours(2));
        Assert.NotNull(await scene.CollectAsync());
        Assert.Equal((2, null), ((await scene.MonthAsync(202603)).Revision, (await scene.MonthAsync(202603)).DaysReadAt));

        scene.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Null(await scene.CollectAsync());
        Assert.Equal(scene.Clock.GetUtcNow(), (await scene.MonthAsync(202603)).DaysReadAt);
        Assert.NotEqual(scene.Clock.GetUtcNow(), (await scene.MonthAsync(202602)).DaysReadAt);
    }

    [Fact]
    public async Task Month_ThatCostNothing_IsClosedOnceItsBillMustHaveCome()
    {
        var (april, march) = (new YearMonth(2026, 4), new YearMonth(2026, 3));
        await scene.Store.PutLatestAsync(scene.Global, new LatestBill { Amount = 0, Currency = "USD", LastEvaluatedTime = april.End().AddHours(-1) }, april.End().AddHours(-1), Watchdog.Token);
        await scene.Store.PutLatestAsync(scene.Global, new LatestBill { Amount = 5, Currency = "USD", LastEvaluatedTime = march.End().AddHours(-1) }, march.End().AddHours(-1), Watchdog.Token);
        async Task<BillMonth> AfterAsync(double days)
        {
            await scene.Store.PutHistoryAsync(scene.Global, [], april.End().AddDays(days), Watchdog.Token);
            return await scene.MonthAsync(202604, SoracomCoverage.Global);
        }

        Assert.Equal((BillStage.Preliminary, null), ((await AfterAsync(9)).Stage, (await AfterAsync(9)).FinalAt));
        var closed = await AfterAsync(11);
        Assert.Equal((BillStage.Final, 0m, "USD", april.End().AddDays(11)), (closed.Stage, closed.Amount!.Value, closed.Currency, closed.FinalAt!.Value));
        // One that cost something waits for its bill; and a bill that comes all the same is the bill.
        Assert.Equal(BillStage.Preliminary, (await scene.MonthAsync(202603, SoracomCoverage.Global)).Stage);
        await scene.Store.PutHistoryAsync(scene.Global, [Bill(april, 7, "paid") with { Currency = "USD" }], april.End().AddDays(12), Watchdog.Token);
        Assert.Equal((7m, 1), ((await scene.MonthAsync(202604, SoracomCoverage.Global)).Amount!.Value, (await scene.MonthAsync(202604, SoracomCoverage.Global)).Revision));
    }

    [Fact]
    public async Task Days_ThatTheVendorNoLongerTells_StayAsTheyWere()
    {
        var month = new YearMonth(2026, 2);
        await scene.Store.PutDaysAsync(scene.Global, month, [Day(1, 1.25m), Day(2, 2.50m), Day(4, 4m)], scene.Clock.GetUtcNow(), scene.Clock.GetUtcNow(), Watchdog.Token);
        await scene.Store.PutDaysAsync(scene.Global, month, [Day(2, 2.75m), Day(5, null), new DailyBill { Date = new DateOnly(2026, 3, 1), Amount = 9 }], scene.Clock.GetUtcNow(), scene.Clock.GetUtcNow(), Watchdog.Token);

        Assert.Equal([(1, 1.25m), (2, 2.75m), (4, 4m)], (await scene.DaysAsync(SoracomCoverage.Global)).Select(day => (day.Day.Day, day.Amount)));
        Assert.Equal(8m, (await scene.MonthAsync(202602, SoracomCoverage.Global)).DaysTotal);
    }

    [Fact]
    public async Task Amounts_ThatNobodyCanMean_AreLeftOut_AndTheOthersKept()
    {
        var month = new YearMonth(2026, 2);
        await scene.Store.PutDaysAsync(scene.Global, month, [Day(1, decimal.MaxValue), Day(2, 2.50m)], scene.Clock.GetUtcNow(), scene.Clock.GetUtcNow(), Watchdog.Token);
        var changed = await scene.Store.PutHistoryAsync(
            scene.Japan, [Bill(month, decimal.MinValue, "paid"), Bill(new YearMonth(2026, 1), 100, "paid")], scene.Clock.GetUtcNow(), Watchdog.Token);

        Assert.Equal([(2, 2.50m)], (await scene.DaysAsync(SoracomCoverage.Global)).Select(day => (day.Day.Day, day.Amount)));
        Assert.Equal([new YearMonth(2026, 1)], changed);
    }

    [Fact]
    public async Task Collect_TwiceAtOnce_IsDoneOnce()
    {
        scene.Until("2026-04-10T00:00Z");
        var failures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.CollectAsync(freshFor: TimeSpan.FromHours(1))));

        Assert.All(failures, Assert.Null);
        Assert.Equal(19, (await scene.MonthsAsync()).Count);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills" });
        Assert.Null(await scene.CollectAsync(freshFor: TimeSpan.FromHours(1)));
        Assert.NotNull(await scene.CollectAsync());
    }

    [Fact]
    public async Task Collect_TheVendorFailsHalfway_KeepsWhatWasRead_WaitsAndGoesOn()
    {
        scene.Until("2026-04-10T00:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/202512/daily" });

        var failure = await scene.CollectAsync(freshFor: TimeSpan.FromHours(1));
        var reading = await scene.ReadingAsync();
        var tooSoon = await scene.CollectAsync(freshFor: TimeSpan.FromHours(1));

        Assert.Equal(VendorErrorKind.Unavailable, failure!.Kind);
        Assert.Equal((null, "Unavailable", null), (reading.ReadAt, reading.Failure, reading.HeldUntil));
        Assert.Null(tooSoon);
        Assert.Null((await scene.MonthAsync(202512)).DaysReadAt);
        Assert.NotNull((await scene.MonthAsync(202601)).DaysTotal);
        Assert.NotNull((await scene.MonthAsync(202512)).Amount);

        scene.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(await scene.CollectAsync(freshFor: TimeSpan.FromHours(1)));
        Assert.All(await scene.MonthsAsync(), month => Assert.NotNull(month.DaysReadAt));
        Assert.Null((await scene.ReadingAsync()).Failure);
    }

    [Fact]
    public async Task Collect_NoMoreThanBillsMayBeRead_TakesTheBills()
    {
        scene.Until("2026-04-10T00:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries", Status = 403, Count = 2 });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/*/daily", Status = 403 });

        Assert.Null(await scene.CollectAsync());

        Assert.Equal(19, (await scene.MonthsAsync()).Count);
        Assert.Empty(await scene.DaysAsync());
        Assert.Equal("getBillingSummaryOfBillItems getBillingSummaryOfSims getBillingPerDay", (await scene.ReadingAsync()).Denied);

        // Once the credential may, nothing of that is left.
        Assert.Null(await scene.CollectAsync());
        Assert.NotEmpty(await scene.DaysAsync());
        Assert.Equal("", (await scene.ReadingAsync()).Denied);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Collect_SummariesFail_ReadsTheDaysAllTheSame_AndSaysThatNotAllWasRead(int status)
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries", Status = status, Count = 2 });

        var failure = await scene.CollectAsync();

        Assert.Equal(VendorErrorKind.Unavailable, failure!.Kind);
        Assert.Equal((null, "Unavailable"), await scene.ReadingAsync() is var reading ? (reading.ReadAt, reading.Failure) : default);
        Assert.Equal(10, (await scene.DaysAsync()).Count(day => day.Day >= new DateOnly(2026, 4, 1)));
        Assert.All(await scene.MonthsAsync(), month => Assert.NotNull(month.DaysReadAt));
        Assert.NotNull((await scene.MonthAsync(202604)).Forecast);
        Assert.Empty(await scene.LinesAsync(BillLineKind.Item, 202603));
    }

    [Theory]
    [InlineData(422)]
    [InlineData(503)]
    public async Task Collect_ClosedMonthsFail_ReadsTheOthersAllTheSame_AndNoForecastIsBelowWhatWasChargedAlready(int status)
    {
        scene.Until("2026-04-02T12:00Z");
        Assert.Null(await scene.CollectAsync());
        // As if next to nothing had been expected then.
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE BillMonths SET Forecast = 1000000, ForecastLow = 1000000, ForecastHigh = 1000000 WHERE Month = 202604");
        scene.Until("2026-04-29T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/*/bills", Status = status, Count = 50 });

        Assert.NotNull(await scene.CollectAsync());

        var month = await scene.MonthAsync(202604);
        Assert.InRange(month.Forecast!.Value, month.Amount!.Value, month.Amount.Value * 2);
        Assert.InRange(month.ForecastLow!.Value, month.Amount.Value, month.Forecast.Value);
        Assert.Equal((29, 29, 29), (month.ItemsAsOf!.Value.Day, month.SimsAsOf!.Value.Day, month.DaysAsOf!.Value.Day));
        Assert.Equal(29, (await scene.DaysAsync()).Count(day => day.Day >= new DateOnly(2026, 4, 1)));
        Assert.NotNull((await scene.ReadingAsync()).Failure);
    }

    [Fact]
    public async Task Collect_TheRunningTotalFails_ReadsTheClosedMonths()
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/latest", Status = 422, Count = 50 });

        Assert.Equal(VendorErrorKind.Refused, (await scene.CollectAsync())!.Kind);

        var months = await scene.MonthsAsync();
        Assert.Equal(18, months.Count(month => month is { Stage: BillStage.Final, Amount: not null, DaysReadAt: not null }));
        Assert.NotEmpty(await scene.LinesAsync(BillLineKind.Item, 202604));
        // How far its days go nobody has told.
        Assert.Equal((null, null), months[^1] is var april ? (april.Amount, april.DaysReadAt) : default);
    }

    [Fact]
    public async Task Total_IsWrittenWithItsForecast_AndOneThatCannotBeReadOrHasNoTimeHasNoOtherAge()
    {
        scene.Until("2026-04-10T12:00Z");
        Assert.Null(await scene.CollectAsync());
        var known = await scene.MonthAsync(202604);
        scene.Until("2026-04-20T12:00Z");
        Task<YearMonth> PutAsync(decimal? amount, DateTimeOffset? at) =>
            scene.Store.PutLatestAsync(scene.Japan, new LatestBill { Amount = amount, Currency = "JPY", LastEvaluatedTime = at }, scene.Clock.GetUtcNow(), Watchdog.Token);

        // As where whoever asked has left before anything else was read.
        await PutAsync(known.Forecast * 3, scene.Clock.GetUtcNow());
        var more = await scene.MonthAsync(202604);
        await PutAsync(decimal.MaxValue, scene.Clock.GetUtcNow().AddMinutes(5));
        var unread = await scene.MonthAsync(202604);
        await PutAsync(known.Forecast * 4, null);
        var timeless = await scene.MonthAsync(202604);

        Assert.True(more.Forecast >= more.Amount && more.ForecastLow >= more.Amount, "Nobody gets less than what was charged already.");
        Assert.Equal((more.Amount, more.AsOf, more.ReadAt), (unread.Amount, unread.AsOf, unread.ReadAt));
        Assert.Equal((known.Forecast * 4, null, null), (timeless.Amount, timeless.AsOf, timeless.Forecast));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("counting")]
    public async Task Bill_ThatWasFinal_AndIsToldWithoutAStateThatAnybodyKnows_StaysAsItWasClosed(string? state)
    {
        scene.Until("2026-05-04T12:00Z");
        var april = Bill(new YearMonth(2026, 4), 500, "paid");
        await PutAsync(april, 0);

        Assert.Empty(await PutAsync(april with { Amount = 700, State = state }, 1));

        Assert.Equal((500m, BillStage.Final, 1), await scene.MonthAsync(202604) is var month ? (month.Amount!.Value, month.Stage, month.Revision) : default);
        Assert.Single(await scene.RevisionsAsync(202604));
        // What is closed again is taken.
        Assert.Single(await PutAsync(april with { Amount = 700 }, 2));
        Assert.Equal((700m, BillStage.Final, 2), await scene.MonthAsync(202604) is var corrected ? (corrected.Amount!.Value, corrected.Stage, corrected.Revision) : default);
    }

    [Theory]
    [InlineData("closed", "2026-05-04T12:00Z", BillStage.Final)]
    [InlineData("closed", "2026-04-30T12:00Z", BillStage.Preliminary)]
    [InlineData("temporary", "2026-05-04T12:00Z", BillStage.Preliminary)]
    [InlineData("counting", "2026-05-04T12:00Z", BillStage.Preliminary)]
    [InlineData(null, "2026-05-04T12:00Z", BillStage.Preliminary)]
    public async Task Bill_IsFinal_WhereTheVendorSaysThatItIsClosed_AndTheMonthIsOver(string? state, string at, BillStage stage)
    {
        scene.Until(at);

        await PutAsync(Bill(new YearMonth(2026, 4), 500, "paid") with { State = state }, 0);

        var month = await scene.MonthAsync(202604);
        Assert.Equal((stage, 500m, stage == BillStage.Final ? 1 : 0), (month.Stage, month.Amount, month.Revision));
    }

    [Fact]
    public async Task Days_OfAClosedMonth_AreWhole_HoweverFarTheVendorHasCountedByThen()
    {
        var (april, now) = (new YearMonth(2026, 4), new DateTimeOffset(2026, 5, 1, 2, 0, 0, TimeSpan.Zero));
        scene.Until("2026-05-01T02:00Z");
        DailyBill[] days = [.. Enumerable.Range(1, 30).Select(day => new DailyBill { Date = new DateOnly(2026, 4, day), Amount = 10, Currency = "JPY" })];
        await scene.Store.PutDaysAsync(scene.Japan, april, days, now.AddHours(-4), now, Watchdog.Token);
        Assert.True((await scene.DaysAsync())[^1].IsPart);

        await PutAsync(Bill(april, 500, "paid"), 0);
        await scene.Store.PutDaysAsync(scene.Japan, april, days, now.AddHours(-4), now.AddHours(1), Watchdog.Token);

        Assert.All(await scene.DaysAsync(), day => Assert.False(day.IsPart));
        Assert.Equal((april.End(), null), await scene.MonthAsync(202604) is var month ? (month.DaysAsOf!.Value, month.PartDay()) : default);
    }

    [Fact]
    public async Task Collect_WhatIsServedAgain_IsDeniedNoMore_AlsoWhereSomethingElseFails()
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries", Status = 403, Count = 2 });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/*/daily", Status = 403 });
        Assert.Null(await scene.CollectAsync());
        scene.Portal.Sandbox.Faults.Clear();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries/sims", Status = 422, Count = 50 });

        Assert.NotNull(await scene.CollectAsync());

        Assert.Equal(BillingOperations.Sims, (await scene.ReadingAsync()).Denied);
    }

    [Fact]
    public async Task Collect_ItemsFail_ReadsTheSims()
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries/bill_items" });

        Assert.NotNull(await scene.CollectAsync());

        Assert.Empty(await scene.LinesAsync(BillLineKind.Item, 202603));
        Assert.NotEmpty(await scene.LinesAsync(BillLineKind.Sim, 202603));
    }

    [Fact]
    public async Task Collect_OneMonthsDaysFail_ReadsThoseOfTheOthers_AndSaysThatNotAllWasRead()
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/202512/daily", Status = 503, Count = 50 });

        Assert.Equal(VendorErrorKind.Unavailable, (await scene.CollectAsync())!.Kind);

        Assert.Equal([202512], (await scene.MonthsAsync()).Where(month => month.DaysReadAt is null).Select(month => month.Month));
        Assert.Null((await scene.ReadingAsync()).ReadAt);
    }

    [Fact]
    public async Task Collect_TheVendorIsDownHalfway_AsksForNoMoreMonths()
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/*/daily", Status = 503, Count = VendorFailures.Down });

        Assert.Equal(VendorErrorKind.Unavailable, (await scene.CollectAsync())!.Kind);

        // The call after that would have been answered.
        Assert.Empty(scene.Portal.Sandbox.Faults.Armed);
        Assert.All(await scene.MonthsAsync(), month => Assert.Null(month.DaysReadAt));
    }

    [Theory]
    [InlineData("", null, true)]
    [InlineData("Unavailable", "Unavailable", true)]
    [InlineData("Refused NotUnderstood", "Refused", true)]
    [InlineData("Unavailable RateLimited", "RateLimited", false)]
    [InlineData("Refused BadCredential", "BadCredential", false)]
    [InlineData("RateLimited Unavailable", "RateLimited", false)]
    [InlineData("Unavailable Unavailable", "Unavailable", true)]
    [InlineData("Unavailable Unavailable Unavailable", "Unavailable", false)]
    [InlineData("Unavailable Unavailable - Unavailable", "Unavailable", true)]
    [InlineData("Refused Unavailable Unavailable Unavailable", "Unavailable", false)]
    [InlineData("Refused Unavailable Unavailable - Refused Unavailable", "Refused", true)]
    public void Failures_EachDecidesWhetherToGoOn_AndWhatEndsItIsTold(string came, string? told, bool goesOn)
    {
        var failures = new VendorFailures();
        foreach (var kind in came.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            failures.Note(Enum.TryParse<VendorErrorKind>(kind, out var known) ? new VendorError(known, SoracomCoverage.Japan) : null);
        }

        Assert.Equal((told, goesOn), (failures.Gravest?.Kind.ToString(), failures.GoesOn));
    }

    [Fact]
    public async Task Partly_IsSaidOfWhatWasReadSinceTheLastWholeReading_AndNotOfThatOne_WhileTheClockGoesOn()
    {
        scene.Until("2026-04-10T12:00Z");
        var clock = new Ticking(scene.Clock);
        var collector = new BillingCollector(new BillingTurns(scene.Portal.Database, clock), scene.Store, scene.Portal.Get<ISimWalks>(), clock);
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        Task<VendorError?> CollectAsync() => collector.CollectAsync(tenant.TenantId, SoracomCoverage.Japan, new BillingWay(scene.Portal.Get<TenantSoracom>(), tenant: null), freshFor: null, Watchdog.Token);
        async Task<BillStanding> StandingAsync() => (await scene.Portal.Get<Bills>().StandingAsync(tenant, Watchdog.Token)).Single(standing => standing.Coverage == SoracomCoverage.Japan);

        Assert.Null(await CollectAsync());
        var whole = await StandingAsync();
        scene.Clock.Advance(TimeSpan.FromHours(2));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/latest", Status = 422, Count = 50 });
        Assert.NotNull(await CollectAsync());
        var nothing = await StandingAsync();
        scene.Portal.Sandbox.Faults.Clear();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries", Status = 422, Count = 50 });
        Assert.NotNull(await CollectAsync());
        var some = await StandingAsync();

        Assert.True(whole.FiguresAt > whole.ReadAt, "The clock goes on while it is read.");
        Assert.Equal((null, null), (whole.Failure, whole.PartlyAt));
        Assert.Equal((whole.ReadAt, whole.FiguresAt, null), (nothing.ReadAt, nothing.FiguresAt, nothing.PartlyAt));
        Assert.NotNull(nothing.Failure);
        Assert.Equal((whole.ReadAt, some.FiguresAt), (some.ReadAt, some.PartlyAt));
        Assert.True(some.PartlyAt > whole.FiguresAt!.Value.AddHours(1));
    }

    [Fact]
    public async Task Collect_TheCredentialIsRefusedMeanwhile_AsksForNothingElse()
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries", Status = 403, Count = 1 });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/summaries/sims", Status = 401, Count = 4 });

        Assert.True((await scene.CollectAsync())!.IsAboutTheCredential);

        Assert.Empty(await scene.DaysAsync());
        // What was refused before that is still known.
        Assert.Equal("getBillingSummaryOfBillItems", (await scene.ReadingAsync()).Denied);
    }

    [Fact]
    public async Task Worker_CollectsDaily_AndMoreOftenUntilAMonthIsClosed()
    {
        var worker = scene.Portal.Get<BillingWorker>();
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM VendorCredentials WHERE TenantId <> $tenant", ("$tenant", scene.Tenant.TenantId.ToString().ToUpperInvariant()));
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.NotEmpty(await scene.MonthsAsync());
        Assert.NotEmpty(await scene.MonthsAsync(SoracomCoverage.Global));
        var first = scene.Clock.GetUtcNow();

        // March is over and not closed.
        scene.Clock.Advance(TimeSpan.FromMinutes(50));
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal(first, (await scene.ReadingAsync()).ReadAt);
        scene.Clock.Advance(TimeSpan.FromMinutes(20));
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal(scene.Clock.GetUtcNow(), (await scene.ReadingAsync()).ReadAt);

        scene.Until("2026-04-10T00:00Z");
        await worker.RunOnceAsync(Watchdog.Token);
        scene.Clock.Advance(TimeSpan.FromHours(23));
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal("2026-04-10T00:00", $"{(await scene.ReadingAsync()).ReadAt:yyyy-MM-ddTHH:mm}");
        scene.Clock.Advance(TimeSpan.FromHours(2));
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal(scene.Clock.GetUtcNow(), (await scene.ReadingAsync()).ReadAt);
    }

    [Fact]
    public async Task Worker_LeavesPeopleTheirShareOfCalls()
    {
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM VendorCredentials WHERE Coverage = 'g' OR TenantId <> $tenant", ("$tenant", scene.Tenant.TenantId.ToString().ToUpperInvariant()));
        // What else looks at the clock each minute does so at other moments.
        scene.Clock.Advance(TimeSpan.FromSeconds(7));
        await LookAsync();
        var share = scene.Portal.Get<TenantSoracom>().CallsPerMinute(SoracomCoverage.Japan, scene.Japan.OperatorId, "bills")!.Value;
        for (var calls = 1; calls < share; calls++)
        {
            await LookAsync();
        }

        var working = scene.Portal.Get<BillingWorker>().RunOnceAsync(Watchdog.Token);
        await scene.Clock.TimerBetweenAsync(TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(60), Watchdog.Token);
        Assert.False(working.IsCompleted);
        // What is left of the minute is people's.
        await LookAsync();
        Assert.Empty(await scene.MonthsAsync());

        scene.Clock.Advance(TimeSpan.FromSeconds(60));
        await working;
        Assert.NotEmpty(await scene.MonthsAsync());

        Task LookAsync() => scene.AskAsync((client, token) => client.Billing.GetLatestBillingAsync(token));
    }

    [Fact]
    public async Task Worker_AtMidnightOfTheFirst_CollectsAtOnce_AndTheClosedMonthWithinTheHour()
    {
        var worker = scene.Portal.Get<BillingWorker>();
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM VendorCredentials WHERE Coverage = 'g' OR TenantId <> $tenant", ("$tenant", scene.Tenant.TenantId.ToString().ToUpperInvariant()));

        // The first of May in Tokyo: for the vendor it is April still.
        scene.Until("2026-04-30T14:50Z");
        await worker.RunOnceAsync(Watchdog.Token);
        scene.Until("2026-04-30T15:10Z");
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal("14:50", $"{(await scene.ReadingAsync()).ReadAt:HH:mm}");

        scene.Until("2026-05-01T00:00Z");
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal(scene.Clock.GetUtcNow(), (await scene.ReadingAsync()).ReadAt);
        Assert.Equal(30, (await scene.DaysAsync()).Count(day => day.Day.Month == 4 && day.Day.Year == 2026));
        Assert.Equal((BillStage.Preliminary, BillStage.Preliminary), ((await scene.MonthAsync(202604)).Stage, (await scene.MonthAsync(202605)).Stage));
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal("00:00", $"{(await scene.ReadingAsync()).ReadAt:HH:mm}");

        scene.Until("2026-05-04T02:30Z");
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal(BillStage.Preliminary, (await scene.MonthAsync(202604)).Stage);
        scene.Until("2026-05-04T03:30Z");
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal((BillStage.Final, scene.Clock.GetUtcNow()), ((await scene.MonthAsync(202604)).Stage, (await scene.MonthAsync(202604)).FinalAt!.Value));
    }

    [Fact]
    public async Task Collect_ByWhoeverLooks_AfterAMonthHasBegun_IsDoneAtOnce()
    {
        scene.Until("2026-04-30T23:50Z");
        await scene.CollectAsync(freshFor: TimeSpan.FromHours(1));
        scene.Until("2026-05-01T00:10Z");
        await scene.CollectAsync(freshFor: TimeSpan.FromHours(1));

        Assert.Equal(scene.Clock.GetUtcNow(), (await scene.ReadingAsync()).ReadAt);
    }

    [Theory]
    [InlineData(null, null, BillStage.Final)]
    [InlineData(0, null, BillStage.Final)]
    [InlineData(null, 5, BillStage.Preliminary)]
    [InlineData(7, null, BillStage.Preliminary)]
    public async Task Month_OfWhichNothingWasEverTold_IsClosedAsOneThatCostNothing(int? amount, int? days, BillStage stage)
    {
        var april = new YearMonth(2026, 4);
        if (amount is { } told)
        {
            await scene.Store.PutLatestAsync(scene.Global, new LatestBill { Amount = told, Currency = "USD", LastEvaluatedTime = april.Start().AddDays(3) }, april.Start().AddDays(3), Watchdog.Token);
        }

        var over = april.End();
        await scene.Store.PutDaysAsync(scene.Global, april, days is { } cost ? [new DailyBill { Date = april.FirstDay, Amount = cost, Currency = "USD" }] : [], over, over, Watchdog.Token);
        await scene.Store.PutHistoryAsync(scene.Global, [], over.AddDays(9), Watchdog.Token);
        Assert.Equal(BillStage.Preliminary, (await scene.MonthAsync(202604, SoracomCoverage.Global)).Stage);

        await scene.Store.PutHistoryAsync(scene.Global, [], over.AddDays(11), Watchdog.Token);

        var month = await scene.MonthAsync(202604, SoracomCoverage.Global);
        Assert.Equal((stage, stage == BillStage.Final ? 0m : amount), (month.Stage, month.Amount));
    }

    [Theory]
    [InlineData(BillLineKind.Sim)]
    [InlineData(BillLineKind.Item)]
    public async Task Month_OfWhichOnlySimsOrItemsCostSomething_IsNotClosedAsOneThatCostNothing(BillLineKind kind)
    {
        var (april, over) = (new YearMonth(2026, 4), new YearMonth(2026, 4).End());
        await scene.Store.PutDaysAsync(scene.Global, april, [], over, over, Watchdog.Token);
        await scene.Store.PutLinesAsync(scene.Global, new BillLines(april, kind, "USD", over, [new BillLineTold("one", "", 2.5m)]), over, Watchdog.Token);

        await scene.Store.PutHistoryAsync(scene.Global, [], over.AddDays(11), Watchdog.Token);

        Assert.Equal((BillStage.Preliminary, null), await scene.MonthAsync(202604, SoracomCoverage.Global) is var month ? (month.Stage, month.Amount) : default);
    }

    [Theory]
    [InlineData("en", "No item name")]
    [InlineData("ja", "項目名なし")]
    public async Task Items_WithoutAName_ArePartOfTheBill_AndSaidToHaveNone(string language, string name)
    {
        var summary = new BillItemSummary
        {
            YearMonth = new YearMonth(2026, 3),
            Currency = "JPY",
            CostBreakdownList = [new() { BillItemName = null, BillItemCategory = "Air", Amount = 5 }, new() { BillItemName = "", Amount = 2 }, new() { BillItemName = "a", BillItemCategory = "Air", Amount = 10 }],
        };

        var lines = BillLines.Of(summary)!;

        Assert.Equal([("", 7m), ("a", 10m)], lines.Lines.Select(line => (line.Key, line.Amount)).Order());
        await scene.Store.PutLinesAsync(scene.Japan, lines, scene.Clock.GetUtcNow(), Watchdog.Token);
        Assert.Equal(17m, (await scene.MonthAsync(202603)).ItemsTotal);
        using var speaking = new Speaking(language);
        Assert.Equal(name, BillWords.Row(scene.Portal.Get<IStringLocalizer<Strings>>(), new BillRow(BillRowKind.Item, "", "", 7)));
    }

    [Fact]
    public async Task Collect_TheCredentialIsReplacedMeanwhile_KeepsNothingOfWhatMayBeAnotherOperators()
    {
        scene.Until("2026-04-10T12:00Z");
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/bills/latest", Delay = TimeSpan.FromSeconds(10) });

        var collecting = scene.CollectAsync();
        await scene.Portal.StruckAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = 'OP9999999999' WHERE Coverage = 'jp' AND TenantId = $tenant", ("$tenant", scene.Tenant.TenantId.ToString().ToUpperInvariant()));
        while (!collecting.IsCompleted)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(collecting, Task.Delay(10, Watchdog.Token));
        }

        Assert.Null(await collecting);
        Assert.Empty(await scene.MonthsAsync());
        Assert.Empty(await scene.DaysAsync());
        Assert.Equal((null, null), await scene.ReadingAsync() is var reading ? (reading.ReadAt, reading.Holder) : default);
    }

    [Theory]
    [InlineData("2026-04-01T00:00Z", "2026-03-20T00:00Z", true)]
    [InlineData("2026-03-31T23:00Z", "2026-04-01T00:00Z", true)]
    [InlineData("2026-03-31T22:59Z", "2026-04-01T00:00Z", false)]
    [InlineData("2026-03-20T00:00Z", "2026-04-01T00:00Z", false)]
    public async Task SimsOfAClosedMonth_AreAllOfThem_WhereTheyAreCountedToItsEnd_HoweverOldItsItemsAre(string sims, string items, bool areAll)
    {
        scene.Until("2026-04-10T09:30Z");
        await scene.CollectAsync();
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            var march = await db.BillMonths.SingleAsync(month => month.Coverage == "jp" && month.Month == 202603, Watchdog.Token);
            (march.SimsAsOf, march.ItemsAsOf) = (DateTimeOffset.Parse(sims, CultureInfo.InvariantCulture), DateTimeOffset.Parse(items, CultureInfo.InvariantCulture));
            await db.SaveChangesAsync(Watchdog.Token);
        }

        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        var view = await scene.Portal.Get<Bills>().MonthAsync(tenant, SoracomCoverage.Japan, BillQuery.Newest with { Month = new YearMonth(2026, 3), Split = BillSplit.Sim }, Watchdog.Token);

        Assert.InRange(view.Lines.Count(line => line is { Kind: BillLineKind.Sim, Month: 202603 }), 1, BillSources.MostSims - 1);
        Assert.Equal(areAll, view.WithAllSims.Contains(202603));
    }

    /// <summary>A clock that goes on whenever it is looked at.</summary>
    private sealed class Ticking(TimeProvider clock) : TimeProvider
    {
        private int looks;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow().AddMilliseconds(Interlocked.Increment(ref looks));
    }

    private static MonthlyBill Bill(YearMonth month, decimal amount, string status) =>
        new() { YearMonth = month, Amount = amount, AppliedCouponAmount = 0, Currency = "JPY", State = "closed", PaymentStatus = status };

    private static DailyBill Day(int day, decimal? amount) => new() { Date = new DateOnly(2026, 2, day), Amount = amount, Currency = "USD" };

    private Task<IReadOnlySet<YearMonth>> PutAsync(MonthlyBill bill, int minutes) =>
        scene.Store.PutHistoryAsync(scene.Japan, [bill], scene.Clock.GetUtcNow().AddMinutes(minutes), Watchdog.Token);
}
