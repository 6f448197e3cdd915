using System.Globalization;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Machinery;

public sealed class StressTests
{
    private const int Clients = 64;
    private const int Rounds = 10;

    [Fact]
    public async Task SixtyFourClientsOnOneAccount_LoseAndDuplicateNothing()
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = new FakeTime(), Fleets = [DemoFleets.Aoba], RateLimitPerMinute = 100_000 });
        var pair = await host.SignInAsync(host.Aoba);
        var sims = (await host.GetAllAsync("/v1/sims", pair)).Select(sim => sim.GetProperty("simId").GetString()!).ToList();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(ClientAsync));

        var tags = (await host.GetAsync($"/v1/sims/{sims[0]}", pair)).Json.GetProperty("tags");
        for (var client = 0; client < Clients; client++)
        {
            for (var round = 0; round < Rounds; round++)
            {
                // Each client put its tags one by one and took every other one away again.
                Assert.Equal(round % 2 == 0, tags.TryGetProperty(Name(client, round), out _));
            }
        }

        Assert.Equal(sims, (await host.GetAllAsync("/v1/sims", pair)).Select(sim => sim.GetProperty("simId").GetString()));
        Assert.Single((await host.GetAsync($"/v1/query/sims?sim_id={sims[0]}&tag=last", pair)).Json.EnumerateArray());

        async Task ClientAsync(int client)
        {
            await Task.Yield();
            var own = await host.SignInAsync(host.Aoba);
            for (var round = 0; round < Rounds; round++)
            {
                var name = Name(client, round);
                Assert.Equal(200, (await host.SendAsync(HttpMethod.Put, $"/v1/sims/{sims[0]}/tags", own, new[] { new { tagName = name, tagValue = "last" } })).Status);
                if (round % 2 == 1)
                {
                    Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"/v1/sims/{sims[0]}/tags/{name}", own)).Status);
                }
            }
        }

        static string Name(int client, int round) => string.Create(CultureInfo.InvariantCulture, $"c{client}r{round}");
    }
}
