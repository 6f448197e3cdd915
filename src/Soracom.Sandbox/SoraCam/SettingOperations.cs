using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Settings of cameras: two operations for each row of <see cref="CameraSetting.All"/>, and the weekly reboot.</summary>
internal static partial class SettingOperations
{
    private const string Root = "/devices/{device_id}/atom_cam/settings";

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("GET", Root, "getSoraCamDeviceAtomCamSettings", GetAll),
        .. CameraSetting.All.SelectMany(setting => (Operation[])
        [
            Row("GET", $"{Root}/{setting.Path}", $"getSoraCamDeviceAtomCamSettings{setting.Operation}", call => Get(call, setting)),
            Row("POST", $"{Root}/{setting.Path}", $"setSoraCamDeviceAtomCamSettings{setting.Operation}", call => Set(call, setting)),
        ]),
        Row("GET", $"{Root}/self_reboot", "getSoraCamDeviceAtomCamSettingsSelfReboot", GetSelfReboot),
        Row("POST", $"{Root}/self_reboot", "setSoraCamDeviceAtomCamSettingsSelfReboot", SetSelfReboot),
    ];

    private static Camera Reachable(Call call)
    {
        var camera = call.Camera();
        return camera.Licence is not null || camera.HasRealTimeAccess
            ? camera
            : throw new VendorException(SoraCamErrors.NoLicence) { Status = call.Options.Undocumented.CameraWithoutLicence };
    }

    private static Answer GetAll(Call call)
    {
        var camera = Reachable(call);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            foreach (var setting in CameraSetting.All)
            {
                setting.Write(json, setting.Member, camera);
            }

            json.WriteEndObject();
        });
    }

    private static Answer Get(Call call, CameraSetting setting)
    {
        var camera = Reachable(call);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            setting.Write(json, "state", camera);
            json.WriteEndObject();
        });
    }

    private static Answer Set(Call call, CameraSetting setting)
    {
        var camera = Reachable(call);
        var value = setting.Read(call.Body.Object());
        var others = camera.Settings.Where(one => one.Key != setting.Path);
        call.Put(camera with { Settings = others.Append(new(setting.Path, value)).ToFrozenDictionary(StringComparer.Ordinal) });
        return Answer.EmptyOk;
    }

    private static Answer GetSelfReboot(Call call)
    {
        var plan = Reachable(call).SelfReboot;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("enabled", plan.Enabled);
            json.WriteString("time", plan.Time);
            json.WriteStartArray("daysOfWeek");
            foreach (var day in plan.Days)
            {
                json.WriteNumberValue(day);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Answer SetSelfReboot(Call call)
    {
        var camera = Reachable(call);
        var body = call.Body.Object();
        var enabled = body.Flag("enabled") ?? throw new VendorException(VendorErrors.Required, "enabled");
        var time = body.Text("time") ?? SelfReboot.Never.Time;
        if (!Clock().IsMatch(time))
        {
            throw new VendorException(VendorErrors.OutOfRange, "time", "00:00", "23:59");
        }

        var plan = new SelfReboot(enabled, time, Days(body) ?? SelfReboot.EveryDay);
        call.Put(camera with { SelfReboot = plan, NextReboot = plan.NextAfter(call.Now) });
        return Answer.EmptyOk;
    }

    private static IReadOnlyList<int>? Days(JsonFields body)
    {
        if (body.Value("daysOfWeek") is not { ValueKind: not JsonValueKind.Null } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new VendorException(VendorErrors.NotAnArray, "daysOfWeek");
        }

        return [.. value.EnumerateArray().Select(Day).Distinct().Order()];
    }

    private static int Day(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var day))
        {
            throw new VendorException(VendorErrors.NotAnInteger, "daysOfWeek");
        }

        return day is >= 0 and <= 6 ? day : throw new VendorException(VendorErrors.OutOfRange, "daysOfWeek", "0", "6");
    }

    [GeneratedRegex("^([01][0-9]|2[0-3]):[0-5][0-9]\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clock();
}
