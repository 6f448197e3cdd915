using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>18 SIMs: containers and trailers abroad, with every plan of the Global coverage.</summary>
internal static class AobaAbroad
{
    public static CoverageData Make(SeededRandom random, DateTimeOffset start)
    {
        var data = new CoverageData();
        var groups = new GroupFactory(random, start);
        var containers = groups.Make("海上コンテナ", [("部署", "国際課")],
            ("SoracomBeam", "tcp://beam.soracom.io:8023", """{"name":"Container position","enabled":true,"destination":"tcps://position.aoba.example:9443","addSubscriberHeader":true}"""),
            ("SoracomEndorse", "enabled", "false"));
        var trailers = groups.Make("Trailers North America", [("office", "Long Beach")],
            ("SoracomAir", "dnsServers", """["192.0.2.53","198.51.100.53"]"""),
            ("SoracomAir", "useCustomDns", "true"));
        var bench = groups.Make("検証機", []);
        foreach (var group in (Group[])[containers, trailers, bench])
        {
            data.Put(group);
        }

        var sims = new SimFactory(Coverage.Global, block: 12, random, start);
        foreach (var plan in Plans(containers.GroupId, trailers.GroupId, bench.GroupId))
        {
            data.Seed(sims.Make(plan));
        }

        return data;
    }

    private static SimPlan[] Plans(string containers, string trailers, string bench) =>
    [
        new("海上コンテナ ABLU 410077", "plan01s", "trio", "s1.standard", "active", Connection.Online) { GroupId = containers, Additional = ("planX3", "active"), Tags = [("航路", "横浜-ハンブルク")] },
        new("海上コンテナ ABLU 410082", "plan01s", "trio", "s1.standard", "active", Connection.Online) { GroupId = containers, Additional = ("planP1", "ready"), Tags = [("航路", "横浜-ハンブルク")] },
        new("海上コンテナ ABLU 410090", "plan01s", "trio", "s1.slow", "active", Connection.Offline) { GroupId = containers, Additional = ("planX1", "delivered"), Tags = [("航路", "神戸-ロッテルダム")] },
        new("海上コンテナ ABLU 410103", "plan01s", "nano", "s1.slow", "standby", Connection.Offline) { GroupId = containers, Tags = [("航路", "神戸-ロッテルダム")] },
        new("航空パレット 21", "plan01s-low_data_volume", "embedded", "s1.minimum", "active", Connection.Online) { GroupId = containers, Tags = [("便", "成田-フランクフルト")] },
        new("航空パレット 22", "plan01s-low_data_volume", "embedded", "s1.minimum", "standby", Connection.Offline) { GroupId = containers },
        new("欧州倉庫ルーター", "planX3", "nano", "s1.4xfast", "active", Connection.Online) { Bundles = ["X3-5MB"], LockedToImei = true, Tags = [("拠点", "デュッセルドルフ")] },
        new("欧州倉庫 予備", "planX3-EU", "nano", "s1.fast", "ready", Connection.None) { Tags = [("拠点", "デュッセルドルフ")] },
        new("Trailer 53-118", "plan-US", "nano", "s1.8xfast", "active", Connection.Online) { GroupId = trailers, Bundles = ["US-1GB"], Tags = [("plate", "4TR 7118")] },
        new("Trailer 53-119", "plan-US-max", "nano", "s1.4xfast", "active", Connection.Online) { GroupId = trailers, Tags = [("plate", "4TR 7119")] },
        new("Trailer 53-120", "plan-US-NA", "micro", "s1.fast", "suspended", Connection.Offline) { GroupId = trailers, Tags = [("plate", "4TR 7120")] },
        new("検証 planP1", "planP1", "mini", "s1.standard", "inactive", Connection.Offline) { GroupId = bench },
        new("検証 planX1", "planX1", "micro", "s1.standard", "active", Connection.Offline) { GroupId = bench, Expiry = (21, "suspend") },
        new("検証 planX2", "planX2", "nano", "s1.standard", "testing", Connection.Online) { GroupId = bench },
        new("検証 planXM1", "planXM1", "integrated", "s1.minimum", "active", Connection.Online) { GroupId = bench },
        new("検証 eSIM プロファイル", "planX3", "profilePackage", "s1.fast", "active", Connection.Offline) { GroupId = bench, TerminationEnabled = true },
        new("", "plan01s", "trio", "s1.standard", "terminated", Connection.Offline),
        new("海外出張ノート", "planArc01", "virtual", "arc.standard", "active", Connection.Online) { Tags = [("担当", "伊藤")] },
    ];
}
