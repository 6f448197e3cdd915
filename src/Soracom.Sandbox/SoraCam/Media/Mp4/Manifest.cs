using System.Text;
using System.Xml;
using Soracom.Sandbox.SoraCam.Media.Avc;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam.Media.Mp4;

/// <summary>The MPEG-DASH manifest (ISO/IEC 23009-1) of footage: one period, one representation, segments by number from 0.</summary>
internal static class Manifest
{
    public const string ContentType = "application/dash+xml";

    /// <summary>What a player puts the segment's number in the place of.</summary>
    public const string Number = "$Number$";

    // The busiest group of pictures, with somebody walking through, stays below this. Bits a second.
    private const int Bandwidth = 200_000;

    /// <param name="footage">What is played.</param>
    /// <param name="initialisation">Address of the initialisation segment, relative to the manifest or not.</param>
    /// <param name="media">Address of the media segments; holds <see cref="Number"/>.</param>
    public static byte[] Write(Footage footage, string initialisation, string media)
    {
        const string Namespace = "urn:mpeg:dash:schema:mpd:2011";
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            xml.WriteStartElement("MPD", Namespace);
            xml.WriteAttributeString("profiles", "urn:mpeg:dash:profile:isoff-live:2011");
            xml.WriteAttributeString("type", "static");
            xml.WriteAttributeString("mediaPresentationDuration", XmlConvert.ToString(TimeSpan.FromMilliseconds(footage.Duration)));
            xml.WriteAttributeString("minBufferTime", XmlConvert.ToString(TimeSpan.FromMilliseconds(Footage.GroupMilliseconds)));
            xml.WriteStartElement("Period", Namespace);
            xml.WriteAttributeString("id", "0");
            xml.WriteAttributeString("start", "PT0S");
            xml.WriteStartElement("AdaptationSet", Namespace);
            xml.WriteAttributeString("contentType", "video");
            xml.WriteAttributeString("mimeType", "video/mp4");
            xml.WriteAttributeString("segmentAlignment", "true");
            xml.WriteAttributeString("startWithSAP", "1");

            xml.WriteStartElement("SegmentTemplate", Namespace);
            WriteNumber(xml, "timescale", Movie.Timescale);
            WriteNumber(xml, "duration", Footage.GroupMilliseconds);
            WriteNumber(xml, "startNumber", 0);
            xml.WriteAttributeString("initialization", initialisation);
            xml.WriteAttributeString("media", media);
            xml.WriteEndElement();

            xml.WriteStartElement("Representation", Namespace);
            xml.WriteAttributeString("id", "1");
            xml.WriteAttributeString("codecs", AvcHeaders.Codec);
            WriteNumber(xml, "width", Picture.PixelWidth);
            WriteNumber(xml, "height", Picture.PixelHeight);
            WriteNumber(xml, "frameRate", 1000 / Footage.FrameMilliseconds);
            WriteNumber(xml, "bandwidth", Bandwidth);
            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        return bytes.ToArray();
    }

    private static void WriteNumber(XmlWriter xml, string name, int value) => xml.WriteAttributeString(name, XmlConvert.ToString(value));
}
