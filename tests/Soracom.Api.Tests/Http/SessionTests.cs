using Soracom.Api.Errors;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>Signing in once for many, and what happens to sessions that end, are rejected or can't be had.</summary>
public sealed class SessionTests
{
    private const string SignIn = "POST /v1/auth";
    private const string Renewal = $"POST /v1/operators/{ScriptedVendor.OperatorId}/token";
    private const string GetSim = "GET /v1/sims/8981";

    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task HundredCallersAtOnce_SignInOnce()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => api.Client.Sims.GetSimAsync("8981", Stop)));

        Assert.Single(vendor.Seen(SignIn));
        Assert.Equal(100, vendor.Seen(GetSim).Count);
        Assert.All(vendor.Seen(GetSim), call => Assert.Equal("token-1", call.Header("X-Soracom-Token")));
    }

    [Fact]
    public async Task EachAccountKey_HasASessionOfItsOwn()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);

        await api.Factory.For(TestApi.Account("first")).Sims.GetSimAsync("8981", Stop);
        await api.Factory.For(TestApi.Account("second")).Sims.GetSimAsync("8981", Stop);
        await api.Factory.For(TestApi.Account("first")).Sims.GetSimAsync("8981", Stop);
        await api.Factory.For(TestApi.Account("first", SoracomCoverage.Global)).Sims.GetSimAsync("8981", Stop);

        Assert.Equal(["token-1", "token-2", "token-1", "token-3"], Tokens(vendor));
    }

    [Fact]
    public async Task Credential_IsFetchedOnlyToSignIn()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var fetched = 0;
        var account = new SoracomAccount("key", SoracomCoverage.Japan, _ =>
        {
            fetched++;
            return new(new AuthKeyCredential("keyId-1", "secret-1"));
        });

        await api.Factory.For(account).Sims.GetSimAsync("8981", Stop);
        await api.Factory.For(account).Sims.GetSimAsync("8981", Stop);

        Assert.Equal(1, fetched);
    }

    [Fact]
    public async Task TokenNearItsEnd_IsRenewed_WhileCallsGoOnWithTheOldOne()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var renewed = new TaskCompletionSource();
        vendor.On(Renewal, Answers.After(renewed.Task, Answers.Json(200, new { token = "renewed" })));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        api.Clock.Advance(TimeSpan.FromHours(23.6));
        await api.Client.Sims.GetSimAsync("8981", Stop);
        await api.Client.Sims.GetSimAsync("8981", Stop);
        renewed.SetResult();
        await CallUntilAsync(api, vendor, "renewed");

        Assert.Equal("token-1", vendor.Seen(GetSim)[2].Header("X-Soracom-Token"));
        Assert.Single(vendor.Seen(SignIn));
        var renewal = Assert.Single(vendor.Seen(Renewal));
        Assert.Equal("api-1", renewal.Header("X-Soracom-API-Key"));
        Assert.Equal("token-1", renewal.Header("X-Soracom-Token"));
        Assert.Equal("""{"tokenTimeoutSeconds":86400}""", renewal.Body);
        Assert.Equal("api-1", vendor.Seen(GetSim)[^1].Header("X-Soracom-API-Key"));
    }

    [Fact]
    public async Task TokenThatCanNotBeRenewed_IsReplacedBySigningIn()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(Renewal, Answers.Error(403, "AUM0030", "Not permitted."));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        api.Clock.Advance(TimeSpan.FromHours(23.6));
        await CallUntilAsync(api, vendor, "token-2");

        Assert.Single(vendor.Seen(Renewal));
        Assert.Equal(2, vendor.Seen(SignIn).Count);
    }

    [Fact]
    public async Task TokenThatHasEnded_IsNotUsedAgain()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        api.Clock.Advance(TimeSpan.FromHours(24));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Equal(["token-1", "token-2"], Tokens(vendor));
        Assert.Empty(vendor.Seen(Renewal));
    }

    [Fact]
    public async Task VendorDownAtRenewal_LeavesTheOldTokenInUse()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address, options => options.MaxRetries = 0);
        await api.Client.Sims.GetSimAsync("8981", Stop);
        vendor.On(Renewal, Answers.Empty(503));
        vendor.On(SignIn, Answers.Empty(503));

        api.Clock.Advance(TimeSpan.FromHours(23.6));
        await api.Client.Sims.GetSimAsync("8981", Stop);
        await UntilAsync(() => api.Logs.Lines.Any(line => line.Message.Contains("Signing in to", StringComparison.Ordinal)));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.All(Tokens(vendor), token => Assert.Equal("token-1", token));
        Assert.Single(vendor.Seen(Renewal));
    }

    [Theory]
    [InlineData(401, null)]
    [InlineData(400, "AUM0001")]
    [InlineData(400, "AGW0003")]
    public async Task RejectedSession_IsReplaced_AndTheCallRepeatedOnce(int status, string? code)
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Json(status, new { code, message = "Session?" }), Answers.Json(200, WireSims.Of("8981")));

        Assert.Equal("8981", (await api.Client.Sims.GetSimAsync("8981", Stop)).SimId);

        Assert.Equal(["token-1", "token-2"], Tokens(vendor));
    }

    [Fact]
    public async Task BadRequest_WithAnotherCode_IsNotTakenForARejectedSession()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Error(400, "SEM0001", "No."));

        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Single(vendor.Seen(SignIn));
        Assert.Single(vendor.Seen(GetSim));
    }

    [Fact]
    public async Task ChangingCall_WithARejectedSession_IsRepeatedToo_SinceItWasNotCarriedOut()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On("POST /v1/things", Answers.Empty(401), Answers.Empty(201));

        await api.Area<IThingsApi>().CreateAsync(Stop);

        Assert.Equal(2, vendor.Seen("POST /v1/things").Count);
    }

    [Fact]
    public async Task NewSession_ThatIsRejectedToo_EndsTheCall_AndIsNotReplacedAgainAtOnce()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(GetSim, Answers.Empty(401));

        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Client.Sims.GetSimAsync("8981", Stop));
        }

        Assert.Equal(2, vendor.Seen(SignIn).Count);
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Client.Sims.GetSimAsync("8981", Stop));
        Assert.Equal(3, vendor.Seen(SignIn).Count);
    }

    [Fact]
    public async Task CallersWhoseSessionIsRejectedTogether_SignInOnceMore()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var together = new CountdownEvent(20);
        var all = new TaskCompletionSource();
        vendor.On(GetSim, async context =>
        {
            var old = context.Request.Headers["X-Soracom-Token"] == "token-1";
            if (old && together.Signal())
            {
                all.SetResult();
            }

            await (old ? Answers.After(all.Task, Answers.Empty(401)) : Answers.Json(200, WireSims.Of("8981")))(context);
        });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Client.Sims.GetSimAsync("8981", Stop)));

        Assert.Equal(2, vendor.Seen(SignIn).Count);
        Assert.Equal(40, vendor.Seen(GetSim).Count);
    }

    [Fact]
    public async Task CallWhoseSessionIsRejectedLate_TakesTheOneThatHasReplacedIt()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var replaced = new TaskCompletionSource();
        vendor.On(
            GetSim,
            Answers.After(replaced.Task, Answers.Empty(401)),
            Answers.Empty(401),
            Answers.Json(200, WireSims.Of("8981")));

        var late = api.Client.Sims.GetSimAsync("8981", Stop);
        await UntilAsync(() => vendor.Seen(GetSim).Count == 1);
        await api.Client.Sims.GetSimAsync("8981", Stop);
        replaced.SetResult();
        await late;

        Assert.Equal(["token-1", "token-1", "token-2", "token-2"], Tokens(vendor));
        Assert.Equal(2, vendor.Seen(SignIn).Count);
    }

    [Fact]
    public async Task RefusedSignIn_IsSharedByAllWhoWait_AndAnsweredFromMemoryForAMoment()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Error(401, "AUM0002", "Wrong."));

        var failures = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Client.Sims.GetSimAsync("8981", Stop))));
        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.All(failures, failure => Assert.Equal(("auth", "AUM0002"), (failure.OperationId, failure.Code)));
        Assert.Single(vendor.Requests);
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Client.Sims.GetSimAsync("8981", Stop));
        Assert.Equal(2, vendor.Requests.Count);
    }

    [Fact]
    public async Task RefusedSignIn_DoesNotKeepAChangedCredentialWaiting()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Error(401, "AUM0002", "Wrong."), vendor.SignInAsync);

        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Factory.For(TestApi.Account("key:1")).Sims.GetSimAsync("8981", Stop));
        await api.Factory.For(TestApi.Account("key:2")).Sims.GetSimAsync("8981", Stop);

        Assert.Equal(["token-1"], Tokens(vendor));
    }

    [Fact]
    public async Task SignInOverTheRateLimit_IsTriedAgainWhenTheVendorSaysSo()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Error(429, "AGW0001", "Slow down.", Answers.Rate(10, 0, 45)), vendor.SignInAsync);

        var failure = await Assert.ThrowsAsync<SoracomRateLimitedException>(() => api.Client.Sims.GetSimAsync("8981", Stop));
        api.Clock.Advance(TimeSpan.FromSeconds(44));
        await Assert.ThrowsAsync<SoracomRateLimitedException>(() => api.Client.Sims.GetSimAsync("8981", Stop));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Equal(TimeSpan.FromSeconds(45), failure.RetryAfter);
        Assert.Equal(2, vendor.Seen(SignIn).Count);
    }

    [Fact]
    public async Task SignInOverARateLimitThatRefreshesSoon_WaitsAsLongAsTheVendorSays()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Error(429, "AGW0001", "Slow down.", Answers.Rate(10, 0, 2)), vendor.SignInAsync);

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        var waited = await api.RideOutAsync(call, Stop);
        await call;

        Assert.InRange(waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public async Task SignIn_IsRepeatedAfterAPassingFailure()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Empty(503), Answers.Cut, vendor.SignInAsync);

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        await api.RideOutAsync(call, Stop);

        Assert.Equal("8981", (await call).SimId);
        Assert.Equal(3, vendor.Seen(SignIn).Count);
    }

    [Fact]
    public async Task CallerWhoGivesUp_DoesNotEndTheSignInOfTheOthers()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var gate = new TaskCompletionSource();
        vendor.On(SignIn, Answers.After(gate.Task, vendor.SignInAsync));
        using var impatient = new CancellationTokenSource();

        var first = api.Client.Sims.GetSimAsync("8981", impatient.Token);
        var second = api.Client.Sims.GetSimAsync("8981", Stop);
        await impatient.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal("8981", (await second).SimId);
        Assert.Equal(impatient.Token, cancelled.CancellationToken);
        Assert.Single(vendor.Seen(SignIn));
    }

    [Fact]
    public async Task SignInThatNobodyWaitsForAnyMore_IsThereForTheNextCaller()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var gate = new TaskCompletionSource();
        vendor.On(SignIn, Answers.After(gate.Task, vendor.SignInAsync));
        using var impatient = new CancellationTokenSource();

        var first = api.Client.Sims.GetSimAsync("8981", impatient.Token);
        await UntilAsync(() => vendor.Seen(SignIn).Count == 1);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Single(vendor.Seen(SignIn));
    }

    [Fact]
    public async Task Forget_DropsTheSession_AndARefusedSignIn()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, vendor.SignInAsync, Answers.Empty(401), vendor.SignInAsync);

        await api.Client.Sims.GetSimAsync("8981", Stop);
        api.Factory.Forget(TestApi.Account().Key);
        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Client.Sims.GetSimAsync("8981", Stop));
        api.Factory.Forget(TestApi.Account().Key);
        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Equal(["token-1", "token-2"], Tokens(vendor));
    }

    [Fact]
    public async Task CredentialThatCanNotBeFetched_FailsTheCallWithItsOwnException_AndIsFetchedAgainNextTime()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var fetched = 0;
        var account = new SoracomAccount("key", SoracomCoverage.Japan, _ =>
            fetched++ == 0 ? throw new InvalidDataException("vault") : new(new AuthKeyCredential("keyId-1", "secret-1")));

        await Assert.ThrowsAsync<InvalidDataException>(() => api.Factory.For(account).Sims.GetSimAsync("8981", Stop));
        await api.Factory.For(account).Sims.GetSimAsync("8981", Stop);

        Assert.Equal(2, fetched);
    }

    [Fact]
    public async Task SignIn_KnowsNothingOfTheCallerWhoHappenedToStartIt()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var ambient = new AsyncLocal<string> { Value = "the first caller's" };
        string? seen = "nothing";
        var account = new SoracomAccount("key", SoracomCoverage.Japan, _ =>
        {
            seen = ambient.Value;
            return new(new AuthKeyCredential("keyId-1", "secret-1"));
        });

        await api.Factory.For(account).Sims.GetSimAsync("8981", Stop);

        Assert.Null(seen);
    }

    [Fact]
    public async Task CredentialThatNeverComes_FailsTheCallInTime()
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        var asked = new TaskCompletionSource();
        var account = new SoracomAccount("key", SoracomCoverage.Japan, async _ =>
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task;
            throw new InvalidOperationException();
        });

        var call = api.Factory.For(account).Sims.GetSimAsync("8981", Stop);
        await asked.Task;
        api.Clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<SoracomUnavailableException>(() => call);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("トークン")]
    public async Task Token_ThatNoHeaderCanCarry_IsAProtocolFailureThatDoesNotQuoteIt(string token)
    {
        await using var vendor = await StartAsync();
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Json(200, new { apiKey = "api-1", token, operatorId = ScriptedVendor.OperatorId }));

        var failure = await Assert.ThrowsAsync<SoracomProtocolException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.True(token.Length == 0 || !failure.ToString().Contains(token, StringComparison.Ordinal));
    }

    private static async Task<ScriptedVendor> StartAsync()
    {
        var vendor = await ScriptedVendor.StartAsync(Stop);
        vendor.On(GetSim, Answers.Json(200, WireSims.Of("8981")));
        return vendor;
    }

    private static List<string?> Tokens(ScriptedVendor vendor) => [.. vendor.Seen(GetSim).Select(call => call.Header("X-Soracom-Token"))];

    /// <summary>Calls on until a renewal in the background has taken effect.</summary>
    private static async Task CallUntilAsync(TestApi api, ScriptedVendor vendor, string token)
    {
        do
        {
            await api.Client.Sims.GetSimAsync("8981", Stop);
        }
        while (vendor.Seen(GetSim)[^1].Header("X-Soracom-Token") != token);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
