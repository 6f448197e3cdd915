namespace Soracom.Portal.Hosting;

/// <summary>Warns of a portal that others could reach in ways that let nobody sign in, or under any name.</summary>
internal static partial class PlainHttp
{
    /// <summary>Warns outside Development, when no address is https and no proxy is named, and when any host name is answered.</summary>
    /// <param name="portal">The portal, serving.</param>
    public static void Warn(WebApplication portal)
    {
        var proxy = portal.Services.GetRequiredService<ProxyOptions>();
        if (proxy is { WasSwitchedOn: true, Headers: null })
        {
            LogSwitch(portal.Logger);
        }

        if (portal.Environment.IsDevelopment())
        {
            return;
        }

        if (proxy.Headers is null && !portal.Urls.Any(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            LogPlainHttp(portal.Logger, string.Join(", ", portal.Urls));
        }

        var hosts = (portal.Configuration["AllowedHosts"] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // These are what the framework takes for any host.
        if (hosts.Length == 0 || hosts.Any(host => host is "*" or "[::]" or "0.0.0.0"))
        {
            LogAnyHost(portal.Logger);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The portal is served at {Addresses}, by plain HTTP. Browsers keep its cookies over HTTPS only, so nobody can sign in. "
            + "Behind a proxy that ends TLS name it by Proxy:KnownProxies or Proxy:KnownNetworks; otherwise name an https address by --urls (ASPNETCORE_URLS).")]
    private static partial void LogPlainHttp(ILogger log, string addresses);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "ASPNETCORE_FORWARDEDHEADERS_ENABLED is not heeded: by it, whoever connects would be believed. Name the proxies by Proxy:KnownProxies or Proxy:KnownNetworks; on Azure App Service set Proxy:KnownNetworks:0 to AppService.")]
    private static partial void LogSwitch(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "AllowedHosts is open: the portal answers to any host name. Set it to the names by which it is reached.")]
    private static partial void LogAnyHost(ILogger log);
}
