using System.Buffers.Binary;
using Soracom.Sandbox.SoraCam.Media.Jpeg;

namespace Soracom.Api.Tests.Sandbox.Media;

public sealed class JpegTests
{
    [Fact]
    public void Still_Markers_AreThoseOfABaselineFileOfFullSize()
    {
        var still = JpegEncoder.Encode(Films.Picture(0));
        var (markers, scan) = Markers(still);

        Assert.Equal([0xE0, 0xDB, 0xC0, 0xC4, 0xDA], markers.Select(marker => (int)marker.Code));
        var frame = markers[2].Content;
        Assert.Equal((8, 1080, 1920, 3), (frame[0], BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(1)), BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(3)), frame[5]));
        Assert.Equal([0xFF, 0xD9], still[^2..]);

        // In the scan 0xFF is always followed by 0.
        var pairs = Enumerable.Range(scan, still.Length - 2 - scan).Where(i => still[i] == 0xFF).ToList();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, i => Assert.Equal(0, still[i + 1]));
    }

    [Fact]
    public void Still_OfTheSameMoment_IsTheSame()
    {
        Assert.Equal(JpegEncoder.Encode(Films.Picture(5_000)), JpegEncoder.Encode(Films.Picture(5_000)));
        Assert.NotEqual(JpegEncoder.Encode(Films.Picture(5_000)), JpegEncoder.Encode(Films.Picture(5_200)));
    }

    [Fact]
    public void Still_OfLowerQuality_IsSmaller()
    {
        var sizes = new[] { 10, 50, 85, 100 }.Select(quality => JpegEncoder.Encode(Films.Picture(0), quality).Length).ToList();

        Assert.Equal(sizes.Order(), sizes);
        Assert.True(sizes[0] < sizes[^1]);
        Assert.InRange(sizes[2], 10_000, 100_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Still_OfImpossibleQuality_IsRefused(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JpegEncoder.Encode(Films.Picture(0), quality));

    private static (List<(byte Code, byte[] Content)> Markers, int Scan) Markers(byte[] still)
    {
        Assert.Equal([0xFF, 0xD8], still[..2]);
        var markers = new List<(byte Code, byte[] Content)>();
        var at = 2;
        do
        {
            Assert.Equal(0xFF, still[at]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(still.AsSpan(at + 2));
            markers.Add((still[at + 1], still[(at + 4)..(at + 2 + length)]));
            at += 2 + length;
        }
        while (markers[^1].Code != 0xDA);

        return (markers, at);
    }
}
