using System.Text.Encodings.Web;
using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>Changes of settings in one line for the audit trail: secrets are masked, long values cut.</summary>
internal static class SettingsInWords
{
    private const int LongestValue = 80;
    private const int LongestLine = 1_800;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What changes do: what is changed, what it was and what it is to be, each part of what was or will be with its place.</summary>
    public static (string What, string Before, string After) Of(IEnumerable<SettingChange> changes)
    {
        var shown = ShownChange.Of(changes);
        return (Line(shown.Select(Place)), Line(shown.Where(change => change.Before is not null).Select(change => $"{Place(change)}: {Of(change.Before)}")), Line(shown.Where(change => change.After is not null).Select(change => $"{Place(change)}: {Of(change.After)}")));
    }

    private static string Place(ShownChange change) => $"{change.Place.Setting}{change.Place.Path}";

    private static string Line(IEnumerable<string> parts)
    {
        var line = string.Join("; ", parts);
        return line.Length <= LongestLine ? line : $"{line.AsSpan(0, LongestLine)}…";
    }

    private static string Of(JsonElement? value)
    {
        var text = value is { } there ? JsonSerializer.Serialize(there, Readable) : "–";
        return text.Length <= LongestValue ? text : $"{text.AsSpan(0, LongestValue)}…";
    }
}
