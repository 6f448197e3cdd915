using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>The bytes of an answer that are read after the call has ended. A connection that breaks meanwhile is the failure that it would be within a call.</summary>
/// <param name="bytes">The answer's own stream, disposed of with this one.</param>
/// <param name="failure">What is known of the call.</param>
internal sealed class AnswerStream(Stream bytes, SoracomFailure failure) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return bytes.Read(buffer);
        }
        catch (Exception cut) when (IsCut(cut))
        {
            throw new SoracomUnavailableException(failure, cut);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await bytes.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception cut) when (IsCut(cut))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SoracomUnavailableException(failure, cut);
        }
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await bytes.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsCut(Exception exception) => exception is IOException or HttpRequestException;
}
