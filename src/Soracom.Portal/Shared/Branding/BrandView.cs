namespace Soracom.Portal.Shared.Branding;

/// <summary>How the portal looks to somebody: their tenant's brand over its reseller's. What is null is the portal's own.</summary>
/// <param name="Name">What the portal is called.</param>
/// <param name="Accent">The colour of links and buttons.</param>
/// <param name="SupportMail">The address that people write to for help.</param>
/// <param name="SupportAddress">The HTTPS address where people find help.</param>
/// <param name="LogoId">What the logo goes by in addresses.</param>
public sealed record BrandView(string? Name, string? Accent, string? SupportMail, string? SupportAddress, Guid? LogoId)
{
    /// <summary>The portal's own look.</summary>
    public static BrandView Own { get; } = new(null, null, null, null, null);

    /// <summary>Its colours; null for the portal's own.</summary>
    internal BrandColours? Colours => Rgb.TryParse(Accent, out var accent) ? BrandColours.Of(accent) : null;

    /// <summary>This over another: each part for itself, but for support, where a tenant's own contact leaves nothing of its reseller's.</summary>
    /// <param name="behind">The other.</param>
    /// <returns>Both.</returns>
    internal BrandView Over(BrandView behind)
    {
        var support = SupportMail is not null || SupportAddress is not null ? this : behind;
        return new BrandView(Name ?? behind.Name, Accent ?? behind.Accent, support.SupportMail, support.SupportAddress, LogoId ?? behind.LogoId);
    }
}
