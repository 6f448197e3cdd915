using System.Globalization;
using Soracom.Sandbox;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.Machinery;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Clock_AdvancedByTheControl_EndsTokens()
    {
        await using var host = await StartAsync(new FakeTime());
        var pair = await host.SignInAsync(host.Aoba);

        Assert.Equal(200, (await host.GetAsync("/v1/sims?limit=1", pair)).Status);
        var moved = await host.PostAsync("/_control/clock", new { advance = "P1DT1M" });
        var refused = await host.GetAsync("/v1/sims?limit=1", pair);

        Assert.Equal(Start.AddDays(1).AddMinutes(1), moved.Json.GetProperty("now").GetDateTimeOffset());
        refused.Refused(401);
    }

    [Theory]
    [InlineData("""{"advance":"-PT1S"}""")]
    [InlineData("""{"advance":"tomorrow"}""")]
    [InlineData("""{"advance":"P99999999999D"}""")]
    [InlineData("""{}""")]
    public async Task Clock_AdvancedByNonsense_StaysWhereItIs(string body)
    {
        await using var host = await StartAsync(new FakeTime());

        (await host.PostAsync("/_control/clock", body)).Refused(400);

        Assert.Equal(Start, (await host.GetAsync("/_control/clock")).Json.GetProperty("now").GetDateTimeOffset());
    }

    [Fact]
    public async Task Clock_StartedAtATime_GoesOnFromThere()
    {
        var clock = new FakeTime();
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, StartAt = Start.AddYears(-1), Fleets = [DemoFleets.Aoba] });

        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Start.AddYears(-1).AddMinutes(5), (await host.GetAsync("/_control/clock")).Json.GetProperty("now").GetDateTimeOffset());
    }

    [Fact]
    public async Task WhatIsDue_HappensOnce_InTheOrderOfItsTimes_EachAtItsOwn()
    {
        var clock = new FakeTime();
        await using var host = await StartAsync(clock);
        var pair = await host.SignInAsync(host.Aoba);
        await SetAsync(host, pair, "late", Start.AddMinutes(30));
        await SetAsync(host, pair, "b", Start.AddMinutes(10));
        await SetAsync(host, pair, "a", Start.AddMinutes(10));
        await SetAsync(host, pair, "never", Start.AddYears(1));

        clock.Advance(TimeSpan.FromMinutes(20));
        var first = await RungAsync(host, pair);
        await host.PostAsync("/_control/clock", new { advance = "PT1H" });
        var then = await RungAsync(host, pair);

        Assert.Equal(["seeded for aoba", "a at 00:10", "b at 00:10"], first);
        Assert.Equal([.. first, "late at 00:30"], then);
    }

    [Fact]
    public async Task WhatIsDue_HappensBeforeTheCallThatComesAfterIt_WithManyClientsLooking()
    {
        var clock = new FakeTime();
        await using var host = await StartAsync(clock);
        var pair = await host.SignInAsync(host.Aoba);
        for (var i = 0; i < 100; i++)
        {
            await SetAsync(host, pair, string.Create(CultureInfo.InvariantCulture, $"n{i:D3}"), Start.AddSeconds(i + 1));
        }

        clock.Advance(TimeSpan.FromHours(1));
        var seen = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RungAsync(host, pair)));

        Assert.All(seen, lines => Assert.Equal(101, lines.Distinct().Count()));
        Assert.All(seen, lines => Assert.Equal(101, lines.Count));
    }

    private static Task<SandboxHost> StartAsync(FakeTime clock) => SandboxHost.StartAsync(
        new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], Operations = [.. Operations.All, .. AlarmPart.Operations] });

    private static async Task SetAsync(SandboxHost host, Pair pair, string name, DateTimeOffset time) =>
        Assert.Equal(200, (await host.PostAsync($"/v1/alarms/{name}/{time.ToUnixTimeMilliseconds()}", body: null, pair)).Status);

    private static async Task<IReadOnlyList<string>> RungAsync(SandboxHost host, Pair pair) =>
        [.. (await host.GetAsync("/v1/alarms", pair)).Json.EnumerateArray().Select(line => line.GetString()!)];
}
