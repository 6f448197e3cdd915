using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Security.SignIn;

/// <summary>Turns a proven identity into a session of the portal.</summary>
/// <param name="people">The people.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class Welcome(People people, SignInSessions sessions, AuditTrail audit)
{
    /// <summary>Hooks the portal into the provider's sign-in: sessions for those who are admitted, the audit trail for the others.</summary>
    /// <param name="options">The provider's options.</param>
    public static void Attend(OpenIdOptions options)
    {
        options.Events.OnTicketReceived = OnTicketReceivedAsync;
        var explain = options.Events.OnRemoteFailure;
        options.Events.OnRemoteFailure = async context =>
        {
            // Answers that belong to no sign-in begun here prove nothing about anybody, and anybody can send them without end.
            if (context.Failure is OpenIdSignInException { Failure: not SignInFailure.State and not SignInFailure.Correlation } refusal)
            {
                await RecordRefusalAsync(context.HttpContext, refusal.Failure);
            }

            await explain(context);
        };
    }

    /// <summary>Puts the portal's own principal in the place of the one that the provider vouches for.</summary>
    /// <param name="context">The provider's answer, validated.</param>
    /// <returns>A task that ends when the session is started.</returns>
    private static async Task OnTicketReceivedAsync(TicketReceivedContext context)
    {
        var proven = context.Principal ?? throw new InvalidOperationException("A validated sign-in has a principal.");
        var welcome = context.HttpContext.RequestServices.GetRequiredService<Welcome>();
        var name = proven.FindFirstValue(OpenIdClaims.Name);
        var email = proven.FindFirstValue(OpenIdClaims.Email) ?? proven.FindFirstValue(OpenIdClaims.PreferredUsername);
        context.Principal = await welcome.StartSessionAsync(context.HttpContext, PersonKey.FromPrincipal(proven), name, email);
    }

    /// <summary>Starts a session for a person, and says so in the audit trail.</summary>
    /// <param name="context">The request that proved the identity.</param>
    /// <param name="key">Issuer and subject.</param>
    /// <param name="name">Name for people.</param>
    /// <param name="email">Address for people.</param>
    /// <returns>The principal for the portal's cookie.</returns>
    public async Task<ClaimsPrincipal> StartSessionAsync(HttpContext context, PersonKey key, string? name, string? email)
    {
        var cancellationToken = context.RequestAborted;
        var address = context.Connection.RemoteIpAddress?.ToString();
        var person = await people.RecogniseAsync(key, name, email, cancellationToken);
        var session = await sessions.StartAsync(person.Id, address, context.Request.Headers.UserAgent, cancellationToken);
        var signedIn = new SignedIn(person.Id, session.Id, person.Name, address);
        await audit.RecordAsync(signedIn, new AuditAct(AuditActions.SignedIn, AuditOutcome.Succeeded) { Detail = key.Issuer }, cancellationToken);
        if (person.Language is { } language)
        {
            Preferences.SetLanguage(context, language);
        }

        return signedIn.ToPrincipal(PortalCookie.Scheme);
    }

    private static Task RecordRefusalAsync(HttpContext context, SignInFailure failure) =>
        context.RequestServices.GetRequiredService<AuditTrail>().RecordAsync(
            actor: null,
            new AuditAct(AuditActions.SignedIn, AuditOutcome.Failed) { Detail = failure.ToCode(), Address = context.Connection.RemoteIpAddress?.ToString() },
            context.RequestAborted);
}
