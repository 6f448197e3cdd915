namespace Soracom.Portal.Data.Tenants;

/// <summary>An organisation that uses the portal: its members, credentials and everything kept for it.</summary>
[InstallationWide]
public sealed class Tenant
{
    /// <summary>The longest slug, in characters.</summary>
    public const int SlugLength = 63;

    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>Identity of the tenant.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The reseller that runs this tenant; null for a tenant that runs itself.</summary>
    public Guid? ResellerId { get; init; }

    /// <summary>The reseller that runs this tenant.</summary>
    public Reseller? Reseller { get; init; }

    /// <summary>The tenant's name in addresses: lower-case letters, digits and hyphens; unique in the installation.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; set; }

    /// <summary>IANA time zone in which the tenant's people read times, unless they chose their own.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Language in which the portal writes to those whose language it does not know, en or ja; null follows whoever has it written.</summary>
    public string? Language { get; set; }

    /// <summary>When the tenant was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
