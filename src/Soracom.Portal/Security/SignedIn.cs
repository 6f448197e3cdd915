using System.Security.Claims;

namespace Soracom.Portal.Security;

/// <summary>Who is signed in, in which session, from where.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="SessionId">The sign-in session.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Address">Network address of the request or circuit.</param>
public sealed record SignedIn(Guid PersonId, Guid SessionId, string Name, string? Address)
{
    internal const string PersonClaim = "portal:person";
    internal const string SessionClaim = "portal:session";

    /// <summary>Reads the cookie's identity.</summary>
    /// <param name="principal">The principal of the request or circuit.</param>
    /// <param name="address">Network address of the request or circuit.</param>
    /// <returns>Who is signed in; null when nobody is.</returns>
    public static SignedIn? From(ClaimsPrincipal principal, string? address)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.Identity is { IsAuthenticated: true }
            && Guid.TryParse(principal.FindFirstValue(PersonClaim), out var person)
            && Guid.TryParse(principal.FindFirstValue(SessionClaim), out var session)
            ? new SignedIn(person, session, principal.Identity.Name ?? string.Empty, address)
            : null;
    }

    internal ClaimsPrincipal ToPrincipal(string authenticationType) => new(new ClaimsIdentity(
        [
            new Claim(PersonClaim, PersonId.ToString()),
            new Claim(SessionClaim, SessionId.ToString()),
            new Claim(ClaimTypes.Name, Name),
        ],
        authenticationType));
}
