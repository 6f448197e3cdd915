using System.Security.Cryptography;

namespace Soracom.Portal.Shared.Storing;

/// <summary>What a stored file holds.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="Crc32">The checksum that ZIP files want.</param>
internal sealed record StoredContent(long Length, string Sha256, uint Crc32)
{
    /// <summary>Reads a content to its end to say what it holds.</summary>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<StoredContent> OfAsync(Stream content, CancellationToken cancellationToken)
    {
        using var sum = new ContentSum();
        var buffer = new byte[SealedFile.ChunkSize];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            sum.Append(buffer.AsSpan(0, read));
        }

        return sum.Value;
    }
}

/// <summary>Sums a content up while it comes.</summary>
internal sealed class ContentSum : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc32 crc = new();
    private long length;

    /// <summary>What was appended.</summary>
    public StoredContent Value => new(length, Convert.ToHexStringLower(hash.GetCurrentHash()), crc.Value);

    /// <summary>Takes in what follows.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        crc.Append(bytes);
        length += bytes.Length;
    }

    /// <inheritdoc />
    public void Dispose() => hash.Dispose();
}
