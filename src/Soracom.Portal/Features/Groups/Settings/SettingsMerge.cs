using System.Text.Json;
using System.Text.Json.Nodes;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>Whose value stands.</summary>
public enum MergeSide
{
    /// <summary>That of the draft.</summary>
    Mine,

    /// <summary>That at the vendor.</summary>
    Theirs,
}

/// <summary>A place that both have changed, each in another way.</summary>
/// <param name="Place">The place.</param>
/// <param name="Base">What both began with; null when nothing was there.</param>
/// <param name="Mine">What the draft says.</param>
/// <param name="Theirs">What is at the vendor.</param>
/// <param name="Chosen">Whose was chosen; null while nobody has.</param>
public sealed record MergeConflict(MergePlace Place, JsonElement? Base, JsonElement? Mine, JsonElement? Theirs, MergeSide? Chosen);

/// <summary>A place in a group's settings.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Path">The place in its value.</param>
public sealed record MergePlace(SettingKey Setting, ValuePath Path);

/// <summary>
/// A draft brought together with what was changed at the vendor meanwhile. What only one of them changed is taken from that one; objects are
/// brought together member by member, since several people work on one value; lists are not, since their places mean nothing.
/// </summary>
public sealed class SettingsMerge
{
    private readonly IReadOnlyDictionary<MergePlace, MergeSide> chosen;
    private readonly List<MergeConflict> conflicts = [];

    private SettingsMerge(IReadOnlyDictionary<MergePlace, MergeSide> chosen) => this.chosen = chosen;

    /// <summary>The settings of both; where nobody has chosen yet, what is at the vendor.</summary>
    public GroupSettings Settings { get; private set; } = GroupSettings.None;

    /// <summary>Where both had changed something in another way, also where somebody has chosen.</summary>
    public IReadOnlyList<MergeConflict> Conflicts => conflicts;

    /// <summary>Whether something is still to be chosen.</summary>
    public bool IsOpen => conflicts.Exists(conflict => conflict.Chosen is null);

    /// <summary>Brings a draft together with the vendor's settings.</summary>
    /// <param name="basis">What the draft began with.</param>
    /// <param name="mine">The draft.</param>
    /// <param name="theirs">What is at the vendor now.</param>
    /// <param name="chosen">What was chosen for conflicts.</param>
    public static SettingsMerge Of(GroupSettings basis, GroupSettings mine, GroupSettings theirs, IReadOnlyDictionary<MergePlace, MergeSide> chosen)
    {
        var merge = new SettingsMerge(chosen);
        var settings = theirs;
        foreach (var setting in mine.All.Concat(theirs.All).Concat(basis.All).Select(one => one.Key).Distinct().Order(SettingKey.Order))
        {
            var merged = merge.Merge(new MergePlace(setting, ValuePath.Root), basis[setting], mine[setting], theirs[setting]);
            settings = merged is { } value ? settings.With(setting, value) : settings.Without(setting);
        }

        merge.Settings = settings;
        return merge;
    }

    private static bool Same(JsonElement? one, JsonElement? other) =>
        one is { } a && other is { } b ? JsonElement.DeepEquals(a, b) : one is null && other is null;

    /// <summary>Whether a value is secret may depend on a name beside it, as with headers: the two are taken from one side.</summary>
    private static bool IsNamed(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } holder && (holder.Member("headerKey") ?? holder.Member("headerValue") ?? holder.Member("value") ?? holder.Member("val")) is not null;

    private JsonElement? Merge(MergePlace place, JsonElement? basis, JsonElement? mine, JsonElement? theirs)
    {
        if (Same(mine, theirs) || Same(mine, basis))
        {
            return theirs;
        }

        if (Same(theirs, basis))
        {
            return mine;
        }

        if (mine is { ValueKind: JsonValueKind.Object } ours && theirs is { ValueKind: JsonValueKind.Object } others && basis is null or { ValueKind: JsonValueKind.Object }
            && !IsNamed(basis) && !IsNamed(mine) && !IsNamed(theirs))
        {
            return Members(place, basis, ours, others);
        }

        var side = chosen.TryGetValue(place, out var choice) ? choice : (MergeSide?)null;
        conflicts.Add(new MergeConflict(place, basis, mine, theirs, side));
        return side == MergeSide.Mine ? mine : theirs;
    }

    private JsonElement Members(MergePlace place, JsonElement? basis, JsonElement mine, JsonElement theirs)
    {
        var merged = new JsonObject();
        foreach (var name in theirs.EnumerateObject().Concat(mine.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
        {
            if (Merge(place with { Path = place.Path.Member(name) }, basis?.Member(name), mine.Member(name), theirs.Member(name)) is { } value)
            {
                merged[name] = value.ToNode();
            }
        }

        return merged.ToElement();
    }
}
