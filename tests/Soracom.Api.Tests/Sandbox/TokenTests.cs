using Soracom.Sandbox;
using Soracom.Sandbox.Auth;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>How tokens end, are renewed and are revoked. Each test has a server and a clock of its own.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxHost host = null!;

    private string OperatorPath => $"/v1/operators/{host.Aoba.OperatorId}";

    public async ValueTask InitializeAsync() =>
        host = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa], Clock = time });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Token_LifeNotAskedFor_IsOneDay()
    {
        var pair = await host.SignInAsync(host.Aoba);

        time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await host.GetAsync("/v1/sims", pair)).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        (await host.GetAsync("/v1/sims", pair)).Refused(401);
    }

    [Fact]
    public async Task Token_ShortLifeAskedFor_EndsThen()
    {
        var pair = await host.SignInAsync(new { authKeyId = host.Aoba.AuthKeyId, authKey = host.Aoba.AuthKey, tokenTimeoutSeconds = 60 });

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await host.GetAsync("/v1/sims", pair)).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        (await host.GetAsync("/v1/sims", pair)).Refused(401);
    }

    [Fact]
    public async Task Renewal_GivesANewTokenForTheSameKey_AndLeavesTheOldOneItsEnd()
    {
        var pair = await host.SignInAsync(host.Aoba);
        time.Advance(TimeSpan.FromHours(23));

        var reply = await host.PostAsync($"{OperatorPath}/token", new { tokenTimeoutSeconds = 7200 }, pair);
        var renewed = pair with { Token = reply["token"]! };

        Assert.Equal(["token"], reply.Members);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", pair)).Status);
        time.Advance(TimeSpan.FromHours(1));
        (await host.GetAsync("/v1/sims", pair)).Refused(401);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", renewed)).Status);
        time.Advance(TimeSpan.FromHours(1));
        (await host.GetAsync("/v1/sims", renewed)).Refused(401);
    }

    [Fact]
    public async Task Renewal_UnknownMembersOnly_GivesTheDefaultLife()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var reply = await host.PostAsync($"{OperatorPath}/token", new { timeout_seconds = 5 }, pair);
        time.Advance(TimeSpan.FromHours(23));

        Assert.Equal(200, (await host.GetAsync("/v1/sims", pair with { Token = reply["token"]! })).Status);
    }

    [Fact]
    public async Task Renewal_TokenHasExpired_Is400()
    {
        var pair = await host.SignInAsync(host.Aoba);
        time.Advance(TimeSpan.FromDays(1));

        (await host.PostAsync($"{OperatorPath}/token", new { }, pair)).Refused(400);
    }

    [Fact]
    public async Task Renewal_ForAnotherOperatorOrTooLong_Is400()
    {
        var pair = await host.SignInAsync(host.Aoba);

        (await host.PostAsync($"/v1/operators/{host.Nagisa.OperatorId}/token", new { }, pair)).Refused(400);
        (await host.PostAsync($"{OperatorPath}/token", new { tokenTimeoutSeconds = 172_801 }, pair)).Refused(400);
    }

    [Fact]
    public async Task RevokingRootTokens_EndsAllOfRootAndNoneOfTheUsers()
    {
        var (first, second) = (await host.SignInAsync(host.Aoba), await host.SignInAsync(host.Aoba));
        var user = await host.SignInAsync(host.Aoba.User("portal"));
        var stranger = await host.SignInAsync(host.Nagisa);

        var reply = await host.SendAsync(HttpMethod.Delete, $"{OperatorPath}/tokens", first);

        Assert.Equal(204, reply.Status);
        (await host.GetAsync("/v1/sims", first)).Refused(401);
        (await host.GetAsync("/v1/sims", second)).Refused(401);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", user)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", stranger)).Status);
    }

    [Fact]
    public async Task RevokingAUsersTokens_EndsThatUsersOnly()
    {
        var root = await host.SignInAsync(host.Aoba);
        var (portal, limited) = (await host.SignInAsync(host.Aoba.User("portal")), await host.SignInAsync(host.Aoba.User("limited")));
        var namesake = await host.SignInAsync(host.Nagisa.User("portal"));

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{OperatorPath}/users/portal/tokens", root)).Status);

        (await host.GetAsync("/v1/sims", portal)).Refused(401);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", limited)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", namesake)).Status);
    }

    [Fact]
    public async Task Revoking_UnknownUserOrForeignOperator_Is400()
    {
        var root = await host.SignInAsync(host.Aoba);

        (await host.SendAsync(HttpMethod.Delete, $"{OperatorPath}/users/nobody/tokens", root)).Refused(400);
        (await host.SendAsync(HttpMethod.Delete, $"/v1/operators/{host.Nagisa.OperatorId}/tokens", root)).Refused(400);
    }

    [Fact]
    public async Task SigningInOften_ForgetsPairsThatHaveEnded()
    {
        var kept = await host.SignInAsync(host.Aoba);
        for (var i = 0; i < 1100; i++)
        {
            host.Server.World.Sessions.Open(host.Server.World.Accounts[0], userName: null, PermissionSet.Everything, TimeSpan.FromSeconds(1));
            time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(host.Server.World.Sessions.Count, 1, 100);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", kept)).Status);
    }
}
