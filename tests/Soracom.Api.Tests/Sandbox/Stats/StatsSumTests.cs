
namespace Soracom.Api.Tests.Sandbox.Stats;

/// <summary>Statistics tell the same of a time however they are cut and added up.</summary>
public sealed class StatsSumTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Operator_HasTheSumOfItsSims()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var day = Now.AddDays(-3).Date;
        var range = Range(new DateTimeOffset(day, TimeSpan.Zero), new DateTimeOffset(day, TimeSpan.Zero), "day");
        long sum = 0;
        foreach (var sim in await host.GetAllAsync("/v1/sims", pair))
        {
            sum += await BytesAsync($"/v1/stats/air/sims/{sim.GetProperty("simId").GetString()}{range}", pair);
        }

        var row = Assert.Single((await host.GetAsync($"/v1/stats/air/operators/{host.Aoba.OperatorId}{range}", pair)).Json.EnumerateArray());

        Assert.True(sum > 0);
        Assert.Equal(sum, row.GetProperty("uploadByteSizeTotal").GetInt64() + row.GetProperty("downloadByteSizeTotal").GetInt64());
    }

    [Fact]
    public async Task Day_HasTheSumOfItsMinutes_AndAMonthThatOfItsDays()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var sim = (await host.GetAsync("/v1/query/sims?session_status=ONLINE&limit=10", pair)).Json[0].GetProperty("simId").GetString();
        var month = new DateTimeOffset(Now.Year, Now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-1);
        var last = month.AddMonths(1).AddSeconds(-1);
        var path = $"/v1/stats/air/sims/{sim}";

        var whole = await BytesAsync(path + Range(month, month, "month"), pair);
        var days = await BytesAsync(path + Range(month, last, "day"), pair);
        var day = Now.AddDays(-3).Date;
        var start = new DateTimeOffset(day, TimeSpan.Zero);

        Assert.True(whole > 0);
        Assert.Equal(whole, days);
        Assert.Equal(
            await BytesAsync(path + Range(start, start, "day"), pair),
            await BytesAsync(path + Range(start, start.AddDays(1).AddSeconds(-1), "minutes"), pair));
    }

    private static string Range(DateTimeOffset from, DateTimeOffset to, string period) => $"?from={from.ToUnixTimeSeconds()}&to={to.ToUnixTimeSeconds()}&period={period}";

    private async Task<long> BytesAsync(string target, Pair pair)
    {
        var reply = await host.GetAsync(target, pair);
        Assert.Equal(200, reply.Status);
        return reply.Json.EnumerateArray().SelectMany(row => row.GetProperty("dataTrafficStatsMap").EnumerateObject())
            .Sum(one => one.Value.GetProperty("uploadByteSizeTotal").GetInt64() + one.Value.GetProperty("downloadByteSizeTotal").GetInt64());
    }
}
