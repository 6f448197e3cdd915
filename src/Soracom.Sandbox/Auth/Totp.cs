using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Soracom.Sandbox.Auth;

/// <summary>Codes of authenticator apps: RFC 6238 with the settings that all of them know, SHA-1, six digits, thirty seconds.</summary>
internal static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>A new secret of 160 bits, in base 32.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(Base32, 32);

    /// <summary>What an app is set up with.</summary>
    public static string Uri(string account, string secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString($"SORACOM:{account}")}?secret={secret}&issuer=SORACOM";

    public static string Code(string secret, DateTimeOffset time) => Code(secret, time.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>Whether a code is good: the present one, or that of a clock one step off.</summary>
    public static bool IsGood(string secret, string? code, DateTimeOffset now)
    {
        var step = now.ToUnixTimeSeconds() / StepSeconds;
        return code is not null && (code == Code(secret, step) || code == Code(secret, step - 1) || code == Code(secret, step + 1));
    }

    private static string Code(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The algorithm of every authenticator app; nothing but this demo's sign-in rests on it.
        HMACSHA1.HashData(Decode(secret), counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        var (bits, count, at) = (0, 0, 0);
        foreach (var character in secret)
        {
            bits = ((bits << 5) | Base32.IndexOf(character, StringComparison.Ordinal)) & 0xFFFF;
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes[at++] = (byte)(bits >> count);
            }
        }

        return bytes;
    }
}
