using Microsoft.AspNetCore.Http;
using Soracom.Api.Errors;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>Which calls are tried again, when, and for how long.</summary>
public sealed class RetryTests
{
    private const string GetSim = "GET /v1/sims/8981";

    private static readonly RequestDelegate Good = Answers.Json(200, WireSims.Of("8981"));

    private static CancellationToken Stop => Watchdog.Token;

    public static TheoryData<string> PassingFailures => ["500", "502", "503", "408", "429", "cut", "cut within"];

    [Theory]
    [MemberData(nameof(PassingFailures))]
    public async Task ReadingCall_IsRepeatedAfterAPassingFailure(string failure)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answer(failure), Answer(failure), Good);

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        var waited = await api.RideOutAsync(call, Stop);

        Assert.Equal("8981", (await call).SimId);
        Assert.Equal(3, vendor.Seen(GetSim).Count);
        Assert.InRange(waited, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task WhoWantsToKnow_IsToldTheIdOfTheRequestThatWasAnsweredLast_OnceACall()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Error(503, "COM0001", "Later.", ("x-soracom-request-id", "first")), Answers.Error(404, "SEM0095", "None.", ("x-soracom-request-id", "second")), Good);
        var told = new List<string>();
        var sims = api.Factory.For(TestApi.Account(), answered: told.Add).Sims;

        var call = sims.GetSimAsync("8981", Stop);
        await api.RideOutAsync(call, Stop);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => call);
        Assert.Equal(["second"], told);

        // An answer without one is told nothing of.
        await sims.GetSimAsync("8981", Stop);
        Assert.Equal(["second"], told);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task ReadingCall_ThatTheVendorRefuses_IsNotRepeated(int status)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Error(status, "SEM0001", "No."));

        await Assert.ThrowsAnyAsync<SoracomApiException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Single(vendor.Seen(GetSim));
    }

    [Fact]
    public async Task ReadingCall_WhoseFailureDoesNotPass_EndsWithThatFailure_AfterFourTries()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Error(503, "AGW0005", "Down."));

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        await api.RideOutAsync(call, Stop);

        var failure = await Assert.ThrowsAsync<SoracomUnavailableException>(() => call);
        Assert.Equal("AGW0005", failure.Code);
        Assert.False(failure.OutcomeUnknown);
        Assert.Equal(4, vendor.Seen(GetSim).Count);
    }

    [Theory]
    [MemberData(nameof(PassingFailures))]
    public async Task ChangingCall_IsNeverRepeated(string failure)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("POST /v1/things", failure == "cut within" ? Answers.Cut : Answer(failure));

        await Assert.ThrowsAnyAsync<SoracomApiException>(() => api.Area<IThingsApi>().CreateAsync(Stop));

        Assert.Single(vendor.Seen("POST /v1/things"));
    }

    [Fact]
    public async Task ChangingCall_MarkedRepeatable_IsRepeated()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("PUT /v1/things", Answers.Empty(503), Answers.Empty(200));

        var call = api.Area<IThingsApi>().PutAsync(Stop);
        await api.RideOutAsync(call, Stop);
        await call;

        Assert.Equal(2, vendor.Seen("PUT /v1/things").Count);
    }

    [Theory]
    [InlineData("500", true)]
    [InlineData("cut", true)]
    [InlineData("408", true)]
    [InlineData("429", false)]
    [InlineData("404", false)]
    public async Task ChangingCall_ThatMayHaveArrived_SaysThatItsOutcomeIsUnknown(string failure, bool unknown)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("POST /v1/things", Answer(failure));

        var thrown = await Assert.ThrowsAnyAsync<SoracomApiException>(() => api.Area<IThingsApi>().CreateAsync(Stop));

        Assert.Equal(unknown, thrown.OutcomeUnknown);
    }

    [Theory]
    [InlineData(400, typeof(SoracomInvalidRequestException))]
    [InlineData(401, typeof(SoracomAuthenticationException))]
    [InlineData(403, typeof(SoracomPermissionException))]
    [InlineData(404, typeof(SoracomNotFoundException))]
    [InlineData(429, typeof(SoracomRateLimitedException))]
    public async Task RepeatableCall_RefusedAfterATryWithoutAnAnswer_SaysThatItsOutcomeIsUnknown(int status, Type expected)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("PUT /v1/things", Answers.Cut, Answers.Error(status, "SEM0001", "No.", Answers.Rate(100, 50, 50)));

        var call = api.Area<IThingsApi>().PutAsync(Stop);
        await api.RideOutAsync(call, Stop);

        var failure = await Assert.ThrowsAnyAsync<SoracomApiException>(() => call);
        Assert.IsType(expected, failure);
        Assert.Equal((true, "SEM0001"), (failure.OutcomeUnknown, failure.Code));
    }

    [Fact]
    public async Task SignInRefusedToManyAtOnce_IsUnknownOnlyForTheOneThatMayHaveArrived()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("POST /v1/auth", vendor.SignInAsync, Answers.Error(401, "AUM0002", "Refused."));
        vendor.On("PUT /v1/things", Answers.Cut, Answers.Error(401, "AUM0001", "Who?"));
        vendor.On(GetSim, Good);

        var call = api.Area<IThingsApi>().PutAsync(Stop);
        await api.RideOutAsync(call, Stop);
        var changed = await Assert.ThrowsAsync<SoracomAuthenticationException>(() => call);
        var read = await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Equal((true, false), (changed.OutcomeUnknown, read.OutcomeUnknown));
        Assert.Equal((changed.Code, "auth"), (read.Code, read.OperationId));
    }

    [Fact]
    public async Task ChangingCall_ThatFoundNobodyListening_DidNothing()
    {
        var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Good);
        await api.Client.Sims.GetSimAsync("8981", Stop);
        await vendor.DisposeAsync();

        var failure = await Assert.ThrowsAsync<SoracomUnavailableException>(() => api.Area<IThingsApi>().CreateAsync(Stop));

        Assert.False(failure.OutcomeUnknown);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Fact]
    public async Task RateLimitThatRefreshesSoon_IsWaitedFor()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Error(429, "AGW0001", "Slow down.", Answers.Rate(100, 0, 2)), Good);

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        var waited = await api.RideOutAsync(call, Stop);

        Assert.Equal("8981", (await call).SimId);
        Assert.InRange(waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public async Task RateLimitThatRefreshesLater_EndsAnInteractiveCallAtOnce_AndTellsWhen()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Error(429, "AGW0001", "Slow down.", Answers.Rate(100, 0, 50)));

        var failure = await Assert.ThrowsAsync<SoracomRateLimitedException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Equal(TimeSpan.FromSeconds(50), failure.RetryAfter);
        Assert.Single(vendor.Seen(GetSim));
    }

    [Fact]
    public async Task RateLimitThatRefreshesLater_IsWaitedForInTheBackground()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Error(429, "AGW0001", "Slow down.", Answers.Rate(100, 0, 10)), Good);

        var call = api.Factory.For(TestApi.Account(), CallPriority.Background).Sims.GetSimAsync("8981", Stop);
        var waited = await api.RideOutAsync(call, Stop);

        Assert.Equal("8981", (await call).SimId);
        Assert.InRange(waited, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.5));
    }

    [Fact]
    public async Task Caller_WhoGivesUpWhileACallWaitsForItsNextTry_IsReleasedAtOnce()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Empty(503));
        using var impatient = new CancellationTokenSource();

        var call = api.Client.Sims.GetSimAsync("8981", impatient.Token);
        await api.Clock.TimerWithinAsync(TimeSpan.FromSeconds(5), Stop);
        await impatient.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(impatient.Token, cancelled.CancellationToken);
        Assert.Single(vendor.Seen(GetSim));
    }

    private static RequestDelegate Answer(string failure) => failure switch
    {
        "cut" => Answers.Cut,
        "cut within" => Answers.CutWithin,
        _ => Answers.Empty(int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
