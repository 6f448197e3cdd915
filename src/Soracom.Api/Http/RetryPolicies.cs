using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>How calls are tried again after passing failures: repeatable ones only, with growing, jittered waits.</summary>
internal sealed class RetryPolicies
{
    /// <summary>Spread over this much, so that what waited for one refresh does not all come at once.</summary>
    private static readonly TimeSpan RefreshJitter = TimeSpan.FromMilliseconds(250);

    private readonly ResiliencePipeline interactive;
    private readonly ResiliencePipeline background;

    public RetryPolicies(IOptions<SoracomApiOptions> options, TimeProvider time)
    {
        interactive = Build(options.Value, options.Value.InteractiveRateWait, time);
        background = Build(options.Value, options.Value.BackgroundTimeout, time);
    }

    public ResiliencePipeline For(SoracomCall call) =>
        !call.Operation.IsRepeatable ? ResiliencePipeline.Empty
        : call.Caller.Priority == CallPriority.Background ? background
        : interactive;

    private static ResiliencePipeline Build(SoracomApiOptions options, TimeSpan longestRateWait, TimeProvider time)
    {
        if (options.MaxRetries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        var retry = new RetryStrategyOptions
        {
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            ShouldHandle = arguments => new(IsPassing(arguments.Outcome.Exception, longestRateWait)),
            DelayGenerator = static arguments => new(WaitAskedFor(arguments.Outcome.Exception)),
        };
        return new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(retry).Build();
    }

    private static bool IsPassing(Exception? failure, TimeSpan longestRateWait) => failure switch
    {
        SoracomUnavailableException => true,
        SoracomRateLimitedException limited => limited.RetryAfter is not { } wait || wait <= longestRateWait,
        _ => false,
    };

    /// <summary>The vendor's own time where it gave one; null leaves it to the growing waits.</summary>
    private static TimeSpan? WaitAskedFor(Exception? failure) =>
        failure is SoracomRateLimitedException { RetryAfter: { } wait } ? wait + (RefreshJitter * Random.Shared.NextDouble()) : null;
}
