using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Credentials;

/// <summary>
/// Seals and opens a tenant's secrets. Each tenant has a data key of its own, so that replacing or destroying one tenant's key concerns that
/// tenant alone. The database holds one half of it, wrapped by the installation's key ring; the other half lies outside the database, so
/// that no backup of it outlives the key.
/// </summary>
/// <remarks>
/// A service, not a value converter of the model: Entity Framework caches the model, so that a second host in the same
/// process would go on with the first one's keys.
/// </remarks>
/// <param name="keyRing">The installation's key ring.</param>
/// <param name="shares">The halves outside the database.</param>
/// <param name="clock">The clock.</param>
public sealed class TenantVault(IDataProtectionProvider keyRing, IKeyShares shares, TimeProvider clock)
{
    /// <summary>
    /// Seals a secret into a row, under the tenant's current data key; makes the tenant's first one where there is
    /// none. Saves nothing: the caller's <c>SaveChangesAsync</c> does.
    /// </summary>
    /// <param name="db">A context of the row's tenant.</param>
    /// <param name="row">The row; its id and version must be final.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// A task that ends when <see cref="ISealed.Sealed"/> is set. The save throws
    /// <see cref="DbUpdateConcurrencyException"/> when the data key was used or retired in between.
    /// </returns>
    /// <exception cref="VaultException">The data key can't be opened, or the half of a new one can't be kept; nothing was changed.</exception>
    public async Task SealAsync(PortalDbContext db, ISealed row, ReadOnlyMemory<byte> secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(row);
        await UsableKeysAsync(db, row.TenantId, cancellationToken);

        // What was read just now and what an earlier seal in the same context made, which is not saved yet.
        var current = db.TenantDataKeys.Local
            .Where(candidate => candidate.TenantId == row.TenantId && candidate.Wrapped != null)
            .MaxBy(candidate => candidate.Number);
        // What a lost half keeps shut is left as it is, for the half may come back; the tenant goes on under another key.
        var key = current is not null && await UnwrapAsync(current, cancellationToken) is { } bytes
            ? (current.Number, current.ShareId, Bytes: bytes)
            : await AddKeyAsync(db, row.TenantId, cancellationToken);
        if (current?.Number == key.Number)
        {
            current.Revision++;
        }

        try
        {
            row.Sealed = SealedEnvelope.Seal(key.Bytes, key.Number, RecordOf(row), secret.Span);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key.Bytes);
        }
    }

    /// <summary>Opens a row's secret. The caller clears the bytes when done.</summary>
    /// <param name="db">A context of the row's tenant.</param>
    /// <param name="row">The row.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="VaultException">The seal does not fit the record, or its key is gone.</exception>
    public async Task<byte[]> OpenAsync(PortalDbContext db, ISealed row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(row);
        var number = SealedEnvelope.KeyNumberOf(row.Sealed);
        var wrapped = await db.TenantDataKeys.AsNoTracking().SingleOrDefaultAsync(
            candidate => candidate.TenantId == row.TenantId && candidate.Number == number, cancellationToken);
        if (wrapped is not { Wrapped: not null })
        {
            throw new VaultException(VaultFailure.KeyGone);
        }

        var key = await UnwrapAsync(wrapped, cancellationToken) ?? throw new VaultException(VaultFailure.KeyShareLost);
        try
        {
            return SealedEnvelope.Open(key, RecordOf(row), row.Sealed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// Replaces the tenant's data key: seals all of the tenant's secrets anew and retires the old keys, in one save. What a lost half keeps shut
    /// stays as it is, with its key, for the half may come back.
    /// </summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels; then nothing was changed.</param>
    /// <returns>How many secrets were sealed anew.</returns>
    /// <exception cref="VaultException">One of the secrets can't be opened, or the new key's half can't be kept; nothing was changed.</exception>
    /// <exception cref="DbUpdateConcurrencyException">A secret was stored meanwhile; nothing was changed.</exception>
    public async Task<int> RotateAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        List<ISealed> rows =
        [
            .. await db.VendorCredentials.Where(credential => credential.TenantId == tenantId).ToListAsync(cancellationToken),
            .. await db.ArchiveKeys.Where(archive => archive.TenantId == tenantId).ToListAsync(cancellationToken),
        ];
        var usable = await UsableKeysAsync(db, tenantId, cancellationToken);
        List<(ISealed Row, byte[] Secret)> opened = [];
        var shut = new HashSet<int>();
        Guid shareId;
        try
        {
            // All of them first: where one can't be opened, no half of a new key is left behind.
            foreach (var row in rows)
            {
                try
                {
                    opened.Add((row, await OpenAsync(db, row, cancellationToken)));
                }
                catch (VaultException error) when (error.Failure == VaultFailure.KeyShareLost)
                {
                    shut.Add(SealedEnvelope.KeyNumberOf(row.Sealed));
                }
            }

            var key = await AddKeyAsync(db, tenantId, cancellationToken);
            shareId = key.ShareId!.Value;
            foreach (var (row, secret) in opened)
            {
                row.Sealed = SealedEnvelope.Seal(key.Bytes, key.Number, RecordOf(row), secret);
            }

            CryptographicOperations.ZeroMemory(key.Bytes);
        }
        finally
        {
            opened.ForEach(one => CryptographicOperations.ZeroMemory(one.Secret));
        }

        Retire(usable.Where(key => !shut.Contains(key.Number)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another instance replaced the key meanwhile, say: a half that no row names would lie there for ever.
            if (!await db.TenantDataKeys.AnyAsync(key => key.TenantId == tenantId && key.ShareId == shareId, CancellationToken.None))
            {
                shares.Drop(tenantId, shareId);
            }

            throw;
        }

        // The former keys' other halves stay for a while: a backup of the database from before needs them.
        return opened.Count;
    }

    /// <summary>Deletes the other halves of keys that were retired long ago: from then on backups from before open nothing any more.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="before">Those that were retired before this time, UTC.</param>
    /// <param name="cancellationToken">Cancels; the rest is done the next time.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="IOException">The store is away, or somebody has a file open.</exception>
    public async Task<int> ForgetAsync(PortalDbContext db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var old = await db.TenantDataKeys.Where(key => key.Wrapped == null && key.ShareId != null && key.RetiredAt < before).ToListAsync(cancellationToken);
        foreach (var key in old)
        {
            shares.Drop(key.TenantId, key.ShareId!.Value);
            key.ShareId = null;
        }

        await db.SaveChangesAsync(cancellationToken);
        return old.Count;
    }

    /// <summary>
    /// Destroys the database's halves of the tenant's data keys: what they sealed can't be opened any more. The other halves, without which no
    /// backup opens it either, are deleted where they lie, once this is committed.
    /// </summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels; then nothing was changed.</param>
    /// <returns>A task that ends when they are gone.</returns>
    public async Task DestroyAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        Retire(await UsableKeysAsync(db, tenantId, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static SealedRecord RecordOf(ISealed row) => new(row.TenantId, row.Id, row.Version);

    private static Task<List<TenantDataKey>> UsableKeysAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken) =>
        db.TenantDataKeys.Where(key => key.TenantId == tenantId && key.Wrapped != null).ToListAsync(cancellationToken);

    private void Retire(IEnumerable<TenantDataKey> keys)
    {
        foreach (var key in keys)
        {
            key.Wrapped = null;
            key.Revision++;
            key.RetiredAt = clock.GetUtcNow();
        }
    }

    private async Task<(int Number, Guid? ShareId, byte[] Bytes)> AddKeyAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        var last = await db.TenantDataKeys.Where(key => key.TenantId == tenantId).MaxAsync(key => (int?)key.Number, cancellationToken);
        var number = (last ?? 0) + 1;
        var (bytes, share, shareId) = (RandomNumberGenerator.GetBytes(SealedEnvelope.KeySize), RandomNumberGenerator.GetBytes(SealedEnvelope.KeySize), Guid.NewGuid());
        try
        {
            // Before the row: a half without a row is of no use to anybody, a row without its half is lost.
            await shares.KeepAsync(tenantId, shareId, share, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VaultException(VaultFailure.KeyShare, error);
        }

        // After it was kept: a removal that began before then deletes nothing of the tenant's any more, and no half may outlive it.
        if (await db.Tenants.AnyAsync(tenant => tenant.Id == tenantId && tenant.RemovingAt != null, cancellationToken))
        {
            shares.Drop(tenantId, shareId);
            throw new VaultException(VaultFailure.KeyGone);
        }

        db.TenantDataKeys.Add(new TenantDataKey
        {
            TenantId = tenantId,
            Number = number,
            Wrapped = Protector(tenantId, number, shareId).Protect([.. Joined(bytes, share), .. CheckOf(bytes)]),
            ShareId = shareId,
            CreatedAt = clock.GetUtcNow(),
        });
        CryptographicOperations.ZeroMemory(share);
        return (number, shareId, bytes);
    }

    /// <returns>The key; null where its store is there, and its other half is not, or is not the one that was kept.</returns>
    private async Task<byte[]?> UnwrapAsync(TenantDataKey key, CancellationToken cancellationToken)
    {
        byte[] held;
        try
        {
            held = Protector(key.TenantId, key.Number, key.ShareId).Unprotect(key.Wrapped!);
        }
        catch (CryptographicException error)
        {
            throw new VaultException(VaultFailure.KeyRing, error);
        }

        if (key.ShareId is not { } shareId)
        {
            // Keys that were made before there were halves are whole in the database, until the tenant's next rotation.
            return held;
        }

        if (await ShareAsync(key.TenantId, shareId, cancellationToken) is not { Length: SealedEnvelope.KeySize } share)
        {
            return null;
        }

        // A half that was altered gives a key like any other: nothing is sealed under one that is not the tenant's. The first halves were kept without.
        var joined = Joined(held[..SealedEnvelope.KeySize], share);
        return held.Length == SealedEnvelope.KeySize || CryptographicOperations.FixedTimeEquals(held.AsSpan(SealedEnvelope.KeySize), CheckOf(joined)) ? joined : null;
    }

    private async Task<byte[]?> ShareAsync(Guid tenantId, Guid shareId, CancellationToken cancellationToken)
    {
        try
        {
            return await shares.FindAsync(tenantId, shareId, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VaultException(VaultFailure.KeyShare, error);
        }
    }

    // By which a key is known again: nobody finds the key by it.
    private static byte[] CheckOf(byte[] key) => HMACSHA256.HashData(key, "Soracom.Portal.TenantDataKey"u8);

    // Each half by itself is random, and says nothing of the key.
    private static byte[] Joined(byte[] one, byte[] other)
    {
        var joined = new byte[one.Length];
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = (byte)(one[i] ^ other[i]);
        }

        return joined;
    }

    // Whether a key is halved, and by which half, is part of what the ring vouches for: else whoever can write to the database could have a half
    // taken for a key.
    private IDataProtector Protector(Guid tenantId, int number, Guid? shareId)
    {
        var whole = keyRing.CreateProtector("Soracom.Portal.TenantDataKey", tenantId.ToString("N"), number.ToString(CultureInfo.InvariantCulture));
        return shareId is { } half ? whole.CreateProtector(half.ToString("N")) : whole;
    }
}
