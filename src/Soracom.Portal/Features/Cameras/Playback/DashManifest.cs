using System.Xml;
using System.Xml.Linq;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>
/// Rewrites MPEG-DASH manifests so that the browser asks the portal for all that they name: the vendor's addresses are signed, and nothing
/// that a manifest says is to lead a browser elsewhere.
/// </summary>
internal static class DashManifest
{
    /// <summary>Media type.</summary>
    public const string ContentType = "application/dash+xml";

    /// <summary>The largest that is read, in bytes.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    // What would have a player ask somebody else: another manifest, a clock, a collector of reports, keys.
    private static readonly string[] Dropped = ["Location", "PatchLocation", "UTCTiming", "Metrics", "Reporting", "ContentSteering", "ContentProtection", "EventStream", "InbandEventStream"];

    // In which attributes addresses stand. Their element's base counts.
    private static readonly Dictionary<string, string[]> Addresses = new(StringComparer.Ordinal)
    {
        ["SegmentTemplate"] = ["media", "initialization", "index", "bitstreamSwitching"],
        ["SegmentURL"] = ["media", "index"],
        ["Initialization"] = ["sourceURL"],
        ["RepresentationIndex"] = ["sourceURL"],
        ["BitstreamSwitching"] = ["sourceURL"],
    };

    /// <summary>Rewrites one.</summary>
    /// <param name="manifest">The vendor's.</param>
    /// <param name="address">Where it was.</param>
    /// <param name="files">Gets what it names.</param>
    /// <returns>The portal's; null where it is none, or names things in a way that is not understood.</returns>
    public static byte[]? Rewrite(ReadOnlyMemory<byte> manifest, Uri address, DashFiles files)
    {
        XDocument document;
        try
        {
            using var text = new MemoryStream(manifest.ToArray(), writable: false);
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true });
            document = XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }

        if (document.Root is not { Name.LocalName: "MPD" } root || !Rewrite(root, address, files))
        {
            return null;
        }

        using var written = new MemoryStream();
        document.Save(written);
        return written.ToArray();
    }

    /// <summary>Rewrites an element and all in it.</summary>
    /// <returns>Whether all of it is understood.</returns>
    private static bool Rewrite(XElement element, Uri place, DashFiles files)
    {
        foreach (var gone in element.Elements().Where(child => Dropped.Contains(child.Name.LocalName, StringComparer.Ordinal)).ToList())
        {
            gone.Remove();
        }

        // Other names in the namespace of links lead elsewhere, too.
        element.Attributes().Where(attribute => attribute.Name.NamespaceName == "http://www.w3.org/1999/xlink").Remove();
        var bases = element.Elements().Where(child => child.Name.LocalName == "BaseURL").ToList();
        if (bases.Count > 0)
        {
            if (!Uri.TryCreate(place, bases[0].Value.Trim(), out var inner))
            {
                return false;
            }

            place = inner;
            // A representation that is one file is named by its base alone. Where segments are named, their addresses tell all.
            var isOneFile = element.Name.LocalName == "Representation" && !element.AncestorsAndSelf().Any(parent => parent.Elements().Any(child => child.Name.LocalName is "SegmentTemplate" or "SegmentList"));
            if (element.Name.LocalName == "Representation" && !isOneFile && !element.Elements().Any(child => child.Name.LocalName is "SegmentTemplate" or "SegmentList"))
            {
                // The segments are described above, and are relative to what is said here.
                return false;
            }

            bases.Skip(isOneFile ? 1 : 0).Remove();
            if (isOneFile && !Set(files.Name(place, ""), name => bases[0].Value = name))
            {
                return false;
            }
        }

        if (Addresses.TryGetValue(element.Name.LocalName, out var names))
        {
            foreach (var attribute in element.Attributes().Where(attribute => attribute.Name.NamespaceName.Length == 0 && names.Contains(attribute.Name.LocalName, StringComparer.Ordinal)))
            {
                if (!Set(files.Name(place, attribute.Value), name => attribute.Value = name))
                {
                    return false;
                }
            }
        }

        return element.Elements().Where(child => child.Name.LocalName != "BaseURL").ToList().TrueForAll(child => Rewrite(child, place, files));
    }

    private static bool Set(string? name, Action<string> set)
    {
        if (name is null)
        {
            return false;
        }

        set(name);
        return true;
    }
}
