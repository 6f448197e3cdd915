namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>
/// The signature algorithms that an ID token may name (RFC 7518, section 3.1). The list is closed: <c>none</c>, the HMAC ones
/// and whatever is invented later are unknown here. All three hash with SHA-256.
/// </summary>
internal enum SigningAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5.</summary>
    Rs256,

    /// <summary>RSASSA-PSS with a salt of the hash's length.</summary>
    Ps256,

    /// <summary>ECDSA on P-256, the signature as r and s of 32 bytes each.</summary>
    Es256,
}

internal static class SigningAlgorithms
{
    public static SigningAlgorithm? FromName(string name) => name switch
    {
        "RS256" => SigningAlgorithm.Rs256,
        "PS256" => SigningAlgorithm.Ps256,
        "ES256" => SigningAlgorithm.Es256,
        _ => null,
    };
}
