namespace Soracom.Portal.Data.Tenants;

/// <summary>How the portal looks to a tenant's people: a reseller's brand for the tenants that it runs, and a tenant's own over that. What is null is left to whoever stands behind.</summary>
public abstract class Brand
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 60;

    /// <summary>The length of a colour, in characters: # and six hexadecimal digits.</summary>
    public const int AccentLength = 7;

    /// <summary>The longest support contact, in characters.</summary>
    public const int SupportLength = 254;

    /// <summary>What the portal is called.</summary>
    public string? Name { get; set; }

    /// <summary>The colour of links and buttons, such as #0b6e7f, as it is used on light pages.</summary>
    public string? Accent { get; set; }

    /// <summary>The address that people write to for help.</summary>
    public string? SupportMail { get; set; }

    /// <summary>The HTTPS address where people find help.</summary>
    public string? SupportAddress { get; set; }

    /// <summary>The logo: a PNG file in base64, as it goes out with everything else that the portal holds.</summary>
    public string? LogoPng { get; set; }

    /// <summary>What the logo goes by in addresses, another with each logo; null where there is none.</summary>
    public Guid? LogoId { get; set; }
}

/// <summary>A reseller's brand.</summary>
[InstallationWide]
public sealed class ResellerBrand : Brand
{
    /// <summary>The reseller.</summary>
    public required Guid ResellerId { get; init; }
}

/// <summary>A tenant's own brand.</summary>
public sealed class TenantBrand : Brand, ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }
}
