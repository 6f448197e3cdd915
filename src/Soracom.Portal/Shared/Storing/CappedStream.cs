namespace Soracom.Portal.Shared.Storing;

/// <summary>A content of which nobody said how long it is, read for as long as there is room for it.</summary>
/// <param name="content">The content; it stays open.</param>
/// <param name="room">The most that there may be, in bytes.</param>
/// <param name="free">What is free on the disk, in bytes: others write there too.</param>
internal sealed class CappedStream(Stream content, long room, Func<long> free) : Stream
{
    /// <summary>How often is looked at the disk: after so many bytes.</summary>
    public const long LookEvery = 16L << 20;

    private long taken;
    private long looked;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        taken += read;
        if (taken > room)
        {
            throw new StoreFullException();
        }

        if (taken - looked >= LookEvery)
        {
            looked = taken;
            if (free() <= 0)
            {
                throw new StoreFullException();
            }
        }

        return read;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Flush()
    {
        // Nothing is written.
    }
}

/// <summary>There is no room in the store for what comes.</summary>
internal sealed class StoreFullException() : Exception("There is no room in the store.");
