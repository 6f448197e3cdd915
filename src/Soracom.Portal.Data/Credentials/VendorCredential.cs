namespace Soracom.Portal.Data.Credentials;

/// <summary>
/// A tenant's access to its Soracom account in one coverage. The secret part is sealed by <see cref="TenantVault"/>;
/// nothing but signing in to the vendor opens it.
/// </summary>
public sealed class VendorCredential : ISealed
{
    /// <summary>The longest operator id, in characters.</summary>
    public const int OperatorIdLength = 32;

    /// <summary>Identity of the credential.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage it opens: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>What kind of credential it is.</summary>
    public required CredentialKind Kind { get; set; }

    /// <summary>The vendor's operator (account) that it signs in to, as the vendor answered when it was checked.</summary>
    public required string OperatorId { get; set; }

    /// <summary>The sealed secret. Only <see cref="TenantVault"/> reads it.</summary>
    public required byte[] Sealed { get; set; }

    /// <summary>Counts replacements from 1; part of what the seal is bound to.</summary>
    public required int Version { get; set; }

    /// <summary>Who stored this version.</summary>
    public required string StoredBy { get; set; }

    /// <summary>When this version was stored, UTC.</summary>
    public required DateTimeOffset StoredAt { get; set; }

    /// <summary>When the portal last signed in to the vendor with it, UTC.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>What came of that.</summary>
    public CredentialResult? LastResult { get; set; }

    /// <summary>Since when it is refused or cannot be opened, UTC; null while it opens its account. A vendor that is out of reach changes nothing.</summary>
    public DateTimeOffset? FailingSince { get; set; }
}

/// <summary>The three ways to sign in to the vendor.</summary>
public enum CredentialKind
{
    /// <summary>An AuthKey id and its secret.</summary>
    AuthKey,

    /// <summary>A SAM user's name and password.</summary>
    SamUser,

    /// <summary>The root user's e-mail address and password.</summary>
    Root,
}

/// <summary>What came of the last sign-in with a credential.</summary>
public enum CredentialResult
{
    /// <summary>The vendor accepted it.</summary>
    Accepted,

    /// <summary>The vendor refused it.</summary>
    Refused,

    /// <summary>The vendor could not be asked.</summary>
    Unreachable,

    /// <summary>It could not be opened: altered, moved, or its key is gone.</summary>
    Unreadable,
}
