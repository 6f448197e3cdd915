using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>
/// One account's session: at most one sign-in or renewal at a time, joined by everybody who needs it; a failed one is answered
/// from memory for a moment.
/// </summary>
internal sealed partial class SessionSlot(
    SignIn signIn, SoracomApiOptions options, TimeProvider time, ILogger log, CancellationToken closing)
{
    /// <summary>A token is not used in its last moments, when it might end on the way.</summary>
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private SoracomSession? current;
    private SignInFailure? lastFailure;
    private Task<SignInResult>? underWay;

    public async ValueTask<SoracomSession> GetAsync(SoracomAccount account, CancellationToken cancellationToken)
    {
        Task<SignInResult> flight;
        lock (gate)
        {
            var usable = current is not null && TimeLeft(current) > LastMoments ? current : null;
            var due = usable is null || TimeLeft(usable) <= options.TokenRenewalMargin;
            if (!due)
            {
                return usable!;
            }

            if (underWay is null && lastFailure is { } failure && time.GetElapsedTime(failure.At) < failure.Pause)
            {
                return usable ?? throw failure.Again();
            }

            flight = underWay ??= Begin(account, renewable: usable, afterRejection: false);
            if (usable is not null)
            {
                return usable;
            }
        }

        var result = await flight.WaitAsync(cancellationToken);
        return result.Session ?? throw result.Failure!.Again();
    }

    public async ValueTask<SoracomSession?> ReplaceAsync(
        SoracomAccount account, SoracomSession rejected, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (ReferenceEquals(current, rejected))
            {
                if (rejected.AfterRejection && time.GetElapsedTime(rejected.AskedAt) < options.RefusedSignInPause)
                {
                    return null;
                }

                current = null;
                underWay ??= Begin(account, renewable: null, afterRejection: true);
            }
        }

        return await GetAsync(account, cancellationToken);
    }

    private TimeSpan TimeLeft(SoracomSession session) => session.Life - time.GetElapsedTime(session.AskedAt);

    /// <summary>
    /// Starts a sign-in that belongs to nobody: on its own thread, without the first caller's ambient context, and not ended by
    /// any caller's cancellation.
    /// </summary>
    private Task<SignInResult> Begin(SoracomAccount account, SoracomSession? renewable, bool afterRejection)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => FlyAsync(account, renewable, afterRejection), CancellationToken.None);
        }
    }

    private async Task<SignInResult> FlyAsync(SoracomAccount account, SoracomSession? renewable, bool afterRejection)
    {
        var result = await TryAsync(account, renewable, afterRejection);
        lock (gate)
        {
            underWay = null;
            current = result.Session ?? current;
            lastFailure = result.Failure;
        }

        // What the end of the program cuts off says nothing of the account.
        if (result.Failure is { } failure && !closing.IsCancellationRequested)
        {
            LogFailed(log, account, failure.Pause, failure.What.SourceException);
        }

        return result;
    }

    private async Task<SignInResult> TryAsync(SoracomAccount account, SoracomSession? renewable, bool afterRejection)
    {
        using var timer = new CancellationTokenSource(options.InteractiveTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(closing, timer.Token);
        try
        {
            var session = renewable is null ? null : await TryRenewAsync(account, renewable, either.Token);
            return new SignInResult(session ?? await SignInAsync(account, afterRejection, either.Token), null);
        }
        catch (OperationCanceledException cancelled)
        {
            // Nobody cancelled it: it ran out of time, or the host is closing.
            var late = new SoracomFailure { OperationId = "auth", Detail = closing.IsCancellationRequested ? "the client is being closed" : "signing in took too long" };
            return Failed(new SoracomUnavailableException(late, cancelled));
        }
        catch (Exception failure)
        {
            // Carried to everyone who waits, and thrown there.
            return Failed(failure);
        }
    }

    private SignInResult Failed(Exception failure) =>
        new(null, new SignInFailure(ExceptionDispatchInfo.Capture(failure), time.GetTimestamp(), PauseAfter(failure)));

    private async Task<SoracomSession?> TryRenewAsync(SoracomAccount account, SoracomSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await signIn.RenewAsync(session, cancellationToken);
        }
        catch (SoracomApiException failure)
        {
            // Ended early, or its user may not renew: signing in is the other way to the same end.
            LogNotRenewed(log, account, failure);
            return null;
        }
    }

    private async Task<SoracomSession> SignInAsync(SoracomAccount account, bool afterRejection, CancellationToken cancellationToken)
    {
        var credential = await account.FetchCredentialAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
        return await signIn.SignInAsync(account.Coverage, credential, afterRejection, cancellationToken);
    }

    private TimeSpan PauseAfter(Exception failure) => failure switch
    {
        SoracomRateLimitedException { RetryAfter: { } wait } => wait,
        SoracomRateLimitedException or SoracomUnavailableException => options.FailedSignInPause,
        SoracomApiException => options.RefusedSignInPause,

        // The vendor was not asked: there is nothing to spare it.
        _ => TimeSpan.Zero,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in to {Account} failed; it is not tried again for {Pause}")]
    private static partial void LogFailed(ILogger logger, SoracomAccount account, TimeSpan pause, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The session of {Account} could not be renewed; signing in instead")]
    private static partial void LogNotRenewed(ILogger logger, SoracomAccount account, Exception failure);

    /// <summary>A session, or why there is none.</summary>
    private sealed record SignInResult(SoracomSession? Session, SignInFailure? Failure);

    /// <summary>A failure, when it was, and how long it is answered from memory.</summary>
    private sealed record SignInFailure(ExceptionDispatchInfo What, long At, TimeSpan Pause)
    {
        public Exception Again()
        {
            What.Throw();
            return What.SourceException;
        }
    }
}
