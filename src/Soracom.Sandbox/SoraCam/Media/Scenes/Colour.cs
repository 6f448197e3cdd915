namespace Soracom.Sandbox.SoraCam.Media.Scenes;

/// <summary>A colour as JPEG has it: full-range BT.601. The video says in its headers that it means the same.</summary>
internal readonly record struct Colour(byte Luma, byte Cb, byte Cr)
{
    /// <param name="luma">0 to 255.</param>
    /// <param name="hue">Degrees in the chroma plane.</param>
    /// <param name="strength">Distance from grey; up to about 60 stays inside RGB at middle luma.</param>
    public static Colour Of(int luma, int hue, int strength)
    {
        var (sine, cosine) = Math.SinCos(hue * Math.PI / 180);
        return new(
            (byte)Math.Clamp(luma, 0, 255),
            (byte)(128 + (int)Math.Round(strength * cosine)),
            (byte)(128 + (int)Math.Round(strength * sine)));
    }

    public static Colour Grey(int luma) => new((byte)luma, 128, 128);
}
