using System.Security.Cryptography;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Auth;

/// <summary>The API keys and tokens in use. Thread-safe.</summary>
internal sealed class SessionStore(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ApiSession> sessions = new(StringComparer.Ordinal);
    private readonly TokenMint mint = new(RandomNumberGenerator.GetBytes(32));
    private int sweepAt = 1024;

    /// <summary>How many keys are remembered, those that have ended but were not swept out yet included.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return sessions.Count;
            }
        }
    }

    public (ApiSession Session, string Token) Open(OperatorAccount account, string? userName, PermissionSet permissions, TimeSpan life)
    {
        var session = new ApiSession($"api-{Guid.NewGuid()}", account, userName, permissions);
        lock (gate)
        {
            Sweep();
            sessions.Add(session.ApiKey, session);
            return (session, Issue(session, life));
        }
    }

    /// <summary>A further token for the same key; the tokens issued before keep their own end.</summary>
    public string Renew(ApiSession session, TimeSpan life)
    {
        lock (gate)
        {
            return Issue(session, life);
        }
    }

    public PairCheck Check(string apiKey, string token)
    {
        if (apiKey.Length == 0 || token.Length == 0)
        {
            return new PairCheck(PairState.Missing, null);
        }

        lock (gate)
        {
            if (!sessions.TryGetValue(apiKey, out var session) || !session.ExpiryByToken.TryGetValue(token, out var expiry))
            {
                return new PairCheck(PairState.Unknown, null);
            }

            return clock.GetUtcNow() < expiry ? new PairCheck(PairState.Valid, session) : new PairCheck(PairState.Expired, null);
        }
    }

    public void Revoke(ApiSession session)
    {
        lock (gate)
        {
            sessions.Remove(session.ApiKey);
        }
    }

    /// <summary>Ends every key of a user, or of the root user where <paramref name="userName"/> is null.</summary>
    public void RevokeAll(OperatorAccount account, string? userName)
    {
        lock (gate)
        {
            foreach (var session in sessions.Values.Where(session => session.Account == account && session.UserName == userName).ToList())
            {
                sessions.Remove(session.ApiKey);
            }
        }
    }

    /// <summary>Ends every key of an account.</summary>
    public void RevokeAll(OperatorAccount account)
    {
        lock (gate)
        {
            foreach (var session in sessions.Values.Where(session => session.Account == account).ToList())
            {
                sessions.Remove(session.ApiKey);
            }
        }
    }

    private string Issue(ApiSession session, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        var token = mint.Issue(session, now);
        session.ExpiryByToken.Add(token, now + life);
        return token;
    }

    /// <summary>Command-line clients sign in for every command: keys that ended long ago must not pile up.</summary>
    private void Sweep()
    {
        if (sessions.Count < sweepAt)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var session in sessions.Values.Where(session => session.ExpiryByToken.Values.All(expiry => expiry < now)).ToList())
        {
            sessions.Remove(session.ApiKey);
        }

        sweepAt = Math.Max(1024, sessions.Count * 2);
    }
}
