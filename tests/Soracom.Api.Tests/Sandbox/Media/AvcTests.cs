using System.Buffers;
using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Avc;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Api.Tests.Sandbox.Media;

public sealed class AvcTests
{
    // Rounding of the Hadamard transform where a macroblock has several colours.
    private const int Tolerance = 4;

    public static TheoryData<string> CodeTables => ["LumaToken", "ChromaToken", "LumaZeros", "ChromaZeros", "Run"];

    [Fact]
    public void Encode_Footage_DecodesToWhatTheCameraSaw()
    {
        var footage = Films.Footage(4_000);
        var (bytes, sizes) = (new ArrayBufferWriter<byte>(), new int[Footage.GroupFrames]);
        footage.Encode(0, new FootageEncoder(), bytes, sizes);

        var reader = new AvcReader();
        var place = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            var shown = reader.Read(bytes.WrittenSpan.Slice(place, sizes[i]));
            place += sizes[i];
            var seen = Films.Picture(i * Footage.FrameMilliseconds);
            AssertClose(seen.Luma, shown.Luma);
            AssertClose(seen.Cb, shown.Cb);
            AssertClose(seen.Cr, shown.Cr);
        }

        Assert.Equal(bytes.WrittenCount, place);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Encode_Noise_DecodesToWhatTheEncoderKept(int seed)
    {
        // Every cell another colour: all coefficients, long codes and escapes, zeros to be told from start codes.
        var (encoder, reader, bytes) = (new AvcEncoder(), new AvcReader(), new ArrayBufferWriter<byte>());
        foreach (var isKey in new[] { true, false })
        {
            var picture = Noise(seed + (isKey ? 0 : 100));
            bytes.ResetWrittenCount();
            Assert.Equal(isKey ? encoder.WriteKey(picture, 1, bytes) : encoder.WriteNext(picture, bytes), bytes.WrittenCount);

            var shown = reader.Read(bytes.WrittenSpan);
            Assert.Equal(encoder.Decoded.Luma, shown.Luma);
            Assert.Equal(encoder.Decoded.Cb, shown.Cb);
            Assert.Equal(encoder.Decoded.Cr, shown.Cr);
        }
    }

    [Fact]
    public void Encode_EveryStepFromOneFlatColourToAnother_IsExact()
    {
        var (encoder, reader, bytes) = (new AvcEncoder(), new AvcReader(), new ArrayBufferWriter<byte>());
        var picture = new Picture();
        for (var i = 0; i < AvcEncoder.MacroblocksAcross * 4; i++)
        {
            var (colour, x, y) = ((byte)(i * 7), i % AvcEncoder.MacroblocksAcross * 4, i / AvcEncoder.MacroblocksAcross * 4);
            picture.Fill(x, y, 4, 4, new(colour, (byte)(255 - colour), (byte)(colour * 3)));
        }

        encoder.WriteKey(picture, 0, bytes);
        var shown = reader.Read(bytes.WrittenSpan);

        Assert.Equal(picture.Luma, shown.Luma);
        Assert.Equal(picture.Cb, shown.Cb);
        Assert.Equal(picture.Cr, shown.Cr);
    }

    [Fact]
    public void Encode_NothingChanged_TakesAlmostNothing()
    {
        var (encoder, bytes, picture) = (new AvcEncoder(), new ArrayBufferWriter<byte>(), Films.Picture(0));
        encoder.WriteKey(picture, 0, bytes);

        Assert.InRange(encoder.WriteNext(picture, bytes), 5, 16);
    }

    [Theory]
    [MemberData(nameof(CodeTables))]
    public void CodesOfATable_AreToldApartAndLeaveNoGap(string name)
    {
        var table = (CoefficientCodes.Code[][])typeof(CoefficientCodes).GetField(name)!.GetValue(null)!;

        // A token's two dimensions are one code; the other tables have a code for each row.
        foreach (var row in name.EndsWith("Token", StringComparison.Ordinal) ? [[.. table.SelectMany(row => row)]] : table)
        {
            var codes = row.Where(code => code.Length > 0).Select(code => Convert.ToString(code.Bits, 2).PadLeft(code.Length, '0')).ToList();
            Assert.All(codes, code => Assert.Single(codes, other => code.StartsWith(other, StringComparison.Ordinal)));

            // All but the codes that the standard leaves unused: at most two of the longest.
            var longest = codes.Max(code => code.Length);
            Assert.InRange(codes.Sum(code => 1 << (longest - code.Length)), (1 << longest) - 2, 1 << longest);
        }
    }

    private static Picture Noise(int seed)
    {
        var (picture, state) = (new Picture(), (uint)seed);
        foreach (var plane in new[] { picture.Luma, picture.Cb, picture.Cr })
        {
            foreach (ref var cell in plane.AsSpan())
            {
                state = (state * 1664525) + 1013904223;
                cell = (byte)(state >> 24);
            }
        }

        return picture;
    }

    private static void AssertClose(byte[] expected, byte[] actual) =>
        Assert.InRange(expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max(), 0, Tolerance);
}
