using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Credentials;

/// <summary>Seals what a tenant keeps for long and may hold secrets, such as every configuration that a group has had.</summary>
/// <param name="vault">Seals the archive's key.</param>
/// <param name="clock">The clock.</param>
public sealed class TenantArchive(TenantVault vault, TimeProvider clock)
{
    /// <summary>Opens a tenant's archive for reading and writing; begins it where there is none yet.</summary>
    /// <param name="db">
    /// A context of the tenant, in the tenant's turn (<see cref="PortalDatabase.InTurnAsync"/>): two that begin it at once would have a key
    /// each. What waits in it is saved with the key, in the turn's transaction.
    /// </param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The archive; dispose it.</returns>
    /// <exception cref="VaultException">Its key can't be opened.</exception>
    public async Task<ArchiveCipher> BeginAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await OpenAsync(db, tenantId, cancellationToken) is { } known)
        {
            return known;
        }

        var key = RandomNumberGenerator.GetBytes(SealedEnvelope.KeySize);
        var row = new ArchiveKey { TenantId = tenantId, CreatedAt = clock.GetUtcNow() };
        await vault.SealAsync(db, row, key, cancellationToken);
        db.ArchiveKeys.Add(row);
        // Within the turn's transaction: a second call in the same context finds it, and begins no other.
        await db.SaveChangesAsync(cancellationToken);
        return new ArchiveCipher(tenantId, key);
    }

    /// <summary>Opens a tenant's archive.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The archive; dispose it. Null while nothing was put into it.</returns>
    /// <exception cref="VaultException">Its key can't be opened.</exception>
    public async Task<ArchiveCipher?> OpenAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ArchiveKeys.AsNoTracking().SingleOrDefaultAsync(row => row.TenantId == tenantId, cancellationToken) is { } key
            ? new ArchiveCipher(tenantId, await vault.OpenAsync(db, key, cancellationToken))
            : null;
    }
}
