namespace Soracom.Api.Tests.Sandbox.Sims;

/// <summary>What devices answer, and what becomes of calls to those that are not there.</summary>
public sealed class DeviceTests
{
    private static readonly object Login = new { type = "password", password = "secret" };

    [Fact]
    public async Task Ping_TellsHowManyAnswersCame_AndIsNoErrorWhenNoneDid()
    {
        await using var scene = await DeviceScene.StartAsync();
        var body = new { numberOfPingRequests = 3, timeoutSeconds = 2 };

        var (there, away) = (await scene.CallAsync("sendDownlinkPing", body), await scene.CallOfflineAsync("sendDownlinkPing", body));

        Assert.True(there.Json.GetProperty("success").GetBoolean());
        Assert.Contains("3 received", there["stat"], StringComparison.Ordinal);
        Assert.NotEmpty(there["rtt"]!);
        Assert.Equal((200, false), (away.Status, away.Json.GetProperty("success").GetBoolean()));
        Assert.Contains("0 received", away["stat"], StringComparison.Ordinal);
        Assert.Empty(away["rtt"]!);
    }

    [Theory]
    [InlineData("numberOfPingRequests", 6)]
    [InlineData("numberOfPingRequests", 0)]
    [InlineData("timeoutSeconds", 4)]
    public async Task Ping_OutOfItsBounds_IsRefused(string name, int value)
    {
        await using var scene = await DeviceScene.StartAsync();

        (await scene.CallAsync("sendDownlinkPing", new Dictionary<string, int> { [name] = value })).Refused(400);
    }

    [Fact]
    public async Task Http_BringsTheDevicesOwnAnswer_ItsErrorsToo()
    {
        await using var scene = await DeviceScene.StartAsync();
        var imei = (await scene.CallAsync("getSim")).Json.GetProperty("sessionStatus").GetProperty("imei").GetString();

        var page = await CallAsync("GET", "/status?verbose=1");
        var echo = await CallAsync("POST", "/echo", "こんにちは \"\u0001");
        var head = await CallAsync("HEAD", "/");
        var (missing, wrong) = (await CallAsync("GET", "/none"), await CallAsync("DELETE", "/"));

        Assert.Equal(200, StatusOf(page));
        Assert.Contains($"\"imei\":\"{imei}\"", page["body"], StringComparison.Ordinal);
        Assert.Equal("こんにちは \"\u0001", echo["body"]);
        Assert.Equal((200, ""), (StatusOf(head), head["body"]));
        Assert.Equal((404, 405), (StatusOf(missing), StatusOf(wrong)));

        Task<Reply> CallAsync(string method, string path, string? body = null) => scene.CallAsync("sendDownlinkHttp", new { method, path, body, headers = new { Accept = "*/*" } });

        static int StatusOf(Reply reply) => reply.Json.GetProperty("statusCode").GetInt32();
    }

    [Fact]
    public async Task Http_ToNobody_IsUnprocessable()
    {
        await using var scene = await DeviceScene.StartAsync();

        (await scene.CallAsync("sendDownlinkHttp", new { method = "GET", path = "/", port = 81 })).Refused(422);
        (await scene.CallAsync("sendDownlinkHttp", new { method = "GET", path = "/", port = 443, ssl = true })).Refused(422);
        (await scene.CallOfflineAsync("sendDownlinkHttp", new { method = "GET", path = "/" })).Refused(422);
        Assert.Equal(200, (await scene.CallAsync("sendDownlinkHttp", new { method = "GET", path = "/", port = 443, ssl = true, skipVerify = true })).Status);
    }

    [Theory]
    [InlineData("echo a  b", 0, "a b\n", "")]
    [InlineData("whoami", 0, "root\n", "")]
    [InlineData("exit 3", 3, "", "")]
    [InlineData("false", 1, "", "")]
    [InlineData("reboot now", 127, "", "sh: reboot: not found\n")]
    public async Task Ssh_BringsExitCodeAndOutput(string command, int exitCode, string output, string problem)
    {
        await using var scene = await DeviceScene.StartAsync();

        var reply = await scene.CallAsync("sendDownlinkSsh", new { username = "root", command, authentication = Login });

        Assert.Equal((exitCode, output, problem), (reply.Json.GetProperty("exitcode").GetInt32(), reply["stdout"], reply["stderr"]));
    }

    [Fact]
    public async Task Ssh_WithoutASecretOrADevice_IsUnprocessable_AndTellsNoSecret()
    {
        await using var scene = await DeviceScene.StartAsync();

        (await scene.CallAsync("sendDownlinkSsh", new { username = "root", command = "date", authentication = new { type = "none" } })).Refused(422);
        (await scene.CallAsync("sendDownlinkSsh", new { username = "root", command = "date", authentication = new { type = "password", password = "" } })).Refused(422);
        var refusal = (await scene.CallOfflineAsync("sendDownlinkSsh", new { username = "root", command = "date", authentication = Login })).Refused(422);

        Assert.DoesNotContain("secret", refusal.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aGVsbG8=", "base64", "wait_all", null, "aGVsbG8=")]
    [InlineData("0a0b", "hex", "wait_all", null, "0a0b")]
    [InlineData("こんにちは", "string", "wait_all", null, "こんにちは")]
    [InlineData("hello", "string", "wait_first", null, "")]
    [InlineData("hello", "string", "fire_and_forget", null, "")]
    [InlineData("one;two", "string", "wait_for_pattern", ";", "one;")]
    public async Task Tcp_BringsWhatTheDeviceSends_AsFarAsItIsWaitedFor(string payload, string payloadEncoding, string type, string? terminationPattern, string data)
    {
        await using var scene = await DeviceScene.StartAsync();
        object options = terminationPattern is null ? new { type } : new { type, terminationPattern, terminationPatternEncoding = "string" };

        var reply = await scene.CallAsync("sendDownlinkTcp", new { port = 7, payload, payloadEncoding, timeout = 5, connectionOptions = options });

        Assert.Equal((200, data, payloadEncoding), (reply.Status, reply["data"], reply["dataEncoding"]));
    }

    [Fact]
    public async Task Tcp_ToWhoSaysNothing_IsUnprocessable()
    {
        await using var scene = await DeviceScene.StartAsync();

        (await scene.CallAsync("sendDownlinkTcp", new { port = 9, payload = "x" })).Refused(422);
        (await scene.CallAsync("sendDownlinkTcp", new { port = 7, payload = "x", connectionOptions = new { type = "wait_for_pattern", terminationPattern = "y", terminationPatternEncoding = "string" } })).Refused(422);
        (await scene.CallOfflineAsync("sendDownlinkTcp", new { port = 7, payload = "x" })).Refused(422);
    }

    [Fact]
    public async Task Udp_IsSent_WhetherOrNotAnybodyIsThere()
    {
        await using var scene = await DeviceScene.StartAsync();
        var body = new { port = 9, payload = "x" };

        Assert.Equal((204, 204), ((await scene.CallAsync("sendDownlinkUdp", body)).Status, (await scene.CallOfflineAsync("sendDownlinkUdp", body)).Status));
    }

    [Fact]
    public async Task Snapshot_IsAJpeg_OfItsMoment()
    {
        await using var scene = await DeviceScene.StartAsync();
        var body = new { command = "snapshot", path = "/public" };

        var first = await scene.CallAsync("sendDownlinkRtsp", body);
        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        var second = await scene.CallAsync("sendDownlinkRtsp", body);

        Assert.Equal((200, "image/jpeg"), (first.Status, first.Header("Content-Type")));
        Assert.Contains("JFIF", first.Text, StringComparison.Ordinal);
        Assert.NotEqual(first.Text, second.Text);
        (await scene.CallOfflineAsync("sendDownlinkRtsp", body)).Refused(422);
    }
}
