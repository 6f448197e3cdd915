using Microsoft.Extensions.Localization;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Sims;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>What a list can be narrowed by: the values that its SIMs have, and how many SIMs each would leave.</summary>
public sealed class SimFacets
{
    private readonly IReadOnlyDictionary<(SimFacet Facet, string Value), int> counted;
    private readonly IReadOnlyDictionary<string, string> groupNames;
    private readonly IReadOnlyList<AccountState> accounts;

    /// <param name="listing">What was found; null while nothing is known.</param>
    internal SimFacets(SimListing? listing)
    {
        counted = listing?.Counts ?? new Dictionary<(SimFacet Facet, string Value), int>();
        groupNames = listing?.GroupNames ?? new Dictionary<string, string>(StringComparer.Ordinal);
        accounts = listing?.Accounts ?? [];
    }

    /// <summary>The tenants of the list by name; what is chosen is among them even where it is none of them.</summary>
    /// <param name="chosen">The tenants that are chosen, by their names in addresses.</param>
    public IReadOnlyList<FilterOption> Tenants(IReadOnlyCollection<string> chosen)
    {
        var known = accounts.GroupBy(account => account.Tenant.Tenant)
            .Select(tenant => new FilterOption(tenant.Key.Slug, tenant.Key.Name) { Count = tenant.Sum(account => account.Found) })
            .ToList();
        var unknown = chosen.Except(known.Select(option => option.Value), StringComparer.Ordinal).Select(slug => new FilterOption(slug, slug) { Count = 0 });
        return [.. known.Concat(unknown).OrderBy(option => option.Label, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>The values of a facet with their words; what is chosen is among them even where no SIM has it.</summary>
    internal IReadOnlyList<FilterOption> Options(IStringLocalizer<Strings> words, SimFacet facet, IReadOnlyCollection<string> chosen)
    {
        var counts = counted.Where(count => count.Key.Facet == facet).ToDictionary(count => SimQueryLookup.InQuery(facet, count.Key.Value), count => count.Value, StringComparer.Ordinal);
        if (facet == SimFacet.TagKey)
        {
            // A key with an equals sign can't be told from a tag with its value.
            counts = counts.Where(count => !SimQueryLookup.IsWithValue(count.Key)).ToDictionary(StringComparer.Ordinal);
        }

        var values = counts.Keys.Union(chosen, StringComparer.Ordinal).Select(value => new FilterOption(value, Label(words, facet, value)) { Count = IsCounted(value) ? counts.GetValueOrDefault(value) : null });
        return facet switch
        {
            SimFacet.Status => [.. values.OrderBy(option => Place(SimWords.Statuses, option.Value)).ThenBy(option => option.Value, StringComparer.Ordinal)],
            SimFacet.ModuleType => [.. values.OrderBy(option => Place(SimWords.ModuleTypes, option.Value)).ThenBy(option => option.Value, StringComparer.Ordinal)],
            SimFacet.Session => [.. values.OrderByDescending(option => option.Value, StringComparer.Ordinal)],
            _ => [.. values.OrderBy(option => option.Value == SimQuery.Nothing).ThenBy(option => option.Label, StringComparer.CurrentCultureIgnoreCase)],
        };

        // How many SIMs have a tag of some value is not known beforehand.
        bool IsCounted(string value) => facet != SimFacet.TagKey || !SimQueryLookup.IsWithValue(value);
    }

    /// <summary>What to call a group: its name, or its id where it has none.</summary>
    internal string GroupLabel(string groupId) => groupNames.GetValueOrDefault(groupId, groupId);

    private static int Place(IReadOnlyList<string> order, string value)
    {
        for (var place = 0; place < order.Count; place++)
        {
            if (string.Equals(order[place], value, StringComparison.Ordinal))
            {
                return place;
            }
        }

        return int.MaxValue;
    }

    private string Label(IStringLocalizer<Strings> words, SimFacet facet, string value) => (facet, value) switch
    {
        (SimFacet.Group, SimQuery.Nothing) => words["Sims.NoGroup"],
        (_, SimQuery.Nothing) => words["Sims.Unknown"],
        (SimFacet.Status, _) => SimWords.Status(words, value),
        (SimFacet.Session, SimSession.Online) => words["Sim.Online"],
        (SimFacet.Session, _) => words["Sim.Offline"],
        (SimFacet.ModuleType, _) => SimWords.ModuleTypeName(words, value),
        (SimFacet.Group, _) => GroupLabel(value),
        _ => value,
    };
}
