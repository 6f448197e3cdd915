using System.Buffers.Binary;
using System.Text;

namespace Soracom.Portal.Features.Exports.Storing;

/// <summary>How long a video is, as its own boxes tell (ISO/IEC 14496-12). Only their heads are read, wherever in the file they are.</summary>
internal static class Mp4Length
{
    /// <summary>More boxes than a video of 15 minutes has beside each other.</summary>
    private const int MostBoxes = 10_000;

    /// <summary>The longest head of a box that is read: a version, times, a scale and a length.</summary>
    private const int MostBytes = 32;

    /// <summary>Reads it.</summary>
    /// <param name="file">The file, which can seek.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The length; null where the file doesn't tell, is not whole, or is no such video.</returns>
    public static async Task<TimeSpan?> OfAsync(Stream file, CancellationToken cancellationToken)
    {
        var all = new Box(0, file.Length);
        // One whose index comes first tells its length even where its end is missing.
        if (!await IsWholeAsync(file, all, cancellationToken) || await FindAsync(file, all, "moov", cancellationToken) is not { } movie || await FindAsync(file, movie, "mvhd", cancellationToken) is not { } head)
        {
            return null;
        }

        var bytes = await ReadAsync(file, head, MostBytes, cancellationToken);
        var (scaleAt, isLong) = (bytes.Length > 0 && bytes[0] == 1 ? 20 : 12, bytes.Length > 0 && bytes[0] == 1);
        if (Number(bytes, scaleAt, isLong: false) is not (> 0 and var scale))
        {
            return null;
        }

        // A video in fragments tells its length elsewhere, or not at all.
        var length = Number(bytes, scaleAt + 4, isLong) is > 0 and var told ? told : await FragmentsAsync(file, movie, cancellationToken);
        return length is { } units && units / (double)scale < TimeSpan.FromDays(1).TotalSeconds ? TimeSpan.FromSeconds(units / (double)scale) : null;
    }

    private static async Task<ulong?> FragmentsAsync(Stream file, Box movie, CancellationToken cancellationToken)
    {
        if (await FindAsync(file, movie, "mvex", cancellationToken) is not { } extends || await FindAsync(file, extends, "mehd", cancellationToken) is not { } head)
        {
            return null;
        }

        var bytes = await ReadAsync(file, head, MostBytes, cancellationToken);
        return Number(bytes, 4, isLong: bytes.Length > 0 && bytes[0] == 1) is > 0 and var told ? told : null;
    }

    /// <summary>The content of the first box of a type within another; null where there is none.</summary>
    private static async Task<Box?> FindAsync(Stream file, Box within, string type, CancellationToken cancellationToken)
    {
        var at = within.From;
        for (var boxes = 0; boxes < MostBoxes && await BoxAsync(file, at, within.To, cancellationToken) is { } box; boxes++)
        {
            if (box.Type == type)
            {
                return box.Content;
            }

            at = box.Content.To;
        }

        return null;
    }

    /// <summary>Whether boxes fill a file to its last byte, and one has media.</summary>
    private static async Task<bool> IsWholeAsync(Stream file, Box all, CancellationToken cancellationToken)
    {
        var (at, hasMedia) = (all.From, false);
        for (var boxes = 0; boxes < MostBoxes && await BoxAsync(file, at, all.To, cancellationToken) is { } box; boxes++)
        {
            hasMedia |= box.Type == "mdat" && box.Content.To > box.Content.From;
            at = box.Content.To;
        }

        return hasMedia && at == all.To;
    }

    /// <summary>The box at a place; null where none that ends in time is.</summary>
    private static async Task<(string Type, Box Content)?> BoxAsync(Stream file, long at, long end, CancellationToken cancellationToken)
    {
        if (end - at < 8)
        {
            return null;
        }

        var head = await ReadAsync(file, new Box(at, end), 16, cancellationToken);
        var (length, start) = BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            0 => ((ulong)(end - at), 8),
            1 when head.Length == 16 => (BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(8)), 16),
            var told => (told, 8),
        };
        return length < (ulong)start || length > (ulong)(end - at) ? null : (Encoding.ASCII.GetString(head, 4, 4), new Box(at + start, at + (long)length));
    }

    private static async Task<byte[]> ReadAsync(Stream file, Box box, int most, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Min(most, box.To - box.From)];
        file.Position = box.From;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>A number in a box; null where the box ends before it, or says that it is not known.</summary>
    private static ulong? Number(byte[] bytes, int at, bool isLong)
    {
        if (bytes.Length < at + (isLong ? 8 : 4))
        {
            return null;
        }

        var number = isLong ? BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
        return number == (isLong ? ulong.MaxValue : uint.MaxValue) ? null : number;
    }

    /// <summary>From where to where something is in a file.</summary>
    private readonly record struct Box(long From, long To);
}
