namespace Soracom.Portal.Shared.Branding;

/// <summary>The colours that follow from a brand's one: for links, buttons and what is chosen, on light pages and dark ones, each readable where it stands.</summary>
internal sealed record BrandColours
{
    /// <summary>The least contrast of text, by WCAG 2.2 AA.</summary>
    public const double Least = 4.5;

    // The surfaces of portal.css that are hardest to read on: the darkest of light pages, the lightest of dark ones.
    private static readonly Rgb LightSurface = new(0xf0, 0xf2, 0xf5);
    private static readonly Rgb DarkSurface = new(0x1c, 0x23, 0x2b);

    private BrandColours(Rgb accent)
    {
        Light = accent;
        LightSoft = accent.Mix(Rgb.White, 0.88);
        LightStrong = Until(accent.Mix(Rgb.Black, 0.2), Rgb.Black, LightSoft);
        Dark = Until(accent, Rgb.White, DarkSurface, 6);
        DarkSoft = DarkSurface.Mix(Dark, 0.16);
        DarkStrong = Until(Dark.Mix(Rgb.White, 0.25), Rgb.White, DarkSoft);
        OnDark = Dark.Mix(Rgb.Black, 0.9);
    }

    /// <summary>Links and buttons on light pages: the brand's colour itself.</summary>
    public Rgb Light { get; }

    /// <summary>What is chosen, on light pages.</summary>
    public Rgb LightStrong { get; }

    /// <summary>What that stands on.</summary>
    public Rgb LightSoft { get; }

    /// <summary>Links and buttons on dark pages.</summary>
    public Rgb Dark { get; }

    /// <summary>What is chosen, on dark pages.</summary>
    public Rgb DarkStrong { get; }

    /// <summary>What that stands on.</summary>
    public Rgb DarkSoft { get; }

    /// <summary>The text of buttons on dark pages; on light ones it is white.</summary>
    public Rgb OnDark { get; }

    /// <summary>How well a colour is read on light pages.</summary>
    /// <param name="accent">The colour.</param>
    /// <returns>The contrast, 1 to 21.</returns>
    public static double ContrastOf(Rgb accent) => accent.Contrast(LightSurface);

    /// <summary>The colours that follow from one.</summary>
    /// <param name="accent">The brand's colour.</param>
    /// <returns>The colours; null where it cannot be read on light pages.</returns>
    public static BrandColours? Of(Rgb accent) => ContrastOf(accent) >= Least ? new BrandColours(accent) : null;

    /// <summary>The nearest darker colour that can be read.</summary>
    /// <param name="accent">A colour.</param>
    /// <returns>The colour, or itself where it can be read.</returns>
    public static Rgb Readable(Rgb accent) => Until(accent, Rgb.Black, LightSurface);

    private static Rgb Until(Rgb colour, Rgb towards, Rgb surface, double contrast = Least)
    {
        const int Steps = 100;
        for (var step = 0; step < Steps; step++)
        {
            var tried = colour.Mix(towards, (double)step / Steps);
            if (tried.Contrast(surface) >= contrast)
            {
                return tried;
            }
        }

        return towards;
    }
}
