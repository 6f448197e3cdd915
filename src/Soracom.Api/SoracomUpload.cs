namespace Soracom.Api;

/// <summary>A body that is not JSON, or JSON that the caller has made: a file, a module, a record of data.</summary>
public sealed class SoracomUpload
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly Func<CancellationToken, ValueTask<Stream>>? open;

    /// <summary>A body in memory.</summary>
    public SoracomUpload(string contentType, ReadOnlyMemory<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        ContentType = contentType;
        this.bytes = bytes;
        Length = bytes.Length;
    }

    /// <summary>A body that is read while it is sent.</summary>
    /// <param name="contentType">Its media type.</param>
    /// <param name="length">In bytes; null when it is not known, which sends it in chunks.</param>
    /// <param name="open">Opens it at its beginning, once for each try; the client closes what it is given.</param>
    public SoracomUpload(string contentType, long? length, Func<CancellationToken, ValueTask<Stream>> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        ArgumentNullException.ThrowIfNull(open);
        ContentType = contentType;
        Length = length;
        this.open = open;
    }

    public string ContentType { get; }

    /// <summary>In bytes; null when it is not known.</summary>
    public long? Length { get; }

    internal HttpContent CreateContent()
    {
        HttpContent content = open is null ? new ReadOnlyMemoryContent(bytes) : new OpenedContent(open);
        content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        content.Headers.ContentLength = Length;
        return content;
    }

    private sealed class OpenedContent(Func<CancellationToken, ValueTask<Stream>> open) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken)
        {
            await using var source = await open(cancellationToken);
            await source.CopyToAsync(stream, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
