using Microsoft.AspNetCore.Localization;
using Microsoft.Playwright;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>How a visitor looks at the portal.</summary>
/// <param name="Name">Names screenshots.</param>
/// <param name="Theme">light, dark or system; the cookie that a choice leaves.</param>
/// <param name="Language">en or ja; likewise.</param>
/// <param name="Width">Width of the window.</param>
/// <param name="Height">Height of the window.</param>
public sealed record Look(string Name, string Theme = "light", string Language = "en", int Width = 1280, int Height = 800)
{
    public static readonly Look Light = new("light");

    public static readonly Look Dark = new("dark", Theme: "dark");

    public static readonly Look Japanese = new("ja", Language: "ja");

    public static readonly Look Phone = new("390", Width: 390, Height: 844);

    /// <summary>Somebody whose clock is not the tenant's.</summary>
    public static readonly Look Abroad = new("abroad") { Zone = "Europe/Berlin" };

    /// <summary>The time zone of the visitor's computer.</summary>
    public string Zone { get; init; } = "Asia/Tokyo";

    internal BrowserNewContextOptions Options => new()
    {
        ViewportSize = new() { Width = Width, Height = Height },
        Locale = "en-GB",
        TimezoneId = Zone,
        ReducedMotion = ReducedMotion.Reduce,
    };

    internal IEnumerable<Cookie> Cookies(Uri address) =>
    [
        new() { Name = "portal-theme", Value = Theme, Url = address.ToString() },
        new() { Name = CookieRequestCultureProvider.DefaultCookieName, Value = Uri.EscapeDataString($"c={Language}|uic={Language}"), Url = address.ToString() },
    ];
}
