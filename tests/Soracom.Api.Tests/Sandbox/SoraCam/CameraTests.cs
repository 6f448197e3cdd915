using System.Text.Json;
using Soracom.Sandbox;
using static Soracom.Api.Tests.Sandbox.SoraCam.CameraScene;

namespace Soracom.Api.Tests.Sandbox.SoraCam;

public sealed class CameraTests
{
    [Fact]
    public async Task DemoCameras_AreOfEveryKind()
    {
        await using var scene = await CameraScene.StartAsync(DemoFleets.Nagisa);

        var cameras = (await scene.CallAsync("listSoraCamDevices")).Json.EnumerateArray().ToList();

        Assert.Equal(12, cameras.Count);
        Assert.Equal(12, cameras.Select(camera => camera.GetProperty("deviceId").GetString()).Distinct().Count());
        Assert.Single(cameras, camera => !camera.GetProperty("connected").GetBoolean());
        Assert.Single(cameras, camera => camera.GetProperty("powerState").GetString() == "sleep");
        Assert.All(cameras, camera => Assert.False(camera.TryGetProperty("appliedLicenses", out _)));
        Assert.Equal(2, (await scene.CallAsync("listSoraCamDeviceAtomCamFirmwareUpdates")).Json.GetArrayLength());
    }

    [Fact]
    public async Task OfflineCamera_HasRecordedUntilItWasLost()
    {
        const int Offline = 9;
        await using var scene = await CameraScene.StartAsync(DemoFleets.Nagisa);
        var lost = (await scene.OnAsync("getSoraCamDevice", Offline)).Json.GetProperty("lastConnectedTime").GetInt64();

        var (records, _) = await scene.PastAsync(Offline);

        Assert.Equal(lost, End(records[^1]));
        (await scene.OnAsync("getSoraCamDeviceStreamingVideo", Offline)).Refused(404);
    }

    [Fact]
    public async Task Firmware_IsInstalledWhileTheCameraIsOffline()
    {
        await using var scene = await CameraScene.StartAsync();
        var waiting = (await scene.OnAsync("getSoraCamDeviceAtomCamFirmwareUpdate", Continuous)).Json[0].GetProperty("firmwareVersion").GetString();

        await scene.OnAsync("updateSoraCamDeviceAtomCamFirmware", Continuous);
        var during = await scene.OnAsync("getSoraCamDevice", Continuous);
        var again = await scene.OnAsync("updateSoraCamDeviceAtomCamFirmware", Continuous);
        var live = await scene.OnAsync("getSoraCamDeviceAtomCamLiveImage", Continuous);
        scene.Clock.Advance(TimeSpan.FromSeconds(90));
        var after = await scene.OnAsync("getSoraCamDevice", Continuous);

        Assert.False(during.Json.GetProperty("connected").GetBoolean());
        Assert.NotEqual(waiting, during["firmwareVersion"]);
        again.Refused(400);
        live.Refused(422);
        Assert.True(after.Json.GetProperty("connected").GetBoolean());
        Assert.Equal(waiting, after["firmwareVersion"]);
        Assert.Equal(204, (await scene.OnAsync("getSoraCamDeviceAtomCamFirmwareUpdate", Continuous)).Status);
    }

    [Fact]
    public async Task Reboot_TakesTheCameraAwayForAMoment()
    {
        await using var scene = await CameraScene.StartAsync();
        await scene.OnAsync("rebootSoraCamDevice", Continuous);
        var (went, during) = (scene.Now, await ConnectedAsync(scene));
        scene.Clock.Advance(TimeSpan.FromSeconds(40));
        var (came, after) = (scene.Now, await ConnectedAsync(scene));
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        var (records, _) = await scene.PastAsync(Continuous);

        Assert.Equal((false, true), (during, after));
        Assert.DoesNotContain(records, record => Start(record) < came && End(record) > went);
    }

    [Fact]
    public async Task SelfReboot_HappensOnItsDays_AtItsTime()
    {
        // The first of April 2026 is a Wednesday.
        await using var scene = await CameraScene.StartAsync();
        await scene.OnAsync("setSoraCamDeviceAtomCamSettingsSelfReboot", Continuous, new { enabled = true, time = "03:15", daysOfWeek = new[] { 4 } });
        var seen = new List<bool>();
        foreach (var time in new[] { "00.03:15:10", "01.03:14:59", "01.03:15:10", "01.03:15:40", "08.03:15:10" })
        {
            scene.Clock.Advance(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.ParseExact(time, @"dd\.hh\:mm\:ss", formatProvider: null) - scene.Clock.GetUtcNow());
            seen.Add(await ConnectedAsync(scene));
        }

        Assert.Equal([true, true, false, true, false], seen);
    }

    [Fact]
    public async Task Camera_Deleted_TakesItsExportsAlong_AndFreesItsLicence()
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        await scene.ExportAsync(Continuous, new { from, to = from + 1000 });
        var picture = (await scene.EventsAsync("listSoraCamDeviceEventsForDevice", [scene.Id(Continuous)], "limit=100"))[0].GetProperty("eventInfo").GetProperty("atomEventV1").GetProperty("picture").GetString()!;
        var before = await InUseAsync(scene, "CR14-SC");

        await scene.OnAsync("handleDeleteSoraCamDevice", Continuous);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        using var gone = await scene.FetchAsync(picture);

        (await scene.OnAsync("getSoraCamDevice", Continuous)).Refused(404);
        Assert.Empty((await scene.CallAsync("listSoraCamDeviceVideoExports")).Json.EnumerateArray());
        Assert.Equal(before - 1, await InUseAsync(scene, "CR14-SC"));
        Assert.Equal(403, (int)gone.StatusCode);
    }

    [Fact]
    public async Task LicencePack_IsChangedOnlyByWhoKnowsItsQuantity_AndNotBelowWhatIsInUse()
    {
        await using var scene = await CameraScene.StartAsync();
        var before = await QuantityAsync(scene, "CR14-SC");

        Assert.Equal(204, (await SetAsync(before, before + 1)).Status);
        (await SetAsync(before, before + 1)).Refused(400);
        (await SetAsync(before + 1, 0)).Refused(400);
        (await SetAsync(before + 1, -1)).Refused(400);
        (await scene.CallAsync("updateSoraCamLicensePackQuantity", ["CR1-SC"], body: new { currentQuantity = 0, desiredQuantity = 1 })).Refused(400);

        Assert.Equal(before + 1, await QuantityAsync(scene, "CR14-SC"));

        Task<Reply> SetAsync(int currentQuantity, int desiredQuantity) =>
            scene.CallAsync("updateSoraCamLicensePackQuantity", ["CR14-SC"], body: new { currentQuantity, desiredQuantity });
    }

    [Fact]
    public async Task Licence_ThatIsTheLastOne_IsGivenToOneCameraOnly()
    {
        await using var scene = await CameraScene.StartAsync();
        Assert.Equal(1, await QuantityAsync(scene, "CR7-SC"));

        Assert.Equal(200, (await scene.OnAsync("assignSoraCamDeviceAtomCamLicense", Motion, new { type = "CR7-SC" })).Status);
        (await scene.OnAsync("assignSoraCamDeviceAtomCamLicense", Unlicensed, new { type = "CR7-SC" })).Refused(403);
        Assert.Equal(204, (await scene.OnAsync("unassignSoraCamDeviceAtomCamLicense", Motion)).Status);
        Assert.Equal(200, (await scene.OnAsync("assignSoraCamDeviceAtomCamLicense", Unlicensed, new { type = "CR7-SC" })).Status);

        var licence = Assert.Single((await scene.OnAsync("getSoraCamDevice", Unlicensed)).Json.GetProperty("appliedLicenses").EnumerateArray());
        Assert.Equal("storage_life=7", licence.GetProperty("value").GetString());
    }

    [Fact]
    public async Task SamUser_NeedsASecondPermissionForMostOfTheCameras()
    {
        await using var scene = await CameraScene.StartAsync();
        var without = await scene.Host.SignInAsync(scene.Host.Aoba.User("limited"));
        var with = await scene.Host.SignInAsync(scene.Host.Aoba.User("portal"));

        (await scene.Calls.CallAsync("listSoraCamDevices", caller: without)).Refused(403);
        Assert.Equal(200, (await scene.Calls.CallAsync("listSoraCamDeviceEvents", caller: without)).Status);
        Assert.Equal(200, (await scene.Calls.CallAsync("getSoraCamDeviceName", [scene.Id(Continuous)], caller: without)).Status);
        Assert.Equal(200, (await scene.Calls.CallAsync("listSoraCamDevices", caller: with)).Status);
    }

    private static async Task<bool> ConnectedAsync(CameraScene scene) =>
        (await scene.OnAsync("getSoraCamDevice", Continuous)).Json.GetProperty("connected").GetBoolean();

    private static async Task<JsonElement> PackAsync(CameraScene scene, string id) =>
        (await scene.CallAsync("listSoraCamLicensePacks")).Json.EnumerateArray().Single(pack => pack.GetProperty("id").GetString() == id);

    private static async Task<int> QuantityAsync(CameraScene scene, string id) => (await PackAsync(scene, id)).GetProperty("quantity").GetInt32();

    private static async Task<int> InUseAsync(CameraScene scene, string id) => (await PackAsync(scene, id)).GetProperty("quantityInUse").GetInt32();
}
