using System.Text.Json;
using Soracom.Api.Tests.Cases;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.CellLocations;

/// <summary>Where base stations are: made up, but always at the same place, and within their area.</summary>
public sealed class CellLocationTests : IAsyncLifetime
{
    private ApiCalls api = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTime();
        api = new ApiCalls(await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] }), clock);
    }

    public ValueTask DisposeAsync() => api.Host.DisposeAsync();

    [Fact]
    public async Task Station_IsWithinItsArea_AndAlwaysAtTheSamePlace()
    {
        var area = await GetAsync("mcc=440&mnc=10&tac=5680");
        foreach (var cell in Enumerable.Range(1, 50))
        {
            var station = await GetAsync($"mcc=440&mnc=10&tac=5680&ecid={cell * 4097}");

            Assert.InRange(Metres(area.Json, station.Json), 0, area.Json.GetProperty("range").GetDouble());
            Assert.Equal(station.Text, (await GetAsync($"mcc=440&mnc=10&tac=5680&ecid={cell * 4097}")).Text);
        }
    }

    [Fact]
    public async Task Station_HasTheSamePlace_ByEitherNameOfItsNumbers()
    {
        var place = (await GetAsync("mcc=440&mnc=10&tac=5680&ecid=4711")).Text;

        Assert.Equal(place, (await GetAsync("mcc=440&mnc=10&lac=5680&cid=4711")).Text);
        Assert.Equal(place, (await GetAsync("mcc=440&mnc=10&tac=5680&eci=4711")).Text);
        Assert.NotEqual(place, (await GetAsync("mcc=440&mnc=10&tac=5680&ecid=4712")).Text);
    }

    [Fact]
    public async Task Several_AreAnsweredInTheirOrder_WithoutThoseThatNobodyKnows()
    {
        object Cell(string mcc, string eci, string identifier) => new { mcc, mnc = "10", tac = "5680", eci, identifier };

        var found = await api.CallAsync("batchGetCellLocations", body: new[] { Cell("440", "2", "b"), Cell("999", "1", "x"), Cell("440", "1", "a"), Cell("440", "2", "c") });

        Assert.Equal(["b", "a", "c"], found.Json.EnumerateArray().Select(one => one.GetProperty("identifier").GetString()));
        Assert.Equal(found.Json[0].GetProperty("lat").GetDouble(), found.Json[2].GetProperty("lat").GetDouble());
        Assert.Equal((await GetAsync("mcc=440&mnc=10&tac=5680&eci=1")).Json.GetProperty("lon").GetDouble(), found.Json[1].GetProperty("lon").GetDouble());
    }

    [Theory]
    [InlineData("mnc=10&tac=1", 400)]
    [InlineData("mcc=440&tac=1", 400)]
    [InlineData("mcc=440&mnc=10&tac=x", 400)]
    [InlineData("mcc=440&mnc=10&tac=-1", 400)]
    [InlineData("mcc=440&mnc=10&tac=99999999999", 400)]
    [InlineData("mcc=440&mnc=10", 404)]
    [InlineData("mcc=440&mnc=10&tac=0", 404)]
    [InlineData("mcc=440&mnc=10&tac=65536", 404)]
    [InlineData("mcc=999&mnc=10&tac=1", 404)]
    public async Task Numbers_ThatAreNone_AreRefused_AndOthersUnknown(string query, int status) => (await GetAsync(query)).Refused(status);

    [Fact]
    public async Task Several_AreAThousandAtMost()
    {
        object Cells(int count) => Enumerable.Range(1, count).Select(tac => new { mcc = "440", mnc = "10", tac = $"{tac}" });

        Assert.Equal(1000, (await api.CallAsync("batchGetCellLocations", body: Cells(1000))).Json.GetArrayLength());
        (await api.CallAsync("batchGetCellLocations", body: Cells(1001))).Refused(400);
    }

    private Task<Reply> GetAsync(string query) => api.CallAsync("getCellLocation", query: query);

    private static double Metres(JsonElement one, JsonElement other)
    {
        const double PerDegree = 111_320;
        var latitude = one.GetProperty("lat").GetDouble();
        var north = (other.GetProperty("lat").GetDouble() - latitude) * PerDegree;
        var east = (other.GetProperty("lon").GetDouble() - one.GetProperty("lon").GetDouble()) * PerDegree * Math.Cos(latitude * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east));
    }
}
