using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Mp4;

namespace Soracom.Api.Tests.Sandbox.Media;

public sealed class DashTests
{
    [Theory]
    [InlineData(300_000, 75)]
    [InlineData(900_000, 225)]
    [InlineData(12_345, 4)]
    [InlineData(500, 1)]
    public void Manifest_SaysHowLongAndHowToAskForEverySegment(int milliseconds, int segments)
    {
        var footage = Films.Footage(milliseconds);
        var manifest = XElement.Parse(System.Text.Encoding.UTF8.GetString(Manifest.Write(footage, "init.mp4?token=a&b", "segment-$Number$.m4s?token=a&b")));
        var all = manifest.DescendantsAndSelf().ToDictionary(element => element.Name.LocalName);
        var template = all["SegmentTemplate"];

        Assert.Equal("urn:mpeg:dash:schema:mpd:2011", manifest.Name.NamespaceName);
        Assert.Equal("static", (string?)manifest.Attribute("type"));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), XmlConvert.ToTimeSpan((string)manifest.Attribute("mediaPresentationDuration")!));
        Assert.Equal("init.mp4?token=a&b", (string?)template.Attribute("initialization"));
        Assert.Equal("segment-$Number$.m4s?token=a&b", (string?)template.Attribute("media"));
        Assert.Equal((0, 4000, 1000), ((int)template.Attribute("startNumber")!, (int)template.Attribute("duration")!, (int)template.Attribute("timescale")!));
        Assert.Equal("avc1.42C028", (string?)all["Representation"].Attribute("codecs"));
        Assert.Equal(segments, footage.GroupCount);
    }

    [Fact]
    public void Manifest_Bandwidth_IsAboveTheBusiestSegment()
    {
        var footage = Films.Footage(12_000);
        var manifest = XElement.Parse(System.Text.Encoding.UTF8.GetString(Manifest.Write(footage, "i", "$Number$")));
        var declared = int.Parse(manifest.Descendants().Single(element => element.Name.LocalName == "Representation").Attribute("bandwidth")!.Value, CultureInfo.InvariantCulture);

        Assert.InRange(Enumerable.Range(0, footage.GroupCount).Max(i => Fragments.Media(footage, i).Length) * 8 / 4, declared / 4, declared);
    }

    [Fact]
    public void Initialisation_HasNoPicturesAndSaysThatFragmentsFollow()
    {
        var first = Fragments.Initialisation(Films.Footage(12_345));

        Assert.Equal(["ftyp", "moov"], Boxes.In(first).Select(box => box.Type));
        Assert.Equal([1, 1, 0, 0, 0], Boxes.Numbers(Boxes.At(first, "moov/mvex/trex"), 4));
        Assert.Equal([0, 0], Boxes.Numbers(Boxes.At(first, "moov/trak/mdia/minf/stbl/stsz"), 4));
        Assert.Equal([0], Boxes.Numbers(Boxes.At(first, "moov/trak/mdia/minf/stbl/stts"), 4));
    }

    [Fact]
    public void Segments_InAnyOrder_FollowEachOtherWithoutGapAndFillTheTime()
    {
        var footage = Films.Footage(12_345);
        var segments = Enumerable.Range(0, footage.GroupCount).Reverse().Select(i => (Number: i, Bytes: Fragments.Media(footage, i))).Reverse().ToList();
        var time = 0;
        foreach (var (number, bytes) in segments)
        {
            Assert.Equal(["styp", "moof", "mdat"], Boxes.In(bytes).Select(box => box.Type));
            Assert.Equal([number + 1], Boxes.Numbers(Boxes.At(bytes, "moof/mfhd"), 4));
            Assert.Equal([0, time], Boxes.Numbers(Boxes.At(bytes, "moof/traf/tfdt"), 4));
            time += Run(bytes).Where((_, i) => i % 2 == 0).Sum();
        }

        Assert.Equal(12_345, time);
    }

    [Fact]
    public async Task Segment_HoldsThePicturesThatTheFileHas()
    {
        var footage = Films.Footage(9_100);
        var file = await Films.Mp4Async(footage);
        var bytes = Fragments.Media(footage, 1);
        var run = Boxes.At(bytes, "moof/traf/trun");
        var start = Boxes.In(bytes).First().Content.Length + 8 + Boxes.Number(run, 8);
        var sizes = Run(bytes).Where((_, i) => i % 2 == 1).ToList();

        Assert.Equal(Footage.GroupFrames, Boxes.Number(run, 4));
        Assert.Equal(Boxes.Numbers(Boxes.At(file, "moov/trak/mdia/minf/stbl/stsz"), 12)[20..40], sizes);
        var offset = Boxes.Numbers(Boxes.At(file, "moov/trak/mdia/minf/stbl/stco"), 8)[1];
        Assert.Equal(file.Slice(offset, sizes.Sum()).ToArray(), bytes[start..].ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Segment_ThatIsNotThere_IsRefused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fragments.Media(Films.Footage(12_000), number));

    // Duration and size of each picture, one after the other.
    private static int[] Run(ReadOnlyMemory<byte> segment) => Boxes.Numbers(Boxes.At(segment, "moof/traf/trun"), 16);
}
