using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>A namespace as text: an object of keys, with a line for each member.</summary>
internal static class SpaceText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The settings of one namespace.</summary>
    public static GroupSettings Part(GroupSettings settings, string space) =>
        settings.All.Where(setting => setting.Key.Namespace == space).Aggregate(GroupSettings.None, (part, setting) => part.With(setting.Key, setting.Value));

    /// <summary>A namespace for people to read and to edit.</summary>
    public static string Of(GroupSettings settings, string space) => Written(json =>
    {
        json.WriteStartObject();
        foreach (var (setting, value) in settings.All.Where(setting => setting.Key.Namespace == space))
        {
            json.WritePropertyName(setting.Key);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    });

    /// <summary>One value for people to read and to edit.</summary>
    public static string Of(JsonElement value) => Written(value.WriteTo);

    /// <summary>The namespace that a text stands for, or what is wrong with the text.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="shown">The settings with their secrets masked: a mask in the text has to stand for one of them.</param>
    public static (GroupSettings? Part, JsonProblem? Problem) Read(string text, string space, GroupSettings shown)
    {
        var (value, problem) = JsonText.Read(text);
        if (value is not { } json)
        {
            return (null, problem);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, new JsonProblem(JsonFault.NotObject, 1, 1, string.Empty));
        }

        var part = GroupSettings.None;
        foreach (var member in json.EnumerateObject())
        {
            var setting = new SettingKey(space, member.Name);
            if (SettingSecrets.Unmasked(setting, member.Value, shown[setting]) is null)
            {
                return (null, Mask(text, member.Name));
            }

            part = part.With(setting, member.Value);
        }

        return (part, null);
    }

    /// <summary>The value that a text stands for, or what is wrong with the text.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="shown">Its value with its secrets masked; null when it has none.</param>
    public static (JsonElement? Value, JsonProblem? Problem) Value(string text, SettingKey setting, JsonElement? shown)
    {
        var (value, problem) = JsonText.Read(text);
        return value is { } json && SettingSecrets.Unmasked(setting, json, shown) is null ? (null, Mask(text, setting.Key)) : (value, problem);
    }

    /// <summary>What leads from one state of a namespace to another.</summary>
    public static IReadOnlyList<SettingEdit> Between(GroupSettings before, GroupSettings after) =>
        [.. SettingsDifference.Between(before, after).Select(change => new SettingEdit(change.Setting, change.After))];

    /// <summary>The settings with their secrets masked, those that were typed just now too.</summary>
    public static GroupSettings Masked(GroupSettings settings) =>
        settings.All.Aggregate(settings, (all, setting) => all.With(setting.Key, SettingSecrets.Masked(setting.Key, setting.Value)));

    /// <summary>The first mask of a key's value; of the text, where the key is written with escapes or stands alone.</summary>
    private static JsonProblem Mask(string text, string key)
    {
        var from = Math.Max(0, text.IndexOf($"\"{key}\"", StringComparison.Ordinal));
        var at = Math.Max(0, text.IndexOf(SettingSecrets.Mask, from, StringComparison.Ordinal));
        return new JsonProblem(JsonFault.UnknownMask, text.AsSpan(0, at).Count('\n') + 1, at - (text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1) + 1, key);
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Indented);
        write(json);
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
