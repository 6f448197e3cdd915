using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security.OpenId.Metadata;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// The framework's OAuth handler as a relying party of OpenID Connect (Core 1.0, code flow). State, correlation cookie, session and
/// events are the framework's; the steps of the answer stand here in one place, as each needs a refusal of its own and the
/// inherited ones have none. <see cref="RemoteAuthenticationEvents.OnTicketReceived"/> and
/// <see cref="RemoteAuthenticationEvents.OnRemoteFailure"/> are raised as usual; there is no <see cref="OAuthEvents.OnCreatingTicket"/>, since nothing but the validated ID token makes a ticket.
/// </summary>
internal sealed partial class OpenIdHandler(IOptionsMonitor<OpenIdOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<OpenIdOptions>(options, logger, encoder), IAuthenticationSignOutHandler
{
    // A code in the query is the only way back, so nothing but GET is answered.
    public override Task<bool> ShouldHandleRequestAsync() =>
        Task.FromResult(HttpMethods.IsGet(Request.Method) && Request.Path == Options.CallbackPath);

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        properties.RedirectUri = LocalUrl.OrRoot(
            string.IsNullOrEmpty(properties.RedirectUri) ? OriginalPathBase + OriginalPath + Request.QueryString : properties.RedirectUri);

        ProviderMetadata metadata;
        try
        {
            metadata = await Options.Metadata.GetAsync(Context.RequestAborted);
        }
        catch (OpenIdSignInException refusal)
        {
            LogRefusal(refusal);
            SignInFailureRedirect.Redirect(Context, Options, refusal.Failure, isAgain: properties.Items.ContainsKey(OpenIdDefaults.AgainItem));
            return;
        }

        GenerateCorrelationId(properties);
        var address = BuildAuthorizationAddress(metadata, properties);
        await Events.RedirectToAuthorizationEndpoint(new RedirectContext<OAuthOptions>(Context, Scheme, Options, properties, address));
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        AuthenticationProperties? properties = null;
        try
        {
            var response = new AuthorizationResponse(Request.Query);
            properties = Options.StateDataFormat.Unprotect(response.State)
                ?? throw new OpenIdSignInException(SignInFailure.State, "The answer's state is missing or is not ours.");
            if (!ValidateCorrelationId(properties) || !AuthorizationSecrets.TryTake(properties, out var secrets))
            {
                throw new OpenIdSignInException(SignInFailure.Correlation, "The answer belongs to no sign-in that this browser has under way.");
            }

            return HandleRequestResult.Success(await SignInAsync(response, properties, secrets));
        }
        catch (OpenIdSignInException refusal)
        {
            LogRefusal(refusal);
            return HandleRequestResult.Fail(refusal, properties);
        }
    }

    private async Task<AuthenticationTicket> SignInAsync(
        AuthorizationResponse response, AuthenticationProperties properties, AuthorizationSecrets secrets)
    {
        var metadata = await Options.Metadata.GetAsync(Context.RequestAborted);
        var tokens = await TokenEndpoint.RedeemAsync(
            Options,
            metadata,
            response.GetCode(metadata),
            secrets.CodeVerifier,
            BuildRedirectUri(Options.CallbackPath),
            Context.RequestAborted);

        var idToken = await ValidateAsync(tokens, metadata, secrets.Nonce);
        response.CheckIssuer(idToken.Issuer);

        NoteWhenProven(properties, idToken.AuthenticatedAt);
        properties.RedirectUri = LocalUrl.OrRoot(properties.RedirectUri);
        if (idToken.Groups is { } groups)
        {
            properties.SetParameter(OpenIdDefaults.GroupsParameter, groups);
            if (groups.Unknown is { } why)
            {
                LogGroupsUnknown(Logger, why);
            }
        }

        // With many groups it is too long for the address at the end, and for the cookie until then; that there is a session to be ended is kept.
        properties.StoreTokens([new AuthenticationToken { Name = OpenIdDefaults.IdTokenName, Value = tokens.IdToken.Length <= LongestHint ? tokens.IdToken : string.Empty }]);
        return new AuthenticationTicket(new(idToken.ToIdentity(Scheme.Name)), properties, Scheme.Name);
    }

    /// <summary>Whoever was to prove anew who they are has done so after being asked: what the browser was told to ask for may have been taken out of the address.</summary>
    private void NoteWhenProven(AuthenticationProperties properties, DateTimeOffset? authenticatedAt)
    {
        var asked = properties.Items.TryGetValue(OpenIdDefaults.AgainItem, out var since) && since is not null
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture))
            : (DateTimeOffset?)null;
        if (asked is not null && authenticatedAt is null && Options.AcceptMissingAuthTime)
        {
            authenticatedAt = TimeProvider.GetUtcNow();
        }

        if (asked is { } begin && !(authenticatedAt >= begin - Options.ClockSkew))
        {
            throw new OpenIdSignInException(
                SignInFailure.Stale, authenticatedAt is { } at ? $"The person was to prove anew who they are at {begin:u}, and did so at {at:u}." : "The ID token does not say when the person proved who they are: 'auth_time' is missing.");
        }

        if (authenticatedAt is { } proven)
        {
            properties.Items[OpenIdDefaults.ProvenAtItem] = proven.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }
    }

    private async Task<IdToken> ValidateAsync(RedeemedTokens tokens, ProviderMetadata metadata, string nonce)
    {
        var token = JsonWebSignature.Parse(tokens.IdToken);
        var key = metadata.Keys.Find(token.KeyId, token.Algorithm);
        if (key is null)
        {
            // Providers change their keys when they like, and sign with the new one at once.
            metadata = await Options.Metadata.RefreshAsync(metadata, Context.RequestAborted);
            key = metadata.Keys.Find(token.KeyId, token.Algorithm) ?? throw new OpenIdSignInException(
                SignInFailure.Signature, $"The ID token names the key {LogText.Clean(token.KeyId)}, which the provider does not publish for its algorithm.");
        }

        return IdTokenValidator.Validate(token, key, new IdTokenExpectations
        {
            Issuer = metadata.Issuer,
            ClientId = Options.ClientId,
            Nonce = nonce,
            AccessToken = tokens.AccessToken,
            GroupClaim = Options.GroupClaim,
            Now = TimeProvider.GetUtcNow(),
            ClockSkew = Options.ClockSkew,
        });
    }

    private string BuildAuthorizationAddress(ProviderMetadata metadata, AuthenticationProperties properties)
    {
        var secrets = AuthorizationSecrets.Create();
        secrets.Store(properties);

        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = Options.ClientId,
            ["response_type"] = "code",
            ["scope"] = FormatScope(),
            ["redirect_uri"] = BuildRedirectUri(Options.CallbackPath),
            ["nonce"] = secrets.Nonce,
            [OAuthConstants.CodeChallengeKey] = secrets.CodeChallenge,
            [OAuthConstants.CodeChallengeMethodKey] = OAuthConstants.CodeChallengeMethodS256,
            ["state"] = Options.StateDataFormat.Protect(properties),
        };
        if (properties.Items.ContainsKey(OpenIdDefaults.AgainItem))
        {
            // Both: some providers know the one, some the other.
            (parameters["prompt"], parameters["max_age"]) = ("login", "0");
        }
        else if (properties.GetParameter<string>(OpenIdDefaults.PromptParameter) is { } prompt)
        {
            parameters["prompt"] = prompt;
        }

        return QueryHelpers.AddQueryString(metadata.AuthorizationEndpoint.AbsoluteUri, parameters);
    }

    private void LogRefusal(OpenIdSignInException refusal)
    {
        // What people do every day is not a warning.
        var level = refusal.Failure is SignInFailure.Denied or SignInFailure.Correlation ? LogLevel.Information : LogLevel.Warning;
        LogRefused(Logger, level, Options.SectionPath, refusal.Failure, refusal.Message, refusal.InnerException);
    }

    [LoggerMessage(EventId = 1, Message = "Sign-in by {Provider} refused ({Failure}): {Detail}")]
    private static partial void LogRefused(ILogger logger, LogLevel level, string provider, SignInFailure failure, string detail, Exception? exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The ID token of somebody who signs in does not tell their groups ({Why}): groups give them nothing.")]
    private static partial void LogGroupsUnknown(ILogger logger, GroupsUnknown why);
}
