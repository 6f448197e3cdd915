namespace Soracom.Portal.Shared.Vendor;

/// <summary>
/// A file on its way from the vendor. Its failures are told from those of the disk that it is written to, and silence is one: a connection
/// that brings nothing any more would be waited for without end.
/// </summary>
/// <param name="content">The file.</param>
/// <param name="clock">The clock.</param>
internal sealed class VendorContent(Stream content, TimeProvider clock) : Stream
{
    /// <summary>How long nothing may come.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

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
        using var silent = new CancellationTokenSource(Silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellationToken);
        try
        {
            return await content.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VendorContentException("The vendor's file stopped coming.", error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new VendorContentException("The vendor's file broke off.", error);
        }
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc />
    public override void Flush()
    {
        // Nothing is written.
    }
}

#pragma warning disable CA1032 // Thrown in this file.
/// <summary>The vendor's file broke off.</summary>
internal sealed class VendorContentException(string message, Exception inner) : IOException(message, inner);
#pragma warning restore CA1032
