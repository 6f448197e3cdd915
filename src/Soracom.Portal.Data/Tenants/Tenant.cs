using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Data.Tenants;

/// <summary>An organisation that uses the portal: its members, credentials and everything kept for it.</summary>
[InstallationWide]
public sealed class Tenant
{
    /// <summary>The longest slug, in characters.</summary>
    public const int SlugLength = 63;

    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>The longest name of a time zone, in characters.</summary>
    public const int TimeZoneLength = 64;

    /// <summary>The longest reason for a suspension, in characters.</summary>
    public const int ReasonLength = 500;

    /// <summary>For how long a tenant is suspended before it can be removed, where it has an owner, who has that long to see it and to object.</summary>
    public static readonly TimeSpan RemovalNotice = TimeSpan.FromDays(7);

    /// <summary>Identity of the tenant.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The reseller that runs this tenant; null for a tenant that runs itself, or ended the delegation.</summary>
    public Guid? ResellerId { get; set; }

    /// <summary>The reseller that runs this tenant.</summary>
    public Reseller? Reseller { get; init; }

    /// <summary>At most what this role may, the reseller's people may here; null for everything that a partner can be given.</summary>
    public TenantRole? ResellerCeiling { get; set; }

    /// <summary>When the tenant's own owner accepted that the reseller works here, UTC; null where nobody was asked.</summary>
    public DateTimeOffset? DelegatedAt { get; set; }

    /// <summary>Who accepted that: the name at the time.</summary>
    public string? DelegatedBy { get; set; }

    /// <summary>The tenant's name in addresses: lower-case letters, digits and hyphens; unique in the installation.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; set; }

    /// <summary>IANA time zone in which the tenant's people read times, unless they chose their own.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Language in which the portal writes to those whose language it does not know, en or ja; null follows whoever has it written.</summary>
    public string? Language { get; set; }

    /// <summary>The coverages that the tenant is to have, jp and g, separated by commas; null where nobody said.</summary>
    public string? Coverages { get; init; }

    /// <summary>For how many days entries of its audit trail are kept, at least <see cref="Audit.AuditAnchor.LeastDays"/>; null for ever.</summary>
    public int? AuditKeepDays { get; set; }

    /// <summary>Since when nobody is let in and the portal does nothing for the tenant unasked, UTC; null while it is served.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>Who of its partner suspended it: the name at the time; null while it is not, or where a command of whoever runs the portal did.</summary>
    public string? SuspendedBy { get; set; }

    /// <summary>What its people are told about that; null while it is not suspended.</summary>
    public string? SuspendedFor { get; set; }

    /// <summary>When its removal was begun, UTC: its keys are destroyed by then, and there is no way back; null while it stays.</summary>
    public DateTimeOffset? RemovingAt { get; set; }

    /// <summary>When the tenant was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
