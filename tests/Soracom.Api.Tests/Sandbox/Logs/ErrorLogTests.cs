using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Logs;

public sealed class ErrorLogTests
{
    private readonly FakeTime clock = new();

    [Fact]
    public async Task Lines_ComeNewestFirst_InPages_AndAreTheSameLater()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Nagisa);

        var before = await LinesAsync(host, pair, "limit=50");
        var to = Time(before[0]);
        clock.Advance(TimeSpan.FromHours(5));
        var later = await LinesAsync(host, pair, $"to={to}&limit=17");
        var newer = await LinesAsync(host, pair, $"from={to + 1}");

        Assert.True(before.Count > 100, $"There are {before.Count} lines.");
        Assert.Equal(before.Select(Time).OrderDescending(), before.Select(Time));
        Assert.Equal(before.Take(100).Select(line => line.GetRawText()), later.Take(100).Select(line => line.GetRawText()));
        Assert.NotEmpty(newer);
    }

    [Fact]
    public async Task Filters_ByServiceAndImsi_NarrowThem()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var all = await LinesAsync(host, pair, "limit=100");
        var (service, imsi) = (all[0].GetProperty("service").GetString(), all[0].GetProperty("resourceId").GetString());

        Assert.Equal(all.Count(line => line.GetProperty("service").GetString() == service), (await LinesAsync(host, pair, $"service={service}")).Count);
        Assert.Equal(all.Count(line => line.GetProperty("resourceId").GetString() == imsi), (await LinesAsync(host, pair, $"resource_type=Subscriber&resource_id={imsi}")).Count);
        Assert.Empty(await LinesAsync(host, pair, "resource_type=LoraDevice"));
        Assert.Empty(await LinesAsync(host, pair, "service=Orbit"));
    }

    [Theory]
    [InlineData("resource_type=Sim")]
    [InlineData("service=Toaster")]
    [InlineData("to=-1")]
    [InlineData("limit=0")]
    public async Task Query_ThatMakesNoSense_Is400(string query)
    {
        await using var host = await StartAsync();

        (await host.GetAsync($"/v1/logs?{query}", await host.SignInAsync(host.Aoba))).Refused(400);
    }

    private static long Time(JsonElement line) => line.GetProperty("time").GetInt64();

    private static Task<IReadOnlyList<JsonElement>> LinesAsync(SandboxHost host, Pair pair, string query) => host.GetAllAsync($"/v1/logs?{query}", pair);

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa] });
}
