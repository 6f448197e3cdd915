using System.Globalization;
using Soracom.Sandbox;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.Machinery;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    [InlineData("""{"advance":"P9999999D"}""")]
    [InlineData("""{"advance":"P10675199D"}""")]
    [InlineData("""{"advance":"P732D"}""")]
    [InlineData("""{}""")]
    public async Task Clock_AdvancedByNonsense_StaysWhereItIs_AndEverythingGoesOn(string body)
    {
        await using var host = await StartAsync(new FakeTime());

        (await host.PostAsync("/_control/clock", body)).Refused(400);

        Assert.Equal(Start, await TimeAsync(host));
        Assert.Equal(200, (await host.GetAsync("/v1/sims?limit=1", await host.SignInAsync(host.Aoba))).Status);
    }

    [Fact]
    public async Task Clock_AtItsEnd_CanNotBeAdvancedBeyond_ByAnyNumberOfCalls()
    {
        var end = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = new FakeTime(), StartAt = end.AddHours(-2), Fleets = [DemoFleets.Aoba] });

        var moves = new List<int>();
        foreach (var by in (string[])["PT1H59M", "PT1M", "P731D", "P731D"])
        {
            moves.Add((await host.PostAsync("/_control/clock", new { advance = by })).Status);
        }

        Assert.Equal([200, 400, 400, 400], moves);
        Assert.Equal(end.AddMinutes(-1), await TimeAsync(host));
        Assert.Equal(200, (await host.GetAsync("/v1/sims?limit=1", await host.SignInAsync(host.Aoba))).Status);
    }

    [Fact]
    public async Task Advance_Cancelled_LeavesTheClockWhereItHasComeTo_WithAllThatWasDueDone()
    {
        await using var host = await StartAsync(new FakeTime());
        var pair = await host.SignInAsync(host.Aoba);
        await SetAsync(host, pair, "first", Start.AddHours(10));
        await SetAsync(host, pair, "second", Start.AddDays(1).AddHours(10));
        using var cancelled = new CancellationTokenSource();
        host.Server.World.OnChange = cancelled.Cancel;

        Assert.Throws<OperationCanceledException>(() => host.Server.World.Advance(TimeSpan.FromDays(30), cancelled.Token));

        Assert.Equal(Start.AddDays(1), await TimeAsync(host));
        Assert.Equal(["seeded for aoba", "first at 10:00"], await RungAsync(host, await host.SignInAsync(host.Aoba)));
    }

    [Fact]
    public async Task Stop_EndsALongAdvance_AndTheOneThatWaitsBehindIt()
    {
        await using var host = await StartAsync(new FakeTime());
        var moves = 0;
        var stopped = Task.CompletedTask;
        host.Server.World.OnChange = () =>
        {
            if (++moves == 2)
            {
                stopped = host.Server.DisposeAsync().AsTask();
            }
        };

        Assert.Throws<OperationCanceledException>(() => host.Server.Advance(TimeSpan.FromDays(731)));
        Assert.Throws<OperationCanceledException>(() => host.Server.Advance(TimeSpan.FromDays(1)));
        await stopped;

        Assert.Equal(Start.AddDays(2), host.Server.World.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Stop_EndsTheFirstLookAtWhatIsDueForLong()
    {
        await using var host = await StartAsync(new FakeTime());
        var pair = await host.SignInAsync(host.Aoba);
        await SetAsync(host, pair, "a", Start.AddHours(1));
        await SetAsync(host, pair, "b", Start.AddHours(2));
        var world = host.Server.World;
        var account = world.Find(host.Aoba.OperatorId)!;
        using var stopping = new CancellationTokenSource();
        world.Stopping = stopping.Token;
        await stopping.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => account.Run(Start.AddDays(1), changing: false, () => true));
        world.Stopping = CancellationToken.None;

        Assert.Equal(["seeded for aoba", "a at 01:00", "b at 02:00"], await RungAsync(host, pair));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("2200-01-01T00:00:00Z")]
    [InlineData("1999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task Clock_StartedWhereNoSandboxCanBe_IsRefusedInPlainWords(string time)
    {
        await using var errors = new StringWriter(CultureInfo.InvariantCulture);

        var code = await StandaloneSandbox.RunAsync(["--clock", time], TextWriter.Null, errors);
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => SandboxServer.StartAsync(
            new SandboxOptions { StartAt = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) }, Cancellation));

        Assert.Equal(2, code);
        Assert.Contains(time, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("2200-01-01", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(SandboxOptions.StartAt), refusal.Message, StringComparison.Ordinal);
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

    private static async Task<DateTimeOffset> TimeAsync(SandboxHost host) => (await host.GetAsync("/_control/clock")).Json.GetProperty("now").GetDateTimeOffset();

    private static Task<SandboxHost> StartAsync(FakeTime clock) => SandboxHost.StartAsync(
        new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], Operations = [.. Operations.All, .. AlarmPart.Operations] });

    private static async Task SetAsync(SandboxHost host, Pair pair, string name, DateTimeOffset time) =>
        Assert.Equal(200, (await host.PostAsync($"/v1/alarms/{name}/{time.ToUnixTimeMilliseconds()}", body: null, pair)).Status);

    private static async Task<IReadOnlyList<string>> RungAsync(SandboxHost host, Pair pair) =>
        [.. (await host.GetAsync("/v1/alarms", pair)).Json.EnumerateArray().Select(line => line.GetString()!)];
}
