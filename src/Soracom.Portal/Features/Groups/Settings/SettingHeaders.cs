using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>
/// Headers inside settings, in any of the ways in which they are written: an object by name, a list of names with values, lines of text.
/// Nobody knows what a header carries that somebody has thought up, so each value is secret but those of a few that are known.
/// </summary>
internal static class SettingHeaders
{
    private const string NameMember = "headerKey";
    private const string ValueMember = "headerValue";

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Encoding", "Content-Language", "Content-Type", "Host", "User-Agent",
    };

    /// <summary>Whether there are headers below a name.</summary>
    public static bool Are(string name) => name.EndsWith("headers", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether what stands at a place is the value of a header, and not of one that is known to be harmless.</summary>
    /// <param name="steps">The names that lead to the place, the setting's key first.</param>
    /// <param name="parent">The object that holds it; null at the top.</param>
    public static bool HideValue(IReadOnlyList<string> steps, JsonElement? parent)
    {
        var below = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            below = Are(steps[i]) ? i + 1 : below;
        }

        if (steps[^1] == ValueMember)
        {
            return IsHidden(parent?.Text(NameMember) ?? steps[^2]);
        }

        if (below == 0)
        {
            return false;
        }

        return (steps.Count - below) switch
        {
            // All of them in one text.
            0 => true,
            // What a header has beside its value.
            > 1 when steps[^1] is "action" or NameMember or "name" or "key" => false,
            _ => IsHidden(parent?.Text(NameMember) ?? parent?.Text("name") ?? parent?.Text("key") ?? steps[below]),
        };
    }

    private static bool IsHidden(string name) => !Harmless.Contains(name.Trim());
}
