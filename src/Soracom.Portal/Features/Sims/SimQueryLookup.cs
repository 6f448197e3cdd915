using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims;

/// <summary>A view of the list as the inventory is asked for it.</summary>
internal static class SimQueryLookup
{
    private const int MinutesOfADay = 24 * 60;

    /// <summary>What a view looks for, without a window.</summary>
    /// <param name="query">The view.</param>
    /// <param name="now">Now: expiry and silence are told from it.</param>
    public static SimLookup Lookup(this SimQuery query, DateTimeOffset now)
    {
        var facets = new Dictionary<SimFacet, IReadOnlyCollection<string>>();
        Add(SimFacet.Status, query.Statuses);
        Add(SimFacet.Session, query.Sessions);
        Add(SimFacet.Group, query.Groups);
        Add(SimFacet.Subscription, query.Subscriptions);
        Add(SimFacet.ModuleType, query.ModuleTypes);
        Add(SimFacet.SpeedClass, query.SpeedClasses);
        Add(SimFacet.TagKey, query.Tags.Where(tag => !IsWithValue(tag)));
        return new SimLookup
        {
            Words = [.. Folding.Words(query.Text), .. query.Tags.Where(IsWithValue).Select(SearchText.WholeTag)],
            Facets = facets,
            Tenants = query.Tenants,
            Times = [.. Times(query, SimBlock.Minutes(now))],
            SortBy = query.SortBy,
            Descending = query.Descending,
        };

        void Add(SimFacet facet, IEnumerable<string> values)
        {
            string[] wanted = [.. values.Select(value => InIndex(facet, value))];
            if (wanted.Length > 0)
            {
                facets[facet] = wanted;
            }
        }
    }

    /// <summary>A facet's value as it stands in the address.</summary>
    public static string InQuery(SimFacet facet, string value) => (facet, value) switch
    {
        (_, "") => SimQuery.Nothing,
        (SimFacet.Session, SessionStatusFilter.Online) => SimSession.Online,
        (SimFacet.Session, _) => SimSession.Offline,
        _ => value,
    };

    /// <summary>Whether a tag of the filter names a value, not only a key.</summary>
    public static bool IsWithValue(string tag) => tag.Contains('=', StringComparison.Ordinal);

    private static string InIndex(SimFacet facet, string value) => (facet, value) switch
    {
        (_, SimQuery.Nothing) => "",
        (SimFacet.Session, SimSession.Online) => SessionStatusFilter.Online,
        (SimFacet.Session, _) => SessionStatusFilter.Offline,
        _ => value,
    };

    private static IEnumerable<SimTimeSpan> Times(SimQuery query, int now)
    {
        switch (query.Expiry.Kind)
        {
            case SimExpiryKind.Expired:
                yield return new SimTimeSpan(SimTime.Expiry, SimBlock.NoTime + 1, now);
                break;
            case SimExpiryKind.Within:
                yield return new SimTimeSpan(SimTime.Expiry, now + 1, now + (query.Expiry.Days * MinutesOfADay));
                break;
            case SimExpiryKind.None:
                yield return new SimTimeSpan(SimTime.Expiry, SimBlock.NoTime, SimBlock.NoTime);
                break;
        }

        if (query.SilentDays is { } days)
        {
            yield return new SimTimeSpan(SimTime.LastHeard, SimBlock.NoTime, now - (days * MinutesOfADay));
        }
    }
}
