using System.Globalization;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Shared.Text;

/// <summary>The languages that the portal speaks.</summary>
public static class Languages
{
    /// <summary>Their names: en and ja.</summary>
    public static IReadOnlyList<string> All => Preferences.Languages;

    /// <summary>The language of whoever is served at the moment.</summary>
    public static string Present => All.FirstOrDefault(language => language == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? All[0];

    /// <summary>A language's name for itself.</summary>
    /// <param name="language">The language.</param>
    /// <returns>The name.</returns>
    public static string Name(string language) => CultureInfo.GetCultureInfo(language).NativeName;

    /// <summary>Writes something in a language, whoever is served at the moment.</summary>
    /// <typeparam name="T">What is written.</typeparam>
    /// <param name="language">The language.</param>
    /// <param name="write">Writes it, at once.</param>
    /// <returns>What was written.</returns>
    public static T In<T>(string language, Func<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var present = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = present;
        }
    }
}
