using System.Globalization;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.DataEntries;

/// <summary>What a caller wants of the entries of some resources. A page's key is the time and the resource of its last entry.</summary>
/// <param name="From">The earliest time.</param>
/// <param name="To">The latest time.</param>
/// <param name="NewestFirst">The order.</param>
/// <param name="After">The time and the resource to go on behind.</param>
/// <param name="Limit">The most entries.</param>
/// <param name="Now">The present.</param>
internal sealed record DataEntryQuery(long From, long To, bool NewestFirst, (long Time, string ResourceId)? After, int Limit, DateTimeOffset Now)
{
    private const int UsualLimit = 10;
    private const int MostAtOnce = 1000;

    public static DataEntryQuery Read(Call call)
    {
        var newestFirst = call.Query.Choice("sort", "desc", "desc", "asc") == "desc";
        var (from, to) = (call.Query.Long("from") ?? 0, call.Query.Long("to") ?? long.MaxValue);
        var after = call.LastEvaluatedKey() is { } key ? ReadKey(key) : ((long Time, string ResourceId)?)null;
        return new DataEntryQuery(
            newestFirst || after is null ? from : Math.Max(from, after.Value.Time),
            newestFirst && after is not null ? Math.Min(to, after.Value.Time) : to,
            newestFirst,
            after,
            call.Query.Integer("limit", 1, MostAtOnce) ?? UsualLimit,
            call.Now);
    }

    /// <summary>One page over the entries of several resources.</summary>
    /// <param name="sources">For each of them its entries between <see cref="From"/> and <see cref="To"/>, in the order that is wanted.</param>
    public Page<DataEntry> Of(IEnumerable<IEnumerable<DataEntry>> sources)
    {
        var entries = sources.SelectMany(source => source.Where(entry => After is not { } after || IsBehind(entry, after)).Take(Limit + 1));
        var inOrder = NewestFirst
            ? entries.OrderByDescending(entry => entry.Time).ThenByDescending(entry => entry.ResourceId, StringComparer.Ordinal)
            : entries.OrderBy(entry => entry.Time).ThenBy(entry => entry.ResourceId, StringComparer.Ordinal);
        return Page<DataEntry>.Of([.. inOrder.Take(Limit + 1)], Limit, entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Time}_{entry.ResourceId}"));
    }

    private static (long Time, string ResourceId) ReadKey(string key) =>
        key.Split('_', 2) is [var time, var resourceId] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, resourceId)
            : throw new VendorException(DataEntryErrors.BadKey);

    private bool IsBehind(DataEntry entry, (long Time, string ResourceId) after)
    {
        var order = entry.Time.CompareTo(after.Time);
        order = order != 0 ? order : string.CompareOrdinal(entry.ResourceId, after.ResourceId);
        return NewestFirst ? order < 0 : order > 0;
    }
}

/// <summary>The refusals of this area, with codes of ours.</summary>
internal static class DataEntryErrors
{
    public static readonly VendorError BadKey = new(400, "HDT9001",
        "The key of the last entry is not one of this list.", "last_evaluated_key が正しくありません。");

    public static readonly VendorError NoSuchEntry = new(404, "HDT9002",
        "There is no such entry.", "指定されたデータは存在しません。");
}
