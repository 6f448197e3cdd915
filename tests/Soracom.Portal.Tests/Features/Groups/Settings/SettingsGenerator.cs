using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Settings;

/// <summary>Random settings of a group, out of so few names and values that they often meet.</summary>
internal static class SettingsGenerator
{
    private static readonly Gen<string> Name = Gen.Elements("enabled", "metadata", "password", "headerKey", "headerValue", "設定", "a/b~c", "tcp://beam.soracom.io:8023", "");

    private static readonly Gen<string> Scalar = Gen.Elements("true", "false", "null", "0", "1", "1.0", "1e2", "-7", "\"\"", "\"a\"", "\"Authorization\"", "\"東京\"", "\"\\u0000\"", "12345678901234567890.123");

    private static readonly Gen<SettingKey> Setting =
        from space in Gen.Elements("SoracomAir", "SoracomBeam", "UnifiedEndpoint")
        from key in Name
        select new SettingKey(space, key);

    /// <summary>Any JSON, some levels deep.</summary>
    public static Gen<JsonElement> Value => Json(3).Select(text => JsonElement.Parse(text));

    /// <summary>Settings of a group.</summary>
    public static Gen<GroupSettings> Settings =>
        (from setting in Setting
         from value in Value
         select (setting, value)).ListOf().Select(all => all.Take(8).Aggregate(GroupSettings.None, (settings, one) => settings.With(one.setting, one.value)));

    /// <summary>Settings, and what has become of them in two hands.</summary>
    public static Gen<(GroupSettings Basis, GroupSettings Mine, GroupSettings Theirs)> Fork =>
        from basis in Settings
        from mine in Changed(basis)
        from theirs in Changed(basis)
        select (basis, mine, theirs);

    private static Gen<GroupSettings> Changed(GroupSettings settings) =>
        from edits in Gen.Zip(Setting, Gen.Frequency((3, Value.Select(value => (JsonElement?)value)), (1, Gen.Constant<JsonElement?>(null)))).ListOf()
        from kept in Gen.Choose(0, 3)
        select edits.Take(kept).Aggregate(settings, (state, edit) => edit.Item2 is { } value ? state.With(edit.Item1, value) : state.Without(edit.Item1));

    private static Gen<string> Json(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency(
            (2, Scalar),
            (2, Gen.Zip(Name, Json(depth - 1)).ListOf().Select(members =>
                $"{{{string.Join(',', members.Take(4).DistinctBy(member => member.Item1).Select(member => $"{JsonSerializer.Serialize(member.Item1)}:{member.Item2}"))}}}")),
            (1, Json(depth - 1).ListOf().Select(elements => $"[{string.Join(',', elements.Take(3))}]")));
}
