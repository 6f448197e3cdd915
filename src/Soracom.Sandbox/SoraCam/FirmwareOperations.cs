using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Updates of the cameras' firmware: the camera is offline meanwhile, and comes back with the newest.</summary>
internal static class FirmwareOperations
{
    private const int TimeoutSeconds = 300;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("GET", "/devices/atom_cam/firmware/updates", "listSoraCamDeviceAtomCamFirmwareUpdates", call => Answer.Ok(Write(call.SoraCam().Cameras.Where(IsOld)))),
        Row("GET", "/devices/{device_id}/atom_cam/firmware/update", "getSoraCamDeviceAtomCamFirmwareUpdate", Get),
        Row("POST", "/devices/{device_id}/atom_cam/firmware/update", "updateSoraCamDeviceAtomCamFirmware", Update),
    ];

    private static Answer Get(Call call)
    {
        var camera = call.Camera();
        return IsOld(camera) ? Answer.Ok(Write([camera])) : Answer.NoContent;
    }

    private static Answer Update(Call call)
    {
        var camera = call.Camera();
        if (!IsOld(camera) || !camera.IsConnected)
        {
            throw new VendorException(SoraCamErrors.UpToDate);
        }

        call.SoraCam().Update(camera, call.Now);
        return Answer.EmptyOk;
    }

    private static bool IsOld(Camera camera) => camera.Firmware != Camera.NewestFirmware && camera.NextFirmware is null;

    private static Action<System.Text.Json.Utf8JsonWriter> Write(IEnumerable<Camera> cameras)
    {
        string[] ids = [.. cameras.Select(camera => camera.DeviceId)];
        return json =>
        {
            json.WriteStartArray();
            foreach (var id in ids)
            {
                json.WriteStartObject();
                json.WriteString("deviceId", id);
                json.WriteString("firmwareVersion", Camera.NewestFirmware);
                json.WriteNumber("timeout", TimeoutSeconds);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }
}
