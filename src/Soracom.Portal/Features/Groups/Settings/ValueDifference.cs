using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>Where two values of one setting differ: objects member by member, lists place by place.</summary>
internal static class ValueDifference
{
    /// <summary>The places that differ, none inside another.</summary>
    /// <param name="before">The value before; null when it was not set.</param>
    /// <param name="after">The value after; null when it is not set.</param>
    public static IReadOnlyList<ValueChange> Between(JsonElement? before, JsonElement? after)
    {
        var changes = new List<ValueChange>();
        Add(ValuePath.Root, before, after, changes);
        return changes;
    }

    private static void Add(ValuePath path, JsonElement? before, JsonElement? after, List<ValueChange> changes)
    {
        if (before is not { } was || after is not { } then)
        {
            if (before is not null || after is not null)
            {
                changes.Add(new ValueChange(path, before, after));
            }
        }
        else if (was.ValueKind == JsonValueKind.Object && then.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in was.EnumerateObject().Concat(then.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
            {
                Add(path.Member(name), was.Member(name), then.Member(name), changes);
            }
        }
        else if (was.ValueKind == JsonValueKind.Array && then.ValueKind == JsonValueKind.Array)
        {
            var (here, there) = (was.GetArrayLength(), then.GetArrayLength());
            for (var i = 0; i < Math.Max(here, there); i++)
            {
                Add(path.Element(i), i < here ? was[i] : null, i < there ? then[i] : null, changes);
            }
        }
        else if (!JsonElement.DeepEquals(was, then))
        {
            changes.Add(new ValueChange(path, before, after));
        }
    }
}
