namespace Soracom.Portal.Hosting;

/// <summary>
/// Refuses circuits to pages of other sites: a browser says whose page asks, and sends cookies along from sister sites too. A socket, which
/// only browsers' pages open here, has to say it.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="log">The log.</param>
internal sealed partial class HubOrigin(RequestDelegate next, ILogger<HubOrigin> log)
{
    /// <summary>Where the framework serves circuits.</summary>
    public const string Path = "/_blazor";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) || IsOwn(context.Request))
        {
            return next(context);
        }

        LogForeign($"{context.Request.Scheme}://{context.Request.Host}");
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0
            ? !IsSocket(request)
            : origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    // By HTTP/1.1 an upgrade, by HTTP/2 a CONNECT.
    private static bool IsSocket(HttpRequest request) =>
        HttpMethods.IsConnect(request.Method) || request.Headers.Upgrade.Any(value => value?.Contains("websocket", StringComparison.OrdinalIgnoreCase) == true);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A connection for a circuit was refused, as its Origin is missing or not {Own}. If that happens to pages of the portal itself, a proxy in front changes Host, or is not named by Proxy:KnownProxies or Proxy:KnownNetworks.")]
    private partial void LogForeign(string own);
}
