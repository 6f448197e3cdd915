using System.Collections.ObjectModel;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>A SIM as <see cref="SimIndex"/> takes it in.</summary>
internal sealed record IndexedSim
{
    public required string SimId { get; init; }

    public string Name { get; init; } = "";

    public IReadOnlyList<string> Iccids { get; init; } = [];

    public IReadOnlyList<string> Imsis { get; init; } = [];

    public IReadOnlyList<string> Msisdns { get; init; } = [];

    public string Imei { get; init; } = "";

    public string SerialNumber { get; init; } = "";

    public string IpAddress { get; init; } = "";

    public string GroupId { get; init; } = "";

    /// <summary>Empty when the group has none, or when there is no group.</summary>
    public string GroupName { get; init; } = "";

    /// <summary>Without the tag that is the name.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public string Status { get; init; } = "";

    public string Session { get; init; } = "";

    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    public string ModuleType { get; init; } = "";

    public string SpeedClass { get; init; } = "";

    public DateTimeOffset? LastHeard { get; init; }

    public DateTimeOffset? Expiry { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public IEnumerable<(SimFacet Facet, string Value)> FacetValues
    {
        get
        {
            yield return (SimFacet.Status, Status);
            yield return (SimFacet.Session, Session);
            yield return (SimFacet.Group, GroupId);
            foreach (var subscription in Subscriptions)
            {
                yield return (SimFacet.Subscription, subscription);
            }

            yield return (SimFacet.ModuleType, ModuleType);
            yield return (SimFacet.SpeedClass, SpeedClass);
            foreach (var key in Tags.Keys)
            {
                yield return (SimFacet.TagKey, key);
            }
        }
    }
}
