using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.List;

/// <summary>Cameras as the vendor's calls tell of them.</summary>
public sealed class CameraListTests(ClassScene own) : IClassFixture<ClassScene>, IDisposable
{
    private readonly PortalScene scene = own.Scene;

    private CameraList List => scene.Get<CameraList>();

    public void Dispose() => scene.Sandbox.Faults.Clear();

    [Fact]
    public async Task Read_TellsEveryCamera_AndTheFirmwareThatWaits()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var listing = await List.ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

        Assert.Null(listing.Failure);
        Assert.Equal(["共用 荷捌き場", "川崎第一 正門", "成田 事務所", "横浜 冷蔵庫前"], listing.Cameras.Select(camera => camera.Name).Order(StringComparer.Ordinal));
        var gate = listing.Cameras.Single(camera => camera.Name == "川崎第一 正門");
        Assert.Equal(("ATOM Cam 2", "4.58.0.124", "4.58.0.160", true, "on"), (gate.Model, gate.Firmware, gate.NextFirmware, gate.Connected, gate.Power));
        Assert.True(listing.Cameras.Single(camera => camera.Name == "共用 荷捌き場").Shared);
        Assert.Null(listing.Cameras.Single(camera => camera.Name == "成田 事務所").NextFirmware);
    }

    [Fact]
    public async Task More_ALicensedCamera_TellsLicenceQuotaAndLastEvent()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var more = await List.MoreAsync(tenant, SoracomCoverage.Japan, await IdAsync(tenant, "川崎第一 正門"), Watchdog.Token);

        Assert.Equal(new CameraLicence(CameraLicenceKind.Continuous, 14), more.Value.Licence);
        Assert.Equal(TimeSpan.FromHours(72), more.Value.Quota!.Limit);
        Assert.Equal(more.Value.Quota.Limit - more.Value.Quota.Used, more.Value.Quota.Left);
        Assert.InRange(more.Value.LastEventAt!.Value, scene.Clock.GetUtcNow().AddDays(-1), scene.Clock.GetUtcNow());
    }

    [Fact]
    public async Task More_ACameraWithoutALicence_HasNoQuota()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var more = await List.MoreAsync(tenant, SoracomCoverage.Japan, await IdAsync(tenant, "横浜 冷蔵庫前"), Watchdog.Token);

        Assert.Equal((CameraLicence.None, null), (more.Value.Licence, more.Value.Quota));
    }

    [Fact]
    public async Task Read_TheFirmwaresFail_ListsTheCamerasAllTheSame()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sora_cam/devices/atom_cam/firmware/updates", Status = 503 });

        var listing = await List.ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

        Assert.Equal(4, listing.Cameras.Count);
        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>(listing.FirmwareFailure).Kind);
    }

    [Fact]
    public async Task Read_TheVendorFails_SaysHow()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sora_cam/devices", Status = 403 });

        var listing = await List.ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

        Assert.Empty(listing.Cameras);
        Assert.Equal(VendorErrorKind.Denied, Assert.IsType<VendorError>(listing.Failure).Kind);
    }

    private async Task<string> IdAsync(Soracom.Portal.Security.TenantContext tenant, string name) =>
        (await List.ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Cameras.Single(camera => camera.Name == name).DeviceId;
}
