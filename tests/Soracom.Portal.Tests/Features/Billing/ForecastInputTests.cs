using System.Globalization;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Forecasting;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>What of an account's bills a forecast is made of: corrections and days that are missing are not taken for taxes and charges by the month.</summary>
public sealed class ForecastInputTests
{
    private static readonly Guid Tenant = Guid.CreateVersion7();

    [Fact]
    public void Factor_IsThatOfClosedBills_AndNotOfOneThatWasCorrected()
    {
        Assert.Equal(1.1m, Of([Closed(202603, 1100, 1000), Open()])!.GrossFactor);
        Assert.Equal(1.1m, Of([Closed(202602, 1100, 1000), Closed(202603, 800, 1000, revision: 2), Open()])!.GrossFactor);

        // Corrected before the portal first saw it: nothing says so but the other months.
        Assert.Equal(1.1m, Of([Closed(202601, 2200, 2000), Closed(202602, 1100, 1000), Closed(202603, 800, 1000), Open()])!.GrossFactor);

        // None but a corrected one: the running month says it, else what is usual.
        Assert.Equal(1.08m, Of([Closed(202603, 800, 1000, revision: 2), Open(amount: 540, items: 500)])!.GrossFactor);
        Assert.Equal(1.1m, Of([Closed(202603, 800, 1000, revision: 2), Open()])!.GrossFactor);
        Assert.Equal(1.1m, Of([Closed(202603, 90_000, 1000), Open()])!.GrossFactor);
    }

    [Fact]
    public void Factor_OfCouponsAndOtherCurrencies_IsNotBent()
    {
        var coupon = Closed(202603, 600, 1000);
        coupon.CouponAmount = 500;
        var dollars = Closed(202602, 1000, 1000);
        dollars.Currency = "USD";

        Assert.Equal(1.1m, Of([dollars, coupon, Open()])!.GrossFactor);
    }

    [Fact]
    public void DaysThatAreMissing_AreNoChargesByTheMonth()
    {
        var days = Days("2026-03-01", 41, _ => 10);
        var march = Closed(202603, 0, 310 + 50);
        var april = Open(items: 100 + 30);
        var all = Of([march, april], days)!;
        var holes = Of([march, april], [.. days.Where(day => day.Day.Day is not (5 or 6) && day.Day != new DateOnly(2026, 3, 31))])!;

        Assert.Equal((50m, 30m), (all.MonthlyBefore, all.MonthlyNow));
        Assert.Equal((50m, 30m), (holes.MonthlyBefore, holes.MonthlyNow));
    }

    [Fact]
    public void Days_BeforeTheAccountsFirst_AreNoneThatAreMissing_AndAMonthWithoutAnySaysNothing()
    {
        var late = Of([Closed(202603, 0, 120 + 50), Open(items: 130)], Days("2026-03-20", 22, _ => 10))!;
        var none = Of([Closed(202603, 0, 360), Open(items: 130)], Days("2026-04-01", 10, _ => 10))!;

        Assert.Equal(50m, late.MonthlyBefore);
        Assert.Equal((null, 30m), (none.MonthlyBefore, none.MonthlyNow));
    }

    [Fact]
    public void TheDayUnderWay_IsNeitherMissingNorAWholeOne()
    {
        // Up to noon of the 11th: told by then, or not told yet.
        var (days, noon) = (Days("2026-04-01", 10, _ => 10), "2026-04-11T12:00Z");
        var today = new BillDay { TenantId = Tenant, Coverage = "jp", OperatorId = "OP1", Day = new DateOnly(2026, 4, 11), Currency = "JPY", Amount = 5 };

        Assert.Equal(30m, Of([Open(items: 135, asOf: noon)], [.. days, today])!.MonthlyNow);
        Assert.Equal(35m, Of([Open(items: 135, asOf: noon)], days)!.MonthlyNow);
    }

    [Theory]
    [InlineData("2026-04-11T00:00Z", 100 + 30, 30)]
    [InlineData("2026-04-10T12:00Z", 95 + 30, 30)]
    [InlineData("2026-04-10T00:00Z", 90 + 30, 30)]
    [InlineData("2026-04-09T23:59Z", 90 + 30, null)]
    [InlineData("2026-04-05T00:00Z", 40 + 30, null)]
    [InlineData("2026-04-01T00:00Z", 0, null)]
    public void Items_OlderThanTheDays_AreHeldAgainstTheDaysOfTheirTime_AndTellNothingOnceTheyAreOld(string itemsAsOf, int items, int? monthly)
    {
        var (days, april) = (Days("2026-03-01", 41, _ => 10), Open(amount: 143, items: items));
        april.ItemsAsOf = DateTimeOffset.Parse(itemsAsOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var march = Closed(202603, 396, 360);

        Assert.Equal((50m, monthly), (Of([march, april], days)!.MonthlyBefore, (int?)Of([march, april], days)!.MonthlyNow));

        // What was charged by the month is in the total, and is not expected once more.
        var fresh = Open(amount: 143, items: 130);
        var (usual, old) = (BillForecast.Of(Of([march, fresh], days))!, BillForecast.Of(Of([march, april], days))!);
        Assert.InRange(old.Amount, fresh.Amount!.Value, usual.Amount);
    }

    [Fact]
    public void Items_OfAMonthThatWasClosedSince_TellNeitherItsChargesByTheMonth_NorItsTaxes()
    {
        var march = Closed(202603, 396, 300);
        march.ItemsAsOf = DateTimeOffset.Parse("2026-03-20T00:00Z", CultureInfo.InvariantCulture);

        var input = Of([march, Open(items: 130)], Days("2026-03-01", 41, _ => 10))!;

        Assert.Equal((null, 1.1m), (input.MonthlyBefore, input.GrossFactor));
    }

    [Fact]
    public void ADay_ToldBeforeItWasOver_AndNotSince_IsNoWholeOne()
    {
        // Days were told up to noon of the 9th, and the total is counted to the end of the 10th.
        var (days, march, april) = (Days("2026-03-01", 40, day => day == new DateOnly(2026, 4, 9) ? 1 : 10), Closed(202603, 396, 360), Open(amount: 143, items: 130));
        april.DaysAsOf = DateTimeOffset.Parse("2026-04-09T12:00Z", CultureInfo.InvariantCulture);

        var input = Of([march, april], days)!;

        Assert.DoesNotContain(new DateOnly(2026, 4, 9), input.Days.Keys);
        Assert.Equal((39, 30m), (input.Days.Count, input.MonthlyNow));
        april.DaysAsOf = DateTimeOffset.Parse("2026-04-10T00:00Z", CultureInfo.InvariantCulture);
        Assert.Contains(new DateOnly(2026, 4, 9), Of([march, april], days)!.Days.Keys);
    }

    [Fact]
    public void AMonthWithoutAnAmount_HasNothingToForecastFrom() => Assert.Null(Of([Open(amount: null)]));

    private static ForecastInput? Of(IReadOnlyList<BillMonth> months, IReadOnlyList<BillDay>? days = null) => ForecastInput.Of(months[^1], months, days ?? []);

    private static BillMonth Closed(int month, decimal amount, decimal items, int revision = 1) => Month(month, BillStage.Final, amount, items, BillMonths.Of(month).End(), revision);

    private static BillMonth Open(decimal? amount = 0, decimal? items = null, string asOf = "2026-04-11T00:00Z") =>
        Month(202604, BillStage.Preliminary, amount, items, DateTimeOffset.Parse(asOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), revision: 0);

    private static BillMonth Month(int month, BillStage stage, decimal? amount, decimal? items, DateTimeOffset asOf, int revision) => new()
    {
        TenantId = Tenant,
        Coverage = "jp",
        OperatorId = "OP1",
        Month = month,
        Currency = Currencies.Yen,
        Amount = amount,
        ItemsTotal = items,
        ItemsAsOf = items is null ? null : asOf,
        AsOf = asOf,
        ReadAt = asOf,
        Stage = stage,
        Revision = revision,
        PaymentStatus = "",
        PaymentTransactionId = "",
    };

    private static IReadOnlyList<BillDay> Days(string from, int count, Func<DateOnly, decimal> amount)
    {
        var first = DateOnly.Parse(from, CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, count).Select(first.AddDays).Select(day => new BillDay { TenantId = Tenant, Coverage = "jp", OperatorId = "OP1", Day = day, Currency = "JPY", Amount = amount(day) })];
    }
}
