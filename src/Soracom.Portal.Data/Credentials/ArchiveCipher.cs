using System.Security.Cryptography;

namespace Soracom.Portal.Data.Credentials;

/// <summary>A tenant's archive while it is open: seals and opens its rows.</summary>
public sealed class ArchiveCipher : IDisposable
{
    private readonly Guid tenantId;

    // By their numbers; null where half of the data key that seals one is lost.
    private readonly SortedDictionary<int, byte[]?> keys;

    internal ArchiveCipher(Guid tenantId, IEnumerable<(int Number, byte[]? Key)> keys)
    {
        this.tenantId = tenantId;
        this.keys = new SortedDictionary<int, byte[]?>(keys.ToDictionary(key => key.Number, key => key.Key));
        Number = this.keys.Last().Key;
    }

    /// <summary>Whether something can be put in: not where half of the key that seals the last archive key is lost. Then <see cref="TenantArchive.BeginAsync"/> begins another.</summary>
    public bool TakesMore => keys[Number] is not null;

    /// <summary>The last key's number.</summary>
    internal int Number { get; }

    /// <summary>Seals the content of a row.</summary>
    /// <param name="rowId">The row.</param>
    /// <param name="version">Which content of the row it is, where it has one after another.</param>
    /// <param name="content">The content.</param>
    /// <returns>What to store; it opens for this tenant, row and version alone.</returns>
    /// <exception cref="VaultException">It takes no more.</exception>
    public byte[] Seal(Guid rowId, int version, ReadOnlySpan<byte> content) =>
        SealedEnvelope.Seal(Last(), Number, new SealedRecord(tenantId, rowId, version), content);

    /// <summary>Opens the content of a row.</summary>
    /// <param name="rowId">The row.</param>
    /// <param name="version">Which content of the row it is.</param>
    /// <param name="content">What was stored.</param>
    /// <returns>The content.</returns>
    /// <exception cref="VaultException">It was altered, or belongs elsewhere; or half of the key that seals it is lost (<see cref="VaultFailure.KeyShareLost"/>).</exception>
    public byte[] Open(Guid rowId, int version, ReadOnlySpan<byte> content) =>
        keys.TryGetValue(SealedEnvelope.KeyNumberOf(content), out var key)
            ? SealedEnvelope.Open(key ?? throw new VaultException(VaultFailure.KeyShareLost), new SealedRecord(tenantId, rowId, version), content)
            : throw new VaultException(VaultFailure.Damaged);

    /// <summary>Whether a content is shut, as half of the key that seals it is lost. It says nothing of contents that were altered.</summary>
    /// <param name="content">What was stored.</param>
    /// <returns>True where <see cref="Open"/> would say <see cref="VaultFailure.KeyShareLost"/>.</returns>
    /// <exception cref="VaultException">It is of an unknown format.</exception>
    public bool IsShut(ReadOnlySpan<byte> content) => keys.TryGetValue(SealedEnvelope.KeyNumberOf(content), out var key) && key is null;

    /// <summary>What tells a content from another without opening it, and says nothing of it to whoever has the database alone.</summary>
    /// <param name="content">The content.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="VaultException">It takes no more.</exception>
    public byte[] DigestOf(ReadOnlySpan<byte> content) => HMACSHA256.HashData(Last(), content);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The same with one key more.</summary>
    internal ArchiveCipher With(int number, byte[] key) => new(tenantId, keys.Select(known => (known.Key, known.Value)).Append((number, key)));

    private byte[] Last() => keys[Number] ?? throw new VaultException(VaultFailure.KeyShareLost);
}
