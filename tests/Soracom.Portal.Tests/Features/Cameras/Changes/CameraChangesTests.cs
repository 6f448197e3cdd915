using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.Changes;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.Changes;

/// <summary>Changes of cameras: what is sent, what stands against them, and what the trail tells. Each test changes a camera of its own.</summary>
public sealed class CameraChangesTests(ClassScene own) : IClassFixture<ClassScene>, IDisposable
{
    // Like no other time that anything waits for.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(4_321);

    private readonly PortalScene scene = own.Scene;

    private CameraReader Reader => scene.Get<CameraReader>();

    public static TheoryData<CameraSetting> Settings => [.. Enum.GetValues<CameraSetting>()];

    public void Dispose() => scene.Sandbox.Faults.Clear();

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Apply_EverySetting_IsAsWanted_AndTheTrailTellsBeforeAndAfter(CameraSetting setting)
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "東京 豊洲充電ステーション");
        var before = CameraSettingValues.Read((await Reader.SettingsAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value, setting)!;
        var wanted = CameraSettingValues.Of(setting).First(value => value != before);

        var done = await ApplyAsync(tenant, camera, new CameraSettingChange(setting, wanted));

        Assert.True(done.Value);
        Assert.Equal(wanted, CameraSettingValues.Read((await Reader.SettingsAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value, setting));
        var entry = (await scene.TrailAsync(PortalScene.Nagisa)).Last(one => one.ObjectId == camera);
        Assert.Equal((AuditActions.CameraSettingChanged, AuditOutcome.Succeeded, $"{setting}: {before} → {wanted}"), (entry.Action, entry.Outcome, $"{entry.Detail}: {entry.Change()}"));
    }

    [Fact]
    public async Task Apply_WhatIsSoAlready_SendsNothing()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "静岡 浜松蓄電所");

        var done = await ApplyAsync(tenant, camera, new CameraPowerChange(Awake: true));

        Assert.False(done.Value);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.ObjectId == camera);
    }

    [Fact]
    public async Task Apply_TheAnswerIsLost_LooksWhetherItWasDone()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "宮城 名取充電ステーション");
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/sora_cam/devices/{camera}/name", Method = "POST", Afterwards = true });

        var done = await ApplyAsync(tenant, camera, new CameraNameChange("名取 北"));

        Assert.True(done.Value);
        Assert.Equal(AuditOutcome.Succeeded, (await scene.TrailAsync(PortalScene.Nagisa)).Last(one => one.ObjectId == camera).Outcome);
    }

    [Fact]
    public async Task Apply_TheRequestIsLost_SaysThatItIsNotKnown()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "北海道 石狩蓄電所 正門");
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/sora_cam/devices/{camera}/name", Method = "POST" });

        var done = await ApplyAsync(tenant, camera, new CameraNameChange("石狩 裏門"));

        Assert.True(Assert.IsType<VendorError>(done.Error).OutcomeUnknown);
        Assert.Equal(AuditOutcome.Unknown, (await scene.TrailAsync(PortalScene.Nagisa)).Last(one => one.ObjectId == camera).Outcome);
    }

    [Fact]
    public async Task Apply_Sleep_AndAwakeAgain()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "千葉 館山太陽光");

        Assert.True((await ApplyAsync(tenant, camera, new CameraPowerChange(Awake: false))).Value);
        Assert.True((await SeenAsync(tenant, camera)).Asleep);
        Assert.True((await ApplyAsync(tenant, camera, new CameraPowerChange(Awake: true))).Value);
        Assert.False((await SeenAsync(tenant, camera)).Asleep);
    }

    [Fact]
    public async Task Licence_OneThatIsFree_ReplacesTheOther_AndCanBeTakenAway()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "青森 むつ太陽光 東");

        Assert.True((await ApplyAsync(tenant, camera, new CameraLicenceChange("MR30-SC"))).Value);
        Assert.Equal(new CameraLicence(CameraLicenceKind.Motion, 30), (await SeenAsync(tenant, camera)).Licence);
        Assert.False((await ApplyAsync(tenant, camera, new CameraLicenceChange("MR30-SC"))).Value);
        Assert.True((await ApplyAsync(tenant, camera, new CameraLicenceChange(null))).Value);
        Assert.Equal(CameraLicence.None, (await SeenAsync(tenant, camera)).Licence);
    }

    [Fact]
    public async Task Licence_NoneIsFree_IsNotSent()
    {
        using var tenant = await OpenAsync();

        var done = await ApplyAsync(tenant, await IdAsync(tenant, "沖縄 名護 予備機"), new CameraLicenceChange("CR90-SC"));

        Assert.Equal("CameraNoFreeLicence", Assert.IsType<ObstacleError>(done.Error).Why.Key);
    }

    [Fact]
    public async Task Licence_AnotherTakesTheLastOneMeanwhile_SaysThatNoneIsFree()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var (late, first) = (await IdAsync(tenant, "横浜 冷蔵庫前"), await IdAsync(tenant, "川崎第一 正門"));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = $"/v1/sora_cam/devices/{late}/atom_cam/license", Method = "PUT", Delay = Late });

        var losing = ApplyAsync(tenant, late, new CameraLicenceChange("CR7-SC"));
        await scene.Clock.TimerBetweenAsync(Late - TimeSpan.FromMilliseconds(1), Late, Watchdog.Token);
        Assert.True((await ApplyAsync(tenant, first, new CameraLicenceChange("CR7-SC"))).Value);
        scene.Clock.Advance(Late);

        Assert.Equal("CameraNoFreeLicence", Assert.IsType<ObstacleError>((await losing.WaitAsync(Watchdog.Token)).Error).Why.Key);
    }

    [Fact]
    public async Task Licence_TheCredentialDoesNotAllowIt_SaysThat()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "沖縄 名護 予備機");
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = $"/v1/sora_cam/devices/{camera}/atom_cam/license", Method = "PUT" });

        var done = await ApplyAsync(tenant, camera, new CameraLicenceChange("CR14-SC"));

        Assert.Equal(VendorErrorKind.Denied, Assert.IsType<VendorError>(done.Error).Kind);
    }

    [Fact]
    public async Task Restart_APlan_AndNoneAgain()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "広島 呉充電ステーション");

        Assert.True((await ApplyAsync(tenant, camera, new CameraRestartChange(Enabled: true, new TimeOnly(18, 30), [DayOfWeek.Saturday, DayOfWeek.Sunday]))).Value);
        var plan = (await Reader.RestartAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value;
        Assert.Equal((true, "18:30"), (plan.Enabled, plan.Time));
        Assert.Equal([0, 6], plan.DaysOfWeek!);
        Assert.Equal("off → 18:30 UTC Sun,Sat", (await scene.TrailAsync(PortalScene.Nagisa)).Last(one => one.ObjectId == camera).Change());
        Assert.False((await ApplyAsync(tenant, camera, new CameraRestartChange(Enabled: true, new TimeOnly(18, 30), [DayOfWeek.Sunday, DayOfWeek.Saturday]))).Value);
        Assert.True((await ApplyAsync(tenant, camera, new CameraRestartChange(Enabled: false, new TimeOnly(18, 30), []))).Value);
        Assert.False((await Reader.RestartAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value.Enabled);
    }

    [Fact]
    public async Task Restart_OnNoDay_IsNotSent()
    {
        using var tenant = await OpenAsync();

        Assert.Equal("CameraRestartDays", (await ApplyAsync(tenant, "02CA00000000", new CameraRestartChange(Enabled: true, TimeOnly.MinValue, []))).Error!.Key);
    }

    [Fact]
    public async Task Licence_OfASharedCamera_IsNotSent()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var done = await ApplyAsync(tenant, await IdAsync(tenant, "共用 荷捌き場"), new CameraLicenceChange(null));

        Assert.Equal("CameraShared", Assert.IsType<ObstacleError>(done.Error).Why.Key);
    }

    [Fact]
    public async Task Limit_Another_AndBackToTheUsual()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "静岡 浜松蓄電所");

        Assert.True((await ApplyAsync(tenant, camera, new CameraLimitChange(100))).Value);
        Assert.Equal(TimeSpan.FromHours(100), (await Reader.QuotaAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value.Limit);
        Assert.True((await ApplyAsync(tenant, camera, new CameraLimitChange(null))).Value);
        Assert.Equal(CameraQuota.Free, (await Reader.QuotaAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value.Limit);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1501)]
    public async Task Limit_BeyondWhatTheVendorTakes_IsNotSent(int hours)
    {
        using var tenant = await OpenAsync();

        Assert.Equal("CameraLimit", (await ApplyAsync(tenant, "02CA00000000", new CameraLimitChange(hours))).Error!.Key);
    }

    [Fact]
    public async Task RealTimeAccess_IsSwitchedOn()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "京都 舞鶴太陽光");

        Assert.True((await ApplyAsync(tenant, camera, new CameraRealTimeChange(Enabled: true))).Value);
        Assert.True((await Reader.OptionsAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value.RealTimeAccess!.Enabled);
    }

    [Fact]
    public async Task Firmware_ThatWaits_IsInstalled_AndTheCameraIsOfflineMeanwhile()
    {
        using var tenant = await OpenAsync();
        var camera = await IdAsync(tenant, "福島 いわき蓄電所");
        Assert.NotNull((await SeenAsync(tenant, camera)).NextFirmware);

        Assert.True((await ApplyAsync(tenant, camera, new CameraFirmwareInstallation())).Value);

        Assert.False((await SeenAsync(tenant, camera)).Camera.Connected);
    }

    [Fact]
    public async Task Firmware_NoneWaits_IsNotSent()
    {
        using var tenant = await OpenAsync();

        var done = await ApplyAsync(tenant, await IdAsync(tenant, "広島 呉充電ステーション"), new CameraFirmwareInstallation());

        Assert.Equal("CameraUpToDate", Assert.IsType<ObstacleError>(done.Error).Why.Key);
    }

    [Fact]
    public async Task Reboot_ACameraThatIsOffline_IsNotSent()
    {
        using var tenant = await OpenAsync();

        var done = await ApplyAsync(tenant, await IdAsync(tenant, "香川 坂出蓄電所"), new CameraReboot());

        Assert.Equal("CameraOffline", Assert.IsType<ObstacleError>(done.Error).Why.Key);
    }

    private Task<TenantContext> OpenAsync() => scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);

    private Task<Result<bool>> ApplyAsync(TenantContext tenant, string camera, CameraChange change) =>
        scene.Get<CameraChanges>().ApplyAsync(tenant, SoracomCoverage.Japan, camera, change, Watchdog.Token);

    private async Task<SeenCamera> SeenAsync(TenantContext tenant, string camera) => (await Reader.GetAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value;

    private async Task<string> IdAsync(TenantContext tenant, string name) =>
        (await scene.Get<CameraList>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Cameras.Single(camera => camera.Name == name).DeviceId;
}
