using System.Text;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Machinery;

/// <summary>What signed addresses are signed with.</summary>
public sealed class LinkKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("links-").FullName;
    private readonly FakeTime clock = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Address_OfOneSandbox_IsNothingToAnotherOfTheSameSeed()
    {
        await using var one = await StartAsync(stateFile: null);
        await using var other = await StartAsync(stateFile: null);
        var address = await AddressAsync(one);
        await AddressAsync(other);

        Assert.Equal(200, (await one.GetAsync(address)).Status);
        (await other.GetAsync(address)).Refused(403);
    }

    [Fact]
    public async Task Address_OutlivesARestart_WhereTheStateIsKept()
    {
        var file = Path.Combine(folder, "state.json");
        string address;
        await using (var host = await StartAsync(file))
        {
            address = await AddressAsync(host);
        }

        await using var again = await StartAsync(file);

        Assert.Equal("kept", (await again.GetAsync(address)).Text);
    }

    private static async Task<string> AddressAsync(SandboxHost host)
    {
        var pair = await host.SignInAsync(host.Aoba);
        await host.SendAsync(HttpMethod.Put, "/v1/files/private/one.txt", pair, new StringContent("kept", Encoding.ASCII, "text/plain"));
        return new Uri((await host.GetAsync("/v1/files/private/one.txt", pair)).Header("Location")!).AbsolutePath;
    }

    private Task<SandboxHost> StartAsync(string? stateFile) =>
        SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], StateFile = stateFile });
}
