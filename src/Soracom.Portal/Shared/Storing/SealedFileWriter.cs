using System.Security.Cryptography;

namespace Soracom.Portal.Shared.Storing;

/// <summary>Seals a content into a file while it comes, and tells what it was.</summary>
internal sealed class SealedFileWriter : IDisposable
{
    private readonly Stream file;
    private readonly AesGcm cipher;
    private readonly ContentSum sum = new();
    // Whether a chunk is the last is known only once a byte of the next has come, or not.
    private readonly byte[] buffer = new byte[SealedFile.ChunkSize + 1];
    private readonly byte[] output = new byte[SealedFile.ChunkSize + SealedFile.TagSize];
    private int filled;
    private long number;

    /// <summary>Begins a file.</summary>
    /// <param name="file">Where it goes; it stays open.</param>
    /// <param name="key">The file's own key.</param>
    public SealedFileWriter(Stream file, ReadOnlySpan<byte> key) => (this.file, cipher) = (file, new AesGcm(key, SealedFile.TagSize));

    /// <summary>Takes in all of a content and ends the file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it was.</returns>
    public async Task<StoredContent> WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await content.ReadAsync(buffer.AsMemory(filled), cancellationToken)) > 0)
        {
            sum.Append(buffer.AsSpan(filled, read));
            filled += read;
            if (filled == buffer.Length)
            {
                await PutAsync(SealedFile.ChunkSize, last: false, cancellationToken);
                (buffer[0], filled) = (buffer[^1], 1);
            }
        }

        await PutAsync(filled, last: true, cancellationToken);
        return sum.Value;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        cipher.Dispose();
        sum.Dispose();
    }

    private async Task PutAsync(int count, bool last, CancellationToken cancellationToken)
    {
        SealedFile.Seal(cipher, number++, last, buffer.AsSpan(0, count), output);
        await file.WriteAsync(output.AsMemory(0, count + SealedFile.TagSize), cancellationToken);
    }
}
