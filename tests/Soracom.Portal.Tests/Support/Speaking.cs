using System.Globalization;

namespace Soracom.Portal.Tests.Support;

/// <summary>Lets the test's own flow read the texts of a language until it is disposed.</summary>
internal sealed class Speaking : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    public Speaking(string language) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

    public void Dispose() => CultureInfo.CurrentUICulture = before;
}
