namespace Soracom.Portal.Shared.Storing;

/// <summary>A content that tells when it turns out not to be what was written.</summary>
/// <param name="content">The content, which can seek; closed with this.</param>
/// <param name="broken">Told before the reader is.</param>
internal sealed class TellingStream(Stream content, Func<Task> broken) : SeekableReadStream(content.Length)
{
    /// <inheritdoc />
    protected override async ValueTask<int> ReadAtAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            content.Position = position;
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            await broken();
            throw new InvalidDataException("A stored file is not what was written.", error);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
