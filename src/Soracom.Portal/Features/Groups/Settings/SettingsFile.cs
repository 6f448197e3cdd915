using System.Text.Json;
using Soracom.Api.Groups;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>Reads settings out of a file: as this portal exports them, or a whole group in the vendor's form.</summary>
internal static class SettingsFile
{
    /// <summary>The longest file, in characters: what the vendor keeps, with generous white space.</summary>
    public const int Longest = 128 * 1024;

    private const string Configuration = "configuration";

    private static readonly string[] Known =
    [
        GroupNamespace.Air, GroupNamespace.Beam, GroupNamespace.Endorse, GroupNamespace.Flux, GroupNamespace.Funk, GroupNamespace.Funnel, GroupNamespace.Harvest,
        GroupNamespace.HarvestFiles, GroupNamespace.Krypton, GroupNamespace.Orbit, GroupNamespace.UnifiedEndpoint,
    ];

    /// <summary>The settings of a file.</summary>
    /// <param name="json">The file.</param>
    /// <param name="now">What the group has: a mask in the file stands for the secret that is there.</param>
    /// <returns>The settings; or an <see cref="InputError"/>.</returns>
    public static Result<GroupSettings> Read(string json, GroupSettings now)
    {
        if (json.Length > Longest)
        {
            return new InputError("GroupFileLong", Longest / 1024);
        }

        if (JsonText.Check(json) is { } fault)
        {
            return new InputError("GroupFileJson", fault.Line, fault.Column, fault.Found);
        }

        GroupSettings told;
        try
        {
            told = GroupSettings.Parse(Inner(json));
        }
        catch (JsonException error)
        {
            return new InputError("GroupFileJson", (error.LineNumber ?? 0) + 1, (error.BytePositionInLine ?? 0) + 1, error.Path ?? "$");
        }

        // What the group has already may stay, known or not.
        var strange = told.Namespaces.Except(Known, StringComparer.Ordinal).Except(now.Namespaces, StringComparer.Ordinal).ToList();
        if (strange.Count > 0)
        {
            return new InputError("GroupFileNamespace", string.Join(", ", strange));
        }

        var (settings, hidden) = SettingSecrets.Unmasked(told, now);
        return hidden.Count == 0 ? settings : new InputError("GroupFileSecrets", string.Join(", ", hidden));
    }

    private static string Inner(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.Member(Configuration) is { ValueKind: JsonValueKind.Object } inner
            && !root.EnumerateObject().Any(member => Known.Contains(member.Name, StringComparer.Ordinal))
            ? inner.GetRawText()
            : json;
    }
}
