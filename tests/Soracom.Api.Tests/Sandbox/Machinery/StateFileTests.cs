using System.Text.Json;
using Soracom.Sandbox;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.Machinery;

public sealed class StateFileTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-state-").FullName;
    private readonly FakeTime clock = new();

    private string StatePath => Path.Combine(folder, "deeper", "sandbox.state");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Change_OutlivesARestart_AndSoDoesWhatIsNotDueYet()
    {
        string sim;
        await using (var host = await StartAsync())
        {
            var pair = await host.SignInAsync(host.Aoba);
            sim = await AnySimAsync(host, pair);
            await host.SendAsync(HttpMethod.Put, $"/v1/sims/{sim}/tags", pair, new[] { new { tagName = "場所", tagValue = "倉庫" } });
            await host.PostAsync($"/v1/alarms/soon/{Start.AddMinutes(1).ToUnixTimeMilliseconds()}", body: null, pair);
            await host.PostAsync($"/v1/alarms/later/{Start.AddHours(9).ToUnixTimeMilliseconds()}", body: null, pair);
            await host.PostAsync("/_control/clock", new { advance = "PT1H" });
        }

        await using var again = await StartAsync();
        var next = await again.SignInAsync(again.Aoba);
        var read = (await again.GetAsync($"/v1/sims/{sim}", next)).Json;
        await again.PostAsync("/_control/clock", new { advance = "PT9H" });

        Assert.Equal("倉庫", read.GetProperty("tags").GetProperty("場所").GetString());
        Assert.Contains((await again.GetAsync($"/v1/query/sims?tag={Uri.EscapeDataString("倉庫")}", next)).Json.EnumerateArray(), found => found.GetProperty("simId").GetString() == sim);
        Assert.Equal(
            ["seeded for aoba", "soon at 00:01", "later at 09:00"],
            (await again.GetAsync("/v1/alarms", next)).Json.EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(Start.AddHours(10), (await again.GetAsync("/_control/clock")).Json.GetProperty("now").GetDateTimeOffset());
    }

    [Fact]
    public async Task File_HoldsOnlyWhatDiffers()
    {
        await using (var host = await StartAsync())
        {
            var pair = await host.SignInAsync(new { email = host.Aoba.Email, password = host.Aoba.Password });
            await host.GetAllAsync("/v1/sims", pair);
            await host.GetAsync("/v1/alarms", pair);
        }

        using var saved = JsonDocument.Parse(await File.ReadAllBytesAsync(StatePath, TestContext.Current.CancellationToken));

        Assert.Empty(saved.RootElement.GetProperty("accounts").EnumerateArray());
    }

    [Fact]
    public async Task File_OfARunThatDidNotLook_KeepsWhatTheRunBeforeHadChanged()
    {
        await using (var host = await StartAsync())
        {
            await host.PostAsync($"/v1/alarms/soon/{Start.AddMinutes(1).ToUnixTimeMilliseconds()}", body: null, await host.SignInAsync(host.Aoba));
        }

        await using (await StartAsync())
        {
            // Comes and goes.
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using var third = await StartAsync();
        var rung = await third.GetAsync("/v1/alarms", await third.SignInAsync(third.Aoba));
        Assert.Contains("soon at 00:01", rung.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"format":0,"seed":1,"start":"2026-04-01T00:00:00+00:00","clockOffset":"00:00:00","accounts":[]}""")]
    [InlineData("""{"format":1,"seed":2,"start":"2026-04-01T00:00:00+00:00","clockOffset":"00:00:00","accounts":[]}""")]
    [InlineData("""{"format":1,"seed":1,"start":"2026-04-01T00:00:00+00:00","clockOffset":"9999999.00:00:00","accounts":[]}""")]
    [InlineData("""{"format":1,"seed":1,"start":"2026-04-01T00:00:00+00:00","clockOffset":"-10675199.00:00:00","accounts":[]}""")]
    [InlineData("""{"format":1,"seed":1,"start":"0001-01-01T00:00:00+00:00","clockOffset":"00:00:00","accounts":[]}""")]
    public async Task File_ThatCanNotBeUsed_IsToldOf_PutAside_AndTheDemoStartsAnew(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        await File.WriteAllTextAsync(StatePath, content, TestContext.Current.CancellationToken);
        using var logs = new Support.LogCapture();
        using var logging = new Microsoft.Extensions.Logging.LoggerFactory([logs]);

        await using (var host = await SandboxHost.StartAsync(Options(logging)))
        {
            Assert.Equal(200, (await host.GetAsync("/v1/sims", await host.SignInAsync(host.Aoba))).Status);
        }

        var aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(StatePath)!, "*.unused"));
        Assert.Equal(content, await File.ReadAllTextAsync(aside, TestContext.Current.CancellationToken));
        Assert.Contains(logs.Lines, line => line.Message.Contains(StatePath, StringComparison.Ordinal) && line.Message.Contains(aside, StringComparison.Ordinal));
        Assert.True(File.Exists(StatePath));
    }

    [Fact]
    public async Task Account_ThatSomebodyMade_OutlivesARestart_AndIsGoneOnceRemoved()
    {
        await using (var host = await StartAsync())
        {
            NewAccount.In(host);
            await host.PostAsync($"/v1/alarms/soon/{Start.AddMinutes(1).ToUnixTimeMilliseconds()}", body: null, await host.SignInAsync(NewAccount.Credentials));
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using var again = await StartAsync();
        var pair = await again.SignInAsync(NewAccount.Credentials);
        var rung = await again.GetAsync("/v1/alarms", pair);
        again.Server.World.Remove(again.Server.World.Find(NewAccount.OperatorId)!);

        Assert.Equal("""["soon at 00:01"]""", rung.Text);
        (await again.GetAsync("/v1/alarms", pair)).Refused(401);
        (await again.PostAsync("/v1/auth", NewAccount.Credentials)).Refused(401);
    }

    [Fact]
    public async Task Reset_MakesEverythingAsItWas_AndEndsTokens()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await AnySimAsync(host, pair);
        var before = (await host.GetAsync($"/v1/sims/{sim}", pair)).Text;
        await host.SendAsync(HttpMethod.Put, $"/v1/sims/{sim}/tags", pair, new[] { new { tagName = "a", tagValue = "b" } });
        await host.PostAsync("/_control/clock", new { advance = "PT1H" });

        var reset = await host.PostAsync("/_control/reset");

        Assert.Equal(204, reset.Status);
        (await host.GetAsync("/v1/sims", pair)).Refused(401);
        Assert.Equal(before, (await host.GetAsync($"/v1/sims/{sim}", await host.SignInAsync(host.Aoba))).Text);
    }

    private static async Task<string> AnySimAsync(SandboxHost host, Pair pair) =>
        (await host.GetAsync("/v1/sims?limit=1", pair)).Json[0].GetProperty("simId").GetString()!;

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(Options(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));

    private SandboxOptions Options(Microsoft.Extensions.Logging.ILoggerFactory logging) => new()
    {
        Clock = clock,
        Fleets = [DemoFleets.Aoba],
        StateFile = StatePath,
        LoggerFactory = logging,
        Operations = [.. Operations.All, .. AlarmPart.Operations],
    };
}
