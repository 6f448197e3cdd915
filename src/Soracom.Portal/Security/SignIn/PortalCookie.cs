using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Security.SignIn;

/// <summary>
/// The portal's own cookie: it names a session and a person, and each request asks the database whether the session
/// still holds.
/// </summary>
internal static class PortalCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private static readonly object LostSession = new();

    /// <summary>Adds the cookie as the portal's default scheme.</summary>
    public static AuthenticationBuilder AddPortalCookie(this IServiceCollection services, bool development)
    {
        services.AddOptions<SessionOptions>().Configure<IConfiguration>((session, configuration) => Settings.Read(configuration, SessionOptions.Section, session)).ValidateOnStart()
            .Validate(session => SessionOptions.IsSensible(session.IdleTimeout), SessionOptions.Complaint(nameof(SessionOptions.IdleTimeout)))
            .Validate(session => SessionOptions.IsSensible(session.AbsoluteTimeout), SessionOptions.Complaint(nameof(SessionOptions.AbsoluteTimeout)))
            .Validate(session => SessionOptions.IsFreshSensible(session.FreshFor), SessionOptions.FreshComplaint);
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<OwnSessions>();
        services.AddSingleton<People>();
        services.AddSingleton<GroupMembership>();
        services.AddSingleton<Welcome>();
        services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<IOptions<SessionOptions>>((cookie, session) =>
        {
            // The session row decides; the cookie only has to live as long as a session can.
            cookie.ExpireTimeSpan = session.Value.AbsoluteTimeout;
            cookie.SlidingExpiration = false;
        });
        return services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            // Browsers keep a __Host- cookie only over HTTPS; the one-command start is plain HTTP on the loopback.
            cookie.Cookie.Name = development ? "portal" : "__Host-portal";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            // Lax, not Strict: the provider's redirect back would arrive without a Strict cookie.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.IsEssential = true;
            cookie.LoginPath = PortalUrls.SignIn();
            cookie.LogoutPath = PortalUrls.SignOut();
            cookie.AccessDeniedPath = PortalUrls.NotFound();
            cookie.ReturnUrlParameter = PortalUrls.ReturnUrlParameter;
            cookie.Events.OnValidatePrincipal = ValidateAsync;
            var toSignIn = cookie.Events.OnRedirectToLogin;
            cookie.Events.OnRedirectToLogin = context =>
            {
                ExplainLostProvider(context);
                return toSignIn(context);
            };
        });
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SignInSessions>();
        var signedIn = context.Principal is null ? null : SignedIn.From(context.Principal, address: null);
        if (signedIn is not null && await sessions.UseAsync(signedIn.SessionId, context.HttpContext.RequestAborted))
        {
            return;
        }

        context.RejectPrincipal();
        if (signedIn is not null && await sessions.HasLostProviderAsync(signedIn.SessionId, context.HttpContext.RequestAborted))
        {
            // Refused here, and no more than that: while a new version is being rolled out, the next instance may know the provider.
            context.HttpContext.Items[LostSession] = true;
        }
        else
        {
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }

    /// <summary>Whoever comes with a session whose provider this instance does not know is told so on the sign-in page.</summary>
    private static void ExplainLostProvider(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.HttpContext.Items.ContainsKey(LostSession))
        {
            context.RedirectUri = QueryHelpers.AddQueryString(context.RedirectUri, PortalUrls.EndedParameter, PortalUrls.ProviderParameter);
        }
    }
}
