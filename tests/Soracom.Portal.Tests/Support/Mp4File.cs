using System.Buffers.Binary;
using System.Text;

namespace Soracom.Portal.Tests.Support;

/// <summary>Reads the boxes of an MP4 (ISO/IEC 14496-12), as far as a player needs them before its first picture.</summary>
internal static class Mp4File
{
    /// <summary>Fails unless a file is a whole video of a length: every box ends where the next begins, and every sample lies in the media.</summary>
    public static void AssertPlayable(ReadOnlyMemory<byte> file, TimeSpan length)
    {
        var top = Boxes(file);
        Assert.Equal("ftyp", top[0].Type);
        var movie = Boxes(top.Single(box => box.Type == "moov").Content);
        var head = movie.Single(box => box.Type == "mvhd").Content.Span;
        Assert.Equal(0, head[0]);
        var seconds = (double)Word(head[16..]) / Word(head[12..]);
        Assert.InRange(seconds, length.TotalSeconds - 1, length.TotalSeconds + 1);
        var media = top.Where(box => box.Type == "mdat").Select(box => (box.Start, End: box.Start + box.Content.Length)).ToList();
        var tracks = movie.Where(box => box.Type == "trak").ToList();
        Assert.NotEmpty(tracks);
        foreach (var table in tracks.Select(track => Boxes(Inside(Inside(Inside(track.Content, "mdia"), "minf"), "stbl"))))
        {
            var sizes = table.Single(box => box.Type == "stsz").Content.Span;
            Assert.True(Word(sizes[8..]) > 0, "A track has no samples.");
            var offsets = table.Single(box => box.Type is "stco" or "co64");
            var width = offsets.Type == "stco" ? 4 : 8;
            for (var i = 0; i < Word(offsets.Content.Span[4..]); i++)
            {
                var place = offsets.Content.Span[(8 + (i * width))..];
                var offset = width == 4 ? Word(place) : BinaryPrimitives.ReadInt64BigEndian(place);
                Assert.Contains(media, part => offset >= part.Start && offset < part.End);
            }
        }
    }

    private static ReadOnlyMemory<byte> Inside(ReadOnlyMemory<byte> content, string type) => Boxes(content).Single(box => box.Type == type).Content;

    private static List<(string Type, long Start, ReadOnlyMemory<byte> Content)> Boxes(ReadOnlyMemory<byte> content)
    {
        var boxes = new List<(string, long, ReadOnlyMemory<byte>)>();
        for (var at = 0; at < content.Length;)
        {
            var length = (int)Word(content.Span[at..]);
            Assert.InRange(length, 8, content.Length - at);
            boxes.Add((Encoding.ASCII.GetString(content.Span.Slice(at + 4, 4)), at + 8, content.Slice(at + 8, length - 8)));
            at += length;
        }

        return boxes;
    }

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
