using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>Finds groups among those that are known, and puts them in order.</summary>
internal static class GroupSearch
{
    /// <summary>The groups that a view wants, in its order. Those with nothing in the column come last, whichever way it is sorted.</summary>
    public static IReadOnlyList<ListedGroup> Find(IEnumerable<ListedGroup> groups, GroupQuery query)
    {
        var found = Matching(groups, query);
        var ordered = query.SortBy switch
        {
            GroupColumn.Sims => Ordered(found, query, group => group.Sims is { } sims ? sims.Total : (int?)null),
            GroupColumn.Tags => Ordered(found, query, group => Texts(group.Tags.Select(ListedGroup.Written))),
            GroupColumn.Namespaces => Ordered(found, query, group => Texts(group.Namespaces)),
            GroupColumn.Modified => Ordered(found, query, group => group.ModifiedAt),
            GroupColumn.Written => Ordered(found, query, group => group.WrittenAt),
            _ => Ordered(found, query, NameOf),
        };
        return [.. ordered
            .ThenBy(group => NameOf(group) is null)
            .ThenBy(NameOf, StringComparer.Ordinal)
            .ThenBy(group => group.GroupId, StringComparer.Ordinal)
            .ThenBy(group => group.Coverage)];
    }

    /// <summary>The tags that there are, by their keys and with their values, and how many groups each would leave.</summary>
    public static IReadOnlyList<FilterOption> Tags(IReadOnlyCollection<ListedGroup> groups, GroupQuery query) =>
        Options(groups, query with { Tags = FilterValues.None }, query.Tags, group => group.Tags.Keys.Concat(group.Tags.Select(ListedGroup.Written)), tag => tag);

    /// <summary>The namespaces that are in use, and how many groups each would leave.</summary>
    public static IReadOnlyList<FilterOption> Namespaces(IReadOnlyCollection<ListedGroup> groups, GroupQuery query) =>
        Options(groups, query with { Namespaces = FilterValues.None }, query.Namespaces, group => group.Namespaces, NamespaceNames.Short);

    private static List<FilterOption> Options(
        IReadOnlyCollection<ListedGroup> groups, GroupQuery others, FilterValues chosen, Func<ListedGroup, IEnumerable<string>> valuesOf, Func<string, string> label)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in groups.SelectMany(valuesOf).Concat(chosen))
        {
            counts.TryAdd(value, 0);
        }

        foreach (var value in Matching(groups, others).SelectMany(group => valuesOf(group).Distinct(StringComparer.Ordinal)))
        {
            counts[value]++;
        }

        return [.. counts.Select(count => new FilterOption(count.Key, label(count.Key)) { Count = count.Value }).OrderBy(option => option.Label, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static IEnumerable<ListedGroup> Matching(IEnumerable<ListedGroup> groups, GroupQuery query)
    {
        var words = Folding.Words(query.Text);
        return groups.Where(group =>
            (query.Tags.Count == 0 || query.Tags.Any(group.HasTag))
            && (query.Namespaces.Count == 0 || group.Namespaces.Any(query.Namespaces.Contains))
            && (!query.WithoutSims || group.Sims is { Total: 0 })
            && words.All(word => group.Text.Contains(word, StringComparison.Ordinal)));
    }

    private static IOrderedEnumerable<ListedGroup> Ordered<T>(IEnumerable<ListedGroup> groups, GroupQuery query, Func<ListedGroup, T?> key)
        where T : struct
    {
        var known = groups.OrderBy(group => key(group) is null);
        return query.Descending ? known.ThenByDescending(key) : known.ThenBy(key);
    }

    private static IOrderedEnumerable<ListedGroup> Ordered(IEnumerable<ListedGroup> groups, GroupQuery query, Func<ListedGroup, string?> key)
    {
        var known = groups.OrderBy(group => key(group) is null);
        return query.Descending ? known.ThenByDescending(key, StringComparer.Ordinal) : known.ThenBy(key, StringComparer.Ordinal);
    }

    private static string? NameOf(ListedGroup group) => Names.IsBlank(group.Name) ? null : Folding.Fold(group.Name);

    private static string? Texts(IEnumerable<string> texts) => string.Join('\u001F', texts) is { Length: > 0 } text ? Folding.Fold(text) : null;
}
