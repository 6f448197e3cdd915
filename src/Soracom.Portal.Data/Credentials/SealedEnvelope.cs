using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Soracom.Portal.Data.Credentials;

/// <summary>
/// The sealed form of a secret: AES-256-GCM under a tenant's data key, bound to its tenant, record and version.
/// </summary>
/// <remarks>
/// Layout: format (1 byte, 1), key number (4, big-endian), nonce (12), tag (16), ciphertext. The header is part of what
/// the tag protects, and so are tenant, record and version, which are not stored in it.
/// </remarks>
internal static class SealedEnvelope
{
    public const int KeySize = 32;

    private const byte Format = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + sizeof(int);
    private const int BodyOffset = HeaderSize + NonceSize + TagSize;

    /// <summary>Seals a secret under a fresh random nonce.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, int keyNumber, SealedRecord record, ReadOnlySpan<byte> secret)
    {
        var envelope = new byte[BodyOffset + secret.Length];
        envelope[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(1), keyNumber);
        var nonce = envelope.AsSpan(HeaderSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(
            nonce,
            secret,
            envelope.AsSpan(BodyOffset),
            envelope.AsSpan(HeaderSize + NonceSize, TagSize),
            AssociatedData(envelope.AsSpan(0, HeaderSize), record));
        return envelope;
    }

    /// <summary>The number of the key that an envelope names; throws on a format that is not known.</summary>
    public static int KeyNumberOf(ReadOnlySpan<byte> envelope) =>
        envelope.Length >= BodyOffset && envelope[0] == Format
            ? BinaryPrimitives.ReadInt32BigEndian(envelope[1..])
            : throw new VaultException(VaultFailure.Damaged);

    /// <summary>Opens an envelope; throws when it is not exactly what was sealed, for exactly this record.</summary>
    public static byte[] Open(ReadOnlySpan<byte> key, SealedRecord record, ReadOnlySpan<byte> envelope)
    {
        var secret = new byte[envelope.Length - BodyOffset];
        using var cipher = new AesGcm(key, TagSize);
        try
        {
            cipher.Decrypt(
                envelope.Slice(HeaderSize, NonceSize),
                envelope[BodyOffset..],
                envelope.Slice(HeaderSize + NonceSize, TagSize),
                secret,
                AssociatedData(envelope[..HeaderSize], record));
            return secret;
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new VaultException(VaultFailure.Damaged, error);
        }
    }

    private static byte[] AssociatedData(ReadOnlySpan<byte> header, SealedRecord record)
    {
        var data = new byte[HeaderSize + 16 + 16 + sizeof(int)];
        header.CopyTo(data);
        record.TenantId.TryWriteBytes(data.AsSpan(HeaderSize));
        record.RecordId.TryWriteBytes(data.AsSpan(HeaderSize + 16));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(HeaderSize + 32), record.Version);
        return data;
    }
}

/// <summary>What a seal is bound to.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="RecordId">The record that holds the secret.</param>
/// <param name="Version">The record's version.</param>
internal readonly record struct SealedRecord(Guid TenantId, Guid RecordId, int Version);
