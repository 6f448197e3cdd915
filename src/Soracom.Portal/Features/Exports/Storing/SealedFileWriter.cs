using System.Buffers;
using System.Security.Cryptography;

namespace Soracom.Portal.Features.Exports.Storing;

/// <summary>Seals a content into a file while it comes, and tells what it was. What is sealed is written while the next comes.</summary>
internal sealed class SealedFileWriter : IDisposable
{
    /// <summary>So many chunks are written at once.</summary>
    private const int ChunksAtOnce = 4;

    // Whether a chunk is the last is known only once a byte of the next has come, or not.
    private const int InputSize = (ChunksAtOnce * SealedFile.ChunkSize) + 1;
    private const int OutputSize = ChunksAtOnce * (SealedFile.ChunkSize + SealedFile.TagSize);

    private readonly Stream file;
    private readonly AesGcm cipher;
    private readonly ContentSum sum = new();
    private readonly byte[] input = ArrayPool<byte>.Shared.Rent(InputSize);
    private readonly byte[] output = ArrayPool<byte>.Shared.Rent(OutputSize);
    private Task writing = Task.CompletedTask;
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
        try
        {
            int read, filled = 0;
            while ((read = await content.ReadAsync(input.AsMemory(filled, InputSize - filled), cancellationToken)) > 0)
            {
                sum.Append(input.AsSpan(filled, read));
                filled += read;
                if (filled == InputSize)
                {
                    await PutAsync(InputSize - 1, last: false, cancellationToken);
                    (input[0], filled) = (input[InputSize - 1], 1);
                }
            }

            await PutAsync(filled, last: true, cancellationToken);
            await writing;
            return sum.Value;
        }
        finally
        {
            // Whoever closes the file, or takes the buffers, comes after what is being written.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        cipher.Dispose();
        sum.Dispose();
        ArrayPool<byte>.Shared.Return(input, clearArray: true);
        ArrayPool<byte>.Shared.Return(output);
    }

    private async Task PutAsync(int count, bool last, CancellationToken cancellationToken)
    {
        await writing;
        var (from, to) = (0, 0);
        do
        {
            var length = Math.Min(SealedFile.ChunkSize, count - from);
            SealedFile.Seal(cipher, number++, last && from + length == count, input.AsSpan(from, length), output.AsSpan(to));
            from += length;
            to += length + SealedFile.TagSize;
        }
        while (from < count);

        writing = file.WriteAsync(output.AsMemory(0, to), cancellationToken).AsTask();
    }
}
