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
    public static void MapSignIn(this IEndpointRouteBuilder endpoints, bool withProvider)
    {
        if (withProvider)
        {
            endpoints.MapGet("/sign-in/provider", ([FromQuery] string? returnUrl) => Results.Challenge(
                new AuthenticationProperties { RedirectUri = PortalUrls.Local(returnUrl) }, [OpenIdDefaults.Scheme])).AllowAnonymous();
            endpoints.MapGet(PortalUrls.SignInAgainAtProvider(), (TimeProvider clock) =>
            {
                var properties = new AuthenticationProperties { RedirectUri = PortalUrls.SignInAgain() };
                properties.Items[OpenIdDefaults.AgainItem] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                return Results.Challenge(properties, [OpenIdDefaults.Scheme]);
            }).RequireAuthorization();
        }

        endpoints.MapPost(PortalUrls.SignOut(), SignOutAsync).AllowAnonymous();

        async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInSessions sessions, AuditTrail audit)
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return FormTokens.Refusal(context);
            }

            var properties = new AuthenticationProperties { RedirectUri = PortalUrls.SignedOut() };
            if (SignedIn.From(context.User, context.Connection.RemoteIpAddress?.ToString()) is not { } person)
            {
                return Results.LocalRedirect(PortalUrls.SignedOut());
            }

            await sessions.EndAsync(person.SessionId, context.RequestAborted);
            await audit.RecordAsync(person, new AuditAct(AuditActions.SignedOut, AuditOutcome.Succeeded), context.RequestAborted);
            return Results.SignOut(properties, withProvider ? [PortalCookie.Scheme, OpenIdDefaults.Scheme] : [PortalCookie.Scheme]);
        }
    }
}
