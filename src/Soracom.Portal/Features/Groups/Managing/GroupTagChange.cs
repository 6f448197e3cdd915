using Soracom.Api.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups.Managing;

/// <summary>A tag of a group set to a value, or taken away. The name is one, too.</summary>
/// <param name="Key">The tag's key.</param>
/// <param name="Value">Its value, which may be empty; null takes it away.</param>
public sealed record GroupTagChange(string Key, string? Value)
{
    /// <summary>The most characters of a name, and of a tag's key or value. The vendor documents no limit.</summary>
    public const int MostCharacters = 200;

    /// <summary>The change of a group's name.</summary>
    /// <param name="name">The name; empty for none.</param>
    /// <returns>The change.</returns>
    public static GroupTagChange OfName(string name) => new(GroupRow.NameTag, string.IsNullOrWhiteSpace(name) ? null : name);

    /// <summary>What turns a group's labels into others; nothing else of it is touched.</summary>
    /// <param name="before">The tags as they were seen, but for the name.</param>
    /// <param name="after">The tags as they are wanted, but for the name.</param>
    /// <returns>The changes: what is taken away, and then what is set.</returns>
    public static IReadOnlyList<GroupTagChange> Between(IReadOnlyDictionary<string, string> before, IReadOnlyList<KeyValuePair<string, string>> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var kept = after.Select(tag => tag.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. before.Keys.Where(key => !kept.Contains(key)).Order(StringComparer.Ordinal).Select(key => new GroupTagChange(key, Value: null)),
            .. after.Where(tag => !before.TryGetValue(tag.Key, out var value) || value != tag.Value).Select(tag => new GroupTagChange(tag.Key, tag.Value)),
        ];
    }

    /// <summary>What is wrong with the tags of a group, but for the name.</summary>
    /// <param name="tags">The tags.</param>
    /// <returns>The error; null when nothing is.</returns>
    public static InputError? Wrong(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return new InputError("GroupTagTwice", twice.Key);
        }

        return tags.Any(tag => tag.Key == GroupRow.NameTag) ? new InputError("GroupTagKey", MostCharacters) : tags.Select(tag => new GroupTagChange(tag.Key, tag.Value).Wrong()).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>What is wrong with it, whatever the group.</summary>
    /// <returns>The error; null when nothing is.</returns>
    public InputError? Wrong() =>
        string.IsNullOrWhiteSpace(Key) || Key.Length > MostCharacters ? new InputError("GroupTagKey", MostCharacters)
        : Value is not { Length: > MostCharacters } ? null
        : Key == GroupRow.NameTag ? new InputError("GroupName", MostCharacters)
        : new InputError("GroupTagValue", MostCharacters);

    /// <summary>Whether a group is so already.</summary>
    internal bool IsIn(Group group) => Value is null ? !group.Tags.ContainsKey(Key) : group.Tags.TryGetValue(Key, out var value) && string.Equals(value, Value, StringComparison.Ordinal);
}
