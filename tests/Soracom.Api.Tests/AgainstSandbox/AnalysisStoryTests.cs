using System.IO.Compression;
using System.Text;
using Soracom.Api.Analysis;
using Soracom.Api.Errors;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>Queries, asked with the client.</summary>
public sealed class AnalysisStoryTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Theory]
    [InlineData("SELECT COUNT(*) AS n FROM SIM_SNAPSHOTS", "N\n42\n")]
    [InlineData("select status, count(*) as n from sim_snapshots where subscription = 'plan-KM1' group by status order by n desc, status;", "STATUS,N\nactive,5\nready,1\nsuspended,1\n")]
    [InlineData("SELECT COUNT(DISTINCT SUBSCRIPTION) AS plans FROM SIM_SNAPSHOTS WHERE NOT (SUBSCRIPTION LIKE 'plan-%')", "PLANS\n1\n")]
    [InlineData("SELECT NAME FROM SIM_SNAPSHOTS WHERE NAME LIKE '%1号車' OR NAME IN ('検証サーバー') ORDER BY NAME", "NAME\n冷蔵トラック 1号車\n検証サーバー\n")]
    [InlineData("SELECT COUNT(*) FROM SIM_SNAPSHOTS WHERE ONLINE = TRUE AND STATUS <> 'active'", "COUNT\n0\n")]
    [InlineData("SELECT MAX(CREATED_TIME) AS t FROM SIM_SNAPSHOTS WHERE CREATED_TIME > '2026-04-01'", "T\n\n")]
    [InlineData("SELECT SIM_ID FROM SIM_SNAPSHOTS LIMIT 0", "SIM_ID\n")]
    public async Task Query_IsAnsweredFromTheFleet(string sql, string expected)
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        var (result, csv) = await AskAsync(sandbox, new AnalysisQuery { Sql = sql });

        Assert.Equal(expected, csv);
        Assert.Equal(expected.Count(character => character == '\n') - 1, result.RowCount);
        Assert.Equal(Encoding.UTF8.GetByteCount(expected), result.UncompressedFileSize);
    }

    [Fact]
    public async Task Query_OverAPeriod_HoldsOnlyItsEvents_InTheColumnsThatItSays()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var now = sandbox.Clock.GetUtcNow();

        var schema = (await client.Analysis.GetAnalysisSchemasAsync(Stop)).Single(table => table.Name == "SIM_SESSION_EVENTS");
        var (all, _) = await AskAsync(sandbox, new AnalysisQuery { Sql = "SELECT * FROM SIM_SESSION_EVENTS", To = now });
        var (day, _) = await AskAsync(sandbox, new AnalysisQuery { Sql = "SELECT * FROM SIM_SESSION_EVENTS", From = now.AddDays(-1), To = now });

        Assert.Equal(schema.ColumnInfo.Select(column => column.Name), all.ColumnInfo.Select(column => column.Name));
        Assert.InRange(day.RowCount!.Value, 1, all.RowCount!.Value - 1);
        Assert.Equal((1L, 2L), (all.UsedExecCount, day.UsedExecCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SELECT")]
    [InlineData("SELECT * FROM SECRETS")]
    [InlineData("SELECT PASSWORD FROM SIM_SNAPSHOTS")]
    [InlineData("SELECT * FROM SIM_SNAPSHOTS WHERE")]
    [InlineData("SELECT * FROM SIM_SNAPSHOTS WHERE STATUS = 'active")]
    [InlineData("SELECT * FROM SIM_SNAPSHOTS WHERE STATUS ( 1")]
    [InlineData("SELECT * FROM SIM_SNAPSHOTS LIMIT many")]
    [InlineData("SELECT * FROM SIM_SNAPSHOTS; DELETE FROM SIM_SNAPSHOTS")]
    [InlineData("SELECT SUM(*) FROM SIM_SNAPSHOTS")]
    [InlineData("SELECT STATUS FROM SIM_SNAPSHOTS ORDER BY NAME")]
    public async Task Query_ThatIsNotUnderstood_IsRefused(string sql)
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sandbox.For(sandbox.Aoba).Analysis.StartAnalysisQueriesAsync(new AnalysisQuery { Sql = sql }, Stop));
    }

    [Fact]
    public async Task Query_WithAThousandBrackets_IsRefused()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sql = $"SELECT * FROM SIM_SNAPSHOTS WHERE {new string('(', 1000)}";

        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sandbox.For(sandbox.Aoba).Analysis.StartAnalysisQueriesAsync(new AnalysisQuery { Sql = sql }, Stop));
    }

    private static async Task<(AnalysisQueryResult Result, string Csv)> AskAsync(SandboxApi sandbox, AnalysisQuery query)
    {
        var api = sandbox.For(sandbox.Aoba).Analysis;
        var id = (await api.StartAnalysisQueriesAsync(query, Stop)).QueryId!;
        var states = new List<string?>();
        AnalysisQueryResult result;
        do
        {
            result = await api.GetAnalysisQueriesAsync(id, Stop);
            states.Add(result.Status);
            sandbox.Clock.Advance(TimeSpan.FromSeconds(3));
        }
        while (result.Url is null && states.Count < 10);

        Assert.Equal([AnalysisQueryStatus.Starting, AnalysisQueryStatus.Running, AnalysisQueryStatus.Exporting, AnalysisQueryStatus.Completed], states);
        using var http = new HttpClient();
        var file = await http.GetByteArrayAsync(new Uri(result.Url!), Stop);
        Assert.Equal(file.Length, result.FileSize);
        await using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return (result, await reader.ReadToEndAsync(Stop));
    }
}
