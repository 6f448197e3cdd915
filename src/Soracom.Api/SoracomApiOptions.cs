namespace Soracom.Api;

/// <summary>
/// How the vendor's API is reached and how patient its client is. Validated when the host starts; messages name the
/// offending member.
/// </summary>
public sealed class SoracomApiOptions
{
    /// <summary>The longest token life that the vendor grants: 48 hours.</summary>
    public static readonly TimeSpan LongestTokenLife = TimeSpan.FromSeconds(172_800);

    /// <summary>The shortest token life that is asked for: 3 minutes.</summary>
    public static readonly TimeSpan ShortestTokenLife = TimeSpan.FromSeconds(180);

    /// <summary>Japan coverage. Scheme, host and port; <c>/v1</c> is appended. HTTPS, or HTTP on a loopback address.</summary>
    public Uri JapanEndpoint { get; set; } = new("https://api.soracom.io");

    /// <summary>Global coverage. Same rules as <see cref="JapanEndpoint"/>.</summary>
    public Uri GlobalEndpoint { get; set; } = new("https://g.api.soracom.io");

    /// <summary>The longest that a TCP and TLS connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that one HTTP exchange may take, from the request to the answer's last byte.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest that an interactive call may take, with sign-in, waiting and retries.</summary>
    public TimeSpan InteractiveTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a background call may take, with sign-in, waiting and retries.</summary>
    public TimeSpan BackgroundTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a repeatable call is tried again after a passing failure; 0 to 10.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The wait before the first retry; doubles with each further one and is spread by jitter.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that an interactive call, or a change that must not be sent twice, waits for an exhausted rate budget to refresh.</summary>
    public TimeSpan InteractiveRateWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The share of each rate budget that background calls leave to interactive ones; 0 to 0.9.</summary>
    public double InteractiveReserve { get; set; } = 0.1;

    /// <summary>The token life asked for when signing in; 3 minutes to 48 hours.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long before its end a token is renewed; at most half of <see cref="TokenLife"/>.</summary>
    public TimeSpan TokenRenewalMargin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a refused sign-in is answered from memory. A changed credential has another account key and does not wait.
    /// Also the least time between two sign-ins that rejected sessions of one account bring about.
    /// </summary>
    public TimeSpan RefusedSignInPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sign-in that failed for a passing reason (vendor down, rate limit without a time) is answered from memory.</summary>
    public TimeSpan FailedSignInPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether an answer with a JSON member that the wire models don't know is refused (tests) instead of logged once per
    /// name (production).
    /// </summary>
    public bool RefuseUnknownMembers { get; set; }

    internal Uri EndpointOf(SoracomCoverage coverage) => coverage switch
    {
        SoracomCoverage.Japan => JapanEndpoint,
        SoracomCoverage.Global => GlobalEndpoint,
        _ => throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "Not a coverage."),
    };

    internal TimeSpan TimeoutOf(CallPriority priority) =>
        priority == CallPriority.Background ? BackgroundTimeout : InteractiveTimeout;
}
