using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Api.Tests.Sandbox.Napter;

/// <summary>Ways into devices that can really be connected to.</summary>
public sealed class DoorTests : IDisposable
{
    private const string Outside = "198.51.100.77";

    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTime clock = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("doors-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Connection_IsEchoed_AndOnRecordFromItsBeginningToItsEnd()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22);

        using (var client = await ConnectAsync(scene.Listener(made)))
        {
            Assert.Equal("こんにちは", await EchoAsync(client.GetStream(), "こんにちは"));
            clock.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal("again", await EchoAsync(client.GetStream(), "again"));
        }

        var log = await scene.LogAsync(made, "CLOSED");
        Assert.Equal(["CREATED", "ACCESS", "CONNECTED", "CLOSED"], log.Select(Type));
        Assert.Equal(["127.0.0.1/32"], Ranges(await StartAndOpenWithoutListenersAsync()));
        Assert.Equal([$"{Outside}/32"], Ranges(made));
        Assert.All(log[1..], entry => Assert.Equal(Outside, entry.GetProperty("direction").GetProperty("sourceIPAddress").GetString()));
        Assert.Single(log[1..].Select(entry => entry.GetProperty("connectionId").GetString()).Distinct());
        Assert.Equal(Start.AddMinutes(2).ToUnixTimeMilliseconds(), log[^1].GetProperty("createdAt").GetInt64(), 5.0);
    }

    [Fact]
    public async Task Endpoint_IsThePublicOne_UnlessListenersAreGivenOut()
    {
        await using var vendorShaped = await StartAsync();
        await using var local = await StartAsync(givesOutListeners: true);

        var (shown, own) = (await vendorShaped.OpenAsync(port: 22), await local.OpenAsync(port: 22));

        Assert.StartsWith("203.0.113.", shown["ipAddress"], StringComparison.Ordinal);
        Assert.EndsWith(".napter.soracom.io", shown["hostname"], StringComparison.Ordinal);
        Assert.Equal(("127.0.0.1", "localhost"), (own["ipAddress"], own["hostname"]));
        using var client = await ConnectAsync(IPEndPoint.Parse(own["endpoint"]!));
        Assert.Equal("ping", await EchoAsync(client.GetStream(), "ping"));
        var told = Assert.Single((await vendorShaped.Host.GetAsync("/_control/doors")).Json.EnumerateArray());
        Assert.Equal((shown["endpoint"], vendorShaped.Listener(shown).ToString()), (told.GetProperty("endpoint").GetString(), told.GetProperty("listener").GetString()));
        Assert.Equal(204, await local.CloseAsync(own));
    }

    [Fact]
    public async Task Connection_FromOutsideTheRanges_IsDenied_AndHearsNothing()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22, ranges: ["203.0.113.0/24", "198.51.100.78/32"]);

        using var client = await ConnectAsync(scene.Listener(made));

        Assert.Equal(0, await ReadAsync(client));
        var denied = (await scene.LogAsync(made, "DENIED"))[^1];
        Assert.Equal(Outside, denied.GetProperty("direction").GetProperty("sourceIPAddress").GetString());
        Assert.DoesNotContain(await scene.LogAsync(made), entry => Type(entry) is "ACCESS" or "CONNECTED" or "CLOSED");
    }

    [Theory]
    [InlineData("198.51.100.77/32")]
    [InlineData("198.51.100.64/27")]
    [InlineData("0.0.0.0/0")]
    public async Task Connection_FromWithinTheRanges_IsLetIn(string range)
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22, ranges: ["203.0.113.9/32", range]);

        using var client = await ConnectAsync(scene.Listener(made));

        Assert.Equal("ping", await EchoAsync(client.GetStream(), "ping"));
    }

    [Fact]
    public async Task Connection_ToAPortThatTheDeviceDoesNotListenOn_IsRefused()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 2222);

        using var client = await ConnectAsync(scene.Listener(made));

        Assert.Equal(0, await ReadAsync(client));
        Assert.Equal(["CREATED", "ACCESS", "REFUSED"], (await scene.LogAsync(made, "REFUSED")).Select(Type));
    }

    [Fact]
    public async Task Connection_ToASimThatHasGoneOffline_IsRefused()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22);
        (await scene.Host.PostAsync($"/v1/sims/{made["simId"]}/suspend", new { }, scene.Pair)).Json.GetProperty("simId");

        using var client = await ConnectAsync(scene.Listener(made));

        Assert.Equal(0, await ReadAsync(client));
        Assert.Equal("REFUSED", Type((await scene.LogAsync(made, "REFUSED"))[^1]));
    }

    [Fact]
    public async Task Deletion_EndsTheConnectionsAndTheListener()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22);
        var listener = scene.Listener(made);
        using var client = await ConnectAsync(listener);
        Assert.Equal("ping", await EchoAsync(client.GetStream(), "ping"));

        Assert.Equal(204, await scene.CloseAsync(made));

        Assert.Equal(0, await ReadAsync(client));
        Assert.Equal(["CREATED", "ACCESS", "CONNECTED", "CLOSED", "DELETED"], (await scene.LogAsync(made)).Select(Type));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listener));
        Assert.Null(scene.Host.Server.FindListener(made["endpoint"]!));
    }

    [Fact]
    public async Task Expiry_EndsTheConnections_ThoughNobodyLooks()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22, duration: 600);
        var listener = scene.Listener(made);
        using var client = await ConnectAsync(listener);
        Assert.Equal("ping", await EchoAsync(client.GetStream(), "ping"));

        clock.Advance(TimeSpan.FromSeconds(600));

        Assert.Equal(0, await ReadAsync(client));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listener));
        var log = await scene.LogAsync(made);
        Assert.Equal(["CREATED", "ACCESS", "CONNECTED", "CLOSED", "EXPIRED"], log.Select(Type));
        Assert.Equal(Start.AddSeconds(600).ToUnixTimeMilliseconds(), log[^1].GetProperty("createdAt").GetInt64(), 5.0);
    }

    [Fact]
    public async Task TlsRequired_SpeaksTlsFirst_AndShowsItsOwnCertificate()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22, tls: true);
        using var client = await ConnectAsync(scene.Listener(made));
        await using var tls = new SslStream(client.GetStream());

        // The certificate is signed by itself, and of use to tests only.
        string? subject = null;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = made["hostname"],
                RemoteCertificateValidationCallback = (_, shown, _, problems) =>
                {
                    subject = shown?.Subject;
                    return problems == SslPolicyErrors.RemoteCertificateChainErrors;
                },
            },
            Cancellation);

        Assert.Equal("CN=napter.soracom.io", subject);
        Assert.Equal("ping", await EchoAsync(tls, "ping"));
        Assert.All(await scene.LogAsync(made, "CONNECTED"), entry => Assert.True(entry.GetProperty("tls").GetBoolean()));
    }

    [Fact]
    public async Task TlsRequired_WhoSpeaksNone_IsShownOut()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22, tls: true);
        using var client = await ConnectAsync(scene.Listener(made));

        await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), Cancellation);
        while (await ReadAsync(client) > 0)
        {
            // An alert, perhaps.
        }

        Assert.Equal(["CREATED", "ACCESS"], (await scene.LogAsync(made, "ACCESS")).Select(Type));
    }

    [Fact]
    public async Task WebPort_AnswersHttp()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 80);

        var answer = await RawSocket.ExchangeAsync("GET / HTTP/1.1\r\nHost: gateway\r\n\r\n", new Uri($"http://{scene.Listener(made)}/"));

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("<h1>gateway</h1>", answer, StringComparison.Ordinal);
        Assert.Equal(["CREATED", "ACCESS", "CONNECTED", "CLOSED"], (await scene.LogAsync(made, "CLOSED")).Select(Type));
    }

    [Fact]
    public async Task Faults_LoseTheAnswerOfACreationAndOfADeletion_ThatWereCarriedOut()
    {
        await using var scene = await StartAsync();
        scene.Host.Server.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/port_mappings", Method = "POST", Afterwards = true });
        scene.Host.Server.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/port_mappings", Method = "DELETE", Afterwards = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => scene.OpenAsync(port: 22));
        var made = (await scene.Host.GetAllAsync("/v1/port_mappings", scene.Pair)).Single(mapping => mapping.GetProperty("simId").GetString() == scene.Sim);
        var endpoint = made.GetProperty("endpoint").GetString()!;
        using (var client = await ConnectAsync(scene.Host.Server.FindListener(endpoint)!))
        {
            Assert.Equal("ping", await EchoAsync(client.GetStream(), "ping"));
        }

        // Nothing is said of a deletion but its status: what is cut is all of it, or its end.
        await scene.Host.SendAsync(HttpMethod.Delete, $"/v1/port_mappings/{endpoint.Replace(':', '/')}", scene.Pair).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Null(scene.Host.Server.FindListener(endpoint));
        (await scene.Host.GetAsync($"/v1/port_mappings/sims/{scene.Sim}", scene.Pair)).Refused(404);
    }

    [Fact]
    public async Task Restart_PutsTheEndOfConnectionsOnRecord_AndListensAgainAtTheSameEndpoint()
    {
        Reply made;
        TcpClient client;
        await using (var scene = await StartAsync(givesOutListeners: true, stateFile: true))
        {
            made = await scene.OpenAsync(port: 22, duration: 600);
            client = await ConnectAsync(scene.Listener(made));
            Assert.Equal("ping", await EchoAsync(client.GetStream(), "ping"));
        }

        Assert.Equal(0, await ReadAsync(client));
        client.Dispose();
        await using var again = await StartAsync(givesOutListeners: true, stateFile: true);
        Assert.Equal(["CREATED", "ACCESS", "CONNECTED", "CLOSED"], (await again.LogAsync(made)).Select(Type));
        using var second = await ConnectAsync(IPEndPoint.Parse(made["endpoint"]!));
        Assert.Equal("ping", await EchoAsync(second.GetStream(), "ping"));

        clock.Advance(TimeSpan.FromSeconds(600));

        Assert.Equal(0, await ReadAsync(second));
        Assert.Equal(["CREATED", "ACCESS", "CONNECTED", "CLOSED", "ACCESS", "CONNECTED", "CLOSED", "EXPIRED"], (await again.LogAsync(made)).Select(Type));
    }

    [Fact]
    public async Task Restart_FindsThePortTaken_AndStillListsTheMapping_AndCloses()
    {
        Reply made;
        await using (var scene = await StartAsync(givesOutListeners: true, stateFile: true))
        {
            made = await scene.OpenAsync(port: 22);
        }

        using var squatter = new TcpListener(IPEndPoint.Parse(made["endpoint"]!));
        squatter.Start();
        await using var again = await StartAsync(givesOutListeners: true, stateFile: true);

        Assert.Null(again.Host.Server.FindListener(made["endpoint"]!));
        Assert.Contains(await again.Host.GetAllAsync("/v1/port_mappings", again.Pair), mapping => JsonElement.DeepEquals(mapping, made.Json));
        Assert.Equal(204, await again.CloseAsync(made));
    }

    [Fact]
    public async Task Reset_EndsAllOfIt()
    {
        await using var scene = await StartAsync();
        var made = await scene.OpenAsync(port: 22);
        var listener = scene.Listener(made);
        using var client = await ConnectAsync(listener);
        Assert.Equal("ping", await EchoAsync(client.GetStream(), "ping"));

        scene.Host.Server.Reset();

        Assert.Equal(0, await ReadAsync(client));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listener));
    }

    [Fact]
    public async Task Seeds_HaveNoListeners()
    {
        await using var scene = await StartAsync();

        Assert.NotEmpty(await scene.Host.GetAllAsync("/v1/port_mappings", scene.Pair));
        Assert.Empty((await scene.Host.GetAsync("/_control/doors")).Json.EnumerateArray());
    }

    [Fact]
    public async Task LoopbackCountsAs_AnythingButIPv4_IsRefusedAtTheStart()
    {
        var options = new SandboxOptions { Fleets = [], Napter = new NapterListening { LoopbackCountsAs = IPAddress.IPv6Loopback } };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => SandboxServer.StartAsync(options, Cancellation));

        Assert.Contains("Napter.LoopbackCountsAs", refusal.Message, StringComparison.Ordinal);
    }

    private static string? Type(JsonElement entry) => entry.GetProperty("type").GetString();

    private static IEnumerable<string?> Ranges(Reply mapping) => mapping.Json.GetProperty("source").GetProperty("ipRanges").EnumerateArray().Select(range => range.GetString());

    private static async Task<TcpClient> ConnectAsync(IPEndPoint listener)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(listener, Cancellation);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task<string> EchoAsync(Stream stream, string text)
    {
        var sent = Encoding.UTF8.GetBytes(text);
        await stream.WriteAsync(sent, Cancellation);
        var received = new byte[sent.Length];
        await stream.ReadExactlyAsync(received, Cancellation);
        return Encoding.UTF8.GetString(received);
    }

    /// <summary>How much comes; nothing once the other side has ended the connection, in whatever way.</summary>
    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[64], Cancellation);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private async Task<Reply> StartAndOpenWithoutListenersAsync()
    {
        await using var scene = await Scene.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
        return await scene.OpenAsync(port: 22);
    }

    private Task<Scene> StartAsync(bool givesOutListeners = false, bool stateFile = false) => Scene.StartAsync(new SandboxOptions
    {
        Clock = clock,
        Fleets = [DemoFleets.Aoba],
        Napter = new NapterListening { GivesOutListeners = givesOutListeners },
        StateFile = stateFile ? Path.Combine(folder.FullName, "state") : null,
    });

    /// <summary>A sandbox, somebody who is signed in, and a SIM that is online.</summary>
    private sealed record Scene(SandboxHost Host, Pair Pair, string Sim) : IAsyncDisposable
    {
        public static async Task<Scene> StartAsync(SandboxOptions options)
        {
            var host = await SandboxHost.StartAsync(options);
            var pair = await host.SignInAsync(host.Aoba);
            var live = (await host.GetAllAsync("/v1/port_mappings", pair)).Select(one => one.GetProperty("simId").GetString()).ToHashSet(StringComparer.Ordinal);
            var sims = await host.GetAllAsync("/v1/query/sims?session_status=ONLINE&module_type=nano", pair);
            return new Scene(host, pair, sims.Select(one => one.GetProperty("simId").GetString()!).First(one => !live.Contains(one)));
        }

        public async Task<Reply> OpenAsync(int port, int duration = 1800, bool tls = false, string[]? ranges = null)
        {
            var made = await Host.PostAsync(
                $"/v1/port_mappings/sims/{Sim}", new { destination = new { port }, duration, tlsRequired = tls, source = ranges is null ? null : new { ipRanges = ranges } }, Pair);
            Assert.Equal(201, made.Status);
            return made;
        }

        public async Task<int> CloseAsync(Reply made) =>
            (await Host.SendAsync(HttpMethod.Delete, $"/v1/port_mappings/{made["endpoint"]!.Replace(':', '/')}", Pair)).Status;

        public IPEndPoint Listener(Reply made) => Host.Server.FindListener(made["endpoint"]!) ?? throw new InvalidOperationException("Nobody listens.");

        /// <summary>What is on record of the mapping's SIM, the oldest first.</summary>
        /// <param name="made">The mapping.</param>
        /// <param name="until">Waits for an entry of that type: the sandbox notes what visitors do when it sees it.</param>
        public async Task<List<JsonElement>> LogAsync(Reply made, string? until = null)
        {
            var sim = (await Host.GetAsync($"/v1/sims/{made["simId"]}", Pair)).Json;
            var imsi = sim.GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString();
            var from = made.Json.GetProperty("createdTime").GetInt64();
            while (true)
            {
                var log = (await Host.GetAllAsync($"/v1/audit_logs/napter?resource_type=Subscriber&resource_id={imsi}&from={from}", Pair)).Reverse().ToList();
                if (until is null || log.Exists(entry => Type(entry) == until))
                {
                    return log;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
            }
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
