using System.Globalization;
using System.Resources;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>The portal's own texts in a language, so that a page is found by what its users read.</summary>
/// <param name="language">The language.</param>
public sealed class Words(string language)
{
    private static readonly ResourceManager Texts = new(typeof(Strings).FullName!, typeof(Strings).Assembly);

    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language);

    /// <summary>A text with its places filled.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="arguments">What fills its places.</param>
    public string this[string key, params object[] arguments] =>
        string.Format(culture, Texts.GetString(key, culture) ?? throw new KeyNotFoundException($"There is no text {key}."), arguments);
}
