using System.Text;
using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Tests.Features.Sims.Inventory;

/// <summary>What <see cref="IndexSearch"/> has to answer, told as plainly as can be: every SIM is looked at for every question.</summary>
internal static class NaiveSearch
{
    private static readonly DateTimeOffset Zero = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static SimsFound Run(IReadOnlyList<IReadOnlyList<IndexedSim>> accounts, SimLookup lookup) => Run(accounts, lookup, _ => 0, _ => false);

    /// <summary>With the place of each account's tenant among the others, and accounts that are only counted.</summary>
    public static SimsFound Run(IReadOnlyList<IReadOnlyList<IndexedSim>> accounts, SimLookup lookup, Func<int, int> place, Func<int, bool> leftOut)
    {
        var all = accounts.SelectMany((sims, account) => sims.Select(sim => (Account: account, Sim: sim)))
            .Where(row => lookup.Words.All(word => Texts(row.Sim).Any(text => text.Contains(word, StringComparison.Ordinal))))
            .Where(row => lookup.Times.All(span => Minutes(TimeOf(row.Sim, span.Time)) is var minutes && minutes >= span.From && minutes <= span.To))
            .ToList();
        var passing = all.Where(row => lookup.Facets.All(facet => Satisfies(row.Sim, facet.Key, facet.Value))).ToList();
        var found = passing.Where(row => !leftOut(row.Account)).ToList();
        var counts = all.Where(row => !leftOut(row.Account))
            .SelectMany(row => row.Sim.FacetValues
                .Where(value => lookup.Facets.All(facet => facet.Key == value.Facet || Satisfies(row.Sim, facet.Key, facet.Value))))
            .CountBy(value => value)
            .ToDictionary();
        var comparison = Comparer<(int Account, IndexedSim Sim)>.Create((left, right) => Compare(lookup.RowOrder, left, right));
        var sorted = lookup.Descending
            ? found.OrderByDescending(Place).ThenBy(row => IsBlank(lookup.RowOrder, row.Sim)).ThenByDescending(row => row, comparison)
            : found.OrderBy(Place).ThenBy(row => row, comparison);
        return new SimsFound(found.Count, [.. sorted.Skip(lookup.Skip).Take(lookup.Take).Select(row => (row.Account, row.Sim.SimId))], counts)
        {
            InEach = [.. accounts.Select((_, account) => passing.Count(row => row.Account == account))],
        };

        int Place((int Account, IndexedSim Sim) row) => lookup.SortBy == SimColumn.Tenant ? place(row.Account) : 0;
    }

    private static bool Satisfies(IndexedSim sim, SimFacet facet, IReadOnlyCollection<string> wanted) =>
        wanted.Count == 0 || sim.FacetValues.Any(value => value.Facet == facet && wanted.Contains(value.Value));

    private static IEnumerable<string> Texts(IndexedSim sim)
    {
        IEnumerable<string> raw =
        [
            sim.Name, sim.SimId, string.Join(' ', sim.Iccids), string.Join(' ', sim.Imsis), string.Join(' ', sim.Msisdns), sim.Imei, sim.SerialNumber, sim.IpAddress,
            $"{sim.GroupName}{(sim.GroupName.Length > 0 && sim.GroupId.Length > 0 ? " " : "")}{sim.GroupId}",
            .. sim.Tags.Select(tag => $"{tag.Key}={tag.Value}"),
        ];
        return raw.Select(Folded);
    }

    private static string Folded(string text) =>
        new([.. text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Select(character => char.IsControl(character) ? ' ' : character)]);

    private static int Compare(SimColumn column, (int Account, IndexedSim Sim) left, (int Account, IndexedSim Sim) right)
    {
        var first = column switch
        {
            SimColumn.LastHeard => Later(left.Sim.LastHeard, right.Sim.LastHeard),
            SimColumn.Expiry => Later(left.Sim.Expiry, right.Sim.Expiry),
            SimColumn.Created => Later(left.Sim.Created, right.Sim.Created),
            SimColumn.Modified => Later(left.Sim.Modified, right.Sim.Modified),
            _ => BlanksLast(TextOf(column, left.Sim), TextOf(column, right.Sim)),
        };
        first = first != 0 ? first : Utf8(left.Sim.SimId, right.Sim.SimId);
        return first != 0 ? first : left.Account.CompareTo(right.Account);
    }

    private static bool IsBlank(SimColumn column, IndexedSim sim) => column switch
    {
        SimColumn.LastHeard => sim.LastHeard is null,
        SimColumn.Expiry => sim.Expiry is null,
        SimColumn.Created => sim.Created is null,
        SimColumn.Modified => sim.Modified is null,
        _ => TextOf(column, sim).Length == 0,
    };

    private static string TextOf(SimColumn column, IndexedSim sim) => column switch
    {
        SimColumn.Status => sim.Status,
        SimColumn.Session => sim.Session,
        SimColumn.Subscription => sim.Subscriptions.Count > 0 ? sim.Subscriptions[0] : "",
        SimColumn.ModuleType => sim.ModuleType,
        SimColumn.SpeedClass => sim.SpeedClass,
        SimColumn.Name => Folded(sim.Name),
        SimColumn.SimId => sim.SimId,
        SimColumn.Iccid => string.Join(' ', sim.Iccids),
        SimColumn.Imsi => string.Join(' ', sim.Imsis),
        SimColumn.Msisdn => string.Join(' ', sim.Msisdns),
        SimColumn.Imei => sim.Imei,
        SimColumn.SerialNumber => Folded(sim.SerialNumber),
        SimColumn.IpAddress => sim.IpAddress,
        SimColumn.Group => Folded($"{sim.GroupName}{(sim.GroupName.Length > 0 && sim.GroupId.Length > 0 ? " " : "")}{sim.GroupId}"),
        SimColumn.Tags => string.Concat(sim.Tags.Select(tag => Folded($"{tag.Key}={tag.Value}") + '\u001F')),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private static int BlanksLast(string left, string right) =>
        left.Length == 0 || right.Length == 0 ? (left.Length == 0).CompareTo(right.Length == 0) : Utf8(left, right);

    private static int Utf8(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static int Later(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right is null ? (left is null).CompareTo(right is null) : Minutes(left).CompareTo(Minutes(right));

    private static DateTimeOffset? TimeOf(IndexedSim sim, SimTime time) => time switch
    {
        SimTime.LastHeard => sim.LastHeard,
        SimTime.Expiry => sim.Expiry,
        SimTime.Created => sim.Created,
        _ => sim.Modified,
    };

    private static int Minutes(DateTimeOffset? time) => time is { } some ? (int)(some - Zero).TotalMinutes : SimBlock.NoTime;
}
