namespace Soracom.Portal.Data.Credentials;

/// <summary>A tenant's own data key, of which one half lies here, wrapped by the installation's key ring.</summary>
public sealed class TenantDataKey : ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Counts the tenant's keys from 1; sealed data names the one it was written under.</summary>
    public required int Number { get; init; }

    /// <summary>The wrapped half of the key; null once it was retired or destroyed, and then what it sealed can't be opened.</summary>
    public byte[]? Wrapped { get; set; }

    /// <summary>Which other half, outside the database, belongs to it; null for a key that was made before there were halves, which is whole here, and for a retired one whose other half was deleted.</summary>
    public Guid? ShareId { get; set; }

    /// <summary>
    /// Counts seals and retirement. A concurrency token: a secret sealed while the key is being retired would be lost,
    /// so one of the two saves fails instead.
    /// </summary>
    public int Revision { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was retired or destroyed, UTC.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}
