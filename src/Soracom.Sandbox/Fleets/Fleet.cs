using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>
/// A demo operator with its account. Ids, keys and names follow from the seed alone; times are counted back from the start
/// of the sandbox, so that a demo always looks lived in.
/// </summary>
internal sealed record Fleet(SandboxOperator Operator, OperatorAccount Account)
{
    /// <summary>
    /// What a portal needs: reads everything there is, works on SIMs, groups, cameras and remote access, exports, and may renew its own token;
    /// nothing about users, their rights and keys, or orders. Cameras ask for OAuth2:authorize.
    /// </summary>
    private const string WorkOnTheFleet = """
        {"statements":[{"effect":"allow","api":["*:get*","*:list*","*:search*","*:export*","Sim:*","Group:*","SoraCam:*","PortMapping:*","Diagnostic:*","FileEntry:*","OAuth2:authorize","Operator:generateAuthToken"]}]}
        """;

    /// <summary>Reads everything but most of the cameras, and may not search.</summary>
    private const string ReadWithoutSearch = """{"statements":[{"effect":"allow","api":["*:get*","*:list*","*:search*","Operator:generateAuthToken"]},{"effect":"deny","api":"Query:*"}]}""";

    public static Fleet Make(string key, int seed, DateTimeOffset start) => key switch
    {
        DemoFleets.Aoba => Make(key, "青葉ロジスティクス株式会社", "root@aoba.example", seed, start,
            (Coverage.Japan, AobaInJapan.Make), (Coverage.Global, AobaAbroad.Make)),
        DemoFleets.Nagisa => Make(key, "なぎさエネルギー株式会社", "root@nagisa.example", seed, start, (Coverage.Japan, NagisaFleet.Make)),
        DemoFleets.Metro => Make(key, "Metro Metering GmbH", "root@metro.example", seed, start, (Coverage.Global, MetroFleet.Make)),
        DemoFleets.Hansa => Make(key, "Hansa Kühlfracht GmbH", "root@hansa.example", seed, start, (Coverage.Global, HansaFleet.Make)),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "There is no such fleet."),
    };

    private static Fleet Make(
        string key,
        string name,
        string email,
        int seed,
        DateTimeOffset start,
        params (Coverage Coverage, Func<SeededRandom, DateTimeOffset, CoverageData> Make)[] contents)
    {
        var random = new SeededRandom(seed, key);
        var operatorId = $"OP00{random.Digits(8)}";
        var root = MakeUser(random, userName: null);
        var created = start.AddDays(-random.Next(1000, 1500));
        User[] users =
        [
            MakeUser(random, "portal") with { Permission = WorkOnTheFleet, Description = "Portal" },
            MakeUser(random, "limited") with { Permission = ReadWithoutSearch },
        ];
        var account = new OperatorAccount(operatorId, name, email, created, root, new Origin(key, seed, start)) { FirstUsers = users };
        foreach (var (coverage, make) in contents)
        {
            account.Fill(coverage, () => make(new SeededRandom(seed, $"{key}/{coverage.ShortName()}"), start));
        }

        var described = new SandboxOperator(key, name, operatorId, email, root.Password!, root.AuthKeys[0].Id, root.AuthKeys[0].Secret, [.. users.Select(Describe)]);
        return new Fleet(described, account);
    }

    private static SandboxUser Describe(User user) =>
        new(user.Name!, user.Password!, user.AuthKeys[0].Id, user.AuthKeys[0].Secret, user.Permission!);

    private static User MakeUser(SeededRandom random, string? userName) =>
        new(userName, random.Text(16), [new AuthKey($"keyId-{random.Text(32)}", $"secret-{random.Text(60)}")]);
}
