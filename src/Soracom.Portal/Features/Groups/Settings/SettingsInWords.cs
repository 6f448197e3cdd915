using System.Text.Encodings.Web;
using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>Changes of settings in one line for the audit trail: secrets are masked, long values cut.</summary>
internal static class SettingsInWords
{
    private const int LongestValue = 80;
    private const int LongestLine = 1_800;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What changes do.</summary>
    public static string Of(IEnumerable<SettingChange> changes)
    {
        var line = string.Join("; ", ShownChange.Of(changes).Select(Of));
        return line.Length <= LongestLine ? line : $"{line.AsSpan(0, LongestLine)}…";
    }

    private static string Of(ShownChange change) => $"{change.Place.Setting}{change.Place.Path}: {Of(change.Before)} -> {Of(change.After)}";

    private static string Of(JsonElement? value)
    {
        var text = value is { } there ? JsonSerializer.Serialize(there, Readable) : "–";
        return text.Length <= LongestValue ? text : $"{text.AsSpan(0, LongestValue)}…";
    }
}
