using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>The SAM users and roles of the demo accounts, besides the users that the demo tells the credentials of.</summary>
internal static class PeopleSeeds
{
    private static readonly Seeds Japanese = new(
        [
            ("sim-operators", "SIM 管理担当", """{"statements":[{"effect":"allow","api":["Sim:*","Group:*","Query:*","Operator:generateAuthToken"]},{"effect":"deny","api":"Sim:terminateSim"}]}"""),
            ("camera-viewers", "カメラ閲覧", """{"statements":[{"effect":"allow","api":["SoraCam:list*","SoraCam:get*","OAuth2:authorize"]}]}"""),
            ("unused", "未使用", """{"statements":[]}"""),
        ],
        [
            new("sato.kenji", "佐藤 健二 (運行管理課)", Keys: 0, HasPassword: true, "sim-operators", "camera-viewers"),
            new("suzuki.aoi", "鈴木 葵 (経理部)", Keys: 0, HasPassword: true, "srn:soracom:::Role:BillingReadOnlyAccess"),
            new("auditor", "監査法人", Keys: 0, HasPassword: false, "srn:soracom:::Role:ReadOnlyAccess")
            {
                Permission = """{"statements":[{"effect":"deny","api":"Billing:*"}]}""",
            },
            new("gate-integration", "倉庫ゲート連携", Keys: 2, HasPassword: false, "sim-operators")
            {
                Permission = """{"statements":[{"effect":"allow","api":["PortMapping:*"],"condition":"ipAddress('203.0.113.0/24')"}]}""",
            },
            new("SORACOM-Lagoon-User-1", null, Keys: 1, HasPassword: false)
            {
                Permission = """{"statements":[{"effect":"allow","api":["DataEntry:listDataSourceResources","DataEntry:getDataEntries","FileEntry:getFile","FileEntry:listFiles"]}]}""",
            },
        ]);

    private static readonly Seeds English = new(
        [
            ("field-service", "Field service", """{"statements":[{"effect":"allow","api":["Sim:get*","Sim:list*","Query:*","PortMapping:*","Operator:generateAuthToken"]}]}"""),
        ],
        [
            new("j.becker", "Jana Becker, operations", Keys: 0, HasPassword: true, "field-service"),
            new("meter-data", "Meter data management", Keys: 1, HasPassword: false)
            {
                Permission = """{"statements":[{"effect":"allow","api":["DataEntry:*","Sim:list*"]}]}""",
            },
        ]);

    /// <summary>Everybody may change the own password, as the service's documentation advises.</summary>
    private const string OwnPassword =
        """{"statements":[{"effect":"allow","api":"User:updateUserPassword","condition":"pathVariable('user_name') == samUserName"}]}""";

    public static void Fill(PeoplePart people)
    {
        var home = people.Home;
        var random = home.Random("people");
        var seeds = home.Origin.Fleet is DemoFleets.Metro or DemoFleets.Hansa ? English : Japanese;
        foreach (var user in home.Account.FirstUsers.Prepend(home.Account.Root))
        {
            people.Put(Aged(user, random, home));
        }

        foreach (var (id, description, permission) in seeds.Roles)
        {
            var (created, updated) = Times(random, home);
            people.Put(new Role(id, permission) { Description = description, Created = created, Updated = updated });
        }

        foreach (var plan in seeds.Users)
        {
            var keys = Enumerable.Range(0, plan.Keys).Select(_ => new AuthKey($"keyId-{random.Text(32)}", $"secret-{random.Text(60)}")).ToList();
            var user = new User(plan.Name, plan.HasPassword ? random.Text(16) : null, keys)
            {
                Description = plan.Description,
                Permission = plan.Permission,
                Roles = plan.Roles,
            };
            people.Put(Aged(user, random, home));
        }

        people.DefaultPermissions = OwnPassword;
    }

    private static User Aged(User user, SeededRandom random, PartHome home)
    {
        var (created, updated) = Times(random, home);
        return user with
        {
            Created = user.IsRoot ? home.Account.Created : created,
            Updated = updated,
            AuthKeys = [.. user.AuthKeys.Select(key => key with { Created = updated, LastUsed = random.Chance(70) ? LastUse(random, home, updated) : null })],
        };
    }

    private static (DateTimeOffset Created, DateTimeOffset Updated) Times(SeededRandom random, PartHome home)
    {
        var created = home.Account.Created.AddMinutes(random.Next(1, 500 * 24 * 60));
        return (created, created.AddMinutes(random.Next(1, 400 * 24 * 60)));
    }

    private static DateTimeOffset LastUse(SeededRandom random, PartHome home, DateTimeOffset created)
    {
        var used = home.Origin.Start.AddMinutes(-random.Next(5, 60 * 24 * 60));
        return used > created ? used : created;
    }

    private sealed record Seeds(IReadOnlyList<(string Id, string Description, string Permission)> Roles, IReadOnlyList<Plan> Users);

    private sealed record Plan(string Name, string? Description, int Keys, bool HasPassword, params string[] Roles)
    {
        public string? Permission { get; init; }
    }
}
