namespace Soracom.Portal.Data.Credentials;

/// <summary>
/// Keeps one half of each tenant's data keys outside the database. A copy of the database, even together with the key ring's certificate, opens
/// nothing of a tenant whose halves were deleted.
/// </summary>
public interface IKeyShares
{
    /// <summary>Keeps a half. It is on the disk when this returns.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="shareId">What the key's row knows it by; never used before.</param>
    /// <param name="share">The half.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is kept.</returns>
    /// <exception cref="IOException">The store is away, or takes nothing.</exception>
    Task KeepAsync(Guid tenantId, Guid shareId, byte[] share, CancellationToken cancellationToken);

    /// <summary>Finds a half.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="shareId">What the key's row knows it by.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The half; null where it was deleted.</returns>
    /// <exception cref="IOException">The store is away.</exception>
    Task<byte[]?> FindAsync(Guid tenantId, Guid shareId, CancellationToken cancellationToken);

    /// <summary>Deletes a half of a key that is needed no more. Done twice, it is the same.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="shareId">What the key's row knows it by.</param>
    /// <exception cref="IOException">The store is away, or somebody has the file open.</exception>
    void Drop(Guid tenantId, Guid shareId);
}
