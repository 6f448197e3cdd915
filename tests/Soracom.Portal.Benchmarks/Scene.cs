using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Sandbox;

namespace Soracom.Portal.Benchmarks;

/// <summary>A sandbox in this process and a client of it, over HTTP on the loopback.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly SandboxServer sandbox;
    private readonly ServiceProvider services;

    private Scene(SandboxServer sandbox, ServiceProvider services)
    {
        this.sandbox = sandbox;
        this.services = services;
    }

    /// <summary>Where the sandbox serves a coverage.</summary>
    public Uri AddressOf(SoracomCoverage coverage) => coverage == SoracomCoverage.Japan ? sandbox.JapanAddress : sandbox.GlobalAddress;

    public SandboxOperator Operator => sandbox.Operators[0];

    /// <summary>Starts a sandbox with one demo fleet, whose SIMs are made at their first use.</summary>
    public static async Task<Scene> StartAsync(string fleet, CancellationToken cancellationToken)
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { Fleets = [fleet], RateLimitPerMinute = int.MaxValue }, cancellationToken);
        var registrations = new ServiceCollection();
        registrations.AddSoracomApi(options =>
        {
            options.JapanEndpoint = server.JapanAddress;
            options.GlobalEndpoint = server.GlobalAddress;
        });
        return new Scene(server, registrations.BuildServiceProvider());
    }

    /// <summary>A client of the fleet's root user, as a job uses it.</summary>
    public ISoracomClient Client(SoracomCoverage coverage) =>
        services.GetRequiredService<ISoracomClientFactory>().For(
            new SoracomAccount(Operator.OperatorId, coverage, _ => new(new AuthKeyCredential(Operator.AuthKeyId, Operator.AuthKey))),
            CallPriority.Background);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await sandbox.DisposeAsync();
    }
}
