using System.Buffers.Binary;
using System.Net.Mail;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Branding;

/// <summary>What a brand says. What is null is left to whoever stands behind it.</summary>
/// <param name="Name">What the portal is called.</param>
/// <param name="Accent">The colour of links and buttons, such as #0b6e7f.</param>
/// <param name="SupportMail">The address that people write to for help.</param>
/// <param name="SupportAddress">The HTTPS address where people find help.</param>
/// <param name="LogoPng">The logo: a PNG file in base64.</param>
public sealed record BrandDetails(string? Name, string? Accent, string? SupportMail, string? SupportAddress, string? LogoPng)
{
    /// <summary>The largest logo, in bytes.</summary>
    public const int LogoBytes = 64 * 1024;

    /// <summary>The widest and highest logo, in pixels.</summary>
    public const int LogoPixels = 1024;

    /// <summary>Nothing of one's own.</summary>
    public static BrandDetails None { get; } = new(null, null, null, null, null);

    private static ReadOnlySpan<byte> PngBegins => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    /// <summary>The same without blanks around, and with null for what is empty.</summary>
    /// <returns>The details.</returns>
    internal BrandDetails Tidy() => new(Tidy(Name), Tidy(Accent)?.ToLowerInvariant(), Tidy(SupportMail), Tidy(SupportAddress), Tidy(LogoPng));

    /// <summary>What is wrong with it.</summary>
    /// <returns>An <see cref="InputError"/>; null where nothing is.</returns>
    internal InputError? Problem() => this switch
    {
        { Name.Length: > Brand.NameLength } => new InputError("BrandName", Brand.NameLength),
        { Accent: { } accent } when !Rgb.TryParse(accent, out var colour) || BrandColours.Of(colour) is null => new InputError("BrandAccent"),
        { SupportMail: { } mail } when mail.Length > Brand.SupportLength || !MailAddress.TryCreate(mail, out var read) || read.Address != mail => new InputError("BrandSupport", Brand.SupportLength),
        { SupportAddress: { } address } when address.Length > Brand.SupportLength || !address.StartsWith("https://", StringComparison.Ordinal) || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0
            => new InputError("BrandSupport", Brand.SupportLength),
        { LogoPng: { } logo } when !IsLogo(logo) => new InputError("BrandLogo", LogoBytes / 1024, LogoPixels),
        _ => null,
    };

    // By what it begins with: a browser that takes it for a picture decodes it, or shows none.
    private static bool IsLogo(string base64)
    {
        var bytes = new byte[LogoBytes];
        return base64.Length <= (LogoBytes + 2) / 3 * 4
            && Convert.TryFromBase64String(base64, bytes, out var length)
            && length >= 24
            && bytes.AsSpan().StartsWith(PngBegins)
            && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(16)) is >= 1 and <= LogoPixels
            && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(20)) is >= 1 and <= LogoPixels;
    }

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
