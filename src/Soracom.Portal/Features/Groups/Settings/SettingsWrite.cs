using Soracom.Api.Groups;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>
/// What is sent for one namespace (operations putConfigurationParameters and deleteConfigurationParameter). All keys of the namespace are
/// put, changed or not, so that a service that resets what is left out and one that keeps it come to the same.
/// </summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Put">The keys to put, with their whole values; none when keys are only removed.</param>
/// <param name="Remove">The keys to remove, one by one.</param>
/// <param name="RemoveFirst">Whether removing comes first: otherwise new and old together would be too large for the vendor.</param>
internal sealed record SettingsWrite(string Namespace, IReadOnlyList<GroupSetting> Put, IReadOnlyList<string> Remove, bool RemoveFirst)
{
    /// <summary>
    /// What is to be sent to come from one state to another, namespace by namespace; those that shrink come first, so that the rest finds room.
    /// </summary>
    public static IReadOnlyList<SettingsWrite> Between(GroupSettings before, GroupSettings after)
    {
        var state = before;
        var writes = new List<SettingsWrite>();
        foreach (var changes in SettingsDifference.Between(before, after)
            .GroupBy(change => change.Setting.Namespace, StringComparer.Ordinal)
            .Select(space => space.ToList())
            .OrderBy(changes => before.After(changes).Size))
        {
            writes.Add(Of(changes[0].Setting.Namespace, changes, state, after));
            state = state.After(changes);
        }

        return writes;
    }

    private static SettingsWrite Of(string name, IReadOnlyList<SettingChange> changes, GroupSettings before, GroupSettings after)
    {
        var set = changes.Where(change => change.After is not null).ToList();
        var tooLarge = before.After(set).Size > GroupSettings.LargestSize;
        return new SettingsWrite(
            name,
            set.Count == 0 ? [] : [.. after.All.Where(setting => setting.Key.Namespace == name).Select(setting => new GroupSetting { Key = setting.Key.Key, Value = setting.Value })],
            [.. changes.Where(change => change.After is null).Select(change => change.Setting.Key)],
            tooLarge);
    }
}
