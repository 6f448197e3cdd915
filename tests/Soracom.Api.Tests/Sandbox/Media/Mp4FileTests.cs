using System.Text;
using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Avc;
using Soracom.Sandbox.SoraCam.Media.Mp4;

namespace Soracom.Api.Tests.Sandbox.Media;

public sealed class Mp4FileTests
{
    private static readonly int[] Lengths = [1, 200, 3_999, 4_000, 4_001, 12_345];

    public static TheoryData<int, string> LengthsAndSounds => [.. Lengths.SelectMany(length => new[] { "none", "pcm_s16le", "mp3" }.Select(sound => (length, sound)))];

    [Theory]
    [MemberData(nameof(LengthsAndSounds))]
    public async Task File_OfAnyLength_SaysExactlyThatLength(int milliseconds, string codec)
    {
        var file = await Films.Mp4Async(Films.Footage(milliseconds), SilentSound.Find(codec));

        Assert.Equal(milliseconds, Boxes.Number(Boxes.At(file, "moov/mvhd"), 16));
        Assert.Equal(milliseconds, Boxes.Number(Boxes.At(file, "moov/trak1/tkhd"), 20));
        Assert.Equal(milliseconds, Boxes.Number(Boxes.At(file, "moov/trak1/mdia/mdhd"), 16));
        var runs = Boxes.Numbers(Boxes.At(file, "moov/trak1/mdia/minf/stbl/stts"), 8).Chunk(2).ToList();
        Assert.All(runs, run => Assert.True(run[0] > 0 && run[1] > 0));
        Assert.Equal(milliseconds, runs.Sum(run => run[0] * run[1]));
        Assert.Equal((milliseconds + 199) / 200, runs.Sum(run => run[0]));
    }

    [Theory]
    [MemberData(nameof(LengthsAndSounds))]
    public async Task File_PlanAndContent_Agree(int milliseconds, string codec)
    {
        var (footage, sound) = (Films.Footage(milliseconds), SilentSound.Find(codec));
        var plan = Mp4File.Plan(footage, sound, TestContext.Current.CancellationToken);
        var file = await Films.Mp4Async(footage, sound);

        Assert.Equal(plan.Length, file.Length);
        Assert.Equal(["ftyp", "moov", "mdat"], Boxes.In(file).Select(box => box.Type));
        var table = Boxes.At(file, "moov/trak1/mdia/minf/stbl/stsz");
        var sizes = Boxes.Number(table, 4) == 0 ? Boxes.Numbers(table, 12) : [Boxes.Number(table, 4) * Boxes.Number(table, 8)];
        var soundBytes = sound is null ? 0 : sound.PiecesUntil(milliseconds) * sound.PieceBytes;
        Assert.Equal(Boxes.At(file, "mdat").Length, sizes.Sum() + soundBytes);
    }

    [Fact]
    public async Task File_PlacesOfItsPictures_HoldThePicturesInOrderAndKeysWhereItSays()
    {
        var footage = Films.Footage(9_100);
        var file = await Films.Mp4Async(footage, SilentSound.Pcm);
        var offsets = Boxes.Numbers(Boxes.At(file, "moov/trak1/mdia/minf/stbl/stco"), 8);
        var sizes = Boxes.Numbers(Boxes.At(file, "moov/trak1/mdia/minf/stbl/stsz"), 12);

        Assert.Equal([1, 21, 41], Boxes.Numbers(Boxes.At(file, "moov/trak1/mdia/minf/stbl/stss"), 8));
        Assert.Equal([1, 20, 1, 3, 6, 1], Boxes.Numbers(Boxes.At(file, "moov/trak1/mdia/minf/stbl/stsc"), 8));
        var reader = new AvcReader();
        for (var group = 0; group < footage.GroupCount; group++)
        {
            var place = offsets[group];
            for (var i = 0; i < footage.FramesInGroup(group); i++)
            {
                var size = sizes[(group * Footage.GroupFrames) + i];
                Assert.Equal(i == 0 ? 0x65 : 0x61, file.Span[place + 4]);
                reader.Read(file.Span.Slice(place, size));
                place += size;
            }
        }
    }

    [Theory]
    [InlineData("pcm_s16le", "sowt", 8000, 98_760, 2)]
    [InlineData("mp3", "mp4a", 16000, 342 * 576, 36)]
    public async Task File_WithSound_HasASecondTrackOfThatCodec(string codec, string entry, int rate, int samples, int pieceBytes)
    {
        var sound = SilentSound.Find(codec)!;
        var file = await Films.Mp4Async(Films.Footage(12_345), sound);
        var media = Boxes.At(file, "moov/trak2/mdia");
        var table = Boxes.At(media, "minf/stbl");

        Assert.Equal(codec, sound.Codec);
        Assert.Equal((rate, samples), (Boxes.Number(Boxes.At(media, "mdhd"), 12), Boxes.Number(Boxes.At(media, "mdhd"), 16)));
        Assert.Equal(entry, Assert.Single(Boxes.In(Boxes.At(table, "stsd"))).Type);
        Assert.Equal([pieceBytes, samples / sound.PieceSamples], Boxes.Numbers(Boxes.At(table, "stsz"), 4));
        Assert.All(Boxes.Numbers(Boxes.At(table, "stco"), 8), offset => Assert.Equal(sound.Pieces(1).ToArray(), file.Slice(offset, pieceBytes).ToArray()));
    }

    [Fact]
    public async Task File_Description_NamesCodecSizeAndTheTimeItBegan()
    {
        var file = await Films.Mp4Async(Films.Footage(1_000));
        var configuration = Boxes.At(file, "moov/trak1/mdia/minf/stbl/stsd/avc1/avcC").ToArray();
        var header = Boxes.At(file, "moov/trak1/tkhd");

        Assert.Equal(AvcHeaders.Codec, $"avc1.{Convert.ToHexString(configuration.AsSpan(1, 3))}");
        Assert.Equal(
            [1, 66, 0xC0, 40, 0xFF, 0xE1, 0, (byte)AvcHeaders.SequenceParameters.Length, .. AvcHeaders.SequenceParameters, 1, 0, (byte)AvcHeaders.PictureParameters.Length, .. AvcHeaders.PictureParameters],
            configuration);
        Assert.Equal((1920 << 16, 1080 << 16), (Boxes.Number(header, 76), Boxes.Number(header, 80)));
        Assert.Equal(new DateTime(2026, 11, 21, 8, 58, 0, DateTimeKind.Utc), new DateTime(1904, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds((uint)Boxes.Number(header, 4)));
        Assert.Equal("isomiso2avc1mp41", Encoding.ASCII.GetString(Boxes.At(file, "ftyp").Span[8..]));
    }

    [Fact]
    public async Task File_MadeTwice_IsTheSame_AndAnotherCamerasDiffers()
    {
        var one = await Films.Mp4Async(Films.Footage(5_000));

        Assert.Equal(one.ToArray(), (await Films.Mp4Async(Films.Footage(5_000))).ToArray());
        Assert.NotEqual(one.ToArray(), (await Films.Mp4Async(Films.Footage(5_000, "A0B1C2D3E4F6"))).ToArray());
    }

    [Fact]
    public void Plan_FifteenMinutes_FitsInLittleMemoryAndAFewMegabytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var plan = Mp4File.Plan(Films.Footage(900_000), sound: null, TestContext.Current.CancellationToken);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.InRange(plan.Length, 1_000_000, 8_000_000);
    }

    [Fact]
    public async Task PlanAndWrite_Cancelled_StopAtOnce()
    {
        using var cancelled = new CancellationTokenSource();
        var plan = Mp4File.Plan(Films.Footage(5_000), sound: null, TestContext.Current.CancellationToken);
        await cancelled.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => Mp4File.Plan(Films.Footage(5_000), sound: null, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plan.WriteAsync(Stream.Null, cancelled.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Footage_WithoutLength_IsRefused(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Films.Footage(milliseconds));
}
