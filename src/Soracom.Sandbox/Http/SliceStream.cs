namespace Soracom.Sandbox.Http;

/// <summary>Passes on some of what is written to it, and says when that is all there.</summary>
/// <param name="output">Where it goes; stays open.</param>
/// <param name="start">The first byte that is passed on.</param>
/// <param name="length">How many are.</param>
/// <param name="whole">Called once the last one is through.</param>
internal sealed class SliceStream(Stream output, long start, long length, Action whole) : Stream
{
    private long position;

    /// <summary>Whether all of it has been passed on.</summary>
    public bool IsWhole => position >= start + length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (from, to) = Window(buffer.Length);
        if (from < to)
        {
            await output.WriteAsync(buffer[from..to], cancellationToken);
        }

        Passed(buffer.Length);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

    public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    public override void Flush()
    {
        // Nothing is held back here.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>What of the next bytes lies in the slice.</summary>
    private (int From, int To) Window(int count) =>
        ((int)Math.Clamp(start - position, 0, count), (int)Math.Clamp(start + length - position, 0, count));

    private void Passed(int count)
    {
        var wasWhole = IsWhole;
        position += count;
        if (IsWhole && !wasWhole)
        {
            whole();
        }
    }
}
