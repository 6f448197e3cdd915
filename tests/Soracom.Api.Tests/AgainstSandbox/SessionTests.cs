using Soracom.Api.Errors;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>Signing in, staying signed in, and being thrown out, by the sandbox's own rules.</summary>
public sealed class SessionTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task EveryKindOfCredential_IsVerified()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var aoba = sandbox.Aoba;
        var sam = aoba.User("portal");

        var root = await VerifyAsync(new RootCredential(aoba.Email, aoba.Password));
        var rootKey = await VerifyAsync(new AuthKeyCredential(aoba.AuthKeyId, aoba.AuthKey));
        var samPassword = await VerifyAsync(new SamUserCredential(aoba.OperatorId, sam.Name, sam.Password));
        var samKey = await VerifyAsync(new AuthKeyCredential(sam.AuthKeyId, sam.AuthKey));

        Assert.All([root, rootKey], identity => Assert.Equal(new SoracomIdentity(aoba.OperatorId, null), identity));
        Assert.All([samPassword, samKey], identity => Assert.Equal(new SoracomIdentity(aoba.OperatorId, "portal"), identity));

        Task<SoracomIdentity> VerifyAsync(SoracomCredential credential) => sandbox.Api.Factory.VerifyAsync(SoracomCoverage.Japan, credential, Stop);
    }

    [Fact]
    public async Task WrongSecret_IsAnAuthenticationFailure()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => sandbox.Api.Factory.VerifyAsync(
            SoracomCoverage.Japan, new AuthKeyCredential(sandbox.Aoba.AuthKeyId, "secret-wrong"), Stop));
    }

    [Fact]
    public async Task SessionOfADay_IsRenewedAndOutlivesIt()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        await client.Sims.ListSimsAsync(cancellationToken: Stop);

        for (var hours = 0; hours < 72; hours += 4)
        {
            sandbox.Clock.Advance(TimeSpan.FromHours(4));
            Assert.NotEmpty((await client.Sims.ListSimsAsync(cancellationToken: Stop)).Items);
        }
    }

    [Fact]
    public async Task TokenThatTheVendorEndsEarly_IsReplacedUnnoticed()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop, clientClock: new FakeTime());
        var client = sandbox.For(sandbox.Aoba);
        await client.Sims.ListSimsAsync(cancellationToken: Stop);

        sandbox.Clock.Advance(TimeSpan.FromHours(30));
        var sims = await client.Sims.ListSimsAsync(cancellationToken: Stop);

        Assert.NotEmpty(sims.Items);
        Assert.Contains(sandbox.Api.Logs.Lines, line => line.Message.StartsWith("listSims try 1: SoracomAuthenticationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HundredCallersAtOnce_AreAllServed()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        var pages = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => sandbox.For(sandbox.Aoba).Sims.ListSimsAsync(cancellationToken: Stop)));

        Assert.All(pages, page => Assert.Equal(42, page.Items.Count));
        Assert.Single(sandbox.Api.Logs.Lines, line => line.Message.StartsWith("auth try ", StringComparison.Ordinal));
    }
}
