using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Downloads;

/// <summary>
/// Addresses that carry their own permission and end, as those of exported files do. Signature and end are in the path, and hold for
/// everything below the key's first segment, so that what a playlist names relative to itself can be fetched as well. Nothing
/// is remembered of them; they outlive a restart with the key.
/// </summary>
/// <param name="key">Chance, and nobody else's: whoever has it can read every file of every account.</param>
internal sealed class SignedLinks(byte[] key)
{
    private const int KeyBytes = 32;

    public const string Root = "/_files";

    /// <summary>The key, for whoever keeps it from one start to the next.</summary>
    public byte[] Key => key;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    public string Make(string kind, string operatorId, Coverage coverage, string fileKey, DateTimeOffset end)
    {
        var ends = end.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = Sign(kind, operatorId, coverage.ShortName(), FirstOf(fileKey), ends);
        var path = string.Join('/', fileKey.Split('/').Select(Uri.EscapeDataString));
        return $"{Root}/{kind}/{operatorId}/{coverage.ShortName()}/{ends}-{signature}/{path}";
    }

    /// <summary>What an address says, when it is good at that time; else null.</summary>
    public SignedFile? Read(IReadOnlyList<string> segments, DateTimeOffset now)
    {
        if (segments.Count < 5)
        {
            return null;
        }

        var (kind, operatorId, coverage, permission) = (segments[0], segments[1], segments[2], segments[3]);
        var dash = permission.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !long.TryParse(permission[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var end))
        {
            return null;
        }

        var fileKey = string.Join('/', segments.Skip(4).Select(Uri.UnescapeDataString));
        var expected = Sign(kind, operatorId, coverage, FirstOf(fileKey), permission[..dash]);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(permission[(dash + 1)..]))
            && now.ToUnixTimeMilliseconds() < end
            ? new SignedFile(kind, operatorId, coverage == Coverage.Japan.ShortName() ? Coverage.Japan : Coverage.Global, fileKey)
            : null;
    }

    private static string FirstOf(string fileKey) => fileKey.Split('/', 2)[0];

    private string Sign(params ReadOnlySpan<string> parts) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}

internal sealed record SignedFile(string Kind, string OperatorId, Coverage Coverage, string Key);
