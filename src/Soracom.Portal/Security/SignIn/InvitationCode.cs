using System.Buffers.Text;
using System.Security.Cryptography;

namespace Soracom.Portal.Security.SignIn;

/// <summary>What an invitation's link holds: 256 bits that nobody can guess. The portal keeps their hash alone.</summary>
internal static class InvitationCode
{
    private const int Bytes = 32;

    /// <summary>A new code, as it stands in the link.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the portal keeps of a code; null for what is none.</summary>
    /// <param name="code">What stood in the link.</param>
    public static byte[]? HashOf(string? code)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return code is { Length: 43 } && Base64Url.TryDecodeFromChars(code, bytes, out var written) && written == Bytes ? SHA256.HashData(bytes) : null;
    }
}
