using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox;

public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxHost host = null!;

    public async ValueTask InitializeAsync() => host = await SandboxHost.StartAsync(new SandboxOptions
    {
        Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa],
        Clock = time,
        RateLimitPerMinute = 5,
    });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Headers_CountDownAndBeginAgainAMinuteAfterTheFirstCall()
    {
        var pair = await host.SignInAsync(host.Aoba);

        AssertRate(await host.GetAsync("/v1/sims", pair), remaining: 4, seconds: 60);
        time.Advance(TimeSpan.FromSeconds(20.5));
        AssertRate(await host.GetAsync("/v1/sims", pair), remaining: 3, seconds: 40);
        time.Advance(TimeSpan.FromSeconds(39.5));
        AssertRate(await host.GetAsync("/v1/sims", pair), remaining: 4, seconds: 60);
    }

    [Fact]
    public async Task Limit_Exceeded_Is429UntilTheRefresh()
    {
        var pair = await host.SignInAsync(host.Aoba);
        await CallAsync("/v1/sims", pair, times: 5);

        var refusal = (await host.GetAsync("/v1/sims", pair)).Refused(429);
        AssertRate(refusal, remaining: 0, seconds: 60);
        time.Advance(TimeSpan.FromSeconds(59));
        AssertRate((await host.GetAsync("/v1/sims", pair)).Refused(429), remaining: 0, seconds: 1);
        time.Advance(TimeSpan.FromSeconds(1));
        AssertRate(await host.GetAsync("/v1/sims", pair), remaining: 4, seconds: 60);
    }

    [Fact]
    public async Task Reset_BeginsANewMinute_AlsoWhenItSetsTheClockBack()
    {
        await host.PostAsync("/_control/clock", new { advance = "PT10H" });
        await CallAsync("/v1/sims", await host.SignInAsync(host.Aoba), times: 5);

        await host.PostAsync("/_control/reset");

        AssertRate(await host.GetAsync("/v1/sims", await host.SignInAsync(host.Aoba)), remaining: 4, seconds: 60);
    }

    [Fact]
    public async Task Limit_IsCountedPerOperatorCoverageAndGroupOfPaths()
    {
        var (aoba, nagisa) = (await host.SignInAsync(host.Aoba), await host.SignInAsync(host.Nagisa));
        var sim = (await host.GetAsync("/v1/sims?limit=1", aoba)).Json[0].GetProperty("simId").GetString();
        await CallAsync("/v1/sims", aoba, times: 4);

        (await host.GetAsync($"/v1/sims/{sim}", aoba)).Refused(429);
        Assert.Equal(200, (await host.GetAsync("/v1/groups", aoba)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/query/sims", aoba)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", aoba, global: true)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", nagisa)).Status);
    }

    [Fact]
    public async Task Limit_UsersOfAnOperator_ShareIt()
    {
        var (root, user) = (await host.SignInAsync(host.Aoba), await host.SignInAsync(host.Aoba.User("portal")));
        await CallAsync("/v1/sims", root, times: 5);

        (await host.GetAsync("/v1/sims", user)).Refused(429);
    }

    [Fact]
    public async Task Limit_SignIns_AreCountedByTheCallersAddress()
    {
        for (var remaining = 4; remaining >= 0; remaining--)
        {
            AssertRate(await host.PostAsync("/v1/auth", new { email = "nobody", password = "x" }), remaining, seconds: 60);
        }

        (await host.PostAsync("/v1/auth", new { authKeyId = host.Aoba.AuthKeyId, authKey = host.Aoba.AuthKey })).Refused(429);
    }

    [Fact]
    public async Task Limit_CallsWithAWrongPair_AreCountedByTheCallersAddressToo()
    {
        for (var i = 0; i < 5; i++)
        {
            (await host.GetAsync("/v1/sims", new Pair("a", "b"))).Refused(401);
        }

        (await host.GetAsync("/v1/sims", new Pair("a", "b"))).Refused(429);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", await host.SignInAsync(host.Aoba))).Status);
    }

    [Fact]
    public async Task Headers_AreOnRefusalsToo()
    {
        var pair = await host.SignInAsync(host.Aoba.User("limited"));

        Assert.All(
            [await host.GetAsync("/v1/sims"), await host.GetAsync("/v1/nothing"), await host.GetAsync("/v1/query/sims", pair), await host.GetAsync("/v1/sims/none", pair), await host.GetAsync("/v1/sims", new Pair("a", "b"))],
            reply => Assert.Equal("5", reply.Header("x-soracom-ratelimit-limit")));
    }

    private static void AssertRate(Reply reply, int remaining, int seconds) => Assert.Equal(
        ("5", $"{remaining}", $"{seconds}"),
        (reply.Header("x-soracom-ratelimit-limit"), reply.Header("x-soracom-ratelimit-remaining"), reply.Header("x-soracom-ratelimit-seconds-before-refresh")));

    private async Task CallAsync(string path, Pair pair, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(200, (await host.GetAsync(path, pair)).Status);
        }
    }
}
