using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Soracom.Api.Http;

/// <summary>The sessions of all accounts, one for each account key and coverage, shared by all callers.</summary>
internal sealed class SoracomSessions(
    SignIn signIn, IOptions<SoracomApiOptions> options, TimeProvider time, ILogger<SoracomSessions> log) : IDisposable
{
    private readonly ConcurrentDictionary<(SoracomCoverage Coverage, string Key), SessionSlot> slots = new();
    private readonly CancellationTokenSource closing = new();

    /// <summary>The account's session, after signing in if there is none.</summary>
    /// <param name="account">Whose session.</param>
    /// <param name="cancellationToken">Ends the waiting; a sign-in that has begun goes on for the others.</param>
    public ValueTask<SoracomSession> GetAsync(SoracomAccount account, CancellationToken cancellationToken) =>
        SlotOf(account).GetAsync(account, cancellationToken);

    /// <summary>
    /// Another session than a rejected one: the one that has taken its place already, or one signed in now. Null when the rejected
    /// one was itself made after a rejection a moment ago: the sign-in is not what is wrong then.
    /// </summary>
    public ValueTask<SoracomSession?> ReplaceAsync(SoracomAccount account, SoracomSession rejected, CancellationToken cancellationToken) =>
        SlotOf(account).ReplaceAsync(account, rejected, cancellationToken);

    public void Forget(string accountKey)
    {
        foreach (var coverage in Enum.GetValues<SoracomCoverage>())
        {
            slots.TryRemove((coverage, accountKey), out _);
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    private SessionSlot SlotOf(SoracomAccount account) =>
        slots.GetOrAdd(
            (account.Coverage, account.Key), _ => new SessionSlot(signIn, options.Value, time, log, closing.Token));
}
