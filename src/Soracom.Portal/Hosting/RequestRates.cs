using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Hosting;

/// <summary>Counts requests by address before it is known who asks, and by session afterwards. Each instance counts for itself.</summary>
internal sealed class RequestRates : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly TimeProvider clock;
    private readonly Lazy<PathString[]> callbacks;
    private readonly PartitionedRateLimiter<HttpContext>[] ofAddresses;
    private readonly PartitionedRateLimiter<HttpContext>[] ofSessions;

    /// <summary>Begins to count.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="ways">The providers, whose answers are counted.</param>
    /// <param name="providers">Where those answer.</param>
    public RequestRates(LimitOptions limits, TimeProvider clock, SignInWays ways, IOptionsMonitor<OpenIdOptions> providers)
    {
        this.clock = clock;
        // Read at the first request: what is wrong in them is said by the start.
        callbacks = new(() => [.. ways.Providers.Select(one => providers.Get(one.Scheme)).SelectMany(one => (PathString[])[one.CallbackPath, one.SignedOutCallbackPath])]);
        ofAddresses =
        [
            Limit(limits.RequestsPerAddress, IsCounted, AddressOf),
            Limit(limits.SignInsPerAddress, IsSignIn, AddressOf),
            Limit(limits.AnswersPerAddress, IsAnswer, AddressOf),
            Limit(limits.JoinsPerAddress, IsJoining, AddressOf),
            Limit(limits.FormsPerAddress, IsForm, AddressOf),
            Limit(limits.CircuitsPerAddress, IsNewCircuit, AddressOf),
        ];
        ofSessions =
        [
            Limit(limits.DownloadsPerSession, IsDownload, SessionOf),
            Limit(limits.CircuitsPerSession, IsNewCircuit, SessionOf),
        ];
        BeforeSignIn = Of(ofAddresses);
        AfterSignIn = Of(ofSessions);
    }

    /// <summary>What is counted before it is known who asks.</summary>
    public RateLimiterOptions BeforeSignIn { get; }

    /// <summary>What is counted once that is known.</summary>
    public RateLimiterOptions AfterSignIn { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var limiter in (PartitionedRateLimiter<HttpContext>[])[BeforeSignIn.GlobalLimiter!, AfterSignIn.GlobalLimiter!, .. ofAddresses, .. ofSessions])
        {
            limiter.Dispose();
        }
    }

    private static RateLimiterOptions Of(PartitionedRateLimiter<HttpContext>[] limiters) => new()
    {
        GlobalLimiter = PartitionedRateLimiter.CreateChained(limiters),
        RejectionStatusCode = StatusCodes.Status429TooManyRequests,
        OnRejected = TooManyRequests.AnswerAsync,
    };

    // A page about an answer is one request with it.
    private static bool IsOnce(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is null && context.Features.Get<IExceptionHandlerFeature>() is null;

    private static bool IsCounted(HttpContext context) => IsOnce(context) && !HealthEndpoints.IsProbe(context.Request);

    private static bool IsSignIn(HttpContext context) => IsOnce(context)
        && (context.Request.Path.StartsWithSegments("/sign-in/provider", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments(PortalUrls.SignInAsDemo(), StringComparison.OrdinalIgnoreCase));

    private bool IsAnswer(HttpContext context) => IsOnce(context) && callbacks.Value.Contains(context.Request.Path);

    private static bool IsJoining(HttpContext context) => IsOnce(context)
        && (context.Request.Path.StartsWithSegments("/join", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments(PortalUrls.NewTenant(), StringComparison.OrdinalIgnoreCase));

    private static bool IsForm(HttpContext context) => IsOnce(context) && !OtherSites.IsOfCircuits(context.Request) && !IsReading(context);

    private static bool IsDownload(HttpContext context) => IsOnce(context) && !OtherSites.IsOfCircuits(context.Request) && IsReading(context)
        && context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        && !HealthEndpoints.IsProbe(context.Request);

    // Negotiated, or by a socket without negotiation: what belongs to one that is there names it, and the hub takes no name for none.
    private static bool IsNewCircuit(HttpContext context) => IsOnce(context) && OtherSites.IsOfCircuits(context.Request)
        && context.Request.Path.Value!.TrimEnd('/') is var path
        && (path.Equals($"{OtherSites.Hub}/negotiate", StringComparison.OrdinalIgnoreCase)
            || (path.Equals(OtherSites.Hub, StringComparison.OrdinalIgnoreCase) && string.IsNullOrEmpty(context.Request.Query["id"])));

    private static bool IsReading(HttpContext context) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "none";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // Whoever has one address of IPv6 has 64 bits of them.
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static string SessionOf(HttpContext context) => SignedIn.From(context.User, address: null)?.SessionId.ToString() ?? AddressOf(context);

    private PartitionedRateLimiter<HttpContext> Limit(int permits, Func<HttpContext, bool> isOne, Func<HttpContext, string> whose) => PartitionedRateLimiter.Create<HttpContext, string>(context => isOne(context)
        ? RateLimitPartition.Get(whose(context), _ => new ClockedWindow(permits, Window, clock))
        : RateLimitPartition.GetNoLimiter(string.Empty));
}
