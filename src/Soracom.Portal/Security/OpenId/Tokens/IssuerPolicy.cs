using System.Text.Json;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>Which issuers speak for the configured provider.</summary>
internal abstract class IssuerPolicy
{
    /// <summary>Whether the issuer may stand in an authorization response (RFC 9207).</summary>
    public abstract bool Allows(string issuer);

    /// <summary>Checks an ID token's issuer and, for Entra, the tenant; the result is the person there, null for other providers.</summary>
    /// <param name="issuer">The token's <c>iss</c>.</param>
    /// <param name="claims">The token's verified payload.</param>
    /// <exception cref="OpenIdSignInException"><see cref="SignInFailure.Issuer"/> or <see cref="SignInFailure.Tenant"/>.</exception>
    public abstract EntraPerson? Check(string issuer, JsonElement claims);

    protected static OpenIdSignInException Foreign(string issuer) =>
        new(SignInFailure.Issuer, $"The ID token was issued by {LogText.Clean(issuer)}, which is not the configured provider.");
}

/// <summary>One issuer, character by character.</summary>
internal sealed class ExactIssuer(string expected) : IssuerPolicy
{
    public override bool Allows(string issuer) => string.Equals(issuer, expected, StringComparison.Ordinal);

    public override EntraPerson? Check(string issuer, JsonElement claims) => Allows(issuer) ? null : throw Foreign(issuer);
}

/// <summary>
/// Microsoft Entra: each tenant is an issuer of its own, <c>{instance}/{tenantid}/v2.0</c>. Either one tenant is configured, or the
/// metadata is that of all (organizations, common) and a list may narrow it down.
/// </summary>
/// <param name="template">The issuer with <see cref="Placeholder"/> in place of the tenant.</param>
/// <param name="only">The one tenant that issues; null when it may be any.</param>
/// <param name="allowed">The tenants whose people may sign in; empty when it may be any.</param>
internal sealed class EntraIssuer(string template, Guid? only, IReadOnlySet<Guid> allowed) : IssuerPolicy
{
    public const string Placeholder = "{tenantid}";

    public static string FillIn(string template, Guid tenant) =>
        template.Replace(Placeholder, tenant.ToString("D"), StringComparison.Ordinal);

    /// <summary>The tenant in an issuer that follows the template; null when it does not.</summary>
    public static Guid? ReadTenant(string template, string issuer)
    {
        var start = template.IndexOf(Placeholder, StringComparison.Ordinal);
        const int GuidLength = 36;
        return start >= 0
            && issuer.Length >= start + GuidLength
            && Guid.TryParseExact(issuer.AsSpan(start, GuidLength), "D", out var tenant)
            && string.Equals(FillIn(template, tenant), issuer, StringComparison.Ordinal)
            ? tenant
            : null;
    }

    public override bool Allows(string issuer) => ReadTenant(template, issuer) is { } tenant && (only is null || only == tenant);

    public override EntraPerson? Check(string issuer, JsonElement claims)
    {
        if (!Allows(issuer))
        {
            throw Foreign(issuer);
        }

        var tenant = ReadGuid(claims, OpenIdClaims.TenantId);
        if (tenant != ReadTenant(template, issuer))
        {
            throw new OpenIdSignInException(SignInFailure.Tenant, "The ID token's tenant is not the one that issued it.");
        }

        if (allowed.Count > 0 && !allowed.Contains(tenant))
        {
            throw new OpenIdSignInException(SignInFailure.Tenant, $"People of the tenant {tenant:D} may not sign in.");
        }

        return new EntraPerson(tenant, ReadGuid(claims, OpenIdClaims.ObjectId));
    }

    private static Guid ReadGuid(JsonElement claims, string name) =>
        Guid.TryParseExact(claims.Text(name), "D", out var value) && value != Guid.Empty
            ? value
            : throw new OpenIdSignInException(
                SignInFailure.Tenant, $"The ID token's '{name}' is missing or no GUID, as Microsoft Entra writes it.");
}
