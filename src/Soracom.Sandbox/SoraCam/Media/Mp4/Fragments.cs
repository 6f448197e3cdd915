using System.Buffers;

namespace Soracom.Sandbox.SoraCam.Media.Mp4;

/// <summary>Footage in pieces as MPEG-DASH wants them: an initialisation segment, and one media segment for each group of pictures.</summary>
internal static class Fragments
{
    private const int KeyFlags = 0x02000000;
    private const int DependentFlags = 0x01010000;

    /// <summary>What a player reads first; the same for all segments of the footage.</summary>
    public static ReadOnlyMemory<byte> Initialisation(Footage footage)
    {
        var boxes = new BoxWriter();
        using (boxes.Open("ftyp"))
        {
            boxes.PutText("iso6");
            boxes.Put32(0);
            boxes.PutText("iso6dash");
        }

        Movie.Write(boxes, footage.From, duration: 0, SampleTable.Elsewhere, sound: null);
        return boxes.Written;
    }

    /// <param name="footage">What is played.</param>
    /// <param name="number">From 0 to below <see cref="Footage.GroupCount"/>.</param>
    public static ReadOnlyMemory<byte> Media(Footage footage, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, footage.GroupCount);
        var pictures = new ArrayBufferWriter<byte>();
        var sizes = new int[footage.FramesInGroup(number)];
        footage.Encode(number, new FootageEncoder(), pictures, sizes);

        var boxes = new BoxWriter();
        using (boxes.Open("styp"))
        {
            boxes.PutText("msdh");
            boxes.Put32(0);
            boxes.PutText("msdhdash");
        }

        WriteDescription(boxes, footage, number, sizes);
        using (boxes.Open("mdat"))
        {
            boxes.Put(pictures.WrittenSpan);
        }

        return boxes.Written;
    }

    private static void WriteDescription(BoxWriter boxes, Footage footage, int number, int[] sizes)
    {
        const int FixedLength = 8 + 16 + 8 + 20 + 20 + 24 + 8;       // moof, mfhd, traf, tfhd, tfdt, trun, and the head of mdat
        using var fragment = boxes.Open("moof");
        using (boxes.Open("mfhd", version: 0))
        {
            boxes.Put32(number + 1);
        }

        using var track = boxes.Open("traf");
        using (boxes.Open("tfhd", version: 0, flags: 0x020020))      // offsets from this moof, default sample flags
        {
            boxes.Put32(Movie.VideoTrack);
            boxes.Put32(DependentFlags);
        }

        using (boxes.Open("tfdt", version: 1))
        {
            boxes.Put64((long)number * Footage.GroupMilliseconds);
        }

        using var run = boxes.Open("trun", version: 0, flags: 0x305);  // offset, first flags, durations, sizes
        boxes.Put32(sizes.Length);
        boxes.Put32(FixedLength + (8 * sizes.Length));
        boxes.Put32(KeyFlags);
        for (var i = 0; i < sizes.Length; i++)
        {
            boxes.Put32(footage.FrameDuration((number * Footage.GroupFrames) + i));
            boxes.Put32(sizes[i]);
        }
    }
}
