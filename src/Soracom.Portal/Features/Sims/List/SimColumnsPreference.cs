using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>
/// The columns that somebody chose for lists of SIMs: a cookie, as theme and language are, so that the first drawing is already right and
/// the CSV file has the same columns. A circuit can't set cookies, so that the choice is a form post.
/// </summary>
internal static class SimColumnsPreference
{
    public const string Cookie = "portal-sim-columns";

    /// <summary>What the browser remembers; null where nothing was chosen.</summary>
    public static string? Read(HttpContext context) => context.Request.Cookies[Cookie];

    /// <summary>Adds where the choice is posted to.</summary>
    public static void MapSimColumns(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(PortalUrls.SimColumns(), (HttpContext context, IFormCollection form) =>
        {
            // What was posted is read and written anew: nothing but names of columns gets into the cookie.
            Preferences.Set(context, Cookie, SimListColumn.Names(SimListColumn.Parse(string.Join('.', form["column"].OfType<string>()))));
            return Results.LocalRedirect(PortalUrls.Local(form["returnUrl"]));
        }).RequireAuthorization();
}
