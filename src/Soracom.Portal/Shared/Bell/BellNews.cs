using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Bell;

/// <summary>What somebody is told, the newest first.</summary>
/// <param name="Entries">What there is.</param>
/// <param name="SeenAt">Up to when they had seen it, UTC; null where they have never looked.</param>
/// <param name="Tenants">The tenants that they may enter.</param>
public sealed record BellNews(IReadOnlyList<BellEntry> Entries, DateTimeOffset? SeenAt, IReadOnlyCollection<Guid> Tenants)
{
    /// <summary>Nothing.</summary>
    public static BellNews None { get; } = new([], null, []);

    /// <summary>Whether each entry has to name its tenant, as there are several.</summary>
    public bool ManyTenants => Tenants.Count > 1;

    /// <summary>How many of them are new.</summary>
    public int Unseen => Entries.Count(IsUnseen);

    /// <summary>Whether they have not seen something yet.</summary>
    /// <param name="entry">What it is.</param>
    /// <returns>True where it came after they looked last.</returns>
    public bool IsUnseen(BellEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return SeenAt is not { } seen || entry.Row.At > seen;
    }
}

/// <summary>Something that is told, and where.</summary>
/// <param name="Row">What it is.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Address">Where to see more of it.</param>
public sealed record BellEntry(BellRow Row, TenantIdentity Tenant, string Address);
