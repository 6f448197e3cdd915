using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>
/// Base64url as JOSE writes it (RFC 7515, section 2): no padding, no white space, and one spelling only for each value. The
/// framework's decoder lets padding and white space pass, which would give one signed token many faces.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        if (text.IsEmpty || text.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        // By status: the framework's TryDecodeFromChars throws on text that is not base64url. Bits past the last byte
        // that are not zero, and so a second spelling, are invalid to it.
        var buffer = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, buffer, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        value = buffer[..written];
        return true;
    }
}
