using System.IO.Compression;
using System.Text;
using Soracom.Api.Tests.Cases;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Analysis;

/// <summary>How a query runs, and what becomes of its result.</summary>
public sealed class AnalysisTests : IAsyncLifetime
{
    private ApiCalls api = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTime();
        api = new ApiCalls(await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa] }), clock);
    }

    public ValueTask DisposeAsync() => api.Host.DisposeAsync();

    [Fact]
    public async Task Result_IsThereForTenMinutes_ForWhoeverHasItsAddress()
    {
        var id = await StartAsync("SELECT COUNT(*) AS N FROM SIM_SNAPSHOTS");
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        var url = new Uri((await GetAsync(id))["url"]!);

        var file = await api.Host.GetAsync(url.PathAndQuery);
        var forged = await api.Host.GetAsync(url.PathAndQuery.Replace(id, new string('0', id.Length), StringComparison.Ordinal));
        api.Clock.Advance(TimeSpan.FromMinutes(10));
        var late = await api.Host.GetAsync(url.PathAndQuery);

        Assert.Equal((200, "application/gzip"), (file.Status, file.Header("Content-Type")));
        forged.Refused(403);
        late.Refused(403);
    }

    [Fact]
    public async Task Result_BelongsToTheAccountThatAskedForIt()
    {
        var id = await StartAsync("SELECT COUNT(*) AS N FROM SIM_SNAPSHOTS");

        (await api.CallAsync("getAnalysisQueries", [id], caller: await api.Host.SignInAsync(api.Host.Nagisa))).Refused(404);
        (await api.CallAsync("getAnalysisQueries", [id], global: true)).Refused(404);
    }

    [Fact]
    public async Task Result_IsOfTheMomentOfTheQuery()
    {
        var sim = await SimCases.FindAsync(api, "plan-K2");
        var id = await StartAsync($"SELECT STATUS FROM SIM_SNAPSHOTS WHERE SIM_ID = '{sim}'");
        await api.CallAsync("suspendSim", [sim]);

        Assert.Equal("STATUS\nactive\n", await CsvAsync(id));
        Assert.Equal("STATUS\nsuspended\n", await CsvAsync(await StartAsync($"SELECT STATUS FROM SIM_SNAPSHOTS WHERE SIM_ID = '{sim}'")));
    }

    [Fact]
    public async Task Text_ThatCsvHasAMeaningFor_IsQuoted_AndAQuoteInSqlIsDoubled()
    {
        var sim = await SimCases.FindAsync(api, "plan-K2");
        await api.CallAsync("putSimTags", [sim], body: new[] { new { tagName = "name", tagValue = "O'Hara, \"east\"\nline" } });

        Assert.Equal("NAME\n\"O'Hara, \"\"east\"\"\nline\"\n", await CsvAsync(await StartAsync("SELECT NAME FROM SIM_SNAPSHOTS WHERE NAME LIKE 'O''Hara%'")));
    }

    [Fact]
    public async Task Period_ThatEndsBeforeItBegins_IsRefused()
    {
        (await api.CallAsync("startAnalysisQueries", body: new { sql = "SELECT * FROM SIM_SNAPSHOTS", from = 2, to = 1 })).Refused(400);
        (await api.CallAsync("startAnalysisQueries", body: new { sql = $"SELECT '{new string('x', 10_000)}' FROM SIM_SNAPSHOTS" })).Refused(400);
    }

    private async Task<string> StartAsync(string sql)
    {
        var started = await api.CallAsync("startAnalysisQueries", body: new { sql });
        Assert.True(started.Status == 200, started.Text);
        return started["queryId"]!;
    }

    private Task<Reply> GetAsync(string id) => api.CallAsync("getAnalysisQueries", [id]);

    private async Task<string> CsvAsync(string id)
    {
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        using var http = new HttpClient();
        var file = await http.GetByteArrayAsync(new Uri((await GetAsync(id))["url"]!), TestContext.Current.CancellationToken);
        await using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
