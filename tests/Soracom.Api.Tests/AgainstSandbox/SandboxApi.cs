using Soracom.Api.Tests.Cases;
using Soracom.Api.Tests.Support;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>A sandbox and a client of it, over HTTP. Their clocks are one, unless a test gives the client another.</summary>
internal sealed class SandboxApi : IAsyncDisposable
{
    private readonly SandboxServer sandbox;
    private readonly TestApi api;

    private SandboxApi(SandboxServer server, TestApi api)
    {
        sandbox = server;
        this.api = api;
    }

    public SandboxServer Server => sandbox;

    public TestApi Api => api;

    public SandboxOperator Aoba => Operator(DemoFleets.Aoba);

    public static async Task<SandboxApi> StartAsync(
        CancellationToken cancellationToken, string[]? fleets = null, int rateLimitPerMinute = 6000, FakeTime? clientClock = null, Action<SoracomApiOptions>? configure = null)
    {
        var clock = new FakeTime();
        var options = new SandboxOptions { Clock = clock, Fleets = fleets ?? [DemoFleets.Aoba], RateLimitPerMinute = rateLimitPerMinute };
        var server = await SandboxServer.StartAsync(options, cancellationToken);
        return new SandboxApi(server, new TestApi(server.JapanAddress, server.GlobalAddress, configure, clock: clientClock ?? clock)) { Clock = clock };
    }

    /// <summary>The sandbox's clock.</summary>
    public required FakeTime Clock { get; init; }

    public SandboxOperator Operator(string fleet) => sandbox.Operators.Single(demo => demo.Fleet == fleet);

    /// <summary>The SIM IDs on the cards that Aoba has not registered yet.</summary>
    public IReadOnlyList<string> StockedSims() => SimStockOf.Japan(sandbox, Aoba.OperatorId);

    /// <summary>A client of a demo operator's root user.</summary>
    public ISoracomClient For(
        SandboxOperator demo,
        SoracomCoverage coverage = SoracomCoverage.Japan,
        CallPriority priority = CallPriority.Interactive,
        SoracomLanguage language = SoracomLanguage.English) =>
        api.Factory.For(
            new SoracomAccount(demo.OperatorId, coverage, _ => new(new AuthKeyCredential(demo.AuthKeyId, demo.AuthKey))), priority, language);

    /// <summary>A client of a demo operator's SAM user.</summary>
    public ISoracomClient For(SandboxUser user, SoracomCoverage coverage = SoracomCoverage.Japan) =>
        api.Factory.For(new SoracomAccount(user.AuthKeyId, coverage, _ => new(new AuthKeyCredential(user.AuthKeyId, user.AuthKey))));

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await sandbox.DisposeAsync();
    }
}
