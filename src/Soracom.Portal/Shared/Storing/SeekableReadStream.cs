namespace Soracom.Portal.Shared.Storing;

/// <summary>A stream of known length that is read from any place and never written.</summary>
/// <param name="length">Its length in bytes.</param>
internal abstract class SeekableReadStream(long length) : Stream
{
    private long position;

    /// <inheritdoc />
    public sealed override bool CanRead => true;

    /// <inheritdoc />
    public sealed override bool CanSeek => true;

    /// <inheritdoc />
    public sealed override bool CanWrite => false;

    /// <inheritdoc />
    public sealed override long Length => length;

    /// <inheritdoc />
    public sealed override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc />
    public sealed override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        var read = await ReadAtAsync(position, buffer, cancellationToken);
        position += read;
        return read;
    }

    /// <inheritdoc />
    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

    /// <inheritdoc />
    public sealed override long Seek(long offset, SeekOrigin origin)
    {
        var to = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(to, nameof(offset));
        return position = to;
    }

    /// <inheritdoc />
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public sealed override void Flush()
    {
        // Nothing is written.
    }

    /// <summary>Reads from a place that is in the stream.</summary>
    /// <param name="from">The place.</param>
    /// <param name="buffer">Where to; not empty.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How much was read: at least one byte.</returns>
    protected abstract ValueTask<int> ReadAtAsync(long from, Memory<byte> buffer, CancellationToken cancellationToken);
}
