using System.Security.Cryptography;

namespace Soracom.Portal.Data.Credentials;

/// <summary>A tenant's archive while it is open: seals and opens its rows.</summary>
public sealed class ArchiveCipher : IDisposable
{
    // There is one key; the envelope has room for more.
    private const int KeyNumber = 1;

    private readonly Guid tenantId;
    private readonly byte[] key;

    internal ArchiveCipher(Guid tenantId, byte[] key) => (this.tenantId, this.key) = (tenantId, key);

    /// <summary>Seals the content of a row.</summary>
    /// <param name="rowId">The row.</param>
    /// <param name="version">Which content of the row it is, where it has one after another.</param>
    /// <param name="content">The content.</param>
    /// <returns>What to store; it opens for this tenant, row and version alone.</returns>
    public byte[] Seal(Guid rowId, int version, ReadOnlySpan<byte> content) =>
        SealedEnvelope.Seal(key, KeyNumber, new SealedRecord(tenantId, rowId, version), content);

    /// <summary>Opens the content of a row.</summary>
    /// <param name="rowId">The row.</param>
    /// <param name="version">Which content of the row it is.</param>
    /// <param name="content">What was stored.</param>
    /// <returns>The content.</returns>
    /// <exception cref="VaultException">It was altered, or belongs elsewhere.</exception>
    public byte[] Open(Guid rowId, int version, ReadOnlySpan<byte> content)
    {
        _ = SealedEnvelope.KeyNumberOf(content);
        return SealedEnvelope.Open(key, new SealedRecord(tenantId, rowId, version), content);
    }

    /// <summary>What tells a content from another without opening it, and says nothing of it to whoever has the database alone.</summary>
    /// <param name="content">The content.</param>
    /// <returns>32 bytes.</returns>
    public byte[] DigestOf(ReadOnlySpan<byte> content) => HMACSHA256.HashData(key, content);

    /// <inheritdoc />
    public void Dispose() => CryptographicOperations.ZeroMemory(key);
}
