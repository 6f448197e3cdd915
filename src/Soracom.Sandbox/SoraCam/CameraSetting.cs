using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.SoraCam;

/// <summary>A setting that is one of some values. Each is an operation to read and one to write.</summary>
/// <param name="Path">The last segment of its path.</param>
/// <param name="Operation">What its operations' ids end with.</param>
/// <param name="Values">What it may be; the first is the default.</param>
internal sealed record CameraSetting(string Path, string Operation, params string[] Values)
{
    public static readonly CameraSetting Motion = new("motion", "Motion", "on", "off");
    public static readonly CameraSetting Sound = new("sound", "Sound", "on", "off");

    public static IReadOnlyList<CameraSetting> All { get; } =
    [
        new("logo", "Logo", "on", "off"),
        Motion,
        new("motion_sensitivity", "MotionSensitivity", "medium", "high", "low"),
        new("motion_tagging", "MotionTagging", "off", "on"),
        new("night_vision", "NightVision", "auto", "on", "off"),
        new("quality", "Quality", "high", "medium", "low"),
        new("rotation", "Rotation", "0", "180") { IsNumber = true },
        Sound,
        new("sound_sensitivity", "SoundSensitivity", "medium", "high", "low"),
        new("status_light", "StatusLight", "on", "off"),
        new("timestamp", "Timestamp", "on", "off"),
    ];

    /// <summary>Whether it is a number on the wire.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Its name among all settings.</summary>
    public string Member { get; } = JsonNamingPolicy.CamelCase.ConvertName(Operation);

    public string Of(Camera camera) => camera.Settings.GetValueOrDefault(Path, Values[0]);

    public bool IsOn(Camera camera) => Of(camera) == "on";

    /// <summary>What a body sets it to.</summary>
    public string Read(JsonFields body)
    {
        if (!IsNumber)
        {
            return body.Choice("state", Values) ?? throw new VendorException(VendorErrors.Required, "state");
        }

        var value = body.Integer("state", long.MinValue, long.MaxValue)?.ToString(CultureInfo.InvariantCulture)
            ?? throw new VendorException(VendorErrors.Required, "state");
        return Values.Contains(value, StringComparer.Ordinal)
            ? value
            : throw new VendorException(VendorErrors.NotAChoice, "state", string.Join(", ", Values));
    }

    public void Write(Utf8JsonWriter json, string name, Camera camera)
    {
        if (IsNumber)
        {
            json.WriteNumber(name, int.Parse(Of(camera), CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteString(name, Of(camera));
        }
    }
}
