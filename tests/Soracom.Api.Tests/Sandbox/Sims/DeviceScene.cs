using Soracom.Api.Tests.Cases;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Sims;

/// <summary>A sandbox with one SIM whose device is there, and one whose is not.</summary>
internal sealed class DeviceScene : IAsyncDisposable
{
    private DeviceScene(ApiCalls api, string online, string offline)
    {
        Api = api;
        Online = online;
        Offline = offline;
    }

    public ApiCalls Api { get; }

    /// <summary>SIM ID.</summary>
    public string Online { get; }

    /// <summary>SIM ID.</summary>
    public string Offline { get; }

    public FakeTime Clock => Api.Clock;

    public static async Task<DeviceScene> StartAsync()
    {
        var clock = new FakeTime();
        var api = new ApiCalls(await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] }), clock);
        return new DeviceScene(api, await FindAsync("ONLINE"), await FindAsync("OFFLINE"));

        async Task<string> FindAsync(string sessions) =>
            (await api.CallAsync("searchSims", query: $"subscription=plan-K2&status=active&limit=1&session_status={sessions}")).Json[0].GetProperty("simId").GetString()!;
    }

    /// <summary>Calls an operation on the SIM whose device is there.</summary>
    public Task<Reply> CallAsync(string operation, object? body = null) => Api.CallAsync(operation, [Online], body: body);

    /// <summary>Calls an operation on the SIM whose device is not.</summary>
    public Task<Reply> CallOfflineAsync(string operation, object? body = null) => Api.CallAsync(operation, [Offline], body: body);

    public ValueTask DisposeAsync() => Api.Host.DisposeAsync();
}
