using static Soracom.Sandbox.SoraCam.Media.Avc.CoefficientCodes;

namespace Soracom.Sandbox.SoraCam.Media.Avc;

/// <summary>CAVLC: the levels of one block of transform coefficients, in scan order, as bits (ITU-T H.264 section 7.3.5.3.2).</summary>
internal static class CoefficientWriter
{
    private const int MaxCoefficients = 16;

    public static void WriteLumaDc(BitWriter bits, ReadOnlySpan<int> levels) => Write(bits, levels, LumaToken, LumaZeros);

    public static void WriteChromaDc(BitWriter bits, ReadOnlySpan<int> levels) => Write(bits, levels, ChromaToken, ChromaZeros);

    private static void Write(BitWriter bits, ReadOnlySpan<int> scanned, Code[][] tokens, Code[][] zeros)
    {
        // The levels other than 0 from the highest frequency down, and the zeros before each.
        Span<int> levels = stackalloc int[MaxCoefficients];
        Span<int> runs = stackalloc int[MaxCoefficients];
        var count = 0;
        for (var i = scanned.Length - 1; i >= 0; i--)
        {
            if (scanned[i] != 0)
            {
                levels[count++] = scanned[i];
            }
            else if (count > 0)
            {
                runs[count - 1]++;
            }
        }

        var ones = 0;
        while (ones < Math.Min(count, 3) && levels[ones] is 1 or -1)
        {
            ones++;
        }

        Put(bits, tokens[ones][count]);
        if (count == 0)
        {
            return;
        }

        WriteLevels(bits, levels[..count], ones);
        var left = 0;
        foreach (var run in runs[..count])
        {
            left += run;
        }

        if (count < scanned.Length)
        {
            Put(bits, zeros[count - 1][left]);
        }

        for (var i = 0; i < count - 1 && left > 0; i++)
        {
            Put(bits, Run[Math.Min(left, Run.Length) - 1][runs[i]]);
            left -= runs[i];
        }
    }

    private static void WriteLevels(BitWriter bits, ReadOnlySpan<int> levels, int ones)
    {
        foreach (var one in levels[..ones])
        {
            bits.PutFlag(one < 0);
        }

        var suffix = levels.Length > 10 && ones < 3 ? 1 : 0;
        for (var i = ones; i < levels.Length; i++)
        {
            var magnitude = Math.Abs(levels[i]);
            var code = (2 * magnitude) - (levels[i] > 0 ? 2 : 1);
            if (i == ones && ones < 3)
            {
                // It is known not to be ±1, or it would have been a trailing one.
                code -= 2;
            }

            WriteLevel(bits, code, suffix);
            suffix = Math.Max(suffix, 1);
            if (magnitude > 3 << (suffix - 1) && suffix < 6)
            {
                suffix++;
            }
        }
    }

    private static void WriteLevel(BitWriter bits, int code, int suffix)
    {
        var escape = suffix == 0 ? 30 : 15 << suffix;
        if (code >= escape)
        {
            bits.Put(1, 16);
            bits.Put((uint)(code - escape), 12);
        }
        else if (suffix == 0 && code >= 14)
        {
            bits.Put(1, 15);
            bits.Put((uint)(code - 14), 4);
        }
        else
        {
            bits.Put(1, (code >> suffix) + 1);
            bits.Put((uint)code & ((1u << suffix) - 1), suffix);
        }
    }

    private static void Put(BitWriter bits, Code code) => bits.Put(code.Bits, code.Length);
}
