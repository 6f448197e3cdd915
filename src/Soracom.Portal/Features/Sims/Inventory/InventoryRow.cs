using System.Collections.ObjectModel;
using System.Text.Json;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>A SIM of the vendor's as a row of the inventory, and a row as the index takes it in.</summary>
internal static class InventoryRow
{
    private const string NameTag = "name";

    private static readonly IReadOnlyDictionary<string, string> NoTags = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What the vendor told of a SIM, for whom the name of its group is of no matter.</summary>
    /// <param name="sim">The SIM.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="readAt">When the vendor was asked.</param>
    public static InventorySim Of(Sim sim, Guid tenantId, SoracomCoverage coverage, DateTimeOffset readAt) => Of(sim, tenantId, coverage, NoTags, readAt);

    /// <summary>What the vendor told of a SIM.</summary>
    /// <param name="sim">The SIM.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groups">Names of groups by id.</param>
    /// <param name="readAt">When the vendor was asked.</param>
    public static InventorySim Of(Sim sim, Guid tenantId, SoracomCoverage coverage, IReadOnlyDictionary<string, string> groups, DateTimeOffset readAt)
    {
        // The one in use comes first, in each list.
        var active = sim.ActiveProfile;
        var profiles = sim.Profiles.Values.OrderByDescending(profile => ReferenceEquals(profile, active)).ThenBy(profile => profile.Iccid, StringComparer.Ordinal).ToList();
        var subscribers = profiles
            .SelectMany(profile => profile.Subscribers.Values.OrderByDescending(subscriber => ReferenceEquals(subscriber, profile.PrimarySubscriber)).ThenBy(subscriber => subscriber.Imsi, StringComparer.Ordinal))
            .ToList();
        var groupId = sim.GroupId ?? "";
        return new InventorySim
        {
            TenantId = tenantId,
            Coverage = coverage.ToWireName(),
            SimId = sim.SimId,
            ReadAt = readAt,
            Name = sim.Name,
            Tags = JsonOf(sim.Tags),
            Iccids = Listed(profiles.Select(profile => profile.Iccid)),
            Imsis = Listed(subscribers.Select(subscriber => subscriber.Imsi)),
            Msisdns = Listed(subscribers.Select(subscriber => subscriber.Msisdn)),
            Subscriptions = Listed(subscribers.Select(subscriber => subscriber.Subscription)),
            Imei = sim.SessionStatus?.Imei ?? "",
            SerialNumber = sim.SerialNumber ?? "",
            GroupId = groupId,
            GroupName = groups.GetValueOrDefault(groupId, ""),
            Status = sim.Status ?? "",
            SpeedClass = sim.SpeedClass ?? "",
            ModuleType = sim.ModuleType ?? "",
            Online = sim.SessionStatus?.Online ?? false,
            SessionId = sim.SessionStatus?.SessionId ?? "",
            IpAddress = sim.SessionStatus?.UeIpAddress ?? sim.ArcSessionStatus?.ArcClientPeerIpAddress ?? "",
            Cell = sim.SessionStatus?.Cell is { } cell ? JsonSerializer.Serialize(cell) : "",
            LastHeardAt = Later(Later(sim.SessionStatus?.LastUpdatedAt, sim.ArcSessionStatus?.LastUpdatedAt), sim.LastLocationUpdateTime),
            ExpiresAt = sim.ExpiryTime,
            ExpiryAction = sim.ExpiryAction ?? "",
            TerminationEnabled = sim.TerminationEnabled ?? false,
            ImeiLock = sim.ImeiLock?.Imei ?? "",
            CreatedAt = sim.CreatedTime,
            ModifiedAt = sim.LastModifiedTime,
        };
    }

    /// <summary>Rows as the index takes them in: only the columns that it keeps are read.</summary>
    public static IQueryable<IndexedSim> Indexed(IQueryable<InventorySim> rows) => rows.Select(row => new IndexedSim
    {
        SimId = row.SimId,
        Name = row.Name,
        Iccids = Split(row.Iccids),
        Imsis = Split(row.Imsis),
        Msisdns = Split(row.Msisdns),
        Imei = row.Imei,
        SerialNumber = row.SerialNumber,
        IpAddress = row.IpAddress,
        GroupId = row.GroupId,
        GroupName = row.GroupName,
        Tags = TagsOf(row.Tags),
        Status = row.Status,
        Session = row.Online ? SessionStatusFilter.Online : SessionStatusFilter.Offline,
        Subscriptions = Split(row.Subscriptions),
        ModuleType = row.ModuleType,
        SpeedClass = row.SpeedClass,
        LastHeard = row.LastHeardAt,
        Expiry = row.ExpiresAt,
        Created = row.CreatedAt,
        Modified = row.ModifiedAt,
    });

    /// <summary>The tags of a row but for the name.</summary>
    public static IReadOnlyDictionary<string, string> TagsOf(InventorySim row) => TagsOf(row.Tags);

    /// <summary>The ids of a list in a row.</summary>
    public static IReadOnlyList<string> Split(string list) => list.Length == 0 ? [] : list.Contains(' ', StringComparison.Ordinal) ? list.Split(' ') : [list];

    private static IReadOnlyDictionary<string, string> TagsOf(string tags) => tags.Length <= 2 ? NoTags : JsonSerializer.Deserialize<Dictionary<string, string>>(tags)!;

    private static string Listed(IEnumerable<string?> ids) => string.Join(' ', ids.Where(id => !string.IsNullOrWhiteSpace(id)).Select(id => id!.Replace(' ', '_')).Distinct(StringComparer.Ordinal));

    private static string JsonOf(IReadOnlyDictionary<string, string> tags)
    {
        var others = tags.Where(tag => !string.Equals(tag.Key, NameTag, StringComparison.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal).ToList();
        return others.Count == 0 ? "" : JsonSerializer.Serialize(others.ToDictionary(StringComparer.Ordinal));
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || one < other ? other : one;
}
