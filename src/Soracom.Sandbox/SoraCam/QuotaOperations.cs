using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>The quota of exports and streams.</summary>
internal static class QuotaOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("GET", "/devices/{device_id}/exports/usage", "getSoraCamDeviceExportUsage", call => Usage(call.Camera(), call.Now, call.Options.Undocumented.TellsQuota)),
        Row("PUT", "/devices/{device_id}/exports/usage/limit_override", "updateSoraCamDeviceExportUsageLimitOverride", Override),
        Row("DELETE", "/devices/{device_id}/exports/usage/limit_override", "deleteSoraCamDeviceExportUsageLimitOverride", Reset),
    ];

    private static Answer Override(Call call)
    {
        var camera = call.Camera();
        var hours = call.Body.Object().Integer("limitHours", 0, Quota.MostHours) ?? throw new VendorException(VendorErrors.Required, "limitHours");
        camera = camera with { LimitHours = (int)hours };
        call.Put(camera);
        return Usage(camera, call.Now, isTold: true);
    }

    private static Answer Reset(Call call)
    {
        call.Put(call.Camera() with { LimitHours = null });
        return Answer.NoContent;
    }

    private static Answer Usage(Camera camera, DateTimeOffset now, bool isTold)
    {
        var (limit, used) = (Quota.Limit(camera), Quota.Used(camera, now));
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("deviceId", camera.DeviceId);
            json.WriteString("meteredYearMonth", Quota.Month(now));
            if (isTold)
            {
                Write(json, "video", "Seconds", limit, used);
                Write(json, "image", "Frames", limit, used);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>A still costs as much as a second of video, so that the figures are the same.</summary>
    private static void Write(Utf8JsonWriter json, string name, string unit, long limit, long used)
    {
        json.WriteStartObject(name);
        json.WriteNumber($"limit{unit}", limit);
        json.WriteNumber($"used{unit}", used);
        json.WriteNumber($"remaining{unit}", Math.Max(0, limit - used));
        json.WriteNumber($"billed{unit}", Quota.Billed(used));
        json.WriteEndObject();
    }
}
