using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Hosting;
using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Security.SignIn;

/// <summary>Where browsers go to sign in at the provider and to sign out.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints, SignInWays ways)
    {
        if (ways.Providers.Count > 0)
        {
            // An address that was kept from before may name a provider that is no more: then the page says which there are.
            endpoints.MapGet("/sign-in/provider", (HttpContext context, [FromQuery] string? returnUrl, [FromQuery] string? provider) => ways.Find(provider) is { } chosen && !IsFromElsewhere(context)
                ? Results.Challenge(new AuthenticationProperties { RedirectUri = PortalUrls.Local(returnUrl) }, [chosen.Scheme])
                : Results.LocalRedirect(PortalUrls.SignIn(returnUrl))).AllowAnonymous();
            endpoints.MapGet(PortalUrls.SignInAgainAtProvider(), SignInAgainAsync).RequireAuthorization();
        }

        endpoints.MapPost(PortalUrls.SignOut(), SignOutAsync).AllowAnonymous();
    }

    // A link on another site must not put anybody's browser into an account of whoever made it, by a provider that asks nothing: then the page asks.
    private static bool IsFromElsewhere(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    // No address says where: whoever sits at the browser can't choose a provider that asks for less.
    private static async Task<IResult> SignInAgainAsync(HttpContext context, SignInSessions sessions, TimeProvider clock)
    {
        if (SignedIn.From(context.User, address: null) is not { } person || await sessions.ProviderAsync(person.SessionId, context.RequestAborted) is not { } provider)
        {
            return Results.LocalRedirect(PortalUrls.SignInAgain());
        }

        var properties = new AuthenticationProperties { RedirectUri = PortalUrls.SignInAgain() };
        properties.Items[OpenIdDefaults.AgainItem] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Results.Challenge(properties, [provider.Scheme]);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInSessions sessions, AuditTrail audit)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return FormTokens.Refusal(context);
        }

        if (SignedIn.From(context.User, context.Connection.RemoteIpAddress?.ToString()) is not { } person)
        {
            return Results.LocalRedirect(PortalUrls.SignedOut());
        }

        var provider = await sessions.ProviderAsync(person.SessionId, context.RequestAborted);
        await sessions.EndAsync(person.SessionId, context.RequestAborted);
        await audit.RecordAsync(person, new AuditAct(AuditActions.SignedOut, AuditOutcome.Succeeded), context.RequestAborted);
        var properties = new AuthenticationProperties { RedirectUri = PortalUrls.SignedOut() };
        return Results.SignOut(properties, provider is null ? [PortalCookie.Scheme] : [PortalCookie.Scheme, provider.Scheme]);
    }
}
