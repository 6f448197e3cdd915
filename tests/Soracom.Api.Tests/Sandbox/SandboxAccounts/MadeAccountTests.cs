using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.SandboxAccounts;

public sealed class MadeAccountTests : IDisposable
{
    private static readonly object Operator = new { email = "someone@made.example", password = "made for a test 1", authKeyId = "keyId-x", authKey = "secret-x" };

    private readonly string folder = Directory.CreateTempSubdirectory("made-account-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Account_OutlivesARestart_WithItsSim_ItsStatistics_AndItsAddress()
    {
        string imsi, operatorId;
        await using (var host = await StartAsync())
        {
            var made = await host.PostAsync("/v1/sandbox/init", Operator);
            operatorId = made["operatorId"]!;
            var pair = new Pair(made["apiKey"]!, made["token"]!);
            var sim = await host.PostAsync("/v1/sandbox/subscribers/create", body: null, pair);
            imsi = sim["imsi"]!;
            Assert.Equal(201, (await host.PostAsync($"/v1/subscribers/{imsi}/register", new { registrationSecret = sim["registrationSecret"] }, pair)).Status);
            Assert.Equal(200, (await host.PostAsync($"/v1/sandbox/stats/beam/subscribers/{imsi}", new { unixtime = 1_774_900_000, beamStatsMap = new { inHttp = new { count = 7 } } }, pair)).Status);
            Assert.Equal(201, (await host.PostAsync(
                $"/v1/operators/{operatorId}/shipping_addresses", new { zipCode = "1", state = "東京都", city = "c", addressLine1 = "a" }, pair)).Status);
        }

        await using var again = await StartAsync();
        var next = await again.SignInAsync(new { email = "someone@made.example", password = "made for a test 1" });
        var stats = await again.GetAsync($"/v1/stats/beam/subscribers/{imsi}?from=1774900000&to=1774900000&period=day", next);

        Assert.Equal("ready", (await again.GetAsync($"/v1/subscribers/{imsi}", next))["status"]);
        Assert.Equal(7, Assert.Single(stats.Json.EnumerateArray()).GetProperty("beamStatsMap").GetProperty("inHttp").GetProperty("count").GetInt64());
        Assert.Single((await again.GetAsync($"/v1/operators/{operatorId}/shipping_addresses", next)).Json.GetProperty("shippingAddresses").EnumerateArray());
    }

    [Fact]
    public async Task Account_ThatIsDeleted_IsGone_WithItsKeys()
    {
        await using var host = await StartAsync();
        var made = await host.PostAsync("/v1/sandbox/init", Operator);
        var pair = new Pair(made["apiKey"]!, made["token"]!);

        var deleted = await host.SendAsync(HttpMethod.Delete, $"/v1/sandbox/operators/{made["operatorId"]}", pair);

        Assert.Equal(200, deleted.Status);
        Assert.Equal(401, (await host.GetAsync("/v1/sims", pair)).Status);
        Assert.Equal(401, (await host.PostAsync("/v1/auth", new { email = "someone@made.example", password = "made for a test 1" })).Status);
    }

    [Fact]
    public async Task Order_LeavesByItself_AfterTwoDays()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var before = (await host.GetAsync("/v1/orders", pair)).Json.GetProperty("orderList")[0];

        await host.PostAsync("/_control/clock", new { advance = "P2D" });
        var after = (await host.GetAsync("/v1/orders", await host.SignInAsync(host.Aoba))).Json.GetProperty("orderList")[0];

        Assert.Equal("kitting", before.GetProperty("orderStatus").GetString());
        Assert.Equal("shipped", after.GetProperty("orderStatus").GetString());
        Assert.Equal(before.GetProperty("orderId").GetString(), after.GetProperty("orderId").GetString());
    }

    private Task<SandboxHost> StartAsync() =>
        SandboxHost.StartAsync(new SandboxOptions { Clock = new FakeTime(), Fleets = [DemoFleets.Aoba], StateFile = Path.Combine(folder, "sandbox.state") });
}
