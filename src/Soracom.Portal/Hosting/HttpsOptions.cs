namespace Soracom.Portal.Hosting;

/// <summary>What browsers are told about HTTPS. Configuration section <c>Https</c>.</summary>
public sealed class HttpsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Https";

    /// <summary>Whether browsers that were here ask sites below the portal's host name by HTTPS alone, too, for a year. False where one of them has plain HTTP only.</summary>
    public bool IncludeSubdomains { get; set; } = true;

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ConfigurationException">A key is wrong; the message names it.</exception>
    internal static HttpsOptions Read(IConfiguration configuration) => Settings.Read(configuration, Section, new HttpsOptions());
}
