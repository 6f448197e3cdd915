using System.Globalization;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>The bytes of an answer, decompressed. What goes wrong while they are read, for a file after the call has ended, is a failure of the call.</summary>
/// <param name="bytes">The answer's own stream, disposed of with this one.</param>
/// <param name="attempt">The try that brought it.</param>
/// <param name="limit">How many bytes are read at most; an answer with more is refused.</param>
internal sealed class AnswerStream(Stream bytes, CallTry attempt, long limit = long.MaxValue) : Stream
{
    private long taken;

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
            return Counted(bytes.Read(buffer));
        }
        catch (Exception trouble) when (IsOfTheAnswer(trouble))
        {
            throw Translate(trouble);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Counted(await bytes.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception trouble) when (IsOfTheAnswer(trouble))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Translate(trouble);
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

    private int Counted(int read)
    {
        taken += read;
        return taken <= limit
            ? read
            : throw new SoracomProtocolException(attempt.Failure(string.Create(CultureInfo.InvariantCulture, $"the answer is longer than {limit:N0} bytes"))) { OutcomeUnknown = attempt.Call.Operation.Changes };
    }

    private static bool IsOfTheAnswer(Exception exception) => exception is IOException or HttpRequestException or InvalidDataException;

    private SoracomApiException Translate(Exception trouble)
    {
        var changes = attempt.Call.Operation.Changes;
        return trouble is InvalidDataException
            ? new SoracomProtocolException(attempt.Failure("the answer can't be decompressed")) { OutcomeUnknown = changes }
            : new SoracomUnavailableException(attempt.Failure("the answer broke off"), trouble) { OutcomeUnknown = changes };
    }
}
