using System.Collections.Frozen;
using System.Globalization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.SoraCam;

/// <summary>The demo accounts' cameras: of every kind and in every state that a page has to show.</summary>
internal static class CameraSeeds
{
    private const string OldFirmware = "4.58.0.124";

    private static readonly CameraPlan[] Aoba =
    [
        new("川崎第一 正門", "CR14-SC", 30) { HasRealTimeAccess = true, Firmware = OldFirmware },
        new("成田 事務所", "MR30-SC", 16),
        new("横浜 冷蔵庫前", LicenceId: null, 10),
        new("共用 荷捌き場", "CR7-SC", 24) { IsShared = true },
    ];

    private static readonly CameraPlan[] Nagisa =
    [
        new("北海道 石狩蓄電所 正門", "CR30-SC", 12) { SelfReboot = new SelfReboot(Enabled: true, "18:00", [0]) },
        new("青森 むつ太陽光 東", "CR7-SC", 6),
        new("宮城 名取充電ステーション", "CR14-SC", 40) { HasRealTimeAccess = true },
        new("福島 いわき蓄電所", "CR14-SC", 10) { Firmware = OldFirmware },
        new("千葉 館山太陽光", "MR7-SC", 8),
        new("東京 豊洲充電ステーション", "CR90-SC", 45) { HasRealTimeAccess = true, LimitHours = 144 },
        new("静岡 浜松蓄電所", "CR60-SC", 14) { ExportTrouble = ExportTrouble.Once },
        new("京都 舞鶴太陽光", "MR14-SC", 9) { Firmware = OldFirmware },
        new("広島 呉充電ステーション", "CR30-SC", 25) { ExportTrouble = ExportTrouble.Always },
        new("香川 坂出蓄電所", "CR14-SC", 8) { OfflineDays = 3 },
        new("福岡 糸島太陽光", "CR7-SC", 15) { LimitHours = 0 },
        new("沖縄 名護 予備機", LicenceId: null, 5) { IsAsleep = true },
    ];

    /// <summary>Licences that nobody uses.</summary>
    private static readonly string[] Spare = ["CR7-SC", "CR14-SC", "CR14-SC", "MR30-SC"];

    public static void Plant(SoraCamPart part, PartHome home)
    {
        CameraPlan[] plans = home.Origin.Fleet switch
        {
            DemoFleets.Aoba => Aoba,
            DemoFleets.Nagisa => Nagisa,
            _ => [],
        };
        var random = home.Random("cameras");
        foreach (var plan in plans)
        {
            Plant(part, plan, home.Origin.Start, random);
        }

        foreach (var licence in plans.Length == 0 ? [] : Licence.All)
        {
            part.SetQuantity(licence.Id, part.InUse(licence.Id) + Spare.Count(id => id == licence.Id));
        }
    }

    /// <summary>A camera begins as it was set up, and then becomes what it is.</summary>
    private static void Plant(SoraCamPart part, CameraPlan plan, DateTimeOffset start, Fleets.SeededRandom random)
    {
        var installed = start.AddDays(-random.Next(100, 500)).AddSeconds(-random.Next(80_000));
        var connected = plan.OfflineDays > 0 ? installed : start.AddHours(-random.Next(5, 400));
        var camera = new Camera
        {
            // The second digit says that the address is of no maker's.
            DeviceId = string.Create(CultureInfo.InvariantCulture, $"02CA{(uint)random.Next():X8}"),
            Ordinal = part.Cameras.Count() + 1,
            Name = plan.Name,
            Firmware = plan.Firmware,
            LicenceId = plan.LicenceId,
            IsShared = plan.IsShared,
            HasRealTimeAccess = plan.HasRealTimeAccess,
            LastConnected = connected.ToUnixTimeMilliseconds(),
            LimitHours = plan.LimitHours,
            SelfReboot = plan.SelfReboot,
            NextReboot = plan.SelfReboot.NextAfter(start),
            Liveliness = plan.Liveliness,
            ExportTrouble = plan.ExportTrouble,
            Used = new Dictionary<string, long>(StringComparer.Ordinal)
            {
                [Quota.Month(start)] = plan.LicenceId is null ? 0 : random.Next(18_000),
            }.ToFrozenDictionary(StringComparer.Ordinal),
        };
        part.Put(camera, installed);
        camera = part.Get(camera.DeviceId);
        if (plan.OfflineDays > 0)
        {
            var lost = start.AddDays(-plan.OfflineDays);
            part.Put(camera with { IsConnected = false, LastConnected = lost.ToUnixTimeMilliseconds() }, lost);
        }
        else if (plan.IsAsleep)
        {
            part.Put(camera with { IsAsleep = true }, connected);
        }
    }

    private sealed record CameraPlan(string Name, string? LicenceId, int Liveliness)
    {
        public string Firmware { get; init; } = Camera.NewestFirmware;

        public bool IsShared { get; init; }

        public bool IsAsleep { get; init; }

        public bool HasRealTimeAccess { get; init; }

        public int OfflineDays { get; init; }

        public int? LimitHours { get; init; }

        public ExportTrouble ExportTrouble { get; init; }

        public SelfReboot SelfReboot { get; init; } = SelfReboot.Never;
    }
}
