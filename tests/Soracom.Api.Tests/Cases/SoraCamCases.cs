using System.Text;
using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

/// <summary>The small demo operator's cameras: one that records all the time, one that records motion, one without licence, one that is shared.</summary>
internal sealed class SoraCamCases : IApiCases
{
    private const int Continuous = 0;
    private const int Motion = 1;
    private const int Unlicensed = 2;
    private const int Shared = 3;

    private const string NoCamera = "02CA00000000";
    private const string NoExport = "00000000-0000-0000-0000-000000000000";

    public static IEnumerable<ApiCase> All => [.. Cameras, .. Settings, .. Licences, .. Recordings, .. Exports, .. Quota, .. Data, .. Unknown];

    private static IEnumerable<ApiCase> Cameras =>
    [
        new("listSoraCamDevices", 200, api => api.CallAsync("listSoraCamDevices")),
        new("listSoraCamDevices", 200, api => api.CallAsync("listSoraCamDevices", global: true)) { About = "Global, where there are none" },
        Good("getSoraCamDevice", Continuous),
        Good("getSoraCamDevice", Unlicensed),
        Good("handleDeleteSoraCamDevice", Continuous),
        Good("getSoraCamDeviceName", Continuous),
        Good("setSoraCamDeviceName", Continuous, new { name = "裏口" }),
        Bad("setSoraCamDeviceName", new { name = "" }),
        Good("getSoraCamDevicePowerState", Continuous),
        Good("setSoraCamDevicePowerState", Continuous, new { powerState = "sleep" }),
        Bad("setSoraCamDevicePowerState", new { powerState = "off" }),
        Good("rebootSoraCamDevice", Continuous),
        Good("rebootSoraCamDevice", Motion, new { }),
        new("listSoraCamDeviceAtomCamFirmwareUpdates", 200, api => api.CallAsync("listSoraCamDeviceAtomCamFirmwareUpdates")),
        Good("getSoraCamDeviceAtomCamFirmwareUpdate", Continuous),
        new("getSoraCamDeviceAtomCamFirmwareUpdate", 204, api => OnAsync(api, "getSoraCamDeviceAtomCamFirmwareUpdate", Motion)),
        Good("updateSoraCamDeviceAtomCamFirmware", Continuous),
        new("updateSoraCamDeviceAtomCamFirmware", 400, api => OnAsync(api, "updateSoraCamDeviceAtomCamFirmware", Motion)),
        Good("getSoraCamDeviceAtomCamOptions", Continuous),
        Good("updateSoraCamDeviceAtomCamOptionsRealTimeAccess", Motion, new { enabled = true }),
        Bad("updateSoraCamDeviceAtomCamOptionsRealTimeAccess", new { }),
        Good("getSoraCamDeviceAtomCamLiveImage", Continuous),
        new("getSoraCamDeviceAtomCamLiveImage", 422, api => OnAsync(api, "getSoraCamDeviceAtomCamLiveImage", Motion)),
    ];

    private static IEnumerable<ApiCase> Settings =>
    [
        Good("getSoraCamDeviceAtomCamSettings", Continuous),
        .. new (string Name, object Value)[]
        {
            ("Logo", "off"), ("Motion", "off"), ("MotionSensitivity", "high"), ("MotionTagging", "on"), ("NightVision", "auto"), ("Quality", "low"), ("Rotation", 180),
            ("Sound", "off"), ("SoundSensitivity", "low"), ("StatusLight", "off"), ("Timestamp", "off"),
        }.SelectMany(setting => (ApiCase[])
        [
            Good($"getSoraCamDeviceAtomCamSettings{setting.Name}", Continuous),
            Good($"setSoraCamDeviceAtomCamSettings{setting.Name}", Continuous, new { state = setting.Value }),
            Bad($"setSoraCamDeviceAtomCamSettings{setting.Name}", new { state = "sometimes" }),
        ]),
        Good("getSoraCamDeviceAtomCamSettingsSelfReboot", Continuous),
        Good("setSoraCamDeviceAtomCamSettingsSelfReboot", Continuous, new { enabled = true, time = "18:30", daysOfWeek = new[] { 0, 3 } }),
        Bad("setSoraCamDeviceAtomCamSettingsSelfReboot", new { enabled = true, time = "24:00" }),
    ];

    private static IEnumerable<ApiCase> Licences =>
    [
        Good("assignSoraCamDeviceAtomCamLicense", Unlicensed, new { type = "CR14-SC" }),
        new("assignSoraCamDeviceAtomCamLicense", 304, api => OnAsync(api, "assignSoraCamDeviceAtomCamLicense", Continuous, new { type = "CR14-SC" })),
        Bad("assignSoraCamDeviceAtomCamLicense", new { type = "CR1-SC" }),
        new("assignSoraCamDeviceAtomCamLicense", 403, api => OnAsync(api, "assignSoraCamDeviceAtomCamLicense", Unlicensed, new { type = "CR90-SC" })) { About = "none free" },
        new("assignSoraCamDeviceAtomCamLicense", 403, api => OnAsync(api, "assignSoraCamDeviceAtomCamLicense", Shared, new { type = "CR14-SC" })) { About = "shared" },
        new("unassignSoraCamDeviceAtomCamLicense", 204, api => OnAsync(api, "unassignSoraCamDeviceAtomCamLicense", Continuous)),
        new("unassignSoraCamDeviceAtomCamLicense", 403, api => OnAsync(api, "unassignSoraCamDeviceAtomCamLicense", Shared)),
        new("listSoraCamLicensePacks", 200, api => api.CallAsync("listSoraCamLicensePacks")),
        new("listSoraCamLicensePacks", 400, api => api.CallAsync("listSoraCamLicensePacks", global: true)),
        new("updateSoraCamLicensePackQuantity", 204, api => api.CallAsync("updateSoraCamLicensePackQuantity", ["MR90-SC"], body: new { currentQuantity = 0, desiredQuantity = 2 })),
        new("updateSoraCamLicensePackQuantity", 400, api => api.CallAsync("updateSoraCamLicensePackQuantity", ["MR90-SC"], body: new { currentQuantity = 1, desiredQuantity = 2 })),
    ];

    private static IEnumerable<ApiCase> Recordings =>
    [
        new("listSoraCamDeviceEvents", 200, api => api.CallAsync("listSoraCamDeviceEvents", query: "limit=100")),
        new("listSoraCamDeviceEvents", 200, async api => await api.CallAsync("listSoraCamDeviceEvents", query: $"device_id={await CameraAsync(api, Motion)}&sort=asc")) { About = "of one" },
        new("listSoraCamDeviceEvents", 400, api => api.CallAsync("listSoraCamDeviceEvents", query: "limit=101")),
        Good("listSoraCamDeviceEventsForDevice", Continuous),
        new("listSoraCamDeviceEventsForDevice", 400, api => OnAsync(api, "listSoraCamDeviceEventsForDevice", Continuous, query: "from=2&to=1")),
        Good("listSoraCamDeviceRecordingsAndEvents", Continuous),
        Good("listSoraCamDeviceRecordingsAndEvents", Motion),
        new("listSoraCamDeviceRecordingsAndEvents", 400, api => OnAsync(api, "listSoraCamDeviceRecordingsAndEvents", Continuous, query: "sort=random")),
        new("listSoraCamDeviceRecordingsAndEvents", 404, api => OnAsync(api, "listSoraCamDeviceRecordingsAndEvents", Unlicensed)) { About = "nothing recorded" },
        new("getSoraCamDeviceStreamingVideo", 200, async api => await OnAsync(api, "getSoraCamDeviceStreamingVideo", Continuous, query: await RangeAsync(api))),
        new("getSoraCamDeviceStreamingVideo", 400, api => OnAsync(api, "getSoraCamDeviceStreamingVideo", Continuous, query: "from=1775000000000&to=1775000900001")),
        new("getSoraCamDeviceStreamingVideo", 404, api => OnAsync(api, "getSoraCamDeviceStreamingVideo", Unlicensed)) { About = "nothing recorded" },
    ];

    private static IEnumerable<ApiCase> Exports =>
    [
        new("exportSoraCamDeviceRecordedVideo", 200, api => ExportVideoAsync(api)),
        Bad("exportSoraCamDeviceRecordedVideo", new { from = 2, to = 1 }),
        new("exportSoraCamDeviceRecordedVideo", 403, api => WithoutHarvestFilesAsync(api, "exportSoraCamDeviceRecordedVideo", new { from = 1, to = 2, harvestFiles = new { pathPrefix = "/x" } })),
        new("getSoraCamDeviceExportedVideo", 200, async api => await ExportedAsync(api, "getSoraCamDeviceExportedVideo", await ExportVideoAsync(api))),
        new("getSoraCamDeviceExportedVideo", 404, async api => await api.CallAsync("getSoraCamDeviceExportedVideo", [await CameraAsync(api, Continuous), NoExport])) { About = "no export" },
        new("exportSoraCamDeviceRecordedImage", 200, api => ExportImageAsync(api)),
        Bad("exportSoraCamDeviceRecordedImage", new { time = long.MaxValue }),
        new("exportSoraCamDeviceRecordedImage", 403, api => WithoutHarvestFilesAsync(api, "exportSoraCamDeviceRecordedImage", new { time = 1, harvestFiles = new { } })),
        new("exportSoraCamDeviceRecordedImage", 404, api => OnAsync(api, "exportSoraCamDeviceRecordedImage", Continuous, new { time = 1 })) { About = "nothing recorded" },
        new("getSoraCamDeviceExportedImage", 200, async api => await ExportedAsync(api, "getSoraCamDeviceExportedImage", await ExportImageAsync(api))),
        new("getSoraCamDeviceExportedImage", 404, async api => await api.CallAsync("getSoraCamDeviceExportedImage", [await CameraAsync(api, Continuous), NoExport])) { About = "no export" },
        .. new (string Kind, Func<ApiCalls, Task<Reply>> Make)[] { ("Video", ExportVideoAsync), ("Image", ExportImageAsync) }.SelectMany(one => (ApiCase[])
        [
            new($"listSoraCamDevice{one.Kind}Exports", 200, async api => { await one.Make(api); return await api.CallAsync($"listSoraCamDevice{one.Kind}Exports", query: "limit=1"); }),
            new($"listSoraCamDevice{one.Kind}Exports", 404, api => api.CallAsync($"listSoraCamDevice{one.Kind}Exports", query: $"device_id={NoCamera}")),
            new($"listSoraCamDevice{one.Kind}ExportsForDevice", 200, async api => { await one.Make(api); return await OnAsync(api, $"listSoraCamDevice{one.Kind}ExportsForDevice", Continuous); }),
        ]),
    ];

    private static IEnumerable<ApiCase> Quota =>
    [
        Good("getSoraCamDeviceExportUsage", Continuous),
        Good("updateSoraCamDeviceExportUsageLimitOverride", Continuous, new { limitHours = 1500 }),
        Bad("updateSoraCamDeviceExportUsageLimitOverride", new { limitHours = 1501 }),
        new("deleteSoraCamDeviceExportUsageLimitOverride", 204, api => OnAsync(api, "deleteSoraCamDeviceExportUsageLimitOverride", Continuous)),
    ];

    private static IEnumerable<ApiCase> Data =>
    [
        .. new Func<HttpContent>[]
        {
            () => new StringContent("{\"people\":5}", Encoding.UTF8, "application/json"), () => new StringContent("五人"), () => new ByteArrayContent([0xFF, 0]),
        }.SelectMany((content, index) => (ApiCase[])
        [
            new("createSoraCamDeviceDataEntry", 201, api => OnAsync(api, "createSoraCamDeviceDataEntry", Continuous, content())) { About = $"type {index}" },
            new("updateSoraCamDeviceDataEntry", 200, async api => await api.CallAsync("updateSoraCamDeviceDataEntry", [await CameraAsync(api, Continuous), "1775000000000"], body: content())) { About = $"type {index}" },
        ]),
        new("createSoraCamDeviceDataEntry", 400, api => OnAsync(api, "createSoraCamDeviceDataEntry", Continuous, new StringContent("{", Encoding.UTF8, "application/json"))),
    ];

    /// <summary>Every operation on a camera, with one that there is not.</summary>
    private static IEnumerable<ApiCase> Unknown => Contract.ApiContract.Operations.Values
        .Where(operation => operation.Path.StartsWith("/sora_cam/devices/{device_id}", StringComparison.Ordinal))
        .Select(operation => new ApiCase(
            operation.Id,
            404,
            api => api.CallAsync(operation.Id, [NoCamera, .. OtherValues(operation.Path)], body: operation.Body is null ? null : "{}")));

    private static string[] OtherValues(string path) =>
        path.EndsWith("/{export_id}", StringComparison.Ordinal) ? [NoExport] : path.EndsWith("/{time}", StringComparison.Ordinal) ? ["1"] : [];

    private static ApiCase Good(string operation, int camera, object? body = null) =>
        new(operation, 200, api => OnAsync(api, operation, camera, body)) { About = $"camera {camera}" };

    private static ApiCase Bad(string operation, object body) => new(operation, 400, api => OnAsync(api, operation, Continuous, body));

    private static async Task<Reply> OnAsync(ApiCalls api, string operation, int camera, object? body = null, string query = "", Pair? caller = null) =>
        await api.CallAsync(operation, [await CameraAsync(api, camera)], query, body, caller);

    private static async Task<string> CameraAsync(ApiCalls api, int index) =>
        (await api.CallAsync("listSoraCamDevices")).Json[index].GetProperty("deviceId").GetString()!;

    /// <summary>A minute that the first camera recorded.</summary>
    private static async Task<(long From, long To)> MinuteAsync(ApiCalls api)
    {
        var records = (await OnAsync(api, "listSoraCamDeviceRecordingsAndEvents", Continuous)).Json.GetProperty("records");
        var whole = records.EnumerateArray().First(record => record.TryGetProperty("endTime", out _));
        var from = whole.GetProperty("startTime").GetInt64();
        return (from, from + 60_000);
    }

    private static async Task<string> RangeAsync(ApiCalls api)
    {
        var (from, to) = await MinuteAsync(api);
        return $"from={from}&to={to}";
    }

    private static async Task<Reply> ExportVideoAsync(ApiCalls api)
    {
        var (from, to) = await MinuteAsync(api);
        return await OnAsync(api, "exportSoraCamDeviceRecordedVideo", Continuous, new { from, to });
    }

    private static async Task<Reply> ExportImageAsync(ApiCalls api)
    {
        var (time, _) = await MinuteAsync(api);
        return await OnAsync(api, "exportSoraCamDeviceRecordedImage", Continuous, new { time, imageFilters = new[] { "wide_angle_correction" } });
    }

    /// <summary>Reads an export as soon as its file is there.</summary>
    private static async Task<Reply> ExportedAsync(ApiCalls api, string operation, Reply export)
    {
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        return await api.CallAsync(operation, [export["deviceId"]!, export["exportId"]!]);
    }

    private static async Task<Reply> WithoutHarvestFilesAsync(ApiCalls api, string operation, object body)
    {
        const string Permission = """{"statements":[{"effect":"allow","api":["SoraCam:*","OAuth2:authorize"]}]}""";
        await api.CallAsync("updateUserPermission", [api.Aoba.OperatorId, "portal"], body: new { permission = Permission });
        return await OnAsync(api, operation, Continuous, body, caller: await api.Host.SignInAsync(api.Aoba.User("portal")));
    }
}
