using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Soracom.Portal.Security.SignIn;

/// <summary>Language and theme: cookies, so that the first byte of a page is already right.</summary>
internal static class Preferences
{
    public const string ThemeCookie = "portal-theme";

    public static readonly string[] Languages = ["en", "ja"];

    public static readonly string[] Themes = ["system", "light", "dark"];

    public static void SetLanguage(HttpContext context, string language) => Set(
        context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)));

    public static string Theme(HttpContext context) =>
        context.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme, StringComparer.Ordinal) ? theme : Themes[0];

    /// <summary>Adds where the choices are posted to.</summary>
    public static void MapPreferences(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(PortalUrls.Language(), async (HttpContext context, People people, [FromForm] string language, [FromForm] string? returnUrl) =>
        {
            if (!Languages.Contains(language, StringComparer.Ordinal))
            {
                return Results.BadRequest();
            }

            SetLanguage(context, language);
            if (SignedIn.From(context.User, address: null) is { } person)
            {
                await people.ChooseLanguageAsync(person.PersonId, language, context.RequestAborted);
            }

            return Results.LocalRedirect(PortalUrls.Local(returnUrl));
        }).AllowAnonymous();

        endpoints.MapPost(PortalUrls.Theme(), (HttpContext context, [FromForm] string theme, [FromForm] string? returnUrl) =>
        {
            if (!Themes.Contains(theme, StringComparer.Ordinal))
            {
                return Results.BadRequest();
            }

            Set(context, ThemeCookie, theme);
            return Results.LocalRedirect(PortalUrls.Local(returnUrl));
        }).AllowAnonymous();
    }

    public static void Set(HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
    });
}
