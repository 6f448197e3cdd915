namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>How the bytes of a sample are written.</summary>
public enum SampleEncoding
{
    /// <summary>Two digits a byte, with spaces, colons or 0x between them or not.</summary>
    Hex,

    /// <summary>Base64.</summary>
    Base64,
}

/// <summary>Bytes that somebody typed to try a format on.</summary>
internal static class SamplePayload
{
    private static readonly string[] BetweenBytes = [" ", "\t", "\r", "\n", ",", ":", "0x", "0X"];

    /// <summary>The bytes; null when the text is no such thing.</summary>
    public static byte[]? Bytes(string text, SampleEncoding encoding)
    {
        if (encoding == SampleEncoding.Base64)
        {
            var buffer = new byte[text.Length];
            return Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : null;
        }

        var digits = BetweenBytes.Aggregate(text, (rest, between) => rest.Replace(between, string.Empty, StringComparison.Ordinal));
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}
