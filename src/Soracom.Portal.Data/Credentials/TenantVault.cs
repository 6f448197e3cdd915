using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Credentials;

/// <summary>
/// Seals and opens a tenant's secrets. Each tenant has a data key of its own, wrapped by the installation's key ring,
/// so that replacing or destroying one tenant's key concerns that tenant alone.
/// </summary>
/// <remarks>
/// A service, not a value converter of the model: Entity Framework caches the model, so that a second host in the same
/// process would go on with the first one's keys.
/// </remarks>
/// <param name="keyRing">The installation's key ring.</param>
/// <param name="clock">The clock.</param>
public sealed class TenantVault(IDataProtectionProvider keyRing, TimeProvider clock)
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
    public async Task SealAsync(PortalDbContext db, ISealed row, ReadOnlyMemory<byte> secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(row);
        await UsableKeysAsync(db, row.TenantId, cancellationToken);

        // What was read just now and what an earlier seal in the same context made, which is not saved yet.
        var current = db.TenantDataKeys.Local
            .Where(candidate => candidate.TenantId == row.TenantId && candidate.Wrapped != null)
            .MaxBy(candidate => candidate.Number);
        var key = current is null
            ? await AddKeyAsync(db, row.TenantId, cancellationToken)
            : (current.Number, Bytes: Unwrap(current));
        if (current is not null)
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

        var key = Unwrap(wrapped);
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
    /// Replaces the tenant's data key: seals all of the tenant's secrets anew and retires the old keys, in one save.
    /// </summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels; then nothing was changed.</param>
    /// <returns>How many secrets were sealed anew.</returns>
    /// <exception cref="VaultException">One of the secrets can't be opened; nothing was changed.</exception>
    /// <exception cref="DbUpdateConcurrencyException">A secret was stored meanwhile; nothing was changed.</exception>
    public async Task<int> RotateAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        List<ISealed> rows =
        [
            .. await db.VendorCredentials.Where(credential => credential.TenantId == tenantId).ToListAsync(cancellationToken),
            .. await db.ArchiveKeys.Where(archive => archive.TenantId == tenantId).ToListAsync(cancellationToken),
        ];
        var retired = await UsableKeysAsync(db, tenantId, cancellationToken);
        var key = await AddKeyAsync(db, tenantId, cancellationToken);
        try
        {
            foreach (var row in rows)
            {
                var secret = await OpenAsync(db, row, cancellationToken);
                row.Sealed = SealedEnvelope.Seal(key.Bytes, key.Number, RecordOf(row), secret);
                CryptographicOperations.ZeroMemory(secret);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key.Bytes);
        }

        Retire(retired);
        await db.SaveChangesAsync(cancellationToken);
        return rows.Count;
    }

    /// <summary>Destroys the tenant's data keys. What they sealed can never be opened again.</summary>
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

    private async Task<(int Number, byte[] Bytes)> AddKeyAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        var last = await db.TenantDataKeys.Where(key => key.TenantId == tenantId).MaxAsync(key => (int?)key.Number, cancellationToken);
        var number = (last ?? 0) + 1;
        var bytes = RandomNumberGenerator.GetBytes(SealedEnvelope.KeySize);
        db.TenantDataKeys.Add(new TenantDataKey
        {
            TenantId = tenantId,
            Number = number,
            Wrapped = Protector(tenantId, number).Protect(bytes),
            CreatedAt = clock.GetUtcNow(),
        });
        return (number, bytes);
    }

    private byte[] Unwrap(TenantDataKey key)
    {
        try
        {
            return Protector(key.TenantId, key.Number).Unprotect(key.Wrapped!);
        }
        catch (CryptographicException error)
        {
            throw new VaultException(VaultFailure.KeyRing, error);
        }
    }

    private IDataProtector Protector(Guid tenantId, int number) =>
        keyRing.CreateProtector("Soracom.Portal.TenantDataKey", tenantId.ToString("N"), number.ToString(CultureInfo.InvariantCulture));
}
