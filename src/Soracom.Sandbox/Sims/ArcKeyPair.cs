using System.Numerics;
using Soracom.Sandbox.Fleets;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// A WireGuard key pair: X25519 by the book (RFC 7748), as the framework has none. Made from the sandbox's chance: for the sandbox's
/// tunnels, which lead nowhere, and for nothing else.
/// </summary>
/// <param name="PublicKey">32 bytes in base 64.</param>
/// <param name="PrivateKey">The same; null when its owner has it.</param>
internal sealed record ArcKeyPair(string PublicKey, string? PrivateKey)
{
    private const int KeyLength = 32;
    private const int TopBit = 254;
    private const int A24 = 121_665;

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    public static ArcKeyPair Make(SeededRandom chance)
    {
        var key = Convert.FromBase64String(chance.WireGuardKey());
        key[0] &= 248;
        key[31] = (byte)((key[31] & 127) | 64);
        return new ArcKeyPair(Convert.ToBase64String(PublicOf(key)), Convert.ToBase64String(key));
    }

    /// <summary>Leaves out the keys.</summary>
    public override string ToString() => nameof(ArcKeyPair);

    /// <summary>The public key of a private one: its multiple of the base point 9, by the Montgomery ladder.</summary>
    internal static byte[] PublicOf(ReadOnlySpan<byte> privateKey)
    {
        var scalar = new BigInteger(privateKey, isUnsigned: true);
        BigInteger u = 9, x2 = 1, z2 = 0, x3 = 9, z3 = 1;
        for (var bit = TopBit; bit >= 0; bit--)
        {
            var isSet = !((scalar >> bit) & 1).IsZero;
            if (isSet)
            {
                (x2, x3, z2, z3) = (x3, x2, z3, z2);
            }

            var (a, b, c, d) = (x2 + z2, x2 - z2, x3 + z3, x3 - z3);
            var (aa, bb, da, cb) = (a * a % Prime, b * b % Prime, d * a % Prime, c * b % Prime);
            var e = aa - bb;
            (x3, z3) = ((da + cb) * (da + cb) % Prime, u * ((da - cb) * (da - cb) % Prime) % Prime);
            (x2, z2) = (aa * bb % Prime, e * (aa + (A24 * e)) % Prime);
            if (isSet)
            {
                (x2, x3, z2, z3) = (x3, x2, z3, z2);
            }
        }

        var product = x2 * BigInteger.ModPow(((z2 % Prime) + Prime) % Prime, Prime - 2, Prime) % Prime;
        var bytes = new byte[KeyLength];
        (((product % Prime) + Prime) % Prime).TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
