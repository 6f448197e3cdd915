using System.Text;
using System.Xml.Linq;
using Soracom.Portal.Features.Cameras.Playback;

namespace Soracom.Portal.Tests.Features.Cameras.Playback;

/// <summary>Manifests as the browser gets them: nothing in them names an address of the vendor's.</summary>
public sealed class DashManifestTests
{
    private static readonly Uri Address = new("https://vendor.example/dash/v1/getDASHManifest.mpd?SessionToken=secret");

    private readonly DashFiles files = new();

    [Fact]
    public void Rewrite_AListOfSegments_NamesThemByNumbers()
    {
        var manifest = Rewritten(
            """
            <SegmentList><Initialization sourceURL="getMP4InitFragment.mp4?SessionToken=secret&amp;TrackNumber=1" />
              <SegmentURL media="getMP4MediaFragment.mp4?FragmentNumber=91&amp;SessionToken=secret" />
              <SegmentURL media="https://elsewhere.example/92?SessionToken=secret" /></SegmentList>
            """);

        Assert.Equal(["0.mp4"], manifest.Descendants().Where(one => one.Name.LocalName == "Initialization").Select(one => one.Attribute("sourceURL")!.Value));
        Assert.Equal(["1.mp4", "2.mp4"], manifest.Descendants().Where(one => one.Name.LocalName == "SegmentURL").Select(one => one.Attribute("media")!.Value));
        Assert.DoesNotContain("secret", manifest.ToString(), StringComparison.Ordinal);
        Assert.Equal("https://vendor.example/dash/v1/getMP4MediaFragment.mp4?FragmentNumber=91&SessionToken=secret", files.Find(1, _ => null));
        Assert.Equal("https://elsewhere.example/92?SessionToken=secret", files.Find(2, _ => null));
        Assert.Null(files.Find(3, _ => null));
        Assert.Null(files.Find(-1, _ => null));
    }

    [Fact]
    public void Rewrite_ATemplate_KeepsItsVariables_AndTakesBackWhatThePlayerPutsIn()
    {
        var manifest = Rewritten("""<SegmentTemplate initialization="init.mp4" media="a$$b/$RepresentationID$/$Number%05d$.m4s?t=secret" />""", "<BaseURL>https://cdn.example/x/</BaseURL>");

        Assert.Equal("1.mp4?RepresentationID=$RepresentationID$&Number=$Number%05d$", manifest.Descendants().Single(one => one.Name.LocalName == "SegmentTemplate").Attribute("media")!.Value);
        Assert.Equal("https://cdn.example/x/a$b/v-1/00042.m4s?t=secret", files.Find(1, name => name == "Number" ? "00042" : "v-1"));
        Assert.DoesNotContain(manifest.Descendants(), one => one.Name.LocalName == "BaseURL");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../secret")]
    [InlineData("1?x=2")]
    [InlineData("1%2f")]
    public void Find_AValueThatIsNone_IsRefused(string? value)
    {
        Rewritten("""<SegmentTemplate media="$Number$.m4s" />""");

        Assert.Null(files.Find(0, _ => value));
    }

    [Fact]
    public void Rewrite_AFileThatIsNamedByItsBaseAlone_IsNamed()
    {
        var manifest = Rewritten("", representation: "<BaseURL>film.mp4?t=secret</BaseURL>");

        Assert.Equal("0.mp4", manifest.Descendants().Single(one => one.Name.LocalName == "BaseURL").Value);
        Assert.Equal("https://vendor.example/dash/v1/film.mp4?t=secret", files.Find(0, _ => null));
    }

    [Fact]
    public void Rewrite_WhatLeadsElsewhere_IsLeftOut()
    {
        var manifest = Rewritten("""<SegmentTemplate media="$Time$" />""", """<Location>https://elsewhere.example/</Location><UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="https://time.example/" />""");

        Assert.DoesNotContain("example", manifest.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("<MPD>")]
    [InlineData("<!DOCTYPE MPD [<!ENTITY a \"b\">]><MPD>&a;</MPD>")]
    public void Rewrite_WhatIsNoManifest_IsNone(string text) => Assert.Null(DashManifest.Rewrite(Encoding.UTF8.GetBytes(text), Address, files));

    private XDocument Rewritten(string segments, string top = "", string representation = "")
    {
        var text = $"""
            <?xml version="1.0"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011">{top}<Period><AdaptationSet mimeType="video/mp4">{segments}<Representation id="1" bandwidth="1">{representation}</Representation></AdaptationSet></Period></MPD>
            """;
        var rewritten = DashManifest.Rewrite(Encoding.UTF8.GetBytes(text), Address, files);
        Assert.NotNull(rewritten);
        return XDocument.Load(new MemoryStream(rewritten));
    }
}
