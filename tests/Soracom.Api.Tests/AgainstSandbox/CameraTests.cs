using System.IO.Compression;
using Soracom.Api.Errors;
using Soracom.Api.SoraCam;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>The client's cameras, answered by the sandbox: what a person does with them.</summary>
public sealed class CameraTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Recording_IsFound_Exported_AndDownloaded()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var api = sandbox.For(sandbox.Aoba).SoraCam;
        var camera = (await api.ListSoraCamDevicesAsync(Stop))[0];
        var past = await api.ListSoraCamDeviceRecordingsAndEventsAsync(camera.DeviceId, cancellationToken: Stop);
        var record = past.Content.Records!.First(record => record.EndTime is not null);
        var before = (await api.GetSoraCamDeviceExportUsageAsync(camera.DeviceId, Stop)).Video!.UsedSeconds;

        var export = await api.ExportSoraCamDeviceRecordedVideoAsync(
            camera.DeviceId, new VideoExportRequest { From = record.StartTime!.Value, To = record.StartTime.Value.AddSeconds(20) }, Stop);
        while (export.Status is ExportStatus.Initializing or ExportStatus.Processing)
        {
            sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
            export = await api.GetSoraCamDeviceExportedVideoAsync(camera.DeviceId, export.ExportId, Stop);
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await using var content = await http.GetStreamAsync(new Uri(export.Url!), Stop);
        using var file = new MemoryStream();
        await content.CopyToAsync(file, Stop);
        using var archive = new ZipArchive(file);

        Assert.Equal(ExportStatus.Completed, export.Status);
        Assert.EndsWith(".mp4", Assert.Single(archive.Entries).FullName, StringComparison.Ordinal);
        Assert.Equal(before + 20, (await api.GetSoraCamDeviceExportUsageAsync(camera.DeviceId, Stop)).Video!.UsedSeconds);
        Assert.Equal(export.ExportId, Assert.Single((await api.ListSoraCamDeviceVideoExportsAsync(cancellationToken: Stop)).Items).ExportId);
    }

    [Fact]
    public async Task Settings_AreRead_Changed_AndReadBack()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var api = sandbox.For(sandbox.Aoba).SoraCam;
        var id = (await api.ListSoraCamDevicesAsync(Stop))[0].DeviceId;

        await api.SetSoraCamDeviceAtomCamSettingsRotationAsync(id, new RotationSetting { State = 180 }, Stop);
        await api.SetSoraCamDeviceAtomCamSettingsNightVisionAsync(id, new NightVisionSetting { State = NightVisionState.Off }, Stop);
        await api.SetSoraCamDeviceAtomCamSettingsSelfRebootAsync(id, new SelfRebootSetting { Enabled = true, Time = "18:00" }, Stop);
        await api.SetSoraCamDeviceNameAsync(id, new CameraName { Name = "裏口" }, Stop);
        var settings = await api.GetSoraCamDeviceAtomCamSettingsAsync(id, Stop);
        var reboot = await api.GetSoraCamDeviceAtomCamSettingsSelfRebootAsync(id, Stop);

        Assert.Equal((180, NightVisionState.Off), (settings.Rotation, settings.NightVision));
        Assert.Equal("18:00", reboot.Time);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], reboot.DaysOfWeek!);
        Assert.Equal("裏口", (await api.GetSoraCamDeviceAsync(id, Stop)).Name);
    }

    [Fact]
    public async Task Licence_IsBought_Assigned_AndTheSameAgainIsNothing()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var api = sandbox.For(sandbox.Aoba).SoraCam;
        var id = (await api.ListSoraCamDevicesAsync(Stop))[2].DeviceId;
        var licence = new LicenceAssignment { Type = LicenceType.Motion90 };

        await Assert.ThrowsAsync<SoracomPermissionException>(() => api.AssignSoraCamDeviceAtomCamLicenseAsync(id, licence, Stop));
        await api.UpdateSoraCamLicensePackQuantityAsync(LicenceType.Motion90, new LicencePackQuantity { CurrentQuantity = 0, DesiredQuantity = 1 }, Stop);
        var given = await api.AssignSoraCamDeviceAtomCamLicenseAsync(id, licence, Stop);
        var again = await api.AssignSoraCamDeviceAtomCamLicenseAsync(id, licence, Stop);

        Assert.Equal(LicenceType.Motion90, given?.Type);
        Assert.Null(again);
        Assert.Equal(1, (await api.ListSoraCamLicensePacksAsync(Stop)).Single(pack => pack.Id == LicenceType.Motion90).QuantityInUse);
        Assert.Null(await api.GetSoraCamDeviceAtomCamFirmwareUpdateAsync(id, Stop));
    }

    [Fact]
    public async Task Events_AreWalkedPageByPage_AndAStreamIsPlayed()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var api = sandbox.For(sandbox.Aoba).SoraCam;
        var now = sandbox.Clock.GetUtcNow();

        var events = await SoracomPaging.WalkAsync(
            "listSoraCamDeviceEvents",
            (key, stop) => api.ListSoraCamDeviceEventsAsync(lastEvaluatedKey: key, limit: 20, from: now.AddDays(-1), sort: SortOrder.Ascending, cancellationToken: stop),
            Stop).ToListAsync(Stop);
        var first = events.First(one => one.EventInfo!.AtomEventV1!.Type == CameraEventType.Motion);
        var stream = await api.GetSoraCamDeviceStreamingVideoAsync(first.DeviceId!, first.Time, first.Time!.Value.AddMinutes(1), Stop);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var manifest = await http.GetStringAsync(new Uri(stream.PlayList![0].Url!), Stop);

        Assert.True(events.Count > 20);
        Assert.Equal(events.Select(one => one.Time).Order(), events.Select(one => one.Time));
        Assert.Contains("<MPD", manifest, StringComparison.Ordinal);
    }
}
