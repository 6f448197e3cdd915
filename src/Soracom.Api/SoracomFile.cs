using System.Net;

namespace Soracom.Api;

/// <summary>
/// An answer that is not JSON: a picture, a CSV, a ZIP, or the address of a file. Holds the connection until it is disposed of;
/// reading has no time limit but the caller's own.
/// </summary>
public sealed class SoracomFile : IAsyncDisposable
{
    private readonly IDisposable? owner;

    internal SoracomFile(HttpStatusCode status, Stream content, string? contentType, long? length, Uri? location, IDisposable? owner)
    {
        Status = status;
        Content = content;
        ContentType = contentType;
        Length = length;
        Location = location;
        this.owner = owner;
    }

    public HttpStatusCode Status { get; }

    /// <summary>
    /// The bytes; empty where the answer is only an address. Reading throws a <see cref="Errors.SoracomUnavailableException"/> when the
    /// connection breaks, a <see cref="Errors.SoracomProtocolException"/> when the bytes can't be decompressed.
    /// </summary>
    public Stream Content { get; }

    public string? ContentType { get; }

    /// <summary>In bytes; null when it is not known beforehand.</summary>
    public long? Length { get; }

    /// <summary>Changes with the content; null where the answer has none.</summary>
    public string? ETag { get; internal init; }

    /// <summary>Where the file is, for an answer that only tells that (302). A signed address: whoever knows it can read the file.</summary>
    public Uri? Location { get; }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        owner?.Dispose();
    }

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => $"{nameof(SoracomFile)} {(int)Status} {ContentType}";
}
