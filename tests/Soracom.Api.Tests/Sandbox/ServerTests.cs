using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox;

public sealed class ServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NothingSaid_ServesEveryFleetOnTwoFreeLoopbackPorts()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), Cancellation);

        Assert.Equal(DemoFleets.All, server.Operators.Select(demo => demo.Fleet));
        Assert.True(server.JapanAddress.IsLoopback && server.GlobalAddress.IsLoopback);
        Assert.NotEqual(server.JapanAddress.Port, server.GlobalAddress.Port);
        Assert.NotEqual(0, server.JapanAddress.Port);
        Assert.Equal("/", server.JapanAddress.AbsolutePath);
    }

    [Fact]
    public async Task Start_JapanOnly_HasNoGlobalAddress()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Fleets = [], GlobalAddress = null }, Cancellation);

        Assert.Throws<InvalidOperationException>(() => server.GlobalAddress);
    }

    [Fact]
    public async Task Start_SettingsThatMakeNoSense_AreRefusedByName()
    {
        (SandboxOptions Options, string Name)[] attempts =
        [
            (new SandboxOptions { Fleets = ["none"] }, "Fleets"),
            (new SandboxOptions { RateLimitPerMinute = 0 }, "RateLimitPerMinute"),
            (new SandboxOptions { PageSize = 0 }, "PageSize"),
            (new SandboxOptions { IndexLag = TimeSpan.FromSeconds(-1) }, "IndexLag"),
            (new SandboxOptions { MaxBodyBytes = 0 }, "MaxBodyBytes"),
            (new SandboxOptions { JapanAddress = new Uri("https://127.0.0.1:0") }, "https://127.0.0.1"),
            (new SandboxOptions { GlobalAddress = new Uri("http://example.com:5090") }, "example.com"),
        ];
        foreach (var (options, name) in attempts)
        {
            var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => SandboxServer.StartAsync(options, Cancellation));
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_AddressInUse_FailsAndFreesTheOther()
    {
        await using var first = await SandboxServer.StartAsync(new SandboxOptions { Fleets = [] }, Cancellation);

        await Assert.ThrowsAsync<IOException>(() => SandboxServer.StartAsync(new SandboxOptions { Fleets = [], JapanAddress = first.JapanAddress }, Cancellation));
    }

    [Fact]
    public async Task Dispose_EndsListening()
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { Fleets = [] }, Cancellation);
        var address = server.JapanAddress;

        await server.DisposeAsync();

        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync(address.Host, address.Port, Cancellation));
    }

    [Fact]
    public async Task Failure_InsideAnOperation_IsTheVendors500AndGoesToTheLogOfTheHost()
    {
        using var log = new ListLogger();
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba], LoggerFactory = log });
        var pair = await host.SignInAsync(host.Aoba);
        host.Server.World.Accounts[0].Fill(Soracom.Sandbox.Http.Coverage.Japan, () => throw new InvalidOperationException("boom"));

        var reply = (await host.GetAsync("/v1/sims", pair)).Refused(500, "AGW0005");

        Assert.DoesNotContain("boom", reply.Text, StringComparison.Ordinal);
        var entry = Assert.Single(log.Entries, entry => entry.Contains("GET /v1/sims failed", StringComparison.Ordinal));
        Assert.Contains("boom", entry, StringComparison.Ordinal);
        Assert.Contains(reply.Header("x-soracom-request-id")!, entry, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Entries, text => text.Contains(pair.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManyClients_ChangingOneSimAndReading_LoseNothing()
    {
        const int clients = 64;
        const int rounds = 10;
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba] });
        var pair = await host.SignInAsync(host.Aoba);
        var path = $"/v1/sims/{(await host.GetAsync("/v1/sims?limit=1", pair)).Json[0].GetProperty("simId").GetString()}";

        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            for (var round = 0; round < rounds; round++)
            {
                var tag = new[] { new { tagName = $"t{client}-{round}", tagValue = "並行" } };
                Assert.Equal(200, (await host.SendAsync(HttpMethod.Put, $"{path}/tags", pair, tag)).Status);
                Assert.Equal(42, (await host.GetAsync("/v1/sims", pair)).Json.GetArrayLength());
                Assert.Equal(1, (await host.GetAsync($"/v1/query/sims?tag={Uri.EscapeDataString("並行")}", pair)).Json.GetArrayLength());
            }
        }));

        var tags = (await host.GetAsync(path, pair)).Json.GetProperty("tags").EnumerateObject().Select(tag => tag.Name);
        Assert.Equal(clients * rounds, tags.Count(name => name.StartsWith('t')));
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:5090/", "http://127.0.0.1:5091/", 1)]
    [InlineData("--urls http://127.0.0.1:6000", "http://127.0.0.1:6000/", null, 1)]
    [InlineData("--urls=http://127.0.0.1:6000;http://localhost:6001 --seed=5", "http://127.0.0.1:6000/", "http://localhost:6001/", 5)]
    [InlineData("--seed 9", "http://127.0.0.1:5090/", "http://127.0.0.1:5091/", 9)]
    [InlineData("--state=a=b --seed 9", "http://127.0.0.1:5090/", "http://127.0.0.1:5091/", 9, "a=b")]
    [InlineData("--state a=b --seed=9", "http://127.0.0.1:5090/", "http://127.0.0.1:5091/", 9, "a=b")]
    public void CommandLine_IsReadAsWritten(string line, string japan, string? global, int seed, string? state = null)
    {
        var options = StandaloneSandbox.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), NullLoggerFactory.Instance);

        Assert.Equal((japan, global, seed, state), (options.JapanAddress.AbsoluteUri, options.GlobalAddress?.AbsoluteUri, options.Seed, options.StateFile));
    }

    [Theory]
    [InlineData("--seed 1", null)]
    [InlineData("--napter vendor", false)]
    [InlineData("--napter=local", true)]
    public void CommandLine_TellsWhetherRemoteAccessListens(string line, bool? givesOutListeners) =>
        Assert.Equal(givesOutListeners, StandaloneSandbox.Parse(line.Split(' '), NullLoggerFactory.Instance).Napter?.GivesOutListeners);

    [Theory]
    [InlineData("--napter public")]
    [InlineData("--seed")]
    [InlineData("--seed x")]
    [InlineData("--urls nonsense")]
    [InlineData("--urls ;")]
    [InlineData("--urls http://a;http://b;http://c")]
    [InlineData("--state")]
    [InlineData("--state=")]
    [InlineData("--port 1")]
    [InlineData("--port")]
    [InlineData("state")]
    public async Task CommandLine_WithAMistake_EndsWithTheUsage(string line)
    {
        await using var errors = new StringWriter(CultureInfo.InvariantCulture);

        var code = await StandaloneSandbox.RunAsync(line.Split(' '), TextWriter.Null, errors);

        Assert.Equal(2, code);
        Assert.Contains("--urls", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("-h")]
    public async Task CommandLine_AskingForHelp_PrintsTheUsage(string asked)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var errors = new StringWriter(CultureInfo.InvariantCulture);

        var code = await StandaloneSandbox.RunAsync([asked], output, errors);

        Assert.Equal((0, string.Empty), (code, errors.ToString()));
        Assert.All(["--urls", "--seed", "--state", "--clock", "--napter"], option => Assert.Contains(option, output.ToString(), StringComparison.Ordinal));
    }

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        private readonly List<string> entries = [];

        public IReadOnlyList<string> Entries
        {
            get
            {
                lock (entries)
                {
                    return [.. entries];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (entries)
            {
                entries.Add($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
