namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// Why a sign-in was refused. The code of one of these is all that reaches the browser
/// (<c>/sign-in/failed?reason=code</c>); the details are in the log.
/// </summary>
internal enum SignInFailure
{
    /// <summary>The answer carries no state, or one that this portal did not issue.</summary>
    State,

    /// <summary>The answer belongs to a sign-in that this browser did not begin, has finished already, or let expire.</summary>
    Correlation,

    /// <summary>The ID token was made for another sign-in.</summary>
    Nonce,

    /// <summary>The ID token is not signed by a key of the provider, or with an algorithm that is not accepted.</summary>
    Signature,

    /// <summary>The answer, the ID token or the metadata names another issuer than the configured one.</summary>
    Issuer,

    /// <summary>The ID token was made for another application.</summary>
    Audience,

    /// <summary>The ID token is outside its time of validity.</summary>
    Expired,

    /// <summary>The person was to prove anew who they are, and the provider did not ask, or does not say when it did.</summary>
    Stale,

    /// <summary>Somebody else signed in where the person who is signed in was to prove it anew.</summary>
    Another,

    /// <summary>The person's Entra tenant is not one that may sign in.</summary>
    Tenant,

    /// <summary>The person, or an administrator's rule, declined at the provider.</summary>
    Denied,

    /// <summary>The provider answered with another error.</summary>
    Provider,

    /// <summary>The provider could not be reached, or could not answer.</summary>
    Unavailable,

    /// <summary>The provider's answer is malformed, incomplete or contradicts itself.</summary>
    Protocol,
}

internal static class SignInFailures
{
    private static readonly Dictionary<string, SignInFailure> ByCode =
        Enum.GetValues<SignInFailure>().ToDictionary(ToCode, StringComparer.Ordinal);

    /// <summary>The code used in URLs: the failure's name in lower case.</summary>
#pragma warning disable CA1308 // A URL's habit, not a normalisation for comparing.
    public static string ToCode(this SignInFailure failure) => failure.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>The failure with that code; null for anything else that stands in the URL.</summary>
    public static SignInFailure? FromCode(string? code) =>
        code is not null && ByCode.TryGetValue(code, out var failure) ? failure : null;
}
