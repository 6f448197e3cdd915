using System.Security.Claims;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// Who a person is to the portal, whatever their name or e-mail address. Both parts are case-sensitive and compared
/// character by character.
/// <list type="bullet">
/// <item>Any provider: the issuer and its <c>sub</c>.</item>
/// <item>Microsoft Entra: the issuer of the person's own tenant (it contains the tenant's id, <c>tid</c>) and the person's object
/// in that tenant (<c>oid</c>). Entra's <c>sub</c> is another one for each application and would not survive a
/// new registration.</item>
/// </list>
/// </summary>
/// <param name="Issuer">At most <see cref="MaximumIssuerLength"/> characters.</param>
/// <param name="Subject">At most <see cref="MaximumSubjectLength"/> characters.</param>
internal sealed record PersonKey(string Issuer, string Subject)
{
    public const int MaximumIssuerLength = 512;

    public const int MaximumSubjectLength = 255;

    /// <summary>Reads the key from the claims that the sign-in wrote.</summary>
    /// <exception cref="InvalidOperationException">
    /// The principal is not signed in, or has none or several of the claims that make the key.
    /// </exception>
    public static PersonKey FromPrincipal(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Identity is not { IsAuthenticated: true })
        {
            throw new InvalidOperationException("Nobody is signed in.");
        }

        // Only the sign-in to Entra writes an object id (IdToken.ToIdentity): another provider's "oid" never gets this far.
        var subject = Single(principal, OpenIdClaims.ObjectId) ?? Single(principal, OpenIdClaims.Subject);
        return new PersonKey(
            Single(principal, OpenIdClaims.Issuer) ?? throw Missing(OpenIdClaims.Issuer),
            subject ?? throw Missing(OpenIdClaims.Subject));
    }

    private static string? Single(ClaimsPrincipal principal, string type)
    {
        string? value = null;
        foreach (var claim in principal.FindAll(claim => string.Equals(claim.Type, type, StringComparison.Ordinal)))
        {
            if (value is not null)
            {
                throw new InvalidOperationException($"The signed-in principal has more than one claim '{type}'.");
            }

            value = claim.Value;
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static InvalidOperationException Missing(string type) =>
        new($"The signed-in principal has no claim '{type}'.");
}
