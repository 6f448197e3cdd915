using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Soracom.Api.Groups;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>
/// Which parts of settings are secret: they are shown as <see cref="Mask"/>, and what comes back with it stands for what was there. Most
/// layouts are not public, so it goes by names; rather one too many than one too few.
/// </summary>
internal static partial class SettingSecrets
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "••••••••";

    // Below such a name everything is secret.
    private static readonly string[] Words =
    [
        "password", "passwd", "pwd", "passphrase", "passcode", "secret", "psk", "presharedkey", "privatekey", "apikey", "accesskey", "accountkey", "sharedkey", "token", "authorization", "bearer",
        "credential", "connectionstring", "cookie", "sessionid", "パスワード", "パスフレーズ", "秘密", "暗証", "認証キー",
    ];

    private static readonly HashSet<string> WholeNames = new(StringComparer.OrdinalIgnoreCase) { "auth", "pin", "sig", "signature" };

    // They hold these words, and say nothing that is secret: a set of credentials is named by its id.
    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase) { "tokenTimeoutSeconds", "credentialsId", "$credentialsId" };

    // What devices are to read is written, and shown, as it is.
    private static readonly SettingKey UserData = new(GroupNamespace.Air, "userdata");

    /// <summary>Whether what stands at a place is secret, as far as it is a text or a number.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="path">The place in its value.</param>
    /// <param name="parent">The object that holds it; null at the top.</param>
    public static bool IsSecret(SettingKey setting, ValuePath path, JsonElement? parent)
    {
        var steps = path.Steps;
        return (steps.Count == 0 || !Plain.Contains(steps[^1]))
            // The keys of entry points are addresses, those of headers their names: neither says what is below.
            && ((!setting.Key.Contains("://", StringComparison.Ordinal) && IsSecretName(setting.Key))
                || steps.Where((_, place) => place == 0 || !SettingHeaders.Are(steps[place - 1])).Any(IsSecretName)
                || (steps is [.., "key"] && steps.Contains("clientCerts", StringComparer.Ordinal))
                || SettingHeaders.HideValue([setting.Key, .. steps], parent)
                || (steps is [.., "value" or "val"] && NameBeside(parent) is { } name && IsSecretName(name)));
    }

    /// <summary>A value with its secrets masked.</summary>
    public static JsonElement Masked(SettingKey setting, JsonElement value) => Masked(setting, ValuePath.Root, null, value).ToElement();

    /// <summary>What stands at one place of a setting, with its secrets masked; null where nothing does. A header's value is masked whatever the header.</summary>
    public static JsonElement? MaskedAt(MergePlace place, JsonElement? value)
    {
        if (value is not { } there)
        {
            return null;
        }

        var secret = there.ValueKind is JsonValueKind.String or JsonValueKind.Number && place.Path.Steps is [.., "headerValue"] && there.ToString().Length > 0;
        return secret ? JsonSerializer.SerializeToElement(Mask) : Masked(place.Setting, place.Path, null, there).ToElement();
    }

    /// <summary>
    /// A value that was shown masked, with its secrets put back. A mask stands for a secret only where it still is in a secret's place: nobody
    /// reads one by moving it to where it is shown.
    /// </summary>
    /// <param name="setting">The setting.</param>
    /// <param name="masked">The value as it came back.</param>
    /// <param name="original">The value that was shown; null when there was none.</param>
    /// <returns>The value; null where a mask stands for nothing that was there.</returns>
    public static JsonElement? Unmasked(SettingKey setting, JsonElement masked, JsonElement? original)
    {
        try
        {
            return Unmasked(setting, ValuePath.Root, (null, masked), (null, original)).ToElement();
        }
        catch (UnknownMaskException)
        {
            return null;
        }
    }

    /// <summary>Settings that were shown masked, with their secrets put back.</summary>
    /// <param name="masked">The settings as they came back.</param>
    /// <param name="original">The settings that were shown.</param>
    /// <returns>The settings, and those where a mask stands for nothing that was there: they are left out.</returns>
    public static (GroupSettings Settings, IReadOnlyList<SettingKey> Hidden) Unmasked(GroupSettings masked, GroupSettings original)
    {
        var (settings, hidden) = (masked, new List<SettingKey>());
        foreach (var (setting, value) in masked.All)
        {
            if (Unmasked(setting, value, original[setting]) is { } whole)
            {
                settings = settings.With(setting, whole);
            }
            else
            {
                settings = settings.Without(setting);
                hidden.Add(setting);
            }
        }

        return (settings, hidden);
    }

    private static bool IsSecretName(string name)
    {
        var bare = string.Concat(name.Where(char.IsLetterOrDigit));
        return !Plain.Contains(name) && (WholeNames.Contains(bare) || Array.Exists(Words, word => bare.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static string? NameBeside(JsonElement? parent) => parent?.Text("name") ?? parent?.Text("key") ?? parent?.Text("id");

    /// <summary>
    /// Whether a text carries a secret wherever it stands: an address with a user or a signature in it, a connection string, a private key, JSON
    /// or lines with a password; or stands for one.
    /// </summary>
    private static bool CarriesSecret(SettingKey setting, JsonElement value) =>
        setting != UserData && value.ValueKind == JsonValueKind.String && (IsMask(value) || SecretText().IsMatch(value.GetString()!));

    [GeneratedRegex(
        """
        ://[^/?\#\s]+@ | -----BEGIN | \b(?:Bearer|Basic)\s+\S | \beyJ[\w-]+\.[\w-]+\. | \b(?:xox[a-z]|gh[a-z])[-_]\w
        | hooks\.slack\.com/services/ | discord(?:app)?\.com/api/webhooks/ | webhook\.office\.com/ | api\.telegram\.org/bot
        | (?:key|sig|signature|credential|code)=[^&;\s]
        | (?:token|secret|passwor[dt]|passwd|pwd|passphrase|passcode|\bpass|\bpin|psk|authorization|cookie|credential|[-_]key|apikey|accesskey|privatekey|パスワード|暗証番号)[\\"']*\s*[:=:=]\s*[\\"']*[^&;,}\]\s\\"']
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SecretText();

    private static bool IsMask(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals(Mask);

    private static bool HoldsMask(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => HoldsMask(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HoldsMask),
        _ => IsMask(value),
    };

    private static bool Hides(SettingKey setting, ValuePath path, JsonElement? parent, JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString().Length > 0 && (IsSecret(setting, path, parent) || CarriesSecret(setting, value));

    private static JsonNode? Masked(SettingKey setting, ValuePath path, JsonElement? parent, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Masked(setting, path.Member(member.Name), value, member.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select((element, index) => Masked(setting, path.Element(index), value, element))]),
        _ => Hides(setting, path, parent, value) ? JsonValue.Create(Mask) : value.ToNode(),
    };

    /// <exception cref="UnknownMaskException">A mask stands for nothing that was there.</exception>
    private static JsonNode? Unmasked(SettingKey setting, ValuePath path, (JsonElement? Parent, JsonElement Value) masked, (JsonElement? Parent, JsonElement? Value) original)
    {
        switch (masked.Value.ValueKind)
        {
            case JsonValueKind.Object:
                return new JsonObject(masked.Value.EnumerateObject().Select(member => KeyValuePair.Create(
                    member.Name,
                    Unmasked(
                        setting,
                        path.Member(member.Name),
                        (masked.Value, member.Value),
                        (original.Value, original.Value is { ValueKind: JsonValueKind.Object } known ? known.Member(member.Name) : null)))));
            case JsonValueKind.Array:
                return new JsonArray([.. masked.Value.EnumerateArray().Select((element, index) => Unmasked(
                    setting, path.Element(index), (masked.Value, element), (original.Value, Shown(setting, path, masked.Value, index, original.Value))))]);
            default:
                if (!IsMask(masked.Value))
                {
                    return masked.Value.ToNode();
                }

                return original.Value is { } hidden
                    && Hides(setting, path, original.Parent, hidden)
                    && (IsSecret(setting, path, masked.Parent) || CarriesSecret(setting, hidden))
                    ? hidden.ToNode()
                    : throw new UnknownMaskException();
        }
    }

    /// <summary>The element of a list that was shown as one that came back: the only one that looks so, or that of its place where the list is as long as it was.</summary>
    private static JsonElement? Shown(SettingKey setting, ValuePath path, JsonElement masked, int index, JsonElement? original)
    {
        if (original is not { ValueKind: JsonValueKind.Array } list || !HoldsMask(masked[index]))
        {
            return null;
        }

        var alike = list.EnumerateArray().Where((element, place) => JsonElement.DeepEquals(Masked(setting, path.Element(place), list, element).ToElement(), masked[index])).Take(2).ToList();
        return alike.Count == 1 ? alike[0] : list.GetArrayLength() == masked.GetArrayLength() ? list[index] : null;
    }

#pragma warning disable CA1032, CA1064 // Thrown and caught in this file.
    private sealed class UnknownMaskException : Exception;
#pragma warning restore CA1032, CA1064
}
