using System.Globalization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>10,000 SIMs in power plants, batteries and charging posts all over Japan, grouped by prefecture.</summary>
internal static class NagisaFleet
{
    private const int Sims = 10_000;

    /// <summary>The SIM that carries <see cref="DemoFleets.SharedImsi"/>.</summary>
    private const int SharedOne = 4242;

    private static readonly string[] Prefectures =
    [
        "北海道", "青森", "岩手", "宮城", "秋田", "福島", "茨城", "栃木", "群馬", "埼玉", "千葉", "東京", "神奈川", "新潟", "富山", "石川",
        "長野", "岐阜", "静岡", "愛知", "三重", "滋賀", "京都", "大阪", "兵庫", "奈良", "岡山", "広島", "香川", "愛媛", "福岡", "熊本", "鹿児島", "沖縄",
    ];

    private static readonly (string Kind, string Code, string Subscription, string ModuleType, string SpeedClass)[] Equipment =
    [
        ("太陽光パワコン", "PCS", "plan-KM1", "embedded", "t1.standard"),
        ("蓄電池", "BAT", "plan-K2", "nano", "s1.standard"),
        ("EV充電器", "EVC", "plan-D", "trio", "s1.fast"),
        ("スマートメーター集約装置", "MTR", "plan-D", "micro", "s1.minimum"),
        ("監視カメラ", "CAM", "plan-DU", "nano", "u1.standard"),
    ];

    public static CoverageData Make(SeededRandom random, DateTimeOffset start)
    {
        var data = new CoverageData();
        var groupFactory = new GroupFactory(random, start);
        Group[] groups = [.. Prefectures.Select(prefecture => groupFactory.Make(
            $"{prefecture}エリア",
            [("地域", prefecture)],
            ("SoracomHarvest", "enabled", "true"),
            ("SoracomAir", "useCustomDns", "false")))];
        foreach (var group in groups)
        {
            data.Put(group);
        }

        var sims = new SimFactory(Coverage.Japan, block: 21, random, start);
        for (var i = 0; i < Sims; i++)
        {
            data.Seed(sims.Make(Plan(i, groups, random)));
        }

        return data;
    }

    private static SimPlan Plan(int index, Group[] groups, SeededRandom random)
    {
        var area = random.Next(Prefectures.Length);
        var (kind, code, subscription, moduleType, speedClass) = random.Pick(Equipment);
        var (status, connection) = FleetStatus.Pick(random, onlinePercent: 70, canStandBy: subscription != "plan-D");
        var name = random.Chance(1) ? "" : string.Create(CultureInfo.InvariantCulture, $"{kind} {Prefectures[area]}-{code}-{index:D5}");
        return new SimPlan(name, subscription, moduleType, speedClass, status, connection)
        {
            GroupId = random.Chance(4) ? null : groups[area].GroupId,
            Tags = [("設備", kind), ("都道府県", Prefectures[area])],
            Imsi = index == SharedOne ? DemoFleets.SharedImsi : null,
        };
    }
}
