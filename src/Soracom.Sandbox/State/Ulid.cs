namespace Soracom.Sandbox.State;

/// <summary>Session ids: 48 bits of Unix milliseconds and 80 of chance, 26 characters in Crockford's base 32.</summary>
internal static class Ulid
{
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static UInt128 Create(long unixMilliseconds, ulong chance) =>
        ((UInt128)(ulong)unixMilliseconds << 80) | ((UInt128)chance << 16) | (chance & 0xFFFF);

    public static void Format(UInt128 id, Span<char> text)
    {
        for (var i = Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(id & 31)];
            id >>= 5;
        }
    }
}
