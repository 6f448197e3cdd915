using System.Numerics;
using System.Text;

namespace Soracom.Sandbox.Query;

/// <summary>
/// One field's values of some SIMs, in lower case, end to end in one block of UTF-8: a search for a part of a value is one
/// run over contiguous memory. Each value stands between two 0xFF, which UTF-8 never holds, so a match can't
/// reach from one value into the next, and a search for a whole value is one for its bytes with the marks around them.
/// </summary>
internal sealed class SearchColumn
{
    private const byte Mark = 0xFF;

    private readonly byte[] text;

    /// <summary>Where each SIM's values end in <see cref="text"/>.</summary>
    private readonly int[] ends;

    /// <param name="values">Each SIM's values.</param>
    public SearchColumn(IReadOnlyList<IEnumerable<string?>> values)
    {
        using var block = new MemoryStream();
        ends = new int[values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            block.WriteByte(Mark);
            foreach (var value in values[i])
            {
                block.Write(Encoding.UTF8.GetBytes(Fold(value ?? "")));
                block.WriteByte(Mark);
            }

            ends[i] = (int)block.Length;
        }

        text = block.ToArray();
    }

    /// <summary>What <see cref="Match"/> looks for to find a value or parts of it.</summary>
    public static byte[] Pattern(string value, bool whole)
    {
        var bytes = Encoding.UTF8.GetBytes(Fold(value));
        return whole ? [Mark, .. bytes, Mark] : bytes;
    }

    /// <summary>Sets the bit of each SIM that has the pattern in a value.</summary>
    public void Match(ReadOnlySpan<byte> pattern, Span<ulong> hits)
    {
        var (position, sim) = (0, 0);
        while (text.AsSpan(position).IndexOf(pattern) is >= 0 and var found)
        {
            position += found;
            while (ends[sim] <= position)
            {
                sim++;
            }

            hits[sim / 64] |= BitOperations.RotateLeft(1UL, sim);
            position = ends[sim];
        }
    }

#pragma warning disable CA1308 // Both sides of a comparison are folded the same way; nothing is stored or shown like this.
    private static string Fold(string value) => value.ToLowerInvariant();
#pragma warning restore CA1308
}
