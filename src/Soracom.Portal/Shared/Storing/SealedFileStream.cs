using System.Security.Cryptography;

namespace Soracom.Portal.Shared.Storing;

/// <summary>The content of a sealed file, to be read from any place.</summary>
internal sealed class SealedFileStream : SeekableReadStream
{
    private readonly Stream file;
    private readonly AesGcm cipher;
    private readonly byte[] chunk = new byte[SealedFile.ChunkSize + SealedFile.TagSize];
    private readonly byte[] content = new byte[SealedFile.ChunkSize];
    private long opened = -1;
    private int openedLength;

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file, which can seek; closed with this.</param>
    /// <param name="key">Its key.</param>
    /// <exception cref="InvalidDataException">It was cut off.</exception>
    public SealedFileStream(Stream file, ReadOnlySpan<byte> key)
        : base(SealedFile.ContentLength(file.Length)) => (this.file, cipher) = (file, new AesGcm(key, SealedFile.TagSize));

    /// <inheritdoc />
    protected override async ValueTask<int> ReadAtAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var number = position / SealedFile.ChunkSize;
        if (number != opened)
        {
            await OpenAsync(number, cancellationToken);
        }

        var from = (int)(position % SealedFile.ChunkSize);
        var count = Math.Min(buffer.Length, openedLength - from);
        content.AsMemory(from, count).CopyTo(buffer);
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            file.Dispose();
            CryptographicOperations.ZeroMemory(content);
        }

        base.Dispose(disposing);
    }

    private async Task OpenAsync(long number, CancellationToken cancellationToken)
    {
        opened = -1;
        var length = (int)Math.Min(SealedFile.ChunkSize, Length - (number * SealedFile.ChunkSize));
        file.Position = number * (SealedFile.ChunkSize + SealedFile.TagSize);
        await file.ReadExactlyAsync(chunk.AsMemory(0, length + SealedFile.TagSize), cancellationToken);
        SealedFile.Open(cipher, number, number == SealedFile.ChunkCount(Length) - 1, chunk.AsSpan(0, length + SealedFile.TagSize), content.AsSpan(0, length));
        (opened, openedLength) = (number, length);
    }
}
