using Soracom.Api.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Sims;

public sealed class SimsApiTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Sim_WithEveryMemberOfTheDefinition_IsReadWhole()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981100000000000001", Answers.Json(200, WireSims.Full()));

        var sim = await api.Client.Sims.GetSimAsync("8981100000000000001", Stop);

        Assert.Equal("8981100000000000001", sim.SimId);
        Assert.Equal("冷蔵トラック 7", sim.Name);
        Assert.Equal(SimStatus.Active, sim.Status);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), sim.CreatedTime);
        Assert.Equal("440101234567890", sim.PrimarySubscriber?.Imsi);
        Assert.Equal("plan-D", sim.PrimarySubscriber?.Subscription);
        Assert.Equal(["D-500MB"], sim.PrimarySubscriber?.Bundles ?? []);
        Assert.Equal("8981100000000000001", sim.ActiveProfile?.Iccid);
        Assert.True(sim.SessionStatus?.Online);
        Assert.Equal(27_447_297, sim.SessionStatus?.Cell?.Eci);
        Assert.Equal("ap-northeast-1", sim.SessionStatus?.Placement?.Region);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_100_000), sim.PreviousSession?.DeletedTime);
        Assert.Equal(["100.127.0.0/16"], sim.ArcSessionStatus?.ArcAllowedIPs ?? []);
        Assert.Equal("353000000000000", sim.ImeiLock?.Imei);
    }

    [Theory]
    [InlineData("""{"simId":"1"}""")]
    [InlineData("""{"simId":"1","tags":null,"profiles":null,"groupId":null,"sessionStatus":null,"expiryTime":null,"expiryAction":null,"lastPortMappingCreatedTime":null}""")]
    [InlineData("""{"simId":"1","tags":{},"profiles":{},"activeProfileId":"missing"}""")]
    public async Task Sim_WithNothingInIt_HasNeitherNameNorProfile(string wire)
    {
        var sim = await ReadAsync(wire);

        Assert.Equal("", sim.Name);
        Assert.Empty(sim.Profiles);
        Assert.Null(sim.ActiveProfile);
        Assert.Null(sim.PrimarySubscriber);
        Assert.Null(sim.ExpiryTime);
    }

    [Fact]
    public async Task Sim_WithOneProfileAndOneSubscription_NeedsNobodyToNameThem()
    {
        var sim = await ReadAsync("""{"simId":"1","profiles":{"8981":{"iccid":"8981","subscribers":{"44010":{"imsi":"44010"}}}}}""");

        Assert.Equal("8981", sim.ActiveProfile?.Iccid);
        Assert.Equal("44010", sim.PrimarySubscriber?.Imsi);
    }

    [Fact]
    public async Task Sim_WithTwoProfilesAndNoneNamed_HasNoActiveOne()
    {
        Assert.Null((await ReadAsync("""{"simId":"1","profiles":{"a":{},"b":{}}}""")).ActiveProfile);
    }

    [Theory]
    [InlineData("9223372036854775807", "9999-12-31T23:59:59.999Z")]
    [InlineData("-9223372036854775808", "0001-01-01T00:00:00.000Z")]
    [InlineData("0", "1970-01-01T00:00:00.000Z")]
    public async Task Time_BeyondTheCalendar_IsItsEnd(string milliseconds, string expected)
    {
        var sim = await ReadAsync($$"""{"simId":"1","expiryTime":{{milliseconds}}}""");

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), sim.ExpiryTime);
    }

    [Fact]
    public async Task Status_ThatTheVendorHasAddedSince_IsKeptAsItIs()
    {
        Assert.Equal("hibernating", (await ReadAsync("""{"simId":"1","status":"hibernating"}""")).Status);
    }

    [Fact]
    public async Task List_SendsLimitAndKey()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims", Answers.Json(200, new[] { WireSims.Full() }));

        var page = await api.Client.Sims.ListSimsAsync(100, "8981", Stop);

        Assert.Single(page.Items);
        Assert.Equal("limit=100&last_evaluated_key=8981", Assert.Single(vendor.Seen("GET /v1/sims")).Query);
    }

    private static async Task<Sim> ReadAsync(string wire)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/1", Answers.Text(200, "application/json", wire));
        return await api.Client.Sims.GetSimAsync("1", Stop);
    }
}
