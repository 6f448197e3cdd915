namespace Soracom.Sandbox.SoraCam.Media.Avc;

/// <summary>
/// The variable-length codes of ITU-T H.264 section 9.2 that this encoder can need, as bits. Of the coeff_token tables only
/// two: none of its macroblocks codes AC coefficients, so that nC is always 0 for luma DC.
/// </summary>
internal static class CoefficientCodes
{
    // "-" stands where a combination can't be.
    /// <summary>coeff_token for nC 0 and 1: [trailing ones][coefficients].</summary>
    public static readonly Code[][] LumaToken = Parse(
        "1 000101 00000111 000000111 0000000111 00000000111 0000000001111 0000000001011 0000000001000 00000000001111 00000000001011 000000000001111 000000000001011 0000000000001111 0000000000001011 0000000000000111 0000000000000100",
        "- 01 000100 00000110 000000110 0000000110 00000000110 0000000001110 0000000001010 00000000001110 00000000001010 000000000001110 000000000001010 000000000000001 0000000000001110 0000000000001010 0000000000000110",
        "- - 001 0000101 00000101 000000101 0000000101 00000000101 0000000001101 0000000001001 00000000001101 00000000001001 000000000001101 000000000001001 0000000000001101 0000000000001001 0000000000000101",
        "- - - 00011 000011 0000100 00000100 000000100 0000000100 00000000100 0000000001100 00000000001100 00000000001000 000000000001100 000000000001000 0000000000001100 0000000000001000");

    /// <summary>coeff_token for chroma DC: [trailing ones][coefficients].</summary>
    public static readonly Code[][] ChromaToken = Parse(
        "01 000111 000100 000011 000010",
        "- 1 000110 0000011 00000011",
        "- - 001 0000010 00000010",
        "- - - 000101 0000000");

    /// <summary>total_zeros of 4 × 4 blocks: [coefficients - 1][zeros].</summary>
    public static readonly Code[][] LumaZeros = Parse(
        "1 011 010 0011 0010 00011 00010 000011 000010 0000011 0000010 00000011 00000010 000000011 000000010 000000001",
        "111 110 101 100 011 0101 0100 0011 0010 00011 00010 000011 000010 000001 000000",
        "0101 111 110 101 0100 0011 100 011 0010 00011 00010 000001 00001 000000",
        "00011 111 0101 0100 110 101 100 0011 011 0010 00010 00001 00000",
        "0101 0100 0011 111 110 101 100 011 0010 00001 0001 00000",
        "000001 00001 111 110 101 100 011 010 0001 001 000000",
        "000001 00001 101 100 011 11 010 0001 001 000000",
        "000001 0001 00001 011 11 10 010 001 000000",
        "000001 000000 0001 11 10 001 01 00001",
        "00001 00000 001 11 10 01 0001",
        "0000 0001 001 010 1 011",
        "0000 0001 01 1 001",
        "000 001 1 01",
        "00 01 1",
        "0 1");

    /// <summary>total_zeros of chroma DC: [coefficients - 1][zeros].</summary>
    public static readonly Code[][] ChromaZeros = Parse(
        "1 01 001 000",
        "1 01 00",
        "1 0");

    /// <summary>run_before: [zeros left - 1, at most 6][run].</summary>
    public static readonly Code[][] Run = Parse(
        "1 0",
        "1 01 00",
        "11 10 01 00",
        "11 10 01 001 000",
        "11 10 011 010 001 000",
        "11 000 001 011 010 101 100",
        "111 110 101 100 011 010 001 0001 00001 000001 0000001 00000001 000000001 0000000001 00000000001");

    private static Code[][] Parse(params ReadOnlySpan<string> rows)
    {
        var parsed = new Code[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            parsed[i] = [.. rows[i].Split(' ').Select(bits => bits == "-" ? default : new Code(Convert.ToUInt32(bits, 2), bits.Length))];
        }

        return parsed;
    }

    internal readonly record struct Code(uint Bits, int Length);
}
