using Soracom.Sandbox.SoraCam.Media.Avc;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam.Media.Mp4;

/// <summary>The boxes that describe a movie: its headers and tracks, without pictures and sound. Times are milliseconds.</summary>
internal static class Movie
{
    public const int Timescale = 1000;
    public const int VideoTrack = 1;

    private const int SoundTrack = 2;
    private const int UndefinedLanguage = 0x55C4;

    // Seconds from the container's epoch, the beginning of 1904, to that of Unix.
    private const long EpochSeconds = 2082844800;

    /// <param name="boxes">Gets the box.</param>
    /// <param name="from">When the footage began, Unix milliseconds.</param>
    /// <param name="duration">0 where fragments say it.</param>
    /// <param name="video">The pictures' table.</param>
    /// <param name="sound">The sound's codec and table, if there is sound.</param>
    public static void Write(BoxWriter boxes, long from, int duration, SampleTable video, (SilentSound Codec, SampleTable Table)? sound)
    {
        var created = (from / 1000) + EpochSeconds;
        using var movie = boxes.Open("moov");
        using (boxes.Open("mvhd", version: 0))
        {
            boxes.Put32(created);
            boxes.Put32(created);
            boxes.Put32(Timescale);
            boxes.Put32(duration);
            boxes.Put32(0x10000);                                    // rate and volume 1
            boxes.Put16(0x100);
            boxes.PutZeros(10);
            PutMatrix(boxes);
            boxes.PutZeros(24);
            boxes.Put32(SoundTrack + 1);                             // next track
        }

        WriteVideo(boxes, created, duration, video);
        if (sound is { } track)
        {
            WriteSound(boxes, created, duration, track.Codec, track.Table);
        }

        if (ReferenceEquals(video, SampleTable.Elsewhere))
        {
            using var extends = boxes.Open("mvex");
            using var defaults = boxes.Open("trex", version: 0);
            boxes.Put32(VideoTrack);
            boxes.Put32(1);
            boxes.PutZeros(12);
        }
    }

    private static void WriteVideo(BoxWriter boxes, long created, int duration, SampleTable table)
    {
        using var track = boxes.Open("trak");
        WriteTrackHeader(boxes, VideoTrack, created, duration, volume: 0, Picture.PixelWidth, Picture.PixelHeight);
        using var media = boxes.Open("mdia");
        WriteMediaHeader(boxes, created, Timescale, duration, "vide", "Video");
        using var information = boxes.Open("minf");
        using (boxes.Open("vmhd", version: 0, flags: 1))
        {
            boxes.PutZeros(8);
        }

        WriteDataReference(boxes);
        using var samples = boxes.Open("stbl");
        using (boxes.Open("stsd", version: 0))
        {
            boxes.Put32(1);
            WriteAvcEntry(boxes);
        }

        table.Write(boxes);
    }

    private static void WriteAvcEntry(BoxWriter boxes)
    {
        using var entry = boxes.Open("avc1");
        boxes.PutZeros(6);
        boxes.Put16(1);                                              // data reference
        boxes.PutZeros(16);
        boxes.Put16(Picture.PixelWidth);
        boxes.Put16(Picture.PixelHeight);
        boxes.Put32(72 << 16);                                       // dots an inch
        boxes.Put32(72 << 16);
        boxes.Put32(0);
        boxes.Put16(1);                                              // frames in a sample
        boxes.PutZeros(32);                                          // compressor
        boxes.Put16(24);                                             // depth
        boxes.Put16(0xFFFF);
        using (boxes.Open("avcC"))
        {
            boxes.Put([1, AvcHeaders.Profile, AvcHeaders.Compatibility, AvcHeaders.Level, 0xFF, 0xE1]);
            boxes.Put16(AvcHeaders.SequenceParameters.Length);
            boxes.Put(AvcHeaders.SequenceParameters);
            boxes.Put8(1);
            boxes.Put16(AvcHeaders.PictureParameters.Length);
            boxes.Put(AvcHeaders.PictureParameters);
        }

        using (boxes.Open("colr"))
        {
            boxes.PutText("nclx");
            boxes.Put16(1);                                          // as the sequence parameters say
            boxes.Put16(1);
            boxes.Put16(6);
            boxes.Put8(0x80);
        }
    }

    private static void WriteSound(BoxWriter boxes, long created, int duration, SilentSound codec, SampleTable table)
    {
        using var track = boxes.Open("trak");
        WriteTrackHeader(boxes, SoundTrack, created, duration, volume: 0x100, width: 0, height: 0);
        using var media = boxes.Open("mdia");
        WriteMediaHeader(boxes, created, codec.Rate, table.Durations.Sum(run => run.Count * run.Duration), "soun", "Sound");
        using var information = boxes.Open("minf");
        using (boxes.Open("smhd", version: 0))
        {
            boxes.PutZeros(4);
        }

        WriteDataReference(boxes);
        using var samples = boxes.Open("stbl");
        using (boxes.Open("stsd", version: 0))
        {
            boxes.Put32(1);
            codec.WriteEntry(boxes);
        }

        table.Write(boxes);
    }

    private static void WriteTrackHeader(BoxWriter boxes, int track, long created, int duration, int volume, int width, int height)
    {
        using var header = boxes.Open("tkhd", version: 0, flags: 3); // enabled, in the movie
        boxes.Put32(created);
        boxes.Put32(created);
        boxes.Put32(track);
        boxes.Put32(0);
        boxes.Put32(duration);
        boxes.PutZeros(12);
        boxes.Put16(volume);
        boxes.Put16(0);
        PutMatrix(boxes);
        boxes.Put32((long)width << 16);
        boxes.Put32((long)height << 16);
    }

    private static void WriteMediaHeader(BoxWriter boxes, long created, int timescale, int duration, string handler, string name)
    {
        using (boxes.Open("mdhd", version: 0))
        {
            boxes.Put32(created);
            boxes.Put32(created);
            boxes.Put32(timescale);
            boxes.Put32(duration);
            boxes.Put16(UndefinedLanguage);
            boxes.Put16(0);
        }

        using var box = boxes.Open("hdlr", version: 0);
        boxes.Put32(0);
        boxes.PutText(handler);
        boxes.PutZeros(12);
        boxes.PutText(name);
        boxes.Put8(0);
    }

    private static void WriteDataReference(BoxWriter boxes)
    {
        using var information = boxes.Open("dinf");
        using var references = boxes.Open("dref", version: 0);
        boxes.Put32(1);
        using var here = boxes.Open("url ", version: 0, flags: 1);   // in this file
    }

    private static void PutMatrix(BoxWriter boxes)
    {
        foreach (var number in (ReadOnlySpan<int>)[0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000])
        {
            boxes.Put32(number);
        }
    }
}
