using System.Buffers.Binary;

namespace Soracom.Sandbox.Fleets;

/// <summary>
/// SplitMix64. The same seed and purpose give the same sequence on every machine and runtime, which
/// <see cref="Random"/> does not promise. Not for secrets that matter.
/// </summary>
internal sealed class SeededRandom
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private ulong state;

    /// <param name="seed">The sandbox's seed.</param>
    /// <param name="purpose">Keeps independent sequences apart, so that a change in one fleet leaves the others as they were.</param>
    public SeededRandom(int seed, string purpose)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        state = 14695981039346656037;
        foreach (var character in $"{seed}/{purpose}")
        {
            state = (state ^ character) * 1099511628211;
        }
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Next(int end) => (int)(((UInt128)Next() * (uint)end) >> 64);

    /// <summary>From <paramref name="start"/> to below <paramref name="end"/>.</summary>
    public int Next(int start, int end) => start + Next(end - start);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public string Text(int length) => string.Create(length, this, static (text, random) =>
    {
        foreach (ref var character in text)
        {
            character = LettersAndDigits[random.Next(LettersAndDigits.Length)];
        }
    });

    public string Digits(int length) => string.Create(length, this, static (text, random) =>
    {
        foreach (ref var character in text)
        {
            character = (char)('0' + random.Next(10));
        }
    });

    /// <summary>A version 4 UUID as text.</summary>
    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>32 bytes in base 64, the shape of a WireGuard key.</summary>
    public string WireGuardKey()
    {
        Span<byte> bytes = stackalloc byte[32];
        Fill(bytes);
        return Convert.ToBase64String(bytes);
    }

    private void Fill(Span<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[8..])
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        }
    }
}
