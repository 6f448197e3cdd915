using Microsoft.Extensions.DependencyInjection;
using Soracom.Api.Errors;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>How long calls may take, and who ends them.</summary>
public sealed class TimeLimitTests
{
    private const string GetSim = "GET /v1/sims/8981";

    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task AnswerThatDoesNotCome_EndsTheAttempt_AndIsTriedAgain()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        var asked = new TaskCompletionSource();
        vendor.On(GetSim, Reached(asked), Answers.Json(200, WireSims.Of("8981")));

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        await asked.Task.WaitAsync(Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(15));
        await api.RideOutAsync(call, Stop);

        Assert.Equal("8981", (await call).SimId);
        Assert.Equal(2, vendor.Seen(GetSim).Count);
    }

    [Fact]
    public async Task AnswerThatStopsHalfWay_EndsTheAttemptInTimeToo()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.MaxRetries = 0);
        var begun = new TaskCompletionSource();
        vendor.On(GetSim, async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.StartAsync(context.RequestAborted);
            begun.SetResult();
            await Answers.Hang(context);
        });

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        await begun.Task.WaitAsync(Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(15));

        var failure = await Assert.ThrowsAsync<SoracomUnavailableException>(() => call);
        Assert.False(failure.OutcomeUnknown);
    }

    [Fact]
    public async Task ChangingCall_WithoutAnAnswerInTime_SaysThatItsOutcomeIsUnknown()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        var asked = new TaskCompletionSource();
        vendor.On("POST /v1/things", Reached(asked));

        var call = api.Area<IThingsApi>().CreateAsync(Stop);
        await asked.Task.WaitAsync(Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.True((await Assert.ThrowsAsync<SoracomUnavailableException>(() => call)).OutcomeUnknown);
    }

    [Fact]
    public async Task ChangingCall_SignedInAnewAndOutOfTime_SaysThatItsOutcomeIsUnknown()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.InteractiveTimeout = options.AttemptTimeout);
        var first = new TaskCompletionSource();
        var rejected = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        vendor.On(
            "POST /v1/things",
            async context =>
            {
                first.SetResult();
                await Answers.After(rejected.Task, Answers.Error(401, "AUM0001", "Who?"))(context);
            },
            Reached(second));

        var call = api.Area<IThingsApi>().CreateAsync(Stop);
        await first.Task.WaitAsync(Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(5));
        rejected.SetResult();
        await second.Task.WaitAsync(Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAsync<SoracomUnavailableException>(() => call);
        Assert.True(failure.OutcomeUnknown);
        Assert.Contains("no answer within the time of the call", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RepeatableCall_RateLimitedAndThenOutOfTime_SaysThatItsOutcomeIsUnknown()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.InteractiveTimeout = options.AttemptTimeout);
        var second = new TaskCompletionSource();
        vendor.On("PUT /v1/things", Answers.Error(429, "AGW0001", "Slow down.", Answers.Rate(100, 0, 1)), Reached(second));

        var call = api.Area<IThingsApi>().PutAsync(Stop);
        await api.RideOutAsync(second.Task, Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.True((await Assert.ThrowsAsync<SoracomUnavailableException>(() => call)).OutcomeUnknown);
    }

    [Fact]
    public async Task RepeatableCall_OutOfTimeWhileItWaitsForItsNextTry_EndsWithWhatTheLastTryWasTold()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.InteractiveTimeout = options.AttemptTimeout);
        vendor.On("PUT /v1/things", async context =>
        {
            api.Clock.Advance(TimeSpan.FromSeconds(14));
            await Answers.Error(429, "AGW0001", "Slow down.", Answers.Rate(100, 0, 2))(context);
        });

        var call = api.Area<IThingsApi>().PutAsync(Stop);
        await api.Clock.TimerBetweenAsync(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3), Stop);
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False((await Assert.ThrowsAsync<SoracomRateLimitedException>(() => call)).OutcomeUnknown);
    }

    [Fact]
    public async Task Call_WhoseTriesAllFail_EndsWithinItsTime()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options =>
        {
            options.MaxRetries = 10;
            options.RetryDelay = TimeSpan.FromSeconds(8);
        });
        vendor.On(GetSim, Answers.Error(503, "AGW0005", "Down."));

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        var waited = await api.RideOutAsync(call, Stop);

        await Assert.ThrowsAsync<SoracomUnavailableException>(() => call);

        // Ten waits of some eight seconds would be far more; the clock may overrun the limit by one of them.
        Assert.InRange(waited, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(42));
        Assert.InRange(vendor.Seen(GetSim).Count, 2, 10);
    }

    [Fact]
    public async Task Caller_WhoGivesUpWhileTheVendorThinks_IsReleased_AndTheVendorToo()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        var asked = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        vendor.On(GetSim, async context =>
        {
            asked.SetResult();
            await Answers.Hang(context);
            left.SetResult();
        });
        using var impatient = new CancellationTokenSource();

        var call = api.Client.Sims.GetSimAsync("8981", impatient.Token);
        await asked.Task.WaitAsync(Stop);
        await impatient.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(impatient.Token, cancelled.CancellationToken);
        await left.Task.WaitAsync(Stop);
        Assert.Single(vendor.Seen(GetSim));
    }

    [Fact]
    public async Task Caller_WhoHasGivenUpBefore_SendsNothing()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Json(200, WireSims.Of("8981")));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.Client.Sims.GetSimAsync("8981", new CancellationToken(canceled: true)));

        Assert.Single(vendor.Seen(GetSim));
    }

    [Fact]
    public async Task Connection_ThatIsNotMadeInTime_CarriedNothingAway()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, http: builder => builder.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, new FakeTime(), cancellationToken);
                return Stream.Null;
            },
        }));

        var failure = await Assert.ThrowsAsync<SoracomUnavailableException>(() => api.AnonymousArea<IThingsApi>().CreateAsync(Stop));

        Assert.False(failure.OutcomeUnknown);
        Assert.Contains("no connection in time", failure.Message, StringComparison.Ordinal);
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Reached(TaskCompletionSource reached) => async context =>
    {
        reached.SetResult();
        await Answers.Hang(context);
    };
}
