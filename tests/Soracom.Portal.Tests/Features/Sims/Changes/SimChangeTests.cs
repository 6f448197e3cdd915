using System.Text.Json;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Sims.Changes;

/// <summary>What stands against a change, what it would do, and what would undo it.</summary>
public sealed class SimChangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One of each kind.</summary>
    public static TheoryData<SimChange> Each =>
    [
        new SimNameChange("Pump 7"),
        new SimTagChange("site", "Osaka"),
        new SimTagRemoval("site"),
        new SimGroupChange("11111111-2222-3333-4444-555555555555", "Pumps"),
        new SimStatusChange(SimStatus.Suspended),
        new SimTermination(),
        new SimProtectionChange(On: true),
        new SimSpeedChange(SpeedClass.Fast),
        new SimExpiryChange(Now.AddDays(30), ExpiryAction.Suspend),
        new SimImeiLockChange("490154203237518"),
    ];

    public static TheoryData<SimChange, string> Obstacles => new()
    {
        { new SimStatusChange(SimStatus.Standby), "plan-D: NoStandby" },
        { new SimStatusChange(SimStatus.Standby), "planArc01 virtual: Virtual" },
        { new SimStatusChange(SimStatus.Inactive), "planArc01 virtual: Virtual" },
        { new SimStatusChange(SimStatus.Standby), "plan01s:" },
        { new SimStatusChange(SimStatus.Standby), "a-plan-of-tomorrow:" },
        { new SimSpeedChange(SpeedClass.EightTimesFast), "plan01s: NoSpeedClass" },
        { new SimSpeedChange(SpeedClass.EightTimesFast), "plan-US:" },
        { new SimSpeedChange(SpeedClass.Fast), "plan-KM1: SpeedFixed" },
        { new SimSpeedChange(SpeedClass.Fast), "a-plan-of-tomorrow:" },
        { new SimTermination(), "plan01s: Protected" },
        { new SimTermination(), "plan01s unprotected:" },
        { new SimExpiryChange(Now, ExpiryAction.Terminate), "plan01s: Protected" },
        { new SimExpiryChange(Now, ExpiryAction.Terminate), "plan01s unprotected:" },
        { new SimExpiryChange(Now, ExpiryAction.Suspend), "plan01s:" },
        { new SimImeiLockChange(null, InUse: true), "plan01s: NoImeiInUse" },
        { new SimImeiLockChange(null, InUse: true), "plan01s online:" },
        { new SimStatusChange(SimStatus.Active), "plan01s terminated: Terminated" },
        { new SimProtectionChange(On: true), "plan01s terminated: Terminated" },
        { new SimGroupChange(null), "plan01s terminated: Terminated" },
        { new SimNameChange("Old pump"), "plan01s terminated:" },
    };

    public static TheoryData<SimChange, string?> Values => new()
    {
        { new SimNameChange(new string('x', 200)), null },
        { new SimNameChange(new string('x', 201)), "SimName" },
        { new SimTagChange("", "x"), "SimTagKey" },
        { new SimTagChange("name", "x"), "SimTagKey" },
        { new SimTagRemoval("name"), "SimTagKey" },
        { new SimTagChange("site", new string('x', 201)), "SimTagValue" },
        { new SimTagChange("site", ""), null },
        { new SimGroupChange(" "), "SimGroup" },
        { new SimGroupChange(null), null },
        { new SimStatusChange(SimStatus.Terminated), "SimStatus" },
        { new SimStatusChange(SimStatus.Ready), "SimStatus" },
        { new SimSpeedChange("warp"), "SimSpeedClass" },
        { new SimSpeedChange(SpeedClass.Telemetry), "SimSpeedClass" },
        { new SimExpiryChange(Now), "SimExpiryPast" },
        { new SimExpiryChange(Now.AddMilliseconds(1)), null },
        { new SimExpiryChange(Now.AddDays(1), "explode"), "SimExpiryAction" },
        { new SimExpiryChange(null, ExpiryAction.Suspend), "SimExpiryAction" },
        { new SimExpiryChange(null), null },
        { new SimImeiLockChange("49015420323751"), "Imei" },
        { new SimImeiLockChange("４９０１５４２０３２３７５１８"), "Imei" },
        { new SimImeiLockChange("490154203237518|ANONYMOUS"), null },
        { new SimImeiLockChange("490154203237518", InUse: true), "Imei" },
    };

    [Theory]
    [MemberData(nameof(Each))]
    public void Change_StoredAsJson_ComesBackTheSame(SimChange change)
    {
        var stored = JsonSerializer.Serialize(change);

        Assert.Equal(change, JsonSerializer.Deserialize<SimChange>(stored));
        // Only what was chosen is stored: what it means is the program's business.
        Assert.DoesNotContain("Needs", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_HoldsEveryKind() => Assert.Equal(
        typeof(SimChange).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SimChange))).Select(type => type.Name).Order(StringComparer.Ordinal),
        Each.Select(row => row.Data.GetType().Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void ObstacleFor_ASim_IsWhatTheVendorDocuments(SimChange change, string simAndObstacle)
    {
        var (described, expected) = simAndObstacle.Split(':') is [var first, var second] ? (first, second.Trim()) : throw new InvalidOperationException();

        Assert.Equal(expected, change.ObstacleFor(Sim(described))?.Key ?? "");
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Wrong_Values_AreNamed(SimChange change, string? error) => Assert.Equal(error, change.Wrong(Now)?.Key);

    [Theory]
    [MemberData(nameof(Each))]
    public void IsIn_SimThatIsOtherwise_IsFalse(SimChange change) => Assert.Equal(change is SimTagRemoval or SimProtectionChange, change.IsIn(Sim("plan01s")));

    [Fact]
    public void Undoing_AChange_GivesBackWhatWasBefore()
    {
        var sim = Sim("plan01s");
        (sim.Name, sim.Tags, sim.GroupId, sim.GroupName, sim.Status, sim.SpeedClass) = ("Pump 6", """{"site":"Kobe"}""", "g1", "Pumps", SimStatus.Inactive, SpeedClass.Slow);
        (sim.ExpiresAt, sim.ExpiryAction, sim.ImeiLock) = (Now.AddDays(1), ExpiryAction.Deactivate, "490154203237518");

        Assert.Equal(new SimNameChange("Pump 6"), new SimNameChange("Pump 7").Undoing(sim));
        Assert.Equal(new SimTagChange("site", "Kobe"), new SimTagChange("site", "Osaka").Undoing(sim));
        Assert.Equal(new SimTagRemoval("owner"), new SimTagChange("owner", "Sato").Undoing(sim));
        Assert.Equal(new SimTagChange("site", "Kobe"), new SimTagRemoval("site").Undoing(sim));
        Assert.Equal(new SimGroupChange("g1", "Pumps"), new SimGroupChange(null).Undoing(sim));
        Assert.Equal(new SimStatusChange(SimStatus.Inactive), new SimStatusChange(SimStatus.Active).Undoing(sim));
        Assert.Equal(new SimProtectionChange(On: true), new SimProtectionChange(On: false).Undoing(sim));
        Assert.Equal(new SimSpeedChange(SpeedClass.Slow), new SimSpeedChange(SpeedClass.Fast).Undoing(sim));
        Assert.Equal(new SimExpiryChange(Now.AddDays(1), ExpiryAction.Deactivate), new SimExpiryChange(null).Undoing(sim));
        Assert.Equal(new SimImeiLockChange("490154203237518"), new SimImeiLockChange(null).Undoing(sim));
    }

    [Fact]
    public void Undoing_WhatIsFinal_IsNothing()
    {
        Assert.Null(new SimTermination().Undoing(Sim("plan01s unprotected")));
        // Nothing returns to ready.
        Assert.Null(new SimStatusChange(SimStatus.Suspended).Undoing(Sim("plan01s")));
    }

    [Fact]
    public void Needs_WhateverEndsASim_IsTheRightToTerminate()
    {
        Assert.Equal(Permission.SimsTerminate, new SimTermination().Needs);
        Assert.Equal(Permission.SimsTerminate, new SimProtectionChange(On: false).Needs);
        Assert.Equal(Permission.SimsTerminate, new SimExpiryChange(Now.AddDays(1), ExpiryAction.Terminate).Needs);
        Assert.Equal(Permission.SimsConnectivity, new SimProtectionChange(On: true).Needs);
        Assert.Equal(Permission.SimsConnectivity, new SimExpiryChange(Now.AddDays(1), ExpiryAction.Suspend).Needs);
    }

    private static InventorySim Sim(string described)
    {
        var words = described.Split(' ');
        return new InventorySim
        {
            TenantId = Guid.NewGuid(),
            Coverage = "jp",
            SimId = "8942310000000000001",
            ReadAt = Now,
            Name = "",
            Tags = "",
            Iccids = "",
            Imsis = "",
            Msisdns = "",
            Subscriptions = words[0],
            Imei = words.Contains("online") ? "490154203237518" : "",
            SerialNumber = "",
            GroupId = "",
            GroupName = "",
            Status = words.Contains("terminated") ? SimStatus.Terminated : SimStatus.Ready,
            SpeedClass = SpeedClass.Standard,
            ModuleType = words.Contains("virtual") ? ModuleType.Virtual : ModuleType.Nano,
            Online = words.Contains("online"),
            SessionId = "",
            IpAddress = "",
            Cell = "",
            ExpiryAction = "",
            TerminationEnabled = words.Contains("unprotected"),
            ImeiLock = "",
        };
    }
}
