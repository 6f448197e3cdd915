using Soracom.Api;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>The vendor could not be asked, or did not give what was asked for.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Coverage">In which coverage.</param>
public sealed record VendorError(VendorErrorKind Kind, SoracomCoverage Coverage) : PortalError("Vendor")
{
    /// <summary>The vendor's error code; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The vendor's own words, in the user's language; null when it gave none.</summary>
    public string? VendorMessage { get; init; }

    /// <summary>The vendor's id of the request; null when it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether another credential, or more permissions for it, would help.</summary>
    public bool IsAboutTheCredential =>
        Kind is VendorErrorKind.NoCredential or VendorErrorKind.BadCredential or VendorErrorKind.UnreadableCredential or VendorErrorKind.Denied;

    /// <summary>Whether it was asked to change something and may have done so: look before doing it again.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>How long until it makes sense to ask again; null when unknown.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The ways in which a vendor call fails that a user can tell apart.</summary>
public enum VendorErrorKind
{
    /// <summary>The tenant has no credential for the coverage.</summary>
    NoCredential,

    /// <summary>The vendor refuses the stored credential.</summary>
    BadCredential,

    /// <summary>The vendor refuses a credential that was entered to be stored.</summary>
    NewCredentialRefused,

    /// <summary>The stored credential can't be opened.</summary>
    UnreadableCredential,

    /// <summary>The half of the tenant's key that lies outside the database is out of reach: the credential can't be opened for the moment.</summary>
    KeyStoreAway,

    /// <summary>The credential's user lacks the permission for the operation.</summary>
    Denied,

    /// <summary>The account's calls are used up for the moment.</summary>
    RateLimited,

    /// <summary>The vendor is down, slow or out of reach.</summary>
    Unavailable,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>The vendor refuses what was asked for.</summary>
    Refused,

    /// <summary>The answer was not the vendor's API.</summary>
    NotUnderstood,
}
