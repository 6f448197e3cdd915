using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.Stills;

/// <summary>Pictures of what cameras recorded: what they cost, and what becomes of those that fail.</summary>
public sealed class CameraStillsTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Take_ARecordingCamera_GivesAJpeg_ForOneSecondOfQuota_AndIsInTheTrail()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);
        var camera = await IdAsync(tenant, "東京 豊洲充電ステーション");
        var before = (await MoreAsync(tenant, camera)).Quota!.Used;

        var still = await TakenAsync(tenant, camera);

        Assert.Null(still.Error);
        Assert.Equal([0xFF, 0xD8], still.Value.Content[..2].ToArray());
        Assert.InRange(still.Value.At, scene.Clock.GetUtcNow().AddHours(-1), scene.Clock.GetUtcNow());
        Assert.Equal(before + TimeSpan.FromSeconds(1), (await MoreAsync(tenant, camera)).Quota!.Used);
        Assert.Equal(
            [AuditOutcome.Begun, AuditOutcome.Succeeded],
            (await scene.TrailAsync(PortalScene.Nagisa)).Where(entry => entry.Action == AuditActions.CameraStillTaken && entry.ObjectId == camera).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Take_NoLicence_SaysThatNothingWasRecorded_AndAsksForNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);
        var camera = await IdAsync(tenant, "沖縄 名護 予備機");

        var still = await scene.Get<CameraStills>().TakeAsync(tenant, SoracomCoverage.Japan, camera, agreed: null, Watchdog.Token);

        Assert.IsType<CameraNothingRecordedError>(still.Error);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.ObjectId == camera);
    }

    [Fact]
    public async Task Take_NoQuotaLeft_SaysSo()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);

        Assert.IsType<CameraQuotaUsedError>((await TakenAsync(tenant, await IdAsync(tenant, "福岡 糸島太陽光"))).Error);
    }

    [Fact]
    public async Task Take_TheVendorFailsEveryTime_SaysThatNothingWasCharged()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);
        var camera = await IdAsync(tenant, "広島 呉充電ステーション");
        var before = (await MoreAsync(tenant, camera)).Quota!.Used;

        Assert.IsType<CameraStillFailedError>((await TakenAsync(tenant, camera)).Error);
        Assert.Equal(before, (await MoreAsync(tenant, camera)).Quota!.Used);
    }

    [Fact]
    public async Task Take_ACameraThatWentOffline_ShowsItsLastMoment()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);

        var still = await TakenAsync(tenant, await IdAsync(tenant, "香川 坂出蓄電所"));

        Assert.InRange(still.Value.At, scene.Clock.GetUtcNow().AddDays(-4), scene.Clock.GetUtcNow().AddDays(-2));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(1000, false)] // The vendor never finds it.
    public async Task Take_TheVendorDoesNotFindWhatItHasBegun_LooksForAMinute_AndThenSaysThatItMayBeCharged(int times, bool found)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);
        var camera = await IdAsync(tenant, "北海道 石狩蓄電所 正門");
        var (before, began) = ((await MoreAsync(tenant, camera)).Quota!.Used, scene.Clock.GetUtcNow());
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Method = "GET", Path = "/v1/sora_cam/devices/*/images/exports/*", Count = times });
        try
        {
            var still = await TakenAsync(tenant, camera);

            Assert.Equal(found ? null : typeof(CameraStillLostError), still.Error?.GetType());
            Assert.InRange(scene.Clock.GetUtcNow() - began, found ? TimeSpan.FromSeconds(8) : CameraStills.FoundWithin, CameraStills.FoundWithin + TimeSpan.FromSeconds(10));
            Assert.Equal(before + CameraStills.Cost, (await MoreAsync(tenant, camera)).Quota!.Used);
        }
        finally
        {
            scene.Sandbox.Faults.Clear();
        }
    }

    [Fact]
    public async Task Take_TheQuotaCanNotBeRead_AsksForNothing_UntilThatWasSeen()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);
        var camera = await IdAsync(tenant, "福島 いわき蓄電所");
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "/v1/sora_cam/devices/*/exports/usage", Count = 1000 });
        try
        {
            var unread = Assert.IsType<CameraQuotaUnreadError>((await TakenAsync(tenant, camera, new CameraAgreed(CameraStills.Cost, CameraStills.Cost))).Error);

            Assert.Equal([1L, 72], unread.Arguments);
            Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.ObjectId == camera);
            // A card that is asked again tries again, and goes no further.
            Assert.False((ShownStill.None with { Error = unread }).Agreed(quota: null).Unread);
            Assert.Null((await TakenAsync(tenant, camera, unread.Now)).Error);
            Assert.Contains(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.ObjectId == camera && entry.Action == AuditActions.CameraStillTaken);
        }
        finally
        {
            scene.Sandbox.Faults.Clear();
        }
    }

    /// <summary>Takes a picture while time goes by.</summary>
    private async Task<Result<CameraStill>> TakenAsync(TenantContext tenant, string camera, CameraAgreed? agreed = null)
    {
        var taking = scene.Get<CameraStills>().TakeAsync(tenant, SoracomCoverage.Japan, camera, agreed, Watchdog.Token);
        while (!taking.IsCompleted)
        {
            var waiting = scene.Clock.TimerWithinAsync(CameraStills.Interval, Watchdog.Token);
            if (await Task.WhenAny(taking, waiting) == waiting)
            {
                scene.Clock.Advance(await scene.Clock.TimerWithinAsync(CameraStills.Interval, Watchdog.Token));
            }
        }

        return await taking;
    }

    private async Task<CameraMore> MoreAsync(TenantContext tenant, string camera) =>
        (await scene.Get<CameraList>().MoreAsync(tenant, SoracomCoverage.Japan, camera, Watchdog.Token)).Value;

    private async Task<string> IdAsync(TenantContext tenant, string name) =>
        (await scene.Get<CameraList>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Cameras.Single(camera => camera.Name == name).DeviceId;
}
