using Soracom.Api.Errors;
using Soracom.Api.Http;
using Soracom.Api.Sims;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>What the vendor's rate headers allow, and who may use it.</summary>
public sealed class RateBudgetTests
{
    private const string GetSim = "GET /v1/sims/8981";
    private const string GetGroups = "GET /v1/groups";

    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task ExhaustedBudget_EndsInteractiveCallsUnsent_AndTellsWhenItRefreshes()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 40);
        await using var api = new TestApi(vendor.Address);
        await api.Client.Sims.GetSimAsync("8981", Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAsync<SoracomRateLimitedException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Equal(TimeSpan.FromSeconds(30), failure.RetryAfter);
        Assert.Equal("getSim", failure.OperationId);
        Assert.Null(failure.Status);
        Assert.Single(vendor.Seen(GetSim));
    }

    [Fact]
    public async Task ExhaustedBudget_ThatRefreshesWithinTwoSeconds_IsWaitedForInteractively()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 2);
        await using var api = new TestApi(vendor.Address);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        var waited = await api.RideOutAsync(call, Stop);
        await call;

        Assert.Equal(TimeSpan.FromSeconds(2), waited);
        Assert.Equal(2, vendor.Seen(GetSim).Count);
    }

    [Fact]
    public async Task ExhaustedBudget_IsWaitedForInTheBackground()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 10);
        await using var api = new TestApi(vendor.Address);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        var call = Background(api).Sims.GetSimAsync("8981", Stop);
        var waited = await api.RideOutAsync(call, Stop);
        await call;

        Assert.Equal(TimeSpan.FromSeconds(10), waited);
    }

    [Fact]
    public async Task ExhaustedBudget_ThatOutlastsTheTimeOfABackgroundCall_EndsItAtOnce()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 50);
        await using var api = new TestApi(vendor.Address, options => options.BackgroundTimeout = TimeSpan.FromSeconds(20));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        var failure = await Assert.ThrowsAsync<SoracomRateLimitedException>(() => Background(api).Sims.GetSimAsync("8981", Stop));

        Assert.Equal(TimeSpan.FromSeconds(50), failure.RetryAfter);
    }

    [Fact]
    public async Task ExhaustedBudget_DoesNotHoldBackAChangeThatMustNotBeSentTwice()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 10);
        await using var api = new TestApi(vendor.Address);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        var failure = await Assert.ThrowsAsync<SoracomRateLimitedException>(() => Background(api).SimProfiles.CreateSimAsync(VirtualSimOrder.Arc, Stop));

        Assert.Equal((TimeSpan.FromSeconds(10), false), (failure.RetryAfter, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task LastTenthOfABudget_IsKeptForInteractiveCalls()
    {
        await using var vendor = await StartAsync(remaining: 10, seconds: 10);
        await using var api = new TestApi(vendor.Address);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        var background = Background(api).Sims.GetSimAsync("8981", Stop);
        await api.Clock.TimerWithinAsync(TimeSpan.FromSeconds(10), Stop);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.False(background.IsCompleted);
        await api.RideOutAsync(background, Stop);
        await background;
    }

    [Fact]
    public async Task Budget_OfOnePathGroup_DoesNotHoldUpAnother()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 40);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetGroups, Answers.Json(200, Array.Empty<object>()));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        await api.Client.Groups.ListGroupsAsync(cancellationToken: Stop);

        Assert.Single(vendor.Seen(GetGroups));
    }

    [Fact]
    public async Task Budget_IsTheOperators_WhicheverOfItsCredentialsCalls()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 40);
        await using var api = new TestApi(vendor.Address);
        await api.Factory.For(TestApi.Account("first")).Sims.GetSimAsync("8981", Stop);

        await Assert.ThrowsAsync<SoracomRateLimitedException>(() => api.Factory.For(TestApi.Account("second")).Sims.GetSimAsync("8981", Stop));
    }

    [Fact]
    public async Task Budget_OfOneOperator_DoesNotHoldUpAnother()
    {
        await using var vendor = await StartAsync(remaining: 0, seconds: 40);
        await using var api = new TestApi(vendor.Address);
        await api.Factory.For(TestApi.Account("first")).Sims.GetSimAsync("8981", Stop);
        vendor.On("POST /v1/auth", Answers.Json(200, new { apiKey = "api-x", token = "token-x", operatorId = "OP0099999999" }));

        await api.Factory.For(TestApi.Account("second")).Sims.GetSimAsync("8981", Stop);

        Assert.Equal(2, vendor.Seen(GetSim).Count);
    }

    [Fact]
    public async Task Budget_WithoutHeaders_LetsEverythingPass()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Json(200, WireSims.Of("8981")));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.Client.Sims.GetSimAsync("8981", Stop)));

        Assert.Equal(50, vendor.Seen(GetSim).Count);
    }

    [Fact]
    public async Task CallersAtOnce_SendNoMoreThanTheBudgetAllows()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        var left = 21;
        vendor.On(GetSim, context => Answers.Json(200, WireSims.Of("8981"), Answers.Rate(100, Interlocked.Decrement(ref left), 40))(context));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        var calls = Enumerable.Range(0, 60).Select(_ => api.Client.Sims.GetSimAsync("8981", Stop)).ToList();
        await Task.WhenAll(calls).ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal(0, left);
        Assert.Equal(21, vendor.Seen(GetSim).Count);
        Assert.Equal(40, calls.Count(call => call.Exception?.InnerException is SoracomRateLimitedException));
    }

    [Fact]
    public async Task Refresh_LetsALimitsWorthOfCallsPass_BeforeAnyAnswerTellsMore()
    {
        var clock = new FakeTime();
        var budget = new RateBudget(reserve: 0.1, clock);
        await ReadAsync(budget, new RateReading(3, 0, TimeSpan.FromSeconds(5)));
        Assert.Null((await TakeAsync(budget, CallPriority.Interactive)).Lease);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.NotNull((await TakeAsync(budget, CallPriority.Interactive)).Lease);
        Assert.NotNull((await TakeAsync(budget, CallPriority.Interactive)).Lease);
        Assert.NotNull((await TakeAsync(budget, CallPriority.Interactive)).Lease);
        var fourth = await TakeAsync(budget, CallPriority.Interactive);
        Assert.Null(fourth.Lease);
        Assert.Equal(TimeSpan.FromMinutes(1), fourth.UntilRefresh);
    }

    [Fact]
    public async Task CallsUnderWay_CountAgainstTheRemainderThatAnEarlierAnswerTells()
    {
        var budget = new RateBudget(reserve: 0, new FakeTime());
        var early = await TakeAsync(budget, CallPriority.Interactive);
        using var late = (await TakeAsync(budget, CallPriority.Interactive)).Lease;

        early.Lease!.Answered(new RateReading(10, 2, TimeSpan.FromSeconds(30)));
        early.Lease.Dispose();

        Assert.NotNull((await TakeAsync(budget, CallPriority.Interactive)).Lease);
        Assert.Null((await TakeAsync(budget, CallPriority.Interactive)).Lease);
    }

    [Fact]
    public async Task Reading_ThatWasOvertaken_DoesNotRaiseTheRemainder()
    {
        var clock = new FakeTime();
        var budget = new RateBudget(reserve: 0, clock);
        await ReadAsync(budget, new RateReading(10, 5, TimeSpan.FromSeconds(30)));
        using var older = (await TakeAsync(budget, CallPriority.Interactive)).Lease;
        using var newer = (await TakeAsync(budget, CallPriority.Interactive)).Lease;

        newer!.Answered(new RateReading(10, 1, TimeSpan.FromSeconds(30)));
        older!.Answered(new RateReading(10, 4, TimeSpan.FromSeconds(31)));

        Assert.NotNull((await TakeAsync(budget, CallPriority.Interactive)).Lease);
        Assert.Null((await TakeAsync(budget, CallPriority.Interactive)).Lease);
    }

    [Fact]
    public async Task Reading_OfANewWindow_RaisesTheRemainder()
    {
        var budget = new RateBudget(reserve: 0, new FakeTime());
        using var late = (await TakeAsync(budget, CallPriority.Interactive)).Lease;
        await ReadAsync(budget, new RateReading(10, 0, TimeSpan.FromSeconds(5)));

        late!.Answered(new RateReading(10, 9, TimeSpan.FromSeconds(60)));

        Assert.NotNull((await TakeAsync(budget, CallPriority.Interactive)).Lease);
    }

    [Theory]
    [InlineData("x", "1", "1")]
    [InlineData("100", "-1", "1")]
    [InlineData("100", "1", "")]
    public async Task Headers_ThatAreNoNumbers_AreNoReading(string limit, string remaining, string seconds)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(
            GetSim,
            Answers.Json(
                200,
                WireSims.Of("8981"),
                ("x-soracom-ratelimit-limit", limit),
                ("x-soracom-ratelimit-remaining", remaining),
                ("x-soracom-ratelimit-seconds-before-refresh", seconds)));

        await api.Client.Sims.GetSimAsync("8981", Stop);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Equal(2, vendor.Seen(GetSim).Count);
    }

    private static ISoracomClient Background(TestApi api) => api.Factory.For(TestApi.Account(), CallPriority.Background);

    /// <summary>The first answer tells so much of the limit of 100; the next ones tell that it has refreshed.</summary>
    private static async Task<ScriptedVendor> StartAsync(int remaining, int seconds)
    {
        var vendor = await ScriptedVendor.StartAsync(Stop);
        vendor.On(
            GetSim,
            Answers.Json(200, WireSims.Of("8981"), Answers.Rate(100, remaining, seconds)),
            Answers.Json(200, WireSims.Of("8981")));
        return vendor;
    }

    private static async Task ReadAsync(RateBudget budget, RateReading reading)
    {
        using var lease = (await TakeAsync(budget, CallPriority.Interactive)).Lease;
        lease!.Answered(reading);
    }

    private static ValueTask<RateBudget.Grant> TakeAsync(RateBudget budget, CallPriority priority) =>
        budget.TakeAsync(priority, TimeSpan.Zero, Stop);
}
