using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Cameras themselves: names, power, options.</summary>
internal static class CameraOperations
{
    private static readonly TimeSpan LiveImageLife = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("GET", "/devices", "listSoraCamDevices", List),
        Row("GET", "/devices/{device_id}", "getSoraCamDevice", Get),
        Row("DELETE", "/devices/{device_id}", "handleDeleteSoraCamDevice", Delete),
        Row("GET", "/devices/{device_id}/name", "getSoraCamDeviceName", call => One("name", call.Camera().Name)),
        Row("POST", "/devices/{device_id}/name", "setSoraCamDeviceName", SetName),
        Row("GET", "/devices/{device_id}/power_state", "getSoraCamDevicePowerState", call => One("powerState", PowerState(call.Camera()))),
        Row("POST", "/devices/{device_id}/power_state", "setSoraCamDevicePowerState", SetPowerState),
        Row("POST", "/devices/{device_id}/reboot", "rebootSoraCamDevice", Reboot),
        Row("GET", "/devices/{device_id}/atom_cam/options", "getSoraCamDeviceAtomCamOptions", GetOptions),
        Row("PUT", "/devices/{device_id}/atom_cam/options/real_time_access", "updateSoraCamDeviceAtomCamOptionsRealTimeAccess", SetRealTimeAccess),
        Row("GET", "/devices/{device_id}/atom_cam/live_image", "getSoraCamDeviceAtomCamLiveImage", GetLiveImage),
    ];

    private static Answer List(Call call)
    {
        Camera[] cameras = [.. call.SoraCam().Cameras];
        return Answer.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var camera in cameras)
            {
                Write(json, camera, withLicence: false);
            }

            json.WriteEndArray();
        });
    }

    private static Answer Get(Call call)
    {
        var camera = call.Camera();
        return Answer.Ok(json => Write(json, camera, withLicence: true));
    }

    private static Answer Delete(Call call)
    {
        call.SoraCam().Remove(call.Camera());
        return Answer.EmptyOk;
    }

    private static Answer SetName(Call call)
    {
        var camera = call.Camera();
        var name = call.Body.Object().RequiredText("name");
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new VendorException(VendorErrors.Required, "name");
        }

        call.Put(camera with { Name = name });
        return Answer.EmptyOk;
    }

    private static Answer SetPowerState(Call call)
    {
        var camera = call.Camera();
        var state = call.Body.Object().Choice("powerState", "on", "sleep") ?? throw new VendorException(VendorErrors.Required, "powerState");
        call.Put(camera with { IsAsleep = state == "sleep" });
        return Answer.EmptyOk;
    }

    private static Answer Reboot(Call call)
    {
        call.SoraCam().Reboot(call.Camera(), call.Now);
        return Answer.EmptyOk;
    }

    private static Answer GetOptions(Call call)
    {
        var enabled = call.Camera().HasRealTimeAccess;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("realTimeAccess");
            json.WriteBoolean("enabled", enabled);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static Answer SetRealTimeAccess(Call call)
    {
        var camera = call.Camera();
        var enabled = call.Body.Object().Flag("enabled") ?? throw new VendorException(VendorErrors.Required, "enabled");
        call.Put(camera with { HasRealTimeAccess = enabled });
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("enabled", enabled);
            json.WriteEndObject();
        });
    }

    private static Answer GetLiveImage(Call call)
    {
        var camera = call.Camera();
        return camera is { HasRealTimeAccess: true, IsConnected: true, IsAsleep: false }
            ? One("url", CameraFiles.PictureLink(call, camera.DeviceId, call.NowMilliseconds(), LiveImageLife))
            : throw new VendorException(SoraCamErrors.NotReachable);
    }

    private static Answer One(string name, string value) => Answer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    });

    private static string PowerState(Camera camera) => camera.IsAsleep ? "sleep" : "on";

    private static void Write(Utf8JsonWriter json, Camera camera, bool withLicence)
    {
        json.WriteStartObject();
        json.WriteString("deviceId", camera.DeviceId);
        json.WriteString("name", camera.Name);
        json.WriteString("productDisplayName", camera.Product);
        json.WriteString("deviceCategory", "Camera");
        json.WriteString("firmwareVersion", camera.Firmware);
        json.WriteString("powerState", PowerState(camera));
        json.WriteBoolean("connected", camera.IsConnected);
        json.WriteNumber("lastConnectedTime", camera.LastConnected);
        json.WriteBoolean("isShared", camera.IsShared);
        json.WriteStartObject("configuration");
        json.WriteBoolean("motionDetectionEnabled", CameraSetting.Motion.IsOn(camera));
        json.WriteBoolean("audioAlarmEnabled", CameraSetting.Sound.IsOn(camera));
        json.WriteBoolean("smokeAlarmEnabled", false);
        json.WriteEndObject();
        if (withLicence)
        {
            json.WriteStartArray("appliedLicenses");
            if (camera.Licence is { } licence)
            {
                json.WriteStartObject();
                json.WriteString("name", licence.Name);
                json.WriteString("value", licence.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
