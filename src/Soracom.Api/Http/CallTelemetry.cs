using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>What is told of calls: a log line for each exchange, an activity for each call, and two instruments.</summary>
internal sealed partial class CallTelemetry
{
    /// <summary>The name of the activity source, the meter and the log category.</summary>
    public const string Name = "Soracom.Api";

    private static readonly ActivitySource Source = new(Name);

    private readonly ILogger log;
    private readonly Histogram<double> duration;
    private readonly Gauge<int> rateRemaining;

    public CallTelemetry(ILoggerFactory logs, IMeterFactory meters)
    {
        log = logs.CreateLogger(Name);
        var meter = meters.Create(Name);
        duration = meter.CreateHistogram<double>("soracom.api.request.duration", "s", "How long HTTP exchanges take.");
        rateRemaining = meter.CreateGauge<int>("soracom.api.rate.remaining", "{call}", "Calls left before the refresh.");
    }

    /// <summary>Begins the activity of a call; the sign-in that it may need has one of its own.</summary>
    public static Activity? Start(SoracomCall call)
    {
        var activity = Source.StartActivity(call.Operation.Id, ActivityKind.Client);
        activity?.SetTag("soracom.operation_id", call.Operation.Id);
        activity?.SetTag("soracom.coverage", call.Caller.Coverage.ToWireName());
        activity?.SetTag("soracom.account", call.Caller.AccountKey);
        return activity;
    }

    /// <summary>An exchange has ended: with <paramref name="failure"/>, by its caller's cancellation, or well.</summary>
    public void Exchanged(CallTry attempt, TimeSpan elapsed, SoracomApiException? failure, bool cancelled)
    {
        var call = attempt.Call;
        var head = attempt.Head;
        var outcome = failure?.GetType().Name ?? (cancelled ? "cancelled" : "ok");
        var status = (int?)head?.Status;
        if (duration.Enabled)
        {
            duration.Record(elapsed.TotalSeconds, new TagList
            {
                { "soracom.operation_id", call.Operation.Id },
                { "soracom.coverage", call.Caller.Coverage.ToWireName() },
                { "http.response.status_code", status },
                { "soracom.outcome", outcome },
            });
        }

        var level = failure is null ? LogLevel.Debug : LogLevel.Warning;
        if (log.IsEnabled(level))
        {
            var coverage = call.Caller.Coverage.ToWireName();
            var account = call.Caller.AccountKey;
            LogExchange(
                log, level, call.Operation.Id, coverage, account, attempt.Number, status, failure?.Code, outcome, elapsed.TotalMilliseconds, head?.RequestId);
        }
    }

    /// <summary>The end of a call, on its activity.</summary>
    public static void Ended(Activity? activity, int attempts, AnswerHead? head, SoracomApiException? failure)
    {
        activity?.SetTag("soracom.attempts", attempts);
        activity?.SetTag("soracom.request_id", head?.RequestId);
        activity?.SetTag("http.response.status_code", (int?)head?.Status);
        if (failure is not null)
        {
            activity?.SetTag("error.type", failure.GetType().Name);
            activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void RateRead(CallTry attempt, RateReading reading)
    {
        if (rateRemaining.Enabled)
        {
            rateRemaining.Record(reading.Remaining, new TagList
            {
                { "soracom.operator_id", attempt.Session?.OperatorId },
                { "soracom.coverage", attempt.Call.Caller.Coverage.ToWireName() },
                { "soracom.path_group", attempt.Call.Operation.PathGroup },
            });
        }
    }

    [LoggerMessage(Message = "{OperationId} try {Attempt}: {Outcome} {Status} in {ElapsedMs:0} ms (coverage {Coverage}, account {Account}, code {Code}, request {RequestId})")]
    private static partial void LogExchange(
        ILogger logger,
        LogLevel level,
        string operationId,
        string coverage,
        string? account,
        int attempt,
        int? status,
        string? code,
        string outcome,
        double elapsedMs,
        string? requestId);
}
