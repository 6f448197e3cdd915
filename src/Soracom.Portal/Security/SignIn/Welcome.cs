using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Security.SignIn;

/// <summary>Turns a proven identity into a session of the portal.</summary>
/// <param name="people">The people.</param>
/// <param name="groups">What groups give.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class Welcome(People people, GroupMembership groups, SignInSessions sessions, AuditTrail audit)
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
                await RecordRefusalAsync(context.HttpContext, refusal.Failure, context.Properties?.Items.ContainsKey(OpenIdDefaults.AgainItem) == true);
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
        var options = (OpenIdOptions)context.Options;
        var name = proven.FindFirstValue(OpenIdClaims.Name);
        var email = proven.FindFirstValue(OpenIdClaims.Email) ?? proven.FindFirstValue(OpenIdClaims.PreferredUsername);
        var key = PersonKey.FromPrincipal(proven);
        var provenAt = context.Properties is { Items: var items } && items.TryGetValue(OpenIdDefaults.ProvenAtItem, out var seconds) && seconds is not null
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
            : (DateTimeOffset?)null;
        var claimed = context.Properties?.GetParameter<ClaimedGroups>(OpenIdDefaults.GroupsParameter);
        if (context.Properties?.Items.ContainsKey(OpenIdDefaults.AgainItem) != true || provenAt is not { } at)
        {
            context.Principal = await welcome.StartSessionAsync(context.HttpContext, options.Mark, key, name, email, provenAt, claimed);
        }
        else if (await welcome.GoOnAsync(context.HttpContext, options.Mark, key, name, email, at, claimed) is { } principal)
        {
            context.Principal = principal;
        }
        else
        {
            await RecordRefusalAsync(context.HttpContext, SignInFailure.Another, isAgain: true);
            SignInFailureRedirect.Redirect(context.HttpContext, options, SignInFailure.Another, isAgain: true);
            context.HandleResponse();
        }
    }

    /// <summary>
    /// Goes on with the session that the browser has, where it is of the same person and came by the same provider: what is open in it stays open, with what was typed there.
    /// Where it holds no more a new one begins.
    /// </summary>
    /// <param name="context">The request that proved the identity.</param>
    /// <param name="provider">The mark of the provider that vouches; null for a demo account.</param>
    /// <param name="key">Issuer and subject.</param>
    /// <param name="name">Name for people.</param>
    /// <param name="email">Address for people.</param>
    /// <param name="provenAt">When they proved who they are, UTC.</param>
    /// <param name="claimed">What the provider says of their groups; null where it is not asked.</param>
    /// <returns>The principal for the portal's cookie; null where the session is somebody else's or came by another provider: then nothing has changed.</returns>
    public async Task<ClaimsPrincipal?> GoOnAsync(HttpContext context, string? provider, PersonKey key, string? name, string? email, DateTimeOffset provenAt, ClaimedGroups? claimed)
    {
        var present = await PresentAsync(context);
        if (present is not null
            && (await people.KeyAsync(present.PersonId, context.RequestAborted) != key
                || (await sessions.ProviderAsync(present.SessionId, context.RequestAborted))?.Mark != provider))
        {
            return null;
        }

        if (present is null || !await sessions.ProveAsync(present.SessionId, present.PersonId, provenAt, context.RequestAborted))
        {
            return await StartSessionAsync(context, provider, key, name, email, provenAt, claimed);
        }

        await groups.FollowAsync(await people.RecogniseAsync(key, name, email, context.RequestAborted), claimed, context.RequestAborted);

        await audit.RecordAsync(present, new AuditAct(AuditActions.SignedInAgain, AuditOutcome.Succeeded) { Detail = key.Issuer }, context.RequestAborted);
        return present.ToPrincipal(PortalCookie.Scheme);
    }

    /// <summary>Starts a session for a person, and says so in the audit trail.</summary>
    /// <param name="context">The request that proved the identity.</param>
    /// <param name="provider">The mark of the provider that vouches; null for a demo account.</param>
    /// <param name="key">Issuer and subject.</param>
    /// <param name="name">Name for people.</param>
    /// <param name="email">Address for people.</param>
    /// <param name="provenAt">When they proved who they are, UTC; null where nobody can tell.</param>
    /// <param name="claimed">What the provider says of their groups; null where it is not asked.</param>
    /// <returns>The principal for the portal's cookie.</returns>
    public async Task<ClaimsPrincipal> StartSessionAsync(HttpContext context, string? provider, PersonKey key, string? name, string? email, DateTimeOffset? provenAt, ClaimedGroups? claimed)
    {
        var cancellationToken = context.RequestAborted;
        var address = context.Connection.RemoteIpAddress?.ToString();
        var person = await people.RecogniseAsync(key, name, email, cancellationToken);
        await groups.FollowAsync(person, claimed, cancellationToken);
        if (await PresentAsync(context) is { } former && former.PersonId != person.Id)
        {
            // The browser forgets that one: left alone, it would be nobody's and go on.
            await sessions.EndAsync(former.SessionId, cancellationToken);
        }

        var session = await sessions.StartAsync(person.Id, provider, address, context.Request.Headers.UserAgent, provenAt, cancellationToken);
        var signedIn = new SignedIn(person.Id, session.Id, person.Name, address);
        await audit.RecordAsync(signedIn, new AuditAct(AuditActions.SignedIn, AuditOutcome.Succeeded) { Detail = key.Issuer }, cancellationToken);
        if (person.Language is { } language)
        {
            Preferences.SetLanguage(context, language);
        }

        return signedIn.ToPrincipal(PortalCookie.Scheme);
    }

    private static async Task<SignedIn?> PresentAsync(HttpContext context) =>
        await context.AuthenticateAsync(PortalCookie.Scheme) is { Succeeded: true, Principal: { } principal } ? SignedIn.From(principal, context.Connection.RemoteIpAddress?.ToString()) : null;

    // A sign-in that was refused proves nobody; one that was to prove anew who somebody is tells in whose browser it was tried.
    private static async Task RecordRefusalAsync(HttpContext context, SignInFailure failure, bool isAgain) =>
        await context.RequestServices.GetRequiredService<AuditTrail>().RecordAsync(
            isAgain ? await PresentAsync(context) : null,
            new AuditAct(isAgain ? AuditActions.SignedInAgain : AuditActions.SignedIn, AuditOutcome.Failed) { Detail = failure.ToCode(), Address = context.Connection.RemoteIpAddress?.ToString() },
            context.RequestAborted);
}
