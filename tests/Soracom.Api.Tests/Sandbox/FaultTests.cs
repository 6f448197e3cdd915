using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Api.Tests.Sandbox;

public sealed class FaultTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxHost host = null!;
    private Pair pair = null!;

    private SandboxFaults Faults => host.Server.Faults;

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa], Clock = time });
        pair = await host.SignInAsync(host.Aoba);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Status_StrikesTheNextCallsThatMatchAndNoMore()
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Count = 2 });

        Assert.Equal(200, (await host.GetAsync("/v1/groups", pair)).Status);
        (await host.GetAsync("/v1/sims", pair)).Refused(503, "AGW0005");
        (await host.GetAsync("/v1/sims/123", pair)).Refused(503);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", pair)).Status);
        Assert.Empty(Faults.Armed);
    }

    [Fact]
    public async Task Status429_ComesWithTheHeadersOfAnExhaustedLimit()
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 429, Path = "/v1/sims" });

        var reply = (await host.GetAsync("/v1/sims", pair)).Refused(429);

        Assert.Equal("6000", reply.Header("x-soracom-ratelimit-limit"));
        Assert.Equal("0", reply.Header("x-soracom-ratelimit-remaining"));
        Assert.Equal("60", reply.Header("x-soracom-ratelimit-seconds-before-refresh"));
    }

    [Fact]
    public async Task Match_ByMethodOperatorAndPattern_SparesOtherCalls()
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Method = "delete", Path = "/v1/sims" });
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, OperatorId = host.Nagisa.OperatorId, Path = "/v1/sims" });
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/*/tags" });

        Assert.Equal(200, (await host.GetAsync("/v1/sims", pair)).Status);
        (await host.GetAsync("/v1/sims", await host.SignInAsync(host.Nagisa))).Refused(503);
        (await host.SendAsync(HttpMethod.Put, "/v1/sims/1/tags", pair, "[]")).Refused(503);
        (await host.SendAsync(HttpMethod.Delete, "/v1/sims/1/tags/x", pair)).Refused(503);
        Assert.Empty(Faults.Armed);
    }

    [Fact]
    public async Task Status_OnACallThatChanges_LeavesItUndone_OrDoneWhenItStrikesAfterwards()
    {
        var path = await TagPathAsync();

        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Path = path });
        (await PutNameAsync(path, "before")).Refused(500);
        Assert.NotEqual("before", await NameAsync(path));

        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Path = path, Afterwards = true });
        (await PutNameAsync(path, "after")).Refused(500);
        Assert.Equal("after", await NameAsync(path));
    }

    [Fact]
    public async Task Slow_WaitsOnTheSandboxesClockAndThenServes()
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Path = "/v1/sims" });

        var call = host.GetAsync("/v1/sims", pair);
        await time.TimersAsync(1, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(200, (await call).Status);
    }

    [Fact]
    public async Task Slow_OnACallThatChanges_IsLateWithTheChange_OrWithItsAnswerAlone()
    {
        var path = await TagPathAsync();
        foreach (var (name, afterwards) in ((string, bool)[])[("late", false), ("early", true)])
        {
            Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Path = path, Method = "PUT", Afterwards = afterwards });
            var call = PutNameAsync(path, name);
            await time.TimersAsync(1, TestContext.Current.CancellationToken);

            Assert.Equal(afterwards, await NameAsync(path) == name);
            Assert.False(call.IsCompleted);
            time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(200, (await call).Status);
            Assert.Equal(name, await NameAsync(path));
        }
    }

    [Fact]
    public async Task Slow_ServerIsStopped_DoesNotHoldItUp()
    {
        await using var own = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [], Clock = time });
        own.Server.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Delay = TimeSpan.FromDays(1), Path = "/v1" });
        var call = own.GetAsync("/v1/sims");
        await time.TimersAsync(1, TestContext.Current.CancellationToken);

        await own.Server.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task Cut_EndsTheConnectionWithoutAnAnswer()
    {
        var path = await TagPathAsync();
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = path });

        await Assert.ThrowsAsync<HttpRequestException>(() => PutNameAsync(path, "cut"));

        Assert.NotEqual("cut", await NameAsync(path));
    }

    [Fact]
    public async Task Cut_Afterwards_EndsTheConnectionInTheMiddleOfTheAnswer()
    {
        var path = await TagPathAsync();
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = path, Afterwards = true });

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => PutNameAsync(path, "cut"));

        Assert.IsType<HttpIOException>(failure.InnerException ?? failure, exactMatch: false);
        Assert.Equal("cut", await NameAsync(path));
    }

    [Fact]
    public async Task Cut_Afterwards_HasSentStatusAndHalfOfTheBody()
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/sims", Afterwards = true });

        var received = await ReadRawAsync($"GET /v1/sims HTTP/1.1\r\nHost: x\r\nX-Soracom-API-Key: {pair.ApiKey}\r\nX-Soracom-Token: {pair.Token}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", received, StringComparison.Ordinal);
        Assert.Contains("\"simId\"", received, StringComparison.Ordinal);
        Assert.False(received.EndsWith(']'));
    }

    [Fact]
    public async Task Html_IsAProxysPageWithoutTheVendorsHeaders()
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Html, Path = "/v1/sims" });

        var reply = await host.GetAsync("/v1/sims", pair);

        Assert.Equal(502, reply.Status);
        Assert.Equal("text/html", reply.Header("Content-Type"));
        Assert.StartsWith("<html>", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(reply.Headers.Keys, name => name.StartsWith("x-soracom", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Truncate_EndsTheJsonInTheMiddleOfAWellFramedAnswer()
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Truncate, Path = "/v1/sims" });

        var text = await GetTextAsync("/v1/sims");

        Assert.StartsWith("[{\"simId\"", text, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
    }

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "elsewhere.example")]
    public async Task Control_AskedByAWebPage_IsNotThere(string header, string value)
    {
        Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims" });

        (await host.SendAsync(HttpMethod.Post, "/_control/reset", headers: (header, value))).Refused(404);
        (await host.GetAsync("/_control/operators", headers: (header, value))).Refused(404);

        Assert.Single(Faults.Armed);
    }

    [Fact]
    public async Task Control_ArmsListsAndClears()
    {
        var armed = await host.PostAsync("/_control/faults", new { kind = "status", path = "/v1/sims*", status = 500, count = 3, method = "GET", operatorId = host.Aoba.OperatorId });
        Assert.Equal(201, armed.Status);
        (await host.GetAsync("/v1/sims", pair)).Refused(500);

        var listed = (await host.GetAsync("/_control/faults")).Json.EnumerateArray().Single();
        Assert.Equal("status", listed.GetProperty("kind").GetString());
        Assert.Equal(2, listed.GetProperty("count").GetInt32());

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, "/_control/faults")).Status);
        Assert.Equal("[]", (await host.GetAsync("/_control/faults")).Text);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", pair)).Status);
    }

    [Theory]
    [InlineData("""{"path":"/v1/sims"}""")]
    [InlineData("""{"kind":"odd","path":"/v1/sims"}""")]
    [InlineData("""{"kind":"status"}""")]
    [InlineData("""{"kind":"status","path":"v1"}""")]
    [InlineData("""{"kind":"status","path":"/v1","count":0}""")]
    [InlineData("""{"kind":"status","path":"/v1","status":99}""")]
    [InlineData("""{"kind":"slow","path":"/v1","delayMs":-1}""")]
    [InlineData("nonsense")]
    public async Task Control_FaultThatMakesNoSense_Is400(string body)
    {
        (await host.PostAsync("/_control/faults", body)).Refused(400);

        Assert.Empty(Faults.Armed);
    }

    [Fact]
    public async Task Control_ListsTheOperatorsWithWhatSignsThemIn()
    {
        var aoba = (await host.GetAsync("/_control/operators")).Json[0];

        Assert.Equal("aoba", aoba.GetProperty("fleet").GetString());
        await host.SignInAsync(new { authKeyId = aoba.GetProperty("authKeyId").GetString(), authKey = aoba.GetProperty("authKey").GetString() });
        var user = aoba.GetProperty("users")[0];
        await host.SignInAsync(new { operatorId = aoba.GetProperty("operatorId").GetString(), userName = user.GetProperty("userName").GetString(), password = user.GetProperty("password").GetString() });
    }

    [Theory]
    [InlineData("/_control")]
    [InlineData("/_control/nothing")]
    [InlineData("/v1/_control/faults")]
    public async Task Control_AnythingElse_Is404(string path) => (await host.GetAsync(path)).Refused(404);

    private async Task<string> TagPathAsync() => $"/v1/sims/{(await host.GetAsync("/v1/sims?limit=1", pair)).Json[0].GetProperty("simId").GetString()}/tags";

    private Task<Reply> PutNameAsync(string path, string name) => host.SendAsync(HttpMethod.Put, path, pair, new[] { new { tagName = "name", tagValue = name } });

    private async Task<string?> NameAsync(string path) =>
        (await host.GetAsync(path[..^"/tags".Length], pair)).Json.GetProperty("tags").GetProperty("name").GetString();

    private async Task<string> GetTextAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = host.Server.JapanAddress };
        client.DefaultRequestHeaders.Add("X-Soracom-API-Key", pair.ApiKey);
        client.DefaultRequestHeaders.Add("X-Soracom-Token", pair.Token);
        return await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    /// <summary>All that arrives until the connection ends, however it ends.</summary>
    private async Task<string> ReadRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Server.JapanAddress.Host, host.Server.JapanAddress.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // A reset is one way of being cut.
        }

        return Encoding.UTF8.GetString(received.ToArray());
    }
}
