using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Shared.Text;

/// <summary>Coverages in words.</summary>
public static class Coverages
{
    /// <summary>A coverage's name for people.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="coverage">The coverage.</param>
    /// <returns>The name.</returns>
    public static string Name(IStringLocalizer<Strings> words, SoracomCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words[$"Coverage.{coverage.ToWireName()}"];
    }
}
