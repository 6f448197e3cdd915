using System.Buffers.Binary;
using System.Text;

namespace Soracom.Api.Tests.Sandbox.Media;

/// <summary>Reads the boxes of an MP4 file: by the standard, not by what writes them.</summary>
internal static class Boxes
{
    public static IEnumerable<(string Type, ReadOnlyMemory<byte> Content)> In(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
            yield return (Encoding.ASCII.GetString(bytes.Span.Slice(4, 4)), bytes[8..length]);
            bytes = bytes[length..];
        }
    }

    /// <summary>The content of the one box at a path such as <c>moov/mvhd</c>; <c>trak2</c> is the second track.</summary>
    public static ReadOnlyMemory<byte> At(ReadOnlyMemory<byte> bytes, string path)
    {
        foreach (var step in path.Split('/'))
        {
            var isCounted = char.IsAsciiDigit(step[^1]) && step.Length == 5;
            var found = In(bytes).Where(box => box.Type == step[..4]).ToList();
            bytes = isCounted ? found[step[4] - '1'].Content : Assert.Single(found).Content;

            // What stands before the boxes inside.
            bytes = step switch
            {
                "stsd" => bytes[8..],
                "avc1" => bytes[78..],
                "mp4a" => bytes[28..],
                _ => bytes,
            };
        }

        return bytes;
    }

    public static int Number(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.Span[at..]);

    /// <summary>Numbers of four bytes from <paramref name="at"/> to the end.</summary>
    public static int[] Numbers(ReadOnlyMemory<byte> bytes, int at) =>
        [.. Enumerable.Range(0, (bytes.Length - at) / 4).Select(i => Number(bytes, at + (4 * i)))];
}
