using System.Security.Claims;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>What a validated ID token says about the person; made by <see cref="IdTokenValidator"/> alone.</summary>
internal sealed class IdToken
{
    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    /// <summary>Set for Microsoft Entra only, whatever other providers write in their tokens.</summary>
    public EntraPerson? Entra { get; init; }

    /// <summary>When the person proved who they are, UTC; null where the provider does not say.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? PreferredUsername { get; init; }

    /// <summary>What it says about groups; null where the portal does not ask.</summary>
    public ClaimedGroups? Groups { get; init; }

    /// <summary>The person as the portal's session keeps it, with the claims of <see cref="OpenIdClaims"/> and no others.</summary>
    public ClaimsIdentity ToIdentity(string authenticationType)
    {
        // No claim is a role: what a person may do is the portal's own knowledge. The type has to be named, and is never written.
        var identity = new ClaimsIdentity(authenticationType, OpenIdClaims.Name, roleType: "roles");
        Add(OpenIdClaims.Issuer, Issuer);
        Add(OpenIdClaims.Subject, Subject);
        Add(OpenIdClaims.TenantId, Entra?.TenantId.ToString("D"));
        Add(OpenIdClaims.ObjectId, Entra?.ObjectId.ToString("D"));
        Add(OpenIdClaims.Name, Name);
        Add(OpenIdClaims.Email, Email);
        Add(OpenIdClaims.PreferredUsername, PreferredUsername);
        return identity;

        void Add(string type, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                identity.AddClaim(new Claim(type, value, ClaimValueTypes.String, Issuer));
            }
        }
    }
}

/// <summary>A person in a tenant of Microsoft Entra.</summary>
internal sealed record EntraPerson(Guid TenantId, Guid ObjectId);
