using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>One place of a group's settings before and after, as it may be shown: secrets are masked, also where they differ.</summary>
/// <param name="Place">The place.</param>
/// <param name="Before">What was there; null where nothing was.</param>
/// <param name="After">What is there then; null where nothing is.</param>
/// <param name="IsSecret">Whether both are masked, so that it can only be told that they differ.</param>
public sealed record ShownChange(MergePlace Place, JsonElement? Before, JsonElement? After, bool IsSecret)
{
    /// <summary>All places that changes are about, in the order of the settings.</summary>
    public static IReadOnlyList<ShownChange> Of(IEnumerable<SettingChange> changes) => [.. changes.SelectMany(Of)];

    /// <summary>The places of one change.</summary>
    public static IEnumerable<ShownChange> Of(SettingChange change)
    {
        JsonElement? before = change.Before is { } was ? SettingSecrets.Masked(change.Setting, was) : null;
        JsonElement? after = change.After is { } then ? SettingSecrets.Masked(change.Setting, then) : null;
        return change.Inside.Select(inside =>
        {
            var (one, other) = (inside.Path.In(before), inside.Path.In(after));
            return new ShownChange(new MergePlace(change.Setting, inside.Path), one, other, one is { } a && other is { } b && JsonElement.DeepEquals(a, b));
        });
    }
}
