using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Api.Tests.Sandbox.Media;

public sealed class SceneTests
{
    [Fact]
    public void Draw_SameCameraAndInstant_IsTheSamePictureHoweverItIsReached()
    {
        var scene = Films.Scene();
        var picture = new Picture();
        foreach (var elsewhere in new[] { 5_000, 3_600_000, 61_400 })
        {
            scene.Draw(picture, Films.Start + elsewhere);
        }

        Assert.Equal(Films.Picture(61_400).Luma, picture.Luma);
        Assert.Equal(Films.Picture(61_400).Cb, picture.Cb);
        Assert.Equal(Films.Picture(61_400).Cr, picture.Cr);
    }

    [Fact]
    public void Draw_EveryPictureOfAMinute_DiffersFromTheOneBefore()
    {
        var pictures = Enumerable.Range(0, 300).Select(i => Films.Picture(i * 200).Luma).ToList();

        Assert.All(Enumerable.Range(1, 299), i => Assert.False(pictures[i].AsSpan().SequenceEqual(pictures[i - 1]), $"picture {i}"));
    }

    [Fact]
    public void Draw_TwoCameras_DifferInHueAndName()
    {
        var (one, other) = (Films.Picture(20_000), Films.Picture(20_000, "A0B1C2D3E4F6"));

        Assert.NotEqual((one.Cb[0], one.Cr[0]), (other.Cb[0], other.Cr[0]));
        Assert.NotEqual(Strip(one, 16), Strip(other, 16));
    }

    [Fact]
    public void Draw_ClockInThePicture_IsTheCamerasClock()
    {
        // 08:58:07 in UTC and 17:58:07 in Japan; drawn apart and compared dot by dot.
        var expected = new Picture();
        expected.Fill(0, 0, Picture.Width, Picture.Height, Colour.Grey(16));
        Glyphs.Draw(expected, 16, 246, "2026-11-21 17:58:07", Colour.Grey(235));

        Assert.Equal(Strip(expected, 246), Strip(Films.Picture(7_400), 246));
    }

    [Fact]
    public void Draw_WhileSomethingMoves_APersonStandsInTheMiddleHalfWayThrough()
    {
        var (motion, still) = (Films.Picture(5_000), Films.Picture(65_000));
        var differing = Enumerable.Range(0, Picture.Height).Sum(y => motion.Luma.AsSpan((y * Picture.Width) + 200, 80)
            .CommonPrefixLength(still.Luma.AsSpan((y * Picture.Width) + 200, 80)) < 80 ? 1 : 0);

        Assert.InRange(differing, 140, 160);
    }

    [Fact]
    public void Draw_DayAndNight_DifferInLight()
    {
        var (day, night) = (Films.Picture(-6 * 3_600_000), Films.Picture(6 * 3_600_000));

        Assert.True(day.Luma[0] > night.Luma[0]);
    }

    [Theory]
    [InlineData(-10, -10, 20, 20)]
    [InlineData(470, 262, 40, 40)]
    [InlineData(500, 10, 20, 20)]
    [InlineData(-50, 10, 20, 20)]
    public void Fill_PartlyOrWhollyOutside_TouchesOnlyWhatIsInside(int x, int y, int width, int height)
    {
        var picture = new Picture();
        picture.Fill(x, y, width, height, Colour.Grey(200));

        var expected = Overlap(x, width, Picture.Width) * Overlap(y, height, Picture.Height);
        Assert.Equal(expected, picture.Luma.Count(cell => cell == 200));
        Assert.Equal(expected / 4, picture.Cb.Count(cell => cell == 128));

        static int Overlap(int start, int length, int end) => Math.Max(0, Math.Min(end, start + length) - Math.Max(0, start));
    }

    private static byte[] Strip(Picture picture, int top) =>
        [.. Enumerable.Range(top, Glyphs.Height).SelectMany(y => picture.Luma.AsSpan((y * Picture.Width) + 16, 19 * Glyphs.Advance - 2).ToArray())];
}
