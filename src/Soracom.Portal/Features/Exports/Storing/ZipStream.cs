using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Storing;

/// <summary>A ZIP that is put together while it is read, from any place.</summary>
/// <param name="layout">What lies where.</param>
/// <param name="open">Opens the content of a file, which can seek.</param>
internal sealed class ZipStream(ZipLayout layout, Func<ZipEntry, Stream> open) : SeekableReadStream(layout.Length)
{
    private ZipEntry? entry;
    private Stream? content;

    /// <inheritdoc />
    protected override async ValueTask<int> ReadAtAsync(long from, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var part = layout.PartAt(from);
        var inPart = from - part.Start;
        var count = (int)Math.Min(buffer.Length, part.Length - inPart);
        if (part.Entry is null)
        {
            part.Bytes.AsMemory((int)inPart, count).CopyTo(buffer);
            return count;
        }

        var stream = ContentOf(part.Entry);
        stream.Position = inPart;
        var read = await stream.ReadAsync(buffer[..count], cancellationToken);
        return read > 0 ? read : throw new InvalidDataException($"{part.Entry.Name} is shorter than it was.");
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Stream ContentOf(ZipEntry wanted)
    {
        if (content is null || !ReferenceEquals(entry, wanted))
        {
            content?.Dispose();
            (entry, content) = (wanted, null);
            content = open(wanted);
        }

        return content;
    }
}
