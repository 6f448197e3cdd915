using System.Xml;
using System.Xml.Linq;

namespace Soracom.Portal.Data.KeyRing;

/// <summary>Why an element of the key ring is not used where a certificate protects the ring.</summary>
public enum KeyRingFault
{
    /// <summary>It is a key whose secret is not encrypted.</summary>
    PlainSecret,

    /// <summary>None of the certificates signed it.</summary>
    NotSigned,
}

/// <summary>Tells what is wrong with an element, before anything is made of it.</summary>
internal static class KeyRingFaults
{
    private static readonly XName EncryptedSecret = XName.Get("encryptedSecret", "http://schemas.asp.net/2015/03/dataProtection");

    private static readonly XName EncryptedData = XName.Get("EncryptedData", "http://www.w3.org/2001/04/xmlenc#");

    /// <summary>What is wrong with a row; null when nothing is.</summary>
    public static KeyRingFault? Of(KeyRingKey row, KeyRingSignatures signatures)
    {
        if (HoldsPlainSecret(row.Xml))
        {
            return KeyRingFault.PlainSecret;
        }

        return signatures.IsSigned(row.Xml, row.Signature) ? null : KeyRingFault.NotSigned;
    }

    // Revocations and whatever else is no key hold no secret.
    private static bool HoldsPlainSecret(string xml) =>
        Parse(xml) is { Name.LocalName: "key" } key
        && !(key.Descendants(EncryptedSecret).Any() && key.Descendants(EncryptedSecret).All(secret => secret.Elements(EncryptedData).Any()));

    /// <summary>The element; null when it is not XML, and so not signed by anybody either.</summary>
    private static XElement? Parse(string xml)
    {
        try
        {
            using var text = new StringReader(xml);
            // Anybody may have written it: no document type, no entities.
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
