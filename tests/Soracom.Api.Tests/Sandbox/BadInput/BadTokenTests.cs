using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>Every operation that needs an API key and token is called without good ones: refused in the vendor's form, and nothing has changed.</summary>
public sealed class BadTokenTests
{
    private const string NoStatements = """{"statements":[]}""";

    public static TheoryData<string> NeedingAToken => [.. Operations.All.Where(operation => !operation.Anonymous).Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(NeedingAToken))]
    public async Task Call_WithoutAGoodToken_IsRefused(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;
        var operation = Operations.All.Single(operation => operation.Id == id);
        var (good, revoked, expired, powerless) = (call.Caller!, Open(scene, 3600), Open(scene, 1), Open(scene, 3600, PermissionSet.Parse(NoStatements)));
        Assert.Equal(204, (await scene.Host.PostAsync("/v1/auth/logout", body: null, revoked)).Status);
        scene.Host.Server.Advance(TimeSpan.FromSeconds(2));
        scene.Settle();

        await RefusedAsync("no token", pair: null, 400);
        await RefusedAsync("an unknown pair", new Pair("api-unknown", "token-unknown"), 401);
        await RefusedAsync("a token of another key", good with { Token = powerless.Token }, 401);
        await RefusedAsync("half a token", good with { Token = good.Token[..(good.Token.Length / 2)] }, 401);
        await RefusedAsync("a revoked token", revoked, 401);
        await RefusedAsync("an expired token", expired, operation.ExpiredTokenStatus ?? 401);
        if (!operation.NeedsNoPermission)
        {
            await RefusedAsync("a token without permissions", powerless, 403);
        }

        await scene.VerifyAsync();

        Task RefusedAsync(string what, Pair? pair, int status) => scene.RefusedAsync(what, call.Target, call.Body, pair, status);
    }

    private static Pair Open(BadInputScene scene, int seconds, PermissionSet? permissions = null)
    {
        var account = scene.Host.Server.World.Accounts[0];
        var (session, token) = scene.Host.Server.World.Sessions.Open(account, userName: null, permissions ?? PermissionSet.Everything, TimeSpan.FromSeconds(seconds));
        return new Pair(session.ApiKey, token);
    }
}
