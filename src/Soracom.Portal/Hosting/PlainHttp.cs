namespace Soracom.Portal.Hosting;

/// <summary>Warns of a portal that others could reach over plain HTTP only, where nobody can sign in.</summary>
internal static partial class PlainHttp
{
    /// <summary>Set by <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>: a proxy ends TLS and says so in its headers.</summary>
    private const string ForwardedHeadersKey = "ForwardedHeaders_Enabled";

    /// <summary>Warns outside Development, when no address is https and no proxy is told of.</summary>
    /// <param name="portal">The portal, serving.</param>
    public static void Warn(WebApplication portal)
    {
        var behindProxy = bool.TryParse(portal.Configuration[ForwardedHeadersKey], out var forwarded) && forwarded;
        if (!portal.Environment.IsDevelopment() && !behindProxy && !portal.Urls.Any(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            LogPlainHttp(portal.Logger, string.Join(", ", portal.Urls));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The portal is served at {Addresses}, by plain HTTP. Browsers keep its cookies over HTTPS only, so nobody can sign in. "
            + "Behind a proxy that ends TLS set ASPNETCORE_FORWARDEDHEADERS_ENABLED=true; otherwise name an https address by --urls (ASPNETCORE_URLS).")]
    private static partial void LogPlainHttp(ILogger log, string addresses);
}
