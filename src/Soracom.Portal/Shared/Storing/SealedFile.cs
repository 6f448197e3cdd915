using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Soracom.Portal.Shared.Storing;

/// <summary>
/// A file that is sealed piece by piece (AES-256-GCM), so that it is written and read as a stream and from any place. Each file has a key of
/// its own, which makes the chunk's number a nonce that is never used twice; the last chunk is marked in its nonce, so that a file that was
/// cut off does not open.
/// </summary>
internal static class SealedFile
{
    /// <summary>Bytes of a file's key.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes of content in every chunk but the last.</summary>
    public const int ChunkSize = 64 * 1024;

    /// <summary>Bytes that sealing adds to a chunk.</summary>
    public const int TagSize = 16;

    private const int NonceSize = 12;

    /// <summary>How long a content is once it is sealed.</summary>
    /// <param name="length">The content's length in bytes.</param>
    public static long SealedLength(long length) => length + (ChunkCount(length) * TagSize);

    /// <summary>How long a sealed file's content is.</summary>
    /// <param name="sealedLength">The file's length in bytes.</param>
    /// <exception cref="InvalidDataException">No content has that length.</exception>
    public static long ContentLength(long sealedLength)
    {
        var chunks = Math.Max(1, (sealedLength + ChunkSize + TagSize - 1) / (ChunkSize + TagSize));
        var length = sealedLength - (chunks * TagSize);
        return length >= 0 && SealedLength(length) == sealedLength ? length : throw new InvalidDataException("The file was cut off.");
    }

    /// <summary>How many chunks a content has; an empty one has one, so that it too is told from one that is missing.</summary>
    public static long ChunkCount(long length) => Math.Max(1, (length + ChunkSize - 1) / ChunkSize);

    /// <summary>Seals a chunk.</summary>
    public static void Seal(AesGcm cipher, long number, bool last, ReadOnlySpan<byte> content, Span<byte> output)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        Nonce(number, last, nonce);
        cipher.Encrypt(nonce, content, output[..content.Length], output.Slice(content.Length, TagSize));
    }

    /// <summary>Opens a chunk.</summary>
    /// <exception cref="InvalidDataException">It was altered, or belongs elsewhere.</exception>
    public static void Open(AesGcm cipher, long number, bool last, ReadOnlySpan<byte> chunk, Span<byte> content)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        Nonce(number, last, nonce);
        try
        {
            cipher.Decrypt(nonce, chunk[..^TagSize], chunk[^TagSize..], content);
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new InvalidDataException("The file was altered, or its key is another's.", error);
        }
    }

    private static void Nonce(long number, bool last, Span<byte> nonce)
    {
        nonce.Clear();
        nonce[0] = last ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], number);
    }
}
