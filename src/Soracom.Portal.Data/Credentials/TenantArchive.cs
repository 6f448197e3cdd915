using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Data.Credentials;

/// <summary>Seals what a tenant keeps for long and may hold secrets, such as every configuration that a group has had.</summary>
/// <param name="vault">Seals the archive's key.</param>
/// <param name="clock">The clock.</param>
public sealed class TenantArchive(TenantVault vault, TimeProvider clock)
{
    /// <summary>
    /// Opens a tenant's archive for reading and writing; begins it where there is none yet. Where half of the key is lost that seals the last
    /// archive key, another one is begun, and the trail says so: what the former sealed stays shut, unless the half comes back.
    /// </summary>
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
        var known = await OpenAsync(db, tenantId, cancellationToken);
        if (known is { TakesMore: true })
        {
            return known;
        }

        var key = RandomNumberGenerator.GetBytes(SealedEnvelope.KeySize);
        var row = new ArchiveKey { TenantId = tenantId, Version = known is null ? ArchiveKey.First : known.Number + 1, CreatedAt = clock.GetUtcNow() };
        await vault.SealAsync(db, row, key, cancellationToken);
        db.ArchiveKeys.Add(row);
        if (known is not null)
        {
            db.AuditEntries.Add(new AuditEntry
            {
                At = row.CreatedAt,
                TenantId = tenantId,
                ActorName = AuditEntry.Itself,
                Action = AuditActions.ArchiveBegun,
                Outcome = AuditOutcome.Succeeded,
                RequestId = Activity.Current?.TraceId.ToString(),
                Before = known.Number.ToString(CultureInfo.InvariantCulture),
                After = row.Version.ToString(CultureInfo.InvariantCulture),
            });
        }

        // Within the turn's transaction: a second call in the same context finds it, and begins no other.
        await db.SaveChangesAsync(cancellationToken);
        return known is null ? new ArchiveCipher(tenantId, [(row.Version, key)]) : known.With(row.Version, key);
    }

    /// <summary>Opens a tenant's archive.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The archive; dispose it. Null while nothing was put into it. Of keys whose half is lost it opens nothing, and what others seal all the same.</returns>
    /// <exception cref="VaultException">A key can't be opened, and not for a lost half.</exception>
    public async Task<ArchiveCipher?> OpenAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var keys = new List<(int Number, byte[]? Key)>();
        foreach (var row in await db.ArchiveKeys.AsNoTracking().Where(row => row.TenantId == tenantId).ToListAsync(cancellationToken))
        {
            keys.Add((row.Version, await TryOpenAsync(db, row, cancellationToken)));
        }

        return keys.Count > 0 ? new ArchiveCipher(tenantId, keys) : null;
    }

    private async Task<byte[]?> TryOpenAsync(PortalDbContext db, ArchiveKey row, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.OpenAsync(db, row, cancellationToken);
        }
        catch (VaultException error) when (error.Failure == VaultFailure.KeyShareLost)
        {
            return null;
        }
    }
}
