using Soracom.Portal.Shared.Branding;

namespace Soracom.Portal.Tests.Shared.Branding;

/// <summary>Whatever colour a brand has: either it is refused, or everything that is drawn in it can be read.</summary>
public sealed class BrandColoursTests
{
    private static readonly Rgb[] LightSurfaces = [Read("#ffffff"), Read("#f6f7f9"), Read("#f0f2f5")];
    private static readonly Rgb[] DarkSurfaces = [Read("#0f1317"), Read("#161b21"), Read("#12171c"), Read("#1c232b")];

    [Fact]
    public void Colours_OfEveryBrandThatIsTaken_AreReadWhereTheyStand()
    {
        var taken = 0;
        foreach (var accent in Every())
        {
            if (BrandColours.Of(accent) is not { } colours)
            {
                continue;
            }

            taken++;
            Assert.All(LightSurfaces, surface => Assert.InRange(colours.Light.Contrast(surface), 4.5, 21));
            Assert.All(DarkSurfaces, surface => Assert.InRange(colours.Dark.Contrast(surface), 4.5, 21));
            Assert.InRange(Rgb.White.Contrast(colours.Light), 4.5, 21);
            Assert.InRange(colours.OnDark.Contrast(colours.Dark), 4.5, 21);
            Assert.InRange(colours.LightStrong.Contrast(colours.LightSoft), 4.5, 21);
            Assert.InRange(colours.DarkStrong.Contrast(colours.DarkSoft), 4.5, 21);
            Assert.InRange(Read("#18202a").Contrast(colours.LightSoft), 4.5, 21);
            Assert.InRange(Read("#e7ebf0").Contrast(colours.DarkSoft), 4.5, 21);
        }

        Assert.InRange(taken, 500, 4095);
    }

    [Fact]
    public void Readable_OfEveryColour_IsTaken_AndIsItselfWhereItWas() =>
        Assert.All(Every(), accent =>
        {
            var readable = BrandColours.Readable(accent);
            Assert.NotNull(BrandColours.Of(readable));
            Assert.Equal(BrandColours.Of(accent) is not null, readable == accent);
        });

    [Theory]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#0000ff", "#ffffff", 8.59)]
    public void Contrast_IsThatOfWcag(string one, string other, double ratio)
    {
        Assert.Equal(ratio, Read(one).Contrast(Read(other)), 2);
        Assert.Equal(ratio, Read(other).Contrast(Read(one)), 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0b6e7f")]
    [InlineData("#0b6e7")]
    [InlineData("#0b6e7g")]
    [InlineData("# b6e7f")]
    [InlineData("red")]
    public void TryParse_OfWhatIsNoColour_SaysSo(string text) => Assert.False(Rgb.TryParse(text, out _));

    private static IEnumerable<Rgb> Every() =>
        from red in Enumerable.Range(0, 16) from green in Enumerable.Range(0, 16) from blue in Enumerable.Range(0, 16) select new Rgb((byte)(red * 17), (byte)(green * 17), (byte)(blue * 17));

    private static Rgb Read(string text) => Rgb.TryParse(text, out var colour) ? colour : throw new FormatException(text);
}
