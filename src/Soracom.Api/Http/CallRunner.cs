using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>
/// Takes a call from its session to its result: one time limit around everything; within it a second session when the first is
/// rejected; within that the retries; and for each try a place in the rate budget.
/// </summary>
internal sealed class CallRunner(
    HttpExchange exchange, RetryPolicies retries, RateBudgets budgets, IOptions<SoracomApiOptions> options, TimeProvider time)
{
    public async Task<T> RunAsync<T>(SoracomCall call, IAnswerReader<T> reader, CancellationToken cancellationToken)
    {
        var limit = options.Value.TimeoutOf(call.Caller.Priority);
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        using var activity = CallTelemetry.Start(call);
        var run = new Run<T>(call, reader, time.GetTimestamp(), limit);
        try
        {
            var result = await WithSessionAsync(run, either.Token);
            CallTelemetry.Ended(activity, run.Tries, run.Last, failure: null);
            return result;
        }
        catch (SoracomApiException failure)
        {
            throw Ended(failure);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            // With the caller's own token, not the linked one that it can't know.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw Ended(run.LastFailure ?? OutOfTime(call));
        }
        finally
        {
            if (run.Last?.RequestId is { } requestId)
            {
                call.Caller.Answered?.Invoke(requestId);
            }
        }

        SoracomApiException Ended(SoracomApiException failure)
        {
            var told = run.OutcomeUnknown && !failure.OutcomeUnknown ? failure.WithOutcomeUnknown() : failure;
            CallTelemetry.Ended(activity, run.Tries, run.Last, told);
            ExceptionDispatchInfo.Throw(told);
            return told;
        }
    }

    private async Task<T> WithSessionAsync<T>(Run<T> run, CancellationToken cancellationToken)
    {
        var sessions = run.Call.Caller.Sessions;
        run.Session = await sessions.GetAsync(cancellationToken);
        try
        {
            return await WithRetriesAsync(run, cancellationToken);
        }
        catch (SoracomAuthenticationException rejection) when (run.Session is not null)
        {
            run.Session = await sessions.ReplaceAsync(run.Session, cancellationToken);
            if (run.Session is null)
            {
                ThrowIfTheRequestIsMeant(rejection);
                throw;
            }
        }

        try
        {
            return await WithRetriesAsync(run, cancellationToken);
        }
        catch (SoracomAuthenticationException rejection)
        {
            ThrowIfTheRequestIsMeant(rejection);
            throw;
        }
    }

    /// <summary>
    /// A bad request with a code of the account service may mean the session, until a fresh one is told the same: then it is what was
    /// asked for, such as another operator's data or a change of the password with a wrong one.
    /// </summary>
    private static void ThrowIfTheRequestIsMeant(SoracomAuthenticationException rejection)
    {
        if (rejection is { Status: HttpStatusCode.BadRequest, Code: not ErrorTable.SessionMissing })
        {
            throw new SoracomInvalidRequestException(rejection.Failure);
        }
    }

    /// <summary>
    /// The first try goes without the retry pipeline, which would cost a call as much as all else here; when it fails in a way that may
    /// pass, the pipeline takes that failure for what its own first try has met.
    /// </summary>
    private async Task<T> WithRetriesAsync<T>(Run<T> run, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(run, cancellationToken);
        }
        catch (SoracomApiException failure) when (run.Call.Operation.IsRepeatable)
        {
            run.Met = failure;
        }

        return await retries.For(run.Call).ExecuteAsync(
            static (state, token) => new ValueTask<T>(state.Run.TakeMet() is { } met ? Task.FromException<T>(met) : state.Runner.TryAsync(state.Run, token)),
            (Runner: this, Run: run),
            cancellationToken);
    }

    private async Task<T> TryAsync<T>(Run<T> run, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await TakeFromBudgetAsync(run, cancellationToken);
            var attempt = new CallTry(run.Call, run.Session, ++run.Tries, lease);
            run.LastFailure = null;
            try
            {
                return await exchange.SendAsync(attempt, run.Reader, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                run.OutcomeUnknown |= run.Call.Operation.Changes;
                throw;
            }
            finally
            {
                run.Last = attempt.Head;
            }
        }
        catch (SoracomApiException failure)
        {
            run.LastFailure = failure;
            run.OutcomeUnknown |= failure.OutcomeUnknown;
            throw;
        }
    }

    private async ValueTask<RateBudget.Lease?> TakeFromBudgetAsync<T>(Run<T> run, CancellationToken cancellationToken)
    {
        if (run.Session is null)
        {
            return null;
        }

        var timeLeft = run.Limit - time.GetElapsedTime(run.Began);
        // A change that is not to be sent twice is not held back for long in the background either: whoever makes it has to know when it was sent.
        var mayWait = run.Call.Caller.Priority == CallPriority.Background && run.Call.Operation.IsRepeatable;
        var longestWait = mayWait || timeLeft < options.Value.InteractiveRateWait
            ? timeLeft
            : options.Value.InteractiveRateWait;
        var grant = await budgets.Of(run.Session, run.Call.Operation).TakeAsync(run.Call.Caller.Priority, longestWait, cancellationToken);
        return grant.Lease ?? throw new SoracomRateLimitedException(
            new SoracomFailure
            {
                OperationId = run.Call.Operation.Id,
                Detail = "not sent, the operator's calls of this kind are used up until the limit refreshes",
            },
            grant.UntilRefresh);
    }

    private static SoracomUnavailableException OutOfTime(SoracomCall call) =>
        new(new SoracomFailure { OperationId = call.Operation.Id, Detail = "no answer within the time of the call" });

    /// <summary>A call on its way.</summary>
    private sealed class Run<T>(SoracomCall call, IAnswerReader<T> reader, long began, TimeSpan limit)
    {
        public SoracomCall Call { get; } = call;

        public IAnswerReader<T> Reader { get; } = reader;

        public long Began { get; } = began;

        public TimeSpan Limit { get; } = limit;

        public SoracomSession? Session { get; set; }

        public int Tries { get; set; }

        public AnswerHead? Last { get; set; }

        /// <summary>How the last try ended; null before the first, and while one is under way.</summary>
        public SoracomApiException? LastFailure { get; set; }

        /// <summary>
        /// Whether a try may have done the change without a good answer. What a later one is answered doesn't take that back: a refusal may
        /// be the very consequence of the change.
        /// </summary>
        public bool OutcomeUnknown { get; set; }

        /// <summary>The first try's failure, until the retries have taken it.</summary>
        public SoracomApiException? Met { get; set; }

        public SoracomApiException? TakeMet()
        {
            var met = Met;
            Met = null;
            return met;
        }
    }
}
