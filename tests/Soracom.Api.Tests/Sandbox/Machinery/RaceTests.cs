using System.Globalization;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Machinery;

/// <summary>Many clients who want the same at once: what each makes is its own, and of what there is once one gets it.</summary>
public sealed class RaceTests
{
    private const int Clients = 64;

    [Fact]
    public async Task PortMappings_MadeAtOnce_HaveAnEndpointEach_AndAreTakenAwayOnce()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = (await host.GetAsync("/v1/query/sims?session_status=ONLINE&module_type=nano&limit=1", pair)).Json[0].GetProperty("simId").GetString();
        var before = (await host.GetAllAsync("/v1/port_mappings", pair)).Select(Endpoint).ToList();

        var made = await AtOnceAsync(_ => host.PostAsync($"/v1/port_mappings/sims/{sim}", new { destination = new { port = 22 } }, pair));
        var listed = (await host.GetAllAsync("/v1/port_mappings", pair)).Select(Endpoint).ToList();
        var one = $"/v1/port_mappings/{made[0]["ipAddress"]}/{made[0].Json.GetProperty("port").GetInt32().ToString(CultureInfo.InvariantCulture)}";
        var ends = await AtOnceAsync(_ => host.SendAsync(HttpMethod.Delete, one, pair));

        Assert.All(made, reply => Assert.Equal(201, reply.Status));
        Assert.Equal(before.Concat(made.Select(reply => reply["endpoint"])).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
        AssertOneWinner(ends, 204, 404);
        Assert.Equal(listed.Count - 1, (await host.GetAllAsync("/v1/port_mappings", pair)).Count);

        static string? Endpoint(System.Text.Json.JsonElement mapping) => mapping.GetProperty("endpoint").GetString();
    }

    [Fact]
    public async Task Groups_MadeAtOnce_HaveAnIdEach_AndAreTakenAwayOnce()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var before = (await host.GetAllAsync("/v1/groups", pair)).Select(Id).ToList();

        var made = await AtOnceAsync(client => host.PostAsync("/v1/groups", new { tags = new { name = Name(client) } }, pair));
        var listed = (await host.GetAllAsync("/v1/groups", pair)).Select(Id).ToList();
        var ends = await AtOnceAsync(_ => host.SendAsync(HttpMethod.Delete, $"/v1/groups/{made[0]["groupId"]}", pair));

        Assert.Equal(Enumerable.Range(0, Clients).Select(Name), made.Select(reply => reply.Json.GetProperty("tags").GetProperty("name").GetString()));
        Assert.Equal(before.Concat(made.Select(reply => reply["groupId"])).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
        AssertOneWinner(ends, 204, 404);

        static string? Id(System.Text.Json.JsonElement group) => group.GetProperty("groupId").GetString();
    }

    [Fact]
    public async Task User_OfOneName_IsMadeByOneClient_AndUsersOfSeveralNamesAllAre()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var users = $"/v1/operators/{host.Aoba.OperatorId}/users";
        var before = (await host.GetAllAsync(users, pair)).Count;

        var same = await AtOnceAsync(client => host.PostAsync($"{users}/wanted", new { description = Name(client) }, pair));
        var several = await AtOnceAsync(client => host.PostAsync($"{users}/{Name(client)}", new { }, pair));

        AssertOneWinner(same, 201, 400);
        Assert.Equal(Name(Array.FindIndex(same, reply => reply.Status == 201)), (await host.GetAsync($"{users}/wanted", pair))["description"]);
        Assert.All(several, reply => Assert.Equal(201, reply.Status));
        Assert.Equal(before + 1 + Clients, (await host.GetAllAsync(users, pair)).Select(user => user.GetProperty("userName").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Transfer_AcceptedAndCalledOffAtOnce_HappensOnceOrNotAtAll_AndTheSimIsInOneAccount()
    {
        await using var host = await StartAsync();
        var made = await host.PostAsync("/v1/sandbox/init", new { email = "race@made.example", password = "made for a test 1", authKeyId = "keyId-r", authKey = "secret-r" });
        var (giver, taker) = (new Pair(made["apiKey"]!, made["token"]!), await host.SignInAsync(host.Aoba));
        var card = await host.PostAsync("/v1/sandbox/subscribers/create", body: null, giver);
        await host.PostAsync($"/v1/subscribers/{card["imsi"]}/register", new { registrationSecret = card["registrationSecret"] }, giver);
        var offer = new { transferDestinationOperatorEmail = host.Aoba.Email, transferDestinationOperatorId = host.Aoba.OperatorId, transferImsi = new[] { card["imsi"] } };
        var offers = await AtOnceAsync(_ => host.PostAsync("/v1/subscribers/transfer_token/issue", offer, giver));
        var token = Assert.Single(offers, reply => reply.Status == 200 || reply.Status == 201)["token"];

        // Every other one takes, every other one calls it off.
        var ends = await AtOnceAsync(client => client % 2 == 0
            ? host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, taker)
            : host.SendAsync(HttpMethod.Delete, $"/v1/subscribers/transfer_token/{token}", giver));

        var winner = Assert.Single(ends, reply => reply.Status is 200 or 204);
        int[] statuses = [(await host.GetAsync($"/v1/subscribers/{card["imsi"]}", giver)).Status, (await host.GetAsync($"/v1/subscribers/{card["imsi"]}", taker)).Status];
        Assert.Equal(winner.Status == 200 ? [404, 200] : (int[])[200, 404], statuses);
    }

    private static Task<SandboxHost> StartAsync() =>
        SandboxHost.StartAsync(new SandboxOptions { Clock = new FakeTime(), Fleets = [DemoFleets.Aoba], RateLimitPerMinute = 100_000 });

    private static async Task<Reply[]> AtOnceAsync(Func<int, Task<Reply>> call) => await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
    {
        await Task.Yield();
        return await call(client);
    }));

    private static void AssertOneWinner(Reply[] replies, int won, int lost)
    {
        Assert.Single(replies, reply => reply.Status == won);
        Assert.All(replies.Where(reply => reply.Status != won), reply => reply.Refused(lost));
    }

    private static string Name(int client) => string.Create(CultureInfo.InvariantCulture, $"client-{client}");
}
