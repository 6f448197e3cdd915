using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>What an ID token has to agree with.</summary>
internal sealed class IdTokenExpectations
{
    public required IssuerPolicy Issuer { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The nonce that this sign-in sent.</summary>
    public required string Nonce { get; init; }

    /// <summary>The access token that came with the ID token, if one did.</summary>
    public required string? AccessToken { get; init; }

    /// <summary>The claim that names groups; null where the portal does not ask.</summary>
    public string? GroupClaim { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>How far the provider's clock may differ from ours.</summary>
    public required TimeSpan ClockSkew { get; init; }
}

/// <summary>
/// Validates an ID token from the token endpoint (OpenID Connect Core 1.0, section 3.1.3.7): first the signature, then, and only
/// then, what the token says. The first rule that it breaks is the <see cref="SignInFailure"/>.
/// </summary>
internal static class IdTokenValidator
{
    /// <exception cref="OpenIdSignInException">The token breaks a rule.</exception>
    public static IdToken Validate(JsonWebSignature token, SigningKey key, IdTokenExpectations expected)
    {
        using var document = StrictJson.ParseObject(token.Verify(key), "The ID token's payload");
        var claims = document.RootElement;

        var issuer = claims.RequiredText("iss");
        var entra = expected.Issuer.Check(issuer, claims);
        CheckKeyIssuer(key, issuer, entra);
        CheckAudience(claims, expected.ClientId);
        CheckTime(claims, expected.Now, expected.ClockSkew);
        CheckNonce(claims, expected.Nonce);
        CheckAccessToken(claims, expected.AccessToken);

        return new IdToken
        {
            Issuer = issuer,
            Subject = ReadSubject(claims),
            Entra = entra,
            AuthenticatedAt = claims.Instant("auth_time"),
            Name = claims.Text("name"),
            Email = claims.Text("email"),
            PreferredUsername = claims.Text("preferred_username"),
            Groups = expected.GroupClaim is { } groups ? GroupClaims.Read(claims, groups) : null,
        };
    }

    // A key set shared by many issuers says which key signs for whom; a key of one must not vouch for another.
    private static void CheckKeyIssuer(SigningKey key, string issuer, EntraPerson? entra)
    {
        if (key.Issuer is null)
        {
            return;
        }

        var signsFor = entra is null ? key.Issuer : EntraIssuer.FillIn(key.Issuer, entra.TenantId);
        if (!string.Equals(signsFor, issuer, StringComparison.Ordinal))
        {
            throw new OpenIdSignInException(SignInFailure.Signature, "The ID token is signed by a key of another issuer.");
        }
    }

    private static void CheckAudience(JsonElement claims, string clientId)
    {
        var audiences = claims.Member("aud") is { ValueKind: JsonValueKind.Array }
            ? claims.Texts("aud")!
            : [claims.RequiredText("aud")];
        if (!audiences.Contains(clientId, StringComparer.Ordinal))
        {
            throw new OpenIdSignInException(
                SignInFailure.Audience, $"The ID token is for {LogText.Clean(string.Join(' ', audiences))}, not for this application.");
        }

        // A token for several applications must say that it was this one that asked.
        var authorized = claims.Text("azp");
        if (authorized is null ? audiences.Count > 1 : !string.Equals(authorized, clientId, StringComparison.Ordinal))
        {
            throw new OpenIdSignInException(SignInFailure.Audience, "The ID token was not made at this application's request.");
        }
    }

    private static void CheckTime(JsonElement claims, DateTimeOffset now, TimeSpan skew)
    {
        var expires = claims.Instant("exp") ?? throw Missing("exp");
        var issued = claims.Instant("iat") ?? throw Missing("iat");
        var begins = claims.Instant("nbf");

        // Differences, not sums: a token may name the last second of the calendar.
        if (now - expires >= skew)
        {
            throw new OpenIdSignInException(SignInFailure.Expired, $"The ID token expired at {expires:u}; it is {now:u}.");
        }

        if (issued - now > skew || begins - now > skew)
        {
            throw new OpenIdSignInException(
                SignInFailure.Expired, $"The ID token is valid from {(begins > issued ? begins : issued):u}; it is {now:u}.");
        }
    }

    private static void CheckNonce(JsonElement claims, string expected)
    {
        if (claims.Text("nonce") is not { Length: > 0 } nonce || !FixedTimeEquals(nonce, expected))
        {
            throw new OpenIdSignInException(SignInFailure.Nonce, "The ID token does not carry this sign-in's nonce.");
        }
    }

    // OpenID Connect Core 1.0, section 3.1.3.6: the left half of the access token's hash, which is SHA-256 for each accepted algorithm.
    private static void CheckAccessToken(JsonElement claims, string? accessToken)
    {
        if (claims.Text("at_hash") is not { } hash)
        {
            return;
        }

        if (accessToken is null
            || !FixedTimeEquals(hash, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken)).AsSpan(0, 16))))
        {
            throw new OpenIdSignInException(SignInFailure.Protocol, "The ID token belongs to another access token.");
        }
    }

    private static string ReadSubject(JsonElement claims)
    {
        var subject = claims.RequiredText("sub");
        return subject.Length <= PersonKey.MaximumSubjectLength
            ? subject
            : throw new OpenIdSignInException(
                SignInFailure.Protocol, $"The ID token's subject is longer than {PersonKey.MaximumSubjectLength} characters.");
    }

    private static bool FixedTimeEquals(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static OpenIdSignInException Missing(string claim) =>
        new(SignInFailure.Protocol, $"'{claim}' is missing.");
}
