using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Authentication.OAuth;
using Soracom.Portal.Security.OpenId.Metadata;

namespace Soracom.Portal.Security.OpenId;

/// <summary>The tokens that a code was worth. Not a record: nothing prints them.</summary>
internal sealed class RedeemedTokens(string idToken, string? accessToken)
{
    public string IdToken { get; } = idToken;

    public string? AccessToken { get; } = accessToken;
}

/// <summary>Redeems an authorization code (RFC 6749, section 4.1.3).</summary>
internal static class TokenEndpoint
{
    /// <exception cref="OpenIdSignInException">
    /// <see cref="SignInFailure.Provider"/>: refused, for instance because the code was used before.
    /// <see cref="SignInFailure.Unavailable"/>: no answer. <see cref="SignInFailure.Protocol"/>: an answer without an ID token.
    /// </exception>
    public static async Task<RedeemedTokens> RedeemAsync(
        OpenIdOptions options,
        ProviderMetadata metadata,
        string code,
        string codeVerifier,
        string redirectUri,
        CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            [OAuthConstants.CodeVerifierKey] = codeVerifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint);
        Authenticate(options, metadata.ClientAuthentication, request, form);
        request.Headers.Accept.ParseAdd("application/json");
        request.Content = new FormUrlEncodedContent(form);

        var (status, body) = await options.Backchannel.ExchangeAsync(request, "token endpoint", cancellationToken);
        using var document = StrictJson.ParseObject(body, $"The token endpoint's answer ({(int)status})");
        var answer = document.RootElement;
        if (status != HttpStatusCode.OK)
        {
            var description = LogText.Clean(answer.Text("error_description"), code, codeVerifier, options.ClientSecret);
            throw new OpenIdSignInException(
                SignInFailure.Provider,
                $"The token endpoint answered {(int)status}, {LogText.Clean(answer.Text("error"), code)}: {description}");
        }

        return new RedeemedTokens(answer.RequiredText("id_token"), answer.Text("access_token"));
    }

    private static void Authenticate(
        OpenIdOptions options, ClientAuthentication method, HttpRequestMessage request, Dictionary<string, string> form)
    {
        if (method == ClientAuthentication.Basic)
        {
            var credentials = $"{FormEncode(options.ClientId)}:{FormEncode(options.ClientSecret)}";
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials)));
            return;
        }

        form["client_id"] = options.ClientId;
        if (method == ClientAuthentication.Post)
        {
            form["client_secret"] = options.ClientSecret;
        }
    }

    // RFC 6749, section 2.3.1: both parts as in a form, so that a colon or a letter beyond ASCII survives.
    private static string FormEncode(string value) => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);
}
