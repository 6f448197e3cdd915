using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>42 SIMs: trucks, warehouse gates and cold stores, with every plan of the Japan coverage.</summary>
internal static class AobaInJapan
{
    public static CoverageData Make(SeededRandom random, DateTimeOffset start)
    {
        var data = new CoverageData();
        var groups = new GroupFactory(random, start);
        var trucks = groups.Make("配送トラック", [("部署", "運行管理課")],
            ("SoracomAir", "useCustomDns", "false"),
            ("SoracomHarvest", "enabled", "true"),
            ("SoracomHarvest", "customTimestamp", """{"type":"jsonpointer","value":"/time","format":"iso-8601"}"""));
        var coldStores = groups.Make("冷蔵設備", [("部署", "品質保証課"), ("連絡先", "内線 2210")],
            ("SoracomAir", "metadata", """{"enabled":true,"readonly":true,"allowOrigin":"","minimizeResponseBody":false}"""),
            ("SoracomAir", "userdata", "\"{\\\"interval\\\":60}\""),
            ("SoracomBeam", "udp://beam.soracom.io:23080", """{"name":"温度センサー","enabled":true,"destination":"https://telemetry.aoba.example/temperature","addSubscriberHeader":true,"addSimIdHeader":true}"""));
        var gates = groups.Make("倉庫ゲート", [("部署", "施設課")],
            ("SoracomFunnel", "enabled", "true"),
            ("SoracomFunnel", "destination", """{"provider":"aws","service":"kinesis","resourceUrl":"https://kinesis.ap-northeast-1.amazonaws.com/gates","randomizePartitionKey":true}"""),
            ("SoracomFunnel", "contentType", "\"json\""));
        var remote = groups.Make("遠隔保守", [("部署", "情報システム課")],
            ("SoracomAir", "ipLinkMtu", "1400"),
            ("UnifiedEndpoint", "response", """{"format":"auto"}"""));
        var spares = groups.Make("予備機", []);
        foreach (var group in (Group[])[trucks, coldStores, gates, remote, spares])
        {
            data.Put(group);
        }

        var sims = new SimFactory(Coverage.Japan, block: 11, random, start);
        foreach (var plan in Plans(trucks.GroupId, coldStores.GroupId, gates.GroupId, remote.GroupId, spares.GroupId))
        {
            data.Seed(sims.Make(plan));
        }

        return data;
    }

    private static SimPlan[] Plans(string trucks, string coldStores, string gates, string remote, string spares) =>
    [
        new("冷蔵トラック 1号車", "plan-D", "nano", "s1.standard", "active", Connection.Online) { GroupId = trucks, Tags = [("車番", "品川 130 あ 1201"), ("営業所", "大井")] },
        new("冷蔵トラック 2号車", "plan-D", "nano", "s1.standard", "active", Connection.Online) { GroupId = trucks, Tags = [("車番", "品川 130 あ 1202"), ("営業所", "大井")] },
        new("冷蔵トラック 3号車", "plan-D", "nano", "s1.standard", "active", Connection.Online) { GroupId = trucks, Imsi = DemoFleets.SharedImsi, Tags = [("車番", "品川 130 あ 1203"), ("営業所", "大井")] },
        new("冷蔵トラック 4号車", "plan-D", "nano", "s1.fast", "active", Connection.Offline) { GroupId = trucks, Bundles = ["D-500MB"], Tags = [("車番", "横浜 130 い 4404"), ("営業所", "横浜")] },
        new("冷凍トラック 5号車", "plan-D", "micro", "s1.fast", "active", Connection.Online) { GroupId = trucks, LockedToImei = true, Tags = [("車番", "横浜 130 い 4405"), ("営業所", "横浜")] },
        new("冷凍トラック 6号車", "plan-D", "micro", "s1.minimum", "inactive", Connection.Offline) { GroupId = trucks, Tags = [("備考", "車検中")] },
        new("平ボディ 7号車", "plan-D", "mini", "s1.slow", "suspended", Connection.Offline) { GroupId = trucks, TerminationEnabled = true, Tags = [("備考", "廃車予定")] },
        new("平ボディ 8号車", "plan-D", "mini", "s1.slow", "terminated", Connection.Offline),
        new("", "plan-D", "trio", "s1.standard", "ready", Connection.None) { GroupId = spares },
        new("", "plan-D", "trio", "s1.standard", "ready", Connection.None) { GroupId = spares },
        new("倉庫ゲート 東1", "plan-K2", "nano", "s1.standard", "active", Connection.Online) { GroupId = gates, Bundles = ["K2-500MB"], Tags = [("倉庫", "川崎第一"), ("向き", "東")] },
        new("倉庫ゲート 東2", "plan-K2", "nano", "s1.standard", "active", Connection.Online) { GroupId = gates, Tags = [("倉庫", "川崎第一"), ("向き", "東")] },
        new("倉庫ゲート 西1", "plan-K2", "nano", "s1.standard", "active", Connection.Offline) { GroupId = gates, Tags = [("倉庫", "川崎第一"), ("向き", "西")] },
        new("倉庫ゲート 西2", "plan-K2", "nano", "s1.4xfast", "standby", Connection.Offline) { GroupId = gates, Tags = [("倉庫", "川崎第一"), ("向き", "西")] },
        new("倉庫ゲート 搬入口", "plan-K2", "embedded", "s1.4xfast", "active", Connection.Online) { GroupId = gates, LockedToImei = true, Tags = [("倉庫", "成田")] },
        new("倉庫ゲート 搬出口", "plan-K2", "embedded", "s1.fast", "active", Connection.Online) { GroupId = gates, Tags = [("倉庫", "成田")] },
        new("フォークリフト 11", "plan-K2", "embedded", "s1.slow", "inactive", Connection.Offline) { Tags = [("倉庫", "成田")] },
        new("フォークリフト 12", "plan-K2", "embedded", "s1.slow", "active", Connection.Online) { Expiry = (45, "deactivate"), Tags = [("倉庫", "成田"), ("契約", "リース")] },
        new("", "plan-K2", "nano", "s1.standard", "ready", Connection.None) { GroupId = spares },
        new("監視カメラ 川崎 北", "plan-DU", "nano", "u1.standard", "active", Connection.Online) { Bundles = ["DU-50GB"], Tags = [("倉庫", "川崎第一")] },
        new("監視カメラ 川崎 南", "plan-DU", "nano", "u1.standard", "active", Connection.Online) { Bundles = ["DU-50GB"], Tags = [("倉庫", "川崎第一")] },
        new("監視カメラ 成田", "plan-DU", "nano", "u1.slow", "active", Connection.Online) { Bundles = ["DU-10GB"], Tags = [("倉庫", "成田")] },
        new("監視カメラ 予備", "plan-DU", "nano", "u1.slow", "standby", Connection.Offline) { GroupId = spares, Bundles = ["DU-10GB"] },
        new("イベント用カメラ", "plan-DU", "nano", "u1.standard", "active", Connection.Offline) { Bundles = ["DU-100GB"], Expiry = (10, "suspend"), Tags = [("契約", "短期")] },
        new("冷蔵庫 温度計 A-01", "plan-KM1", "embedded", "t1.standard", "active", Connection.Online) { GroupId = coldStores, Tags = [("棟", "A"), ("温度帯", "冷蔵")] },
        new("冷蔵庫 温度計 A-02", "plan-KM1", "embedded", "t1.standard", "active", Connection.Online) { GroupId = coldStores, Tags = [("棟", "A"), ("温度帯", "冷蔵")] },
        new("冷凍庫 温度計 B-01", "plan-KM1", "embedded", "t1.standard", "active", Connection.Online) { GroupId = coldStores, Tags = [("棟", "B"), ("温度帯", "冷凍")] },
        new("冷凍庫 温度計 B-02", "plan-KM1", "integrated", "t1.standard", "active", Connection.Offline) { GroupId = coldStores, Tags = [("棟", "B"), ("温度帯", "冷凍")] },
        new("ドアセンサー A-01", "plan-KM1", "integrated", "t1.standard", "active", Connection.Online) { GroupId = coldStores, Expiry = (180, "doNothing"), Tags = [("棟", "A")] },
        new("ドアセンサー B-01", "plan-KM1", "integrated", "t1.standard", "suspended", Connection.Offline) { GroupId = coldStores, Tags = [("棟", "B"), ("備考", "電池切れ")] },
        new("", "plan-KM1", "embedded", "t1.standard", "ready", Connection.None) { GroupId = spares },
        new("旧動態管理 端末 1", "plan-K", "mini", "s1.minimum", "active", Connection.Offline) { Expiry = (30, "terminate"), TerminationEnabled = true, Tags = [("備考", "更改対象")] },
        new("旧動態管理 端末 2", "plan-K", "mini", "s1.minimum", "inactive", Connection.Offline) { Tags = [("備考", "更改対象")] },
        new("旧動態管理 端末 3", "plan-K", "micro", "s1.minimum", "terminated", Connection.Offline) { Tags = [("備考", "更改済み")] },
        new("旧動態管理 端末 4", "plan-K", "micro", "s1.slow", "active", Connection.Online) { Expiry = (90, null), Additional = ("planArc01", "active"), Tags = [("備考", "更改対象")] },
        new("保守用ノート 佐藤", "planArc01", "virtual", "arc.standard", "active", Connection.Online) { GroupId = remote, Tags = [("担当", "佐藤")] },
        new("保守用ノート 鈴木", "planArc01", "virtual", "arc.standard", "active", Connection.Online) { GroupId = remote, Tags = [("担当", "鈴木")] },
        new("保守用ノート 高橋", "planArc01", "virtual", "arc.standard", "active", Connection.Offline) { GroupId = remote, Tags = [("担当", "高橋")] },
        new("検証サーバー", "planArc01", "virtual", "arc.standard", "active", Connection.Online) { GroupId = remote, TerminationEnabled = true },
        new("工場ゲートウェイ", "planArc01", "virtual", "arc.standard", "active", Connection.Online) { GroupId = remote, Expiry = (365, "deleteSession") },
        new("", "planArc01", "virtual", "arc.standard", "active", Connection.None),
        new("退職者ノート", "planArc01", "virtual", "arc.standard", "terminated", Connection.Offline) { Tags = [("担当", "田中")] },
    ];
}
