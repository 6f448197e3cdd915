using System.Globalization;

namespace Soracom.Sandbox.Downloads;

/// <summary>
/// The one range that a caller wants of a file, as a Range header has it. Like object storage does, several ranges at once and headers that
/// make no sense are passed over: the caller gets the whole file.
/// </summary>
/// <param name="First">The first byte; null for so many from the end as <paramref name="Last"/> says.</param>
/// <param name="Last">The last byte; null for all to the end.</param>
internal sealed record ByteRange(long? First, long? Last)
{
    private const string Unit = "bytes=";

    /// <summary>Null for a header that says nothing.</summary>
    public static ByteRange? Parse(string header)
    {
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || header[Unit.Length..].Split('-') is not [var first, var last])
        {
            return null;
        }

        var range = new ByteRange(Number(first), Number(last));
        var isSound = (first.Trim().Length == 0 || range.First is not null) && (last.Trim().Length == 0 || range.Last is not null);
        return isSound && (range.First is not null || range.Last is not null) && !(range.First > range.Last) ? range : null;
    }

    /// <summary>Which bytes those are of a file of that length; null when it has none of them.</summary>
    public (long Start, long Length)? Of(long length)
    {
        var start = First ?? Math.Max(0, length - Last!.Value);
        var end = First is null || Last is null ? length : Math.Min(length, Last.Value + 1);
        return start < end ? (start, end - start) : null;
    }

    private static long? Number(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue ? number : null;
}
