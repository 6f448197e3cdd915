using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>What lies between two states of a group's settings.</summary>
internal static class SettingsDifference
{
    /// <summary>The settings that differ, in the order of their names. Numbers are compared by what they say, not by how they are written.</summary>
    public static IReadOnlyList<SettingChange> Between(GroupSettings before, GroupSettings after)
    {
        var changes = new List<SettingChange>();
        foreach (var (setting, value) in before.All)
        {
            if (after[setting] is not { } then)
            {
                changes.Add(new SettingChange(setting, value, null));
            }
            else if (!JsonElement.DeepEquals(value, then))
            {
                changes.Add(new SettingChange(setting, value, then));
            }
        }

        changes.AddRange(after.All.Where(setting => before[setting.Key] is null).Select(setting => new SettingChange(setting.Key, null, setting.Value)));
        changes.Sort((one, other) => SettingKey.Order.Compare(one.Setting, other.Setting));
        return changes;
    }

    /// <summary>Settings after changes. What a change says of before is not looked at.</summary>
    public static GroupSettings After(this GroupSettings settings, IEnumerable<SettingChange> changes) => changes.Aggregate(
        settings, (state, change) => change.After is { } value ? state.With(change.Setting, value) : state.Without(change.Setting));
}
