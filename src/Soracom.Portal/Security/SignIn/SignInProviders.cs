using Microsoft.AspNetCore.Authentication;
using Soracom.Portal.Hosting;
using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Security.SignIn;

/// <summary>
/// The identity providers of the configuration: one in section <c>AzureAd</c>, named as Microsoft.Identity.Web names it, and any number side by
/// side in <c>SignIn:Providers:{key}</c>.
/// </summary>
internal static class SignInProviders
{
    /// <summary>The section of the provider that has no key.</summary>
    public const string OnlySection = "AzureAd";

    /// <summary>The section whose children are providers, each named by its key.</summary>
    public const string Section = "SignIn:Providers";

    private const int LongestKey = 32;

    /// <summary>Adds a scheme for each provider, and the portal's sessions to it.</summary>
    /// <param name="authentication">The builder.</param>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The providers, in the order of their buttons: by <c>Order</c>, then by key, as a configuration keeps no order of its own.</returns>
    /// <exception cref="ConfigurationException">A key is none, or providers that can't stand side by side; the message names them.</exception>
    public static IReadOnlyList<SignInProvider> Add(AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var found = Sections(configuration).ToList();
        List<string> problems = [.. found.Where(candidate => candidate.Key.Length > 0 && !IsKey(candidate.Key)).Select(WrongKey)];
        var options = found.ConvertAll(candidate => OpenIdSignIn.Read(candidate.Section, candidate.Key));
        problems.AddRange(ProviderNeighbours.Problems(options));
        if (problems.Count > 0)
        {
            throw new ConfigurationException(
                "The portal can't start as it is configured:" + Environment.NewLine + string.Join(Environment.NewLine, problems.Select(problem => "  " + problem)));
        }

        foreach (var (key, section) in found)
        {
            authentication.AddOpenIdSignIn(section, key);
            authentication.Services.Configure<OpenIdOptions>(OpenIdDefaults.SchemeOf(key), Welcome.Attend);
        }

        return [.. options.OrderBy(one => one.Order).ThenBy(one => one.Key, StringComparer.Ordinal).Select(Describe)];
    }

    private static IEnumerable<(string Key, IConfigurationSection Section)> Sections(IConfiguration configuration)
    {
        var only = configuration.GetSection(OnlySection);
        return [.. only.Exists() ? [(string.Empty, only)] : Array.Empty<(string, IConfigurationSection)>(), .. configuration.GetSection(Section).GetChildren().Select(child => (child.Key, child))];
    }

    private static SignInProvider Describe(OpenIdOptions options) => new(options.Key, OpenIdDefaults.SchemeOf(options.Key), options.DisplayName, options.Mark);

    private static bool IsKey(string key) => key.Length <= LongestKey && key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static string WrongKey((string Key, IConfigurationSection Section) candidate) =>
        $"{Section}:{LogText.Clean(candidate.Key)} is no name for a provider: it has 1 to {LongestKey} lower-case letters, digits and hyphens, also where an environment variable gives it.";
}
