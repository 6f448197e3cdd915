using Microsoft.Extensions.Options;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Hosting;

/// <summary>
/// Refuses what pages of other sites ask for, sister sites among them: a browser says whose page asks. They may lead people here by a link,
/// and providers may post their answers. Ahead of what counts requests, so that such a page can't use up what its visitor may ask.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="ways">The providers, which answer by a form of theirs.</param>
/// <param name="providers">Where those answer.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class OtherSites(RequestDelegate next, SignInWays ways, IOptionsMonitor<OpenIdOptions> providers, TimeProvider clock, ILogger<OtherSites> log)
{
    /// <summary>Where the framework serves circuits.</summary>
    public const string Hub = "/_blazor";

    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    // Read at the first request: what is wrong in them is said by the start.
    private readonly Lazy<PathString[]> answered = new(() => [.. ways.Providers.Select(one => providers.Get(one.Scheme).CallbackPath)]);

    private long saidAt = clock.GetTimestamp() - (long)(Between.TotalSeconds * clock.TimestampFrequency);

    public Task InvokeAsync(HttpContext context)
    {
        var isOfCircuits = IsOfCircuits(context.Request);
        if (isOfCircuits ? IsOwnCircuit(context.Request) : IsOwnOrALink(context.Request))
        {
            return next(context);
        }

        if (isOfCircuits)
        {
            SayOnceAMinute(context.Request);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Whether a request is for the hub, which open pages ask of themselves.</summary>
    /// <param name="request">The request.</param>
    internal static bool IsOfCircuits(HttpRequest request) => request.Path.StartsWithSegments(Hub, StringComparison.OrdinalIgnoreCase);

    // A socket, which only browsers' pages open here, has to say whose it is.
    private static bool IsOwnCircuit(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0
            ? !IsSocket(request) && !IsForeign(request)
            : origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    // By HTTP/1.1 an upgrade, by HTTP/2 a CONNECT.
    private static bool IsSocket(HttpRequest request) =>
        HttpMethods.IsConnect(request.Method) || request.Headers.Upgrade.Any(value => value?.Contains("websocket", StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private bool IsOwnOrALink(HttpRequest request) => !IsForeign(request)
        || (request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate"
            && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document"
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || (HttpMethods.IsPost(request.Method) && answered.Value.Contains(request.Path))));

    private void SayOnceAMinute(HttpRequest request)
    {
        var (last, now) = (Interlocked.Read(ref saidAt), clock.GetTimestamp());
        if (clock.GetElapsedTime(last, now) >= Between && Interlocked.CompareExchange(ref saidAt, now, last) == last)
        {
            LogForeign($"{request.Scheme}://{request.Host}");
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A connection for a circuit was refused, as its Origin is missing or not {Own}; said once a minute at most. If that happens to pages of the portal itself, a proxy in front changes Host, or is not named by Proxy:KnownProxies or Proxy:KnownNetworks.")]
    private partial void LogForeign(string own);
}
