namespace Soracom.Portal.Shared.Branding;

/// <summary>Puts brands together.</summary>
internal static class BrandServices
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddBrands(this IServiceCollection services) => services.AddSingleton<Brands>();

    /// <summary>Adds the address of logos. A logo never changes under its id.</summary>
    public static void MapLogos(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(PortalUrls.LogoRoute, async (HttpContext context, Guid logoId, Brands brands) =>
    {
        if (await brands.LogoAsync(logoId, context.RequestAborted) is not { } logo)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.File(logo, "image/png");
    }).AllowAnonymous();
}
