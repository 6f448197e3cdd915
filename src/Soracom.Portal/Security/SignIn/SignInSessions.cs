using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sessions;

namespace Soracom.Portal.Security.SignIn;

/// <summary>Starts, checks and ends sign-in sessions.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="options">How long a session holds.</param>
/// <param name="ways">The ways to sign in; a session whose way is no more has ended.</param>
/// <param name="clock">The clock.</param>
public sealed class SignInSessions(PortalDatabase database, IOptions<SessionOptions> options, SignInWays ways, TimeProvider clock)
{
    private readonly List<string?> marks = [.. ways.Providers.Select(provider => provider.Mark)];
    private readonly bool withoutProvider = ways.DemoAccounts.Count > 0;

    /// <summary>How precisely the last use is kept: a write per session and minute at most.</summary>
    private static readonly TimeSpan UseGranularity = TimeSpan.FromMinutes(1);

    /// <summary>Starts a session.</summary>
    /// <param name="personId">Who signed in.</param>
    /// <param name="provider">The mark of the provider that vouched; null for a demo account.</param>
    /// <param name="address">From which network address.</param>
    /// <param name="userAgent">With which browser.</param>
    /// <param name="provenAt">When they proved who they are, UTC; null where nobody can tell.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The session.</returns>
    public async Task<SignInSession> StartAsync(Guid personId, string? provider, string? address, string? userAgent, DateTimeOffset? provenAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var session = new SignInSession
        {
            PersonId = personId,
            Provider = provider,
            StartedAt = now,
            ProvenAt = Past(provenAt, now),
            LastUsedAt = now,
            ExpiresAt = now + options.Value.AbsoluteTimeout,
            Address = address,
            UserAgent = userAgent is { Length: > SignInSession.UserAgentLength } ? userAgent[..SignInSession.UserAgentLength] : userAgent,
        };
        await using var db = database.ForInstallation();
        db.SignInSessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session;
    }

    /// <summary>Whether a session still holds.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when it ended, expired, lay idle too long or never was.</returns>
    public async Task<bool> IsLiveAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.SignInSessions.Where(Live()).AnyAsync(session => session.Id == sessionId, cancellationToken);
    }

    /// <summary>By which provider a session came.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The provider; null for a demo account's session, and for one that holds no more.</returns>
    public async Task<SignInProvider?> ProviderAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var mark = await db.SignInSessions.Where(Live()).Where(session => session.Id == sessionId).Select(session => session.Provider).SingleOrDefaultAsync(cancellationToken);
        return ways.Providers.FirstOrDefault(provider => string.Equals(provider.Mark, mark, StringComparison.Ordinal));
    }

    /// <summary>Whether a session holds no more because the way by which it came is not configured any more.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False for one that was ended, or ran out, in any other way.</returns>
    public async Task<bool> HasLostProviderAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.ForInstallation();
        var found = await db.SignInSessions
            .Where(session => session.Id == sessionId && session.EndedAt == null && session.ExpiresAt > now)
            .Select(session => new { session.Provider })
            .SingleOrDefaultAsync(cancellationToken);
        return found is not null && !marks.Contains(found.Provider) && !(withoutProvider && found.Provider is null);
    }

    /// <summary>Notes that a session is in use, unless that was noted within the last minute.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the session no longer holds; then nothing is noted.</returns>
    public async Task<bool> UseAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lastUse = now - UseGranularity;
        await using var db = database.ForInstallation();
        var session = await db.SignInSessions.Where(Live()).SingleOrDefaultAsync(candidate => candidate.Id == sessionId, cancellationToken);
        if (session is not null && session.LastUsedAt < lastUse)
        {
            session.LastUsedAt = now;
            await db.SaveChangesAsync(cancellationToken);
        }

        return session is not null;
    }

    /// <summary>Ends a session. Its cookie is worth nothing from now on.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is saved.</returns>
    public async Task EndAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (await db.SignInSessions.SingleOrDefaultAsync(session => session.Id == sessionId && session.EndedAt == null, cancellationToken) is { } session)
        {
            session.EndedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Notes that whoever a session belongs to has proved anew who they are. What is open in the session stays open.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="personId">Who it was proved to be.</param>
    /// <param name="provenAt">When, UTC.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False where that session is somebody else's, or holds no more.</returns>
    public async Task<bool> ProveAsync(Guid sessionId, Guid personId, DateTimeOffset provenAt, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (await db.SignInSessions.Where(Live()).SingleOrDefaultAsync(session => session.Id == sessionId && session.PersonId == personId, cancellationToken) is not { } own)
        {
            return false;
        }

        own.ProvenAt = Past(provenAt, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Whether whoever a session belongs to has proved who they are so lately that a sensitive act needs no more.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True where they have.</returns>
    public async Task<bool> IsFreshAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - options.Value.FreshFor;
        await using var db = database.ForInstallation();
        return await db.SignInSessions.Where(Live()).AnyAsync(session => session.Id == sessionId && session.ProvenAt > since, cancellationToken);
    }

    // A provider whose clock is ahead gives nobody more time.
    private static DateTimeOffset? Past(DateTimeOffset? at, DateTimeOffset now) => at > now ? now : at;

    /// <summary>The condition under which a session holds now.</summary>
    internal Expression<Func<SignInSession, bool>> Live()
    {
        var now = clock.GetUtcNow();
        var idleSince = now - options.Value.IdleTimeout;
        return session => session.EndedAt == null && session.ExpiresAt > now && session.LastUsedAt > idleSince
            && (marks.Contains(session.Provider) || (withoutProvider && session.Provider == null));
    }
}
