using System.Text.Json;
using Soracom.Sandbox;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Api.Tests.Sandbox;

public sealed class FleetTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private static readonly string[] JapanesePlans = ["plan-D", "plan-DU", "plan-K", "plan-K2", "plan-KM1", "planArc01"];

    private static readonly string[] GlobalPlans =
    [
        "plan-US", "plan-US-NA", "plan-US-max", "plan01s", "plan01s-low_data_volume", "planArc01", "planP1", "planX1", "planX2", "planX3", "planX3-EU", "planXM1",
    ];

    [Fact]
    public async Task Aoba_IsSmallAndCoversEverythingThatASimCanBe()
    {
        var (japan, abroad) = await AobaAsync(host);
        List<JsonElement> all = [.. japan, .. abroad];

        Assert.Equal((42, 18), (japan.Count, abroad.Count));
        Assert.Equal(["active", "inactive", "ready", "standby", "suspended", "terminated", "testing"], Distinct(all, "status"));
        Assert.Equal(["embedded", "integrated", "micro", "mini", "nano", "profilePackage", "trio", "virtual"], Distinct(all, "moduleType"));
        Assert.Equal(["euicc", "uicc", "virtual"], Distinct(all, "type"));
        Assert.Equal(
            ["arc.standard", "s1.4xfast", "s1.8xfast", "s1.fast", "s1.minimum", "s1.slow", "s1.standard", "t1.standard", "u1.slow", "u1.standard"],
            Distinct(all, "speedClass"));
        Assert.Equal(JapanesePlans, japan.Select(PrimarySubscription).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(GlobalPlans, abroad.Select(PrimarySubscription).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["deactivate", "deleteSession", "doNothing", "suspend", "terminate"], Distinct(all.Where(sim => sim.GetProperty("expiryAction").ValueKind == JsonValueKind.String), "expiryAction"));
        Assert.Contains(all, sim => sim.GetProperty("imeiLock").ValueKind == JsonValueKind.Object);
        Assert.Contains(all, sim => sim.GetProperty("terminationEnabled").GetBoolean());
        Assert.Contains(all, sim => sim.GetProperty("profiles").EnumerateObject().Single().Value.GetProperty("subscribers").EnumerateObject().Count() == 2);
    }

    [Fact]
    public async Task Aoba_GroupsOfItsSims_Exist()
    {
        var pair = await host.SignInAsync(host.Aoba);
        foreach (var global in new[] { false, true })
        {
            var groups = (await host.GetAllAsync("/v1/groups", pair, global)).Select(group => group.GetProperty("groupId").GetString()!);
            var used = (await host.GetAllAsync("/v1/sims", pair, global)).Select(sim => sim.GetProperty("groupId").GetString()).OfType<string>();

            Assert.Subset(groups.ToHashSet(), used.ToHashSet());
        }
    }

    [Fact]
    public async Task Numbers_AreWellFormedUniqueAndNobodys()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        List<Sim> all = [.. server.World.Accounts.SelectMany(account => All(account, Coverage.Japan).Concat(All(account, Coverage.Global)))];
        var subscribers = all.SelectMany(sim => sim.Profiles).SelectMany(profile => profile.Subscribers).ToList();

        Assert.Equal(60 + 10_000 + 100_000 + 12, all.Count);
        foreach (var sim in all)
        {
            AssertLuhn(sim.SimId, length: 19, prefix: "8999");
            if (sim.Session?.Imei is { } imei)
            {
                AssertLuhn(imei, length: 15, prefix: "00");
            }
        }

        Assert.DoesNotContain(subscribers, subscriber => subscriber.Imsi.Length != 15 || !subscriber.Imsi.StartsWith("001", StringComparison.Ordinal));
        Assert.DoesNotContain(subscribers, subscriber => subscriber.Msisdn is { } msisdn && (msisdn.Length != 13 || !msisdn.StartsWith("999", StringComparison.Ordinal)));
        Assert.Equal(all.Count, all.Select(sim => sim.SimId).Distinct().Count());
        var telephones = subscribers.Select(subscriber => subscriber.Msisdn).OfType<string>().ToList();
        Assert.Equal(telephones.Count, telephones.Distinct().Count());
        var shared = Assert.Single(subscribers.CountBy(subscriber => subscriber.Imsi), count => count.Value > 1);
        Assert.Equal((DemoFleets.SharedImsi, 2), (shared.Key, shared.Value));
    }

    [Fact]
    public async Task Nagisa_HasTenThousandSimsInJapanAndNoneAbroad()
    {
        var pair = await host.SignInAsync(host.Nagisa);

        Assert.Equal(10_000, All(Account(host.Server, DemoFleets.Nagisa), Coverage.Japan).Count());
        Assert.Equal("[]", (await host.GetAsync("/v1/sims", pair, global: true)).Text);
        Assert.Equal(34, (await host.GetAllAsync("/v1/groups", pair)).Count);
    }

    [Fact]
    public async Task Metro_HasAHundredThousandSimsAbroad()
    {
        await using var metro = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Metro] });
        var pair = await metro.SignInAsync(metro.Server.Operators[0]);

        Assert.Equal(100, (await metro.GetAsync("/v1/sims", pair, global: true)).Json.GetArrayLength());
        Assert.Equal(100_000, All(metro.Server.World.Accounts[0], Coverage.Global).Count());
        Assert.Equal(200, (await metro.GetAllAsync("/v1/groups", pair, global: true)).Count);
        Assert.Equal("[]", (await metro.GetAsync("/v1/sims", pair)).Text);
    }

    [Fact]
    public async Task Seed_TheSame_MakesTheSameAccounts_AnotherMakesOthers()
    {
        var time = new FakeTime();
        await using var first = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba], Clock = time, Seed = 7 });
        await using var second = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba], Clock = time, Seed = 7 });
        await using var other = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba], Clock = time, Seed = 8 });

        Assert.Equal(first.Aoba with { Users = [] }, second.Aoba with { Users = [] });
        Assert.Equal(first.Aoba.Users, second.Aoba.Users);
        Assert.Equal(await TextAsync(first), await TextAsync(second));
        Assert.NotEqual(first.Aoba.AuthKey, other.Aoba.AuthKey);
        Assert.NotEqual(await TextAsync(first), await TextAsync(other));

        static async Task<string> TextAsync(SandboxHost host)
        {
            var pair = await host.SignInAsync(host.Aoba);
            return (await host.GetAsync("/v1/sims", pair)).Text + (await host.GetAsync("/v1/groups", pair)).Text + (await host.GetAsync("/v1/sims", pair, global: true)).Text;
        }
    }

    [Fact]
    public async Task Times_CountBackFromTheStart()
    {
        var time = new FakeTime();
        await using var own = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba], Clock = time });
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();

        var (japan, abroad) = await AobaAsync(own);

        Assert.All([.. japan, .. abroad], sim =>
        {
            Assert.InRange(sim.GetProperty("createdTime").GetInt64(), 1, now);
            Assert.InRange(sim.GetProperty("lastModifiedTime").GetInt64(), sim.GetProperty("createdTime").GetInt64(), now);
            if (sim.GetProperty("previousSession") is { ValueKind: JsonValueKind.Object } previous)
            {
                Assert.InRange(previous.GetProperty("deletedTime").GetInt64(), previous.GetProperty("createdTime").GetInt64(), sim.GetProperty("sessionStatus").GetProperty("lastUpdatedAt").GetInt64());
            }
        });
    }

    [Fact]
    public void Secrets_AreNotInTheTextOfAnOperator()
    {
        Assert.DoesNotContain(host.Aoba.AuthKey, host.Aoba.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Aoba.Password, host.Aoba.ToString(), StringComparison.Ordinal);
        Assert.All(host.Aoba.Users, user =>
        {
            Assert.DoesNotContain(user.AuthKey, user.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(user.Password, user.ToString(), StringComparison.Ordinal);
        });
        var account = host.Server.World.Accounts[0];
        var (session, token) = host.Server.World.Sessions.Open(account, userName: null, PermissionSet.Everything, TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(session.ApiKey, session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(account.Root.Password!, account.Root.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(account.Root.AuthKeys[0].Secret, $"{account.Root} {account.Root.AuthKeys[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_HaveTheShapesOfTheService()
    {
        Assert.Matches("^OP[0-9]{10}$", host.Aoba.OperatorId);
        Assert.Matches("^keyId-[A-Za-z0-9]{32}$", host.Aoba.AuthKeyId);
        Assert.Matches("^secret-[A-Za-z0-9]{60}$", host.Aoba.AuthKey);
        Assert.Equal(["portal", "limited"], host.Aoba.Users.Select(user => user.Name));
    }

    private static async Task<(IReadOnlyList<JsonElement> Japan, IReadOnlyList<JsonElement> Abroad)> AobaAsync(SandboxHost host)
    {
        var pair = await host.SignInAsync(host.Aoba);
        return (await host.GetAllAsync("/v1/sims", pair), await host.GetAllAsync("/v1/sims", pair, global: true));
    }

    private static OperatorAccount Account(SandboxServer server, string fleet) =>
        server.World.Find(server.Operators.Single(demo => demo.Fleet == fleet).OperatorId)!;

    private static IEnumerable<Sim> All(OperatorAccount account, Coverage coverage)
    {
        for (var page = account.Data(coverage).Sims(null, 1000); ; page = account.Data(coverage).Sims(page.NextKey, 1000))
        {
            foreach (var sim in page.Items)
            {
                yield return sim;
            }

            if (page.NextKey is null)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<string?> Distinct(IEnumerable<JsonElement> sims, string member) =>
        sims.Select(sim => sim.GetProperty(member).GetString()).Distinct().Order(StringComparer.Ordinal);

    private static string? PrimarySubscription(JsonElement sim)
    {
        var profile = sim.GetProperty("profiles").GetProperty(sim.GetProperty("activeProfileId").GetString()!);
        return profile.GetProperty("subscribers").GetProperty(profile.GetProperty("primaryImsi").GetString()!).GetProperty("subscription").GetString();
    }

    private static void AssertLuhn(string number, int length, string prefix)
    {
        Assert.Equal(length, number.Length);
        Assert.StartsWith(prefix, number, StringComparison.Ordinal);
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var value = (number[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 2);
            sum += (value / 10) + (value % 10);
        }

        Assert.Equal(0, sum % 10);
    }
}
