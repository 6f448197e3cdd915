using System.Net.Sockets;
using System.Security.Cryptography;

namespace Soracom.Portal.Hosting;

/// <summary>The addresses that the portal is told to listen at, by <c>--urls</c> or <c>ASPNETCORE_URLS</c>.</summary>
internal static class ListenAddresses
{
    /// <summary>The web server's own section for the certificate of https addresses.</summary>
    private const string CertificateSection = "Kestrel:Certificates:Default";

    /// <summary>Refuses what the web server could not make anything of, ahead of its own exceptions.</summary>
    /// <exception cref="ConfigurationException">One is not an http or https address, or is https and outside Development there is no certificate for it.</exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (Read(configuration).FirstOrDefault(address => SchemeOf(address) is not ("http" or "https")) is { } wrong)
        {
            throw new ConfigurationException($"--urls (ASPNETCORE_URLS) names \"{wrong}\"; it takes addresses such as http://localhost:5080, separated by semicolons.");
        }

        // In Development the web server may find a developer's certificate by itself.
        if (!environment.IsDevelopment() && SecureOne(configuration) is { } secure && !configuration.GetSection(CertificateSection).Exists())
        {
            throw new ConfigurationException($"{CertificateSection}:Path is missing; --urls (ASPNETCORE_URLS) names {secure}, which needs a certificate.");
        }
    }

    /// <summary>Whether the web server ended the start because of an https address.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="error">What ended the start.</param>
    /// <returns>True when it did.</returns>
    public static bool IsAboutCertificate(IConfiguration configuration, Exception error) =>
        error is InvalidOperationException or CryptographicException or IOException && SecureOne(configuration) is not null;

    /// <summary>Says which keys to look at when an https address can't be served.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="error">What ended the start.</param>
    /// <returns>The keys and the reason.</returns>
    public static string ExplainCertificate(IConfiguration configuration, Exception error) =>
        $"{SecureOne(configuration)}, named by --urls (ASPNETCORE_URLS), can't be served with the certificate of {CertificateSection}:Path and :Password: {error.Message}";

    /// <summary>Says that the machine does not let the portal listen there.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="error">What ended the start.</param>
    /// <returns>The addresses, the reason and what to do.</returns>
    public static string Explain(IConfiguration configuration, SocketException error) =>
        $"The portal can't listen at {string.Join(", ", Read(configuration))}: {error.Message}. Choose other addresses with --urls (ASPNETCORE_URLS).";

    private static string[] Read(IConfiguration configuration) =>
        (configuration[WebHostDefaults.ServerUrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? SecureOne(IConfiguration configuration) => Read(configuration).FirstOrDefault(address => SchemeOf(address) is "https");

    private static string? SchemeOf(string address)
    {
        try
        {
            // Takes * and + for a host, which Uri does not.
            return BindingAddress.Parse(address).Scheme;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
