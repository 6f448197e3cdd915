using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Soracom.Portal.Security.OpenId.Metadata;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// Ending the session at the provider (OpenID Connect RP-Initiated Logout 1.0). As with the framework's handler, the portal's own
/// session is ended by signing out of its cookie scheme in the same request.
/// </summary>
internal sealed partial class OpenIdHandler
{
    // In a URL, which servers take up to about 8,000 characters of.
    private const int LongestHint = 4096;

    public override async Task<bool> HandleRequestAsync()
    {
        if (!HttpMethods.IsGet(Request.Method) || Request.Path != Options.SignedOutCallbackPath)
        {
            return await base.HandleRequestAsync();
        }

        // Without a state of ours there is still a browser to be answered; a foreign one only loses its wish where to go.
        var state = Options.StateDataFormat.Unprotect(Request.Query["state"]);
        Response.Redirect(LocalUrl.OrRoot(state?.RedirectUri));
        return true;
    }

    public async Task SignOutAsync(AuthenticationProperties? properties)
    {
        if (ResolveTarget(Options.ForwardSignOut) is { } target)
        {
            await Context.SignOutAsync(target, properties);
            return;
        }

        var after = LocalUrl.OrRoot(properties?.RedirectUri);
        var session = await HandleAuthenticateOnceSafeAsync();
        var address = session.Properties?.GetTokenValue(OpenIdDefaults.IdTokenName) is { } idToken
            ? await BuildEndSessionAddressAsync(idToken, after)
            : null;
        Response.Redirect(address ?? after);
    }

    // Null when there is no session at the provider that could be ended: the sign-out is then the portal's alone.
    private async Task<string?> BuildEndSessionAddressAsync(string idToken, string after)
    {
        ProviderMetadata metadata;
        try
        {
            metadata = await Options.Metadata.GetAsync(Context.RequestAborted);
        }
        catch (OpenIdSignInException failure)
        {
            LogSignedOutHereOnly(Logger, Options.SectionPath, failure.Message, failure.InnerException);
            return null;
        }

        if (metadata.EndSessionEndpoint is not { } endpoint)
        {
            return null;
        }

        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["post_logout_redirect_uri"] = BuildRedirectUri(Options.SignedOutCallbackPath),
            ["state"] = Options.StateDataFormat.Protect(new AuthenticationProperties { RedirectUri = after }),
        };
        if (idToken.Length is > 0 and <= LongestHint)
        {
            parameters["id_token_hint"] = idToken;
        }
        else
        {
            parameters["client_id"] = Options.ClientId;
        }

        return QueryHelpers.AddQueryString(endpoint.AbsoluteUri, parameters);
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Signed out of the portal, but not of the identity provider {Provider}: {Detail}")]
    private static partial void LogSignedOutHereOnly(ILogger logger, string provider, string detail, Exception? exception);
}
