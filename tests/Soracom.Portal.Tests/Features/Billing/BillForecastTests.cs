using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Features.Billing.Forecasting;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>What a month will come to: by rule, and held against what the sandbox's months came to.</summary>
public sealed class BillForecastTests(ITestOutputHelper output)
{
    private static readonly YearMonth April = new(2026, 4);

    [Fact]
    public void SteadyDays_ComeToTheSumOfAllDays()
    {
        var forecast = BillForecast.Of(Input(asOf: "2026-04-11T00:00Z", amount: 1000, days: _ => 100))!;

        Assert.Equal((3000m, 20), (forecast.Amount, forecast.Ahead.Count));
        Assert.InRange(forecast.Low, 2950, 3000);
        Assert.InRange(forecast.High, 3000, 3050);
    }

    [Fact]
    public void Weekends_CountForWhatTheyCost()
    {
        static decimal Of(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 40 : 100;
        var whole = Enumerable.Range(1, 30).Sum(day => Of(new DateOnly(2026, 4, day)));
        var far = Enumerable.Range(1, 10).Sum(day => Of(new DateOnly(2026, 4, day)));

        var forecast = BillForecast.Of(Input("2026-04-11T00:00Z", far, Of))!;

        Assert.InRange(forecast.Amount, whole * 0.985m, whole * 1.015m);
        Assert.InRange(forecast.Ahead[new DateOnly(2026, 4, 11)] / forecast.Ahead[new DateOnly(2026, 4, 13)], 0.38m, 0.46m);
    }

    [Fact]
    public void TheDayUnderWay_IsFilledUp()
    {
        var forecast = BillForecast.Of(Input("2026-04-11T06:00Z", 1025, day => day == new DateOnly(2026, 4, 11) ? 25 : 100))!;

        Assert.Equal(75m, decimal.Round(forecast.Ahead[new DateOnly(2026, 4, 11)], 6));
        Assert.Equal(3000m, forecast.Amount);
    }

    [Theory]
    [InlineData(80, 20)]
    [InlineData(130, 0)]
    [InlineData(5, 75)]
    public void TheDayUnderWay_ThatBeganWithMostOfItsCharges_IsNotChargedTwice(int charged, int left)
    {
        var forecast = BillForecast.Of(Input("2026-04-11T06:00Z", 1000 + charged, day => day == new DateOnly(2026, 4, 11) ? charged : 100))!;

        Assert.Equal(left, decimal.Round(forecast.Ahead[new DateOnly(2026, 4, 11)], 6));
        Assert.Equal(1000 + charged + left + 1900, forecast.Amount);
    }

    [Fact]
    public void ChargesByTheMonth_ThatHaveNotCome_AreExpected_WithTax()
    {
        var first = Input("2026-04-01T00:00Z", 0, _ => 100) with { GrossFactor = 1.1m, MonthlyBefore = 500, MonthlyNow = 0 };
        var late = Input("2026-04-21T00:00Z", 2200, _ => 100) with { GrossFactor = 1.1m, MonthlyBefore = 540, MonthlyNow = 0 };

        Assert.Equal(1.1m * (3000 + 500), BillForecast.Of(first)!.Amount);
        // They have not come for two thirds of the month: perhaps there are none any more.
        Assert.Equal(2200 + (1.1m * (1000 + 60)), BillForecast.Of(late)!.Amount);
        Assert.Equal(2200 + (1.1m * 1000), BillForecast.Of(late with { MonthlyNow = 540 })!.Amount);
    }

    [Fact]
    public void Midnight_OfTheFirst_StandsOnTheMonthBefore()
    {
        var forecast = BillForecast.Of(Input("2026-04-01T00:00Z", 0, _ => 100))!;

        Assert.Equal((3000m, 30), (forecast.Amount, forecast.Ahead.Count));
    }

    [Fact]
    public void TooLittle_IsNoForecast_AndAMonthThatIsOverIsWhatItIs()
    {
        Assert.Null(BillForecast.Of(input: null));
        Assert.Null(BillForecast.Of(Input("2026-04-11T00:00Z", 1000, _ => 100, known: 6)));
        Assert.Equal(1234, BillForecast.Of(Input("2026-05-01T00:00Z", 1234, _ => 100))!.Amount);
    }

    [Fact]
    public void Range_HoldsTheForecast_AndIsNotBelowWhatIsCounted() => Prop.ForAll(
        Gen.Choose(0, 100_000).ListOf(60).ToArbitrary(),
        Gen.Choose(0, 30 * 24).ToArbitrary(),
        (amounts, hours) =>
        {
            var start = new DateOnly(2026, 3, 1);
            var asOf = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hours);
            var days = amounts.Index().Where(day => start.AddDays(day.Index) <= DateOnly.FromDateTime(asOf.UtcDateTime)).ToDictionary(day => start.AddDays(day.Index), day => day.Item / 100m);

            var forecast = BillForecast.Of(new ForecastInput { Month = April, Currency = "USD", AsOf = asOf, Amount = 777.77m, Days = days, GrossFactor = 1 })!;

            Assert.InRange(forecast.Amount, forecast.Low, forecast.High);
            Assert.InRange(forecast.Low, 777.77m, decimal.MaxValue);
            Assert.All(forecast.Ahead, day => Assert.InRange(day.Key, DateOnly.FromDateTime(asOf.UtcDateTime), April.LastDay));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>The figures that README reports.</summary>
    [Theory]
    [InlineData(SoracomCoverage.Japan)]
    [InlineData(SoracomCoverage.Global)]
    public async Task SandboxMonths_ComeToAboutWhatWasForecast(SoracomCoverage coverage)
    {
        // Four months, collected six times each.
        Watchdog.Allow(TimeSpan.FromMinutes(8));
        await using var scene = await BillingScene.StartAsync();
        var forecasts = new List<(int Day, int Month, decimal Amount, decimal Low, decimal High)>();
        foreach (var month in new[] { 4, 5, 6, 7 })
        {
            foreach (var day in new[] { 3, 7, 10, 15, 20, 25 })
            {
                scene.Until($"2026-{month:00}-{day:00}T12:00Z");
                Assert.Null(await scene.CollectAsync(coverage));
                var row = await scene.MonthAsync(202600 + month, coverage);
                forecasts.Add((day, row.Month, row.Forecast!.Value, row.ForecastLow!.Value, row.ForecastHigh!.Value));
            }
        }

        scene.Until("2026-08-06T00:00Z");
        await scene.CollectAsync(coverage);
        var bills = (await scene.MonthsAsync(coverage)).ToDictionary(month => month.Month, month => month.Amount!.Value + month.CouponAmount);

        var errors = forecasts.Select(forecast => (forecast.Day, Error: decimal.Abs((forecast.Amount / bills[forecast.Month]) - 1), Held: bills[forecast.Month] >= forecast.Low && bills[forecast.Month] <= forecast.High)).ToList();
        foreach (var forecast in forecasts)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forecast.Month} day {forecast.Day}: {forecast.Amount} ({forecast.Low} to {forecast.High}), came to {bills[forecast.Month]}: {(forecast.Amount / bills[forecast.Month]) - 1:P1}"));
        }

        foreach (var day in errors.GroupBy(error => error.Day))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{coverage} day {day.Key}: mean error {day.Average(error => error.Error):P2}, most {day.Max(error => error.Error):P2}, range held {day.Count(error => error.Held)} of {day.Count()}"));
        }

        // Of its 10th and its 20th day, and of all: what README says is what came out.
        var readme = await File.ReadAllLinesAsync(Repository.PathOf("README.md"), Watchdog.Token);
        string Line(string text) => Assert.Single(readme, line => line.StartsWith($"| {text}", StringComparison.Ordinal));
        string Told(int day) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(coverage)}: {errors.Where(error => error.Day == day).Average(error => error.Error) * 100:0.0} % off on average, {errors.Where(error => error.Day == day).Max(error => error.Error) * 100:0.0} % at most");
        Assert.Contains(Told(10), Line("bills: what a month will come to, said on its 10th day"), StringComparison.Ordinal);
        Assert.Contains(Told(20), Line("the same, said on its 20th day"), StringComparison.Ordinal);
        Assert.Contains($"{Name(coverage)}: {errors.Count(error => error.Held)} of {errors.Count}", Line("the same: how often it came to lie in the range"), StringComparison.Ordinal);
        Assert.All(errors.Where(error => error.Day >= 10), error => Assert.InRange(error.Error, 0, 0.07m));
        Assert.InRange(errors.Average(error => error.Error), 0, 0.045m);
        // The page says that about two of three bills come to lie in the range.
        Assert.InRange((double)errors.Count(error => error.Held) / errors.Count, 0.58, 0.75);
    }

    private static string Name(SoracomCoverage coverage) => coverage == SoracomCoverage.Japan ? "yen" : "dollars";

    private static ForecastInput Input(string asOf, decimal amount, Func<DateOnly, decimal> days, int known = 56)
    {
        var at = DateTimeOffset.Parse(asOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        return new ForecastInput
        {
            Month = April,
            Currency = "USD",
            AsOf = at,
            Amount = amount,
            // At midnight nothing is told of the day that begins.
            Days = Enumerable.Range(0, known + 1).Where(back => back > 0 || at.TimeOfDay > TimeSpan.Zero).Select(back => today.AddDays(-back)).ToDictionary(day => day, days),
            GrossFactor = 1,
        };
    }
}
