using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Soracom.Portal.Hosting;

/// <summary>
/// The proxies whose word is taken for where a request came from (X-Forwarded-For) and whether it came by HTTPS (X-Forwarded-Proto).
/// Nobody's is while none is named. Configuration section <c>Proxy</c>.
/// </summary>
public sealed class ProxyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Proxy";

    /// <summary>
    /// Stands in <see cref="KnownNetworks"/> for the front end of Azure App Service, whose addresses nobody knows and past which nobody can
    /// connect there: whoever connects is believed. Taken on App Service alone.
    /// </summary>
    public const string AppService = "AppService";

    private const string ProxiesKey = $"{Section}:{nameof(KnownProxies)}";

    private const string NetworksKey = $"{Section}:{nameof(KnownNetworks)}";

    /// <summary>What App Service sets in the environment of whatever it runs.</summary>
    private const string AppServiceKey = "WEBSITE_SITE_NAME";

    /// <summary>What <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> sets, by which the framework would believe whoever connects.</summary>
    private const string SwitchKey = "ForwardedHeaders_Enabled";

    /// <summary>Addresses of proxies.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>Networks of proxies, such as 10.1.0.0/24; or <see cref="AppService"/> alone.</summary>
    public IList<string> KnownNetworks { get; } = [];

    /// <summary>
    /// How many proxies stand one behind the other: as many entries of X-Forwarded-For are believed, from its end. What stands before those
    /// the browser may have written. 1 to 10; 1 by default.
    /// </summary>
    public int ForwardLimit { get; set; } = 1;

    /// <summary>Whether the framework's own switch was on, which is not heeded.</summary>
    internal bool WasSwitchedOn { get; private init; }

    /// <summary>What is believed of whom; null where nobody is.</summary>
    internal ForwardedHeadersOptions? Headers { get; private set; }

    /// <summary>Reads the section, and turns the framework's own switch off.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ConfigurationException">A key is wrong; the message names it.</exception>
    internal static ProxyOptions Read(IConfiguration configuration)
    {
        var wasOn = bool.TryParse(configuration[SwitchKey], out var on) && on;
        configuration[SwitchKey] = bool.FalseString;
        var options = Settings.Read(configuration, Section, new ProxyOptions { WasSwitchedOn = wasOn });
        if (new[] { ProxiesKey, NetworksKey }.FirstOrDefault(key => !string.IsNullOrEmpty(configuration[key])) is { } list)
        {
            throw new ConfigurationException($"{list} is a list: name its entries {list}:0, {list}:1 and so on.");
        }

        if (options.ForwardLimit is < 1 or > 10)
        {
            throw new ConfigurationException($"{Section}:{nameof(ForwardLimit)} is {options.ForwardLimit}; it must be between 1 and 10.");
        }

        options.Headers = options switch
        {
            { KnownProxies.Count: 0, KnownNetworks.Count: 0 } => null,
            { KnownProxies.Count: 0, KnownNetworks: [AppService] } => options.OfAppService(configuration),
            _ => options.OfThose(),
        };
        return options;
    }

    // 10.1.0.4/8 would quietly be all of 10.0.0.0/8.
    private static bool IsWhole(string text, System.Net.IPNetwork network) => IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var address) && address.Equals(network.BaseAddress);

    private ForwardedHeadersOptions OfAppService(IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[AppServiceKey]))
        {
            throw new ConfigurationException(
                $"{NetworksKey}:0 is \"{AppService}\", by which whoever connects is believed. It is for Azure App Service, which sets {AppServiceKey}; elsewhere name the proxies by {ProxiesKey} or {NetworksKey}.");
        }

        return Begin();
    }

    private ForwardedHeadersOptions Begin()
    {
        var headers = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = ForwardLimit };
        // The framework begins with this machine's own.
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        return headers;
    }

    private ForwardedHeadersOptions OfThose()
    {
        var headers = Begin();
        foreach (var (index, text) in KnownProxies.Index())
        {
            headers.KnownProxies.Add(IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
                ? address
                : throw new ConfigurationException($"{ProxiesKey}:{index} is \"{text}\"; it must be a proxy's address, such as 10.1.0.4."));
        }

        foreach (var (index, text) in KnownNetworks.Index())
        {
            headers.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 && IsWhole(text, network)
                ? network
                : throw new ConfigurationException(
                    $"{NetworksKey}:{index} is \"{text}\"; it must be a network of proxies, such as 10.1.0.0/24, and not everybody's, or {AppService} without any other entry here and in {ProxiesKey}."));
        }

        return headers;
    }
}
