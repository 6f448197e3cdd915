using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Sessions;

namespace Soracom.Portal.Security.SignIn;

/// <summary>Somebody's own sign-in sessions: seen, and ended, by nobody else here.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class OwnSessions(PortalDatabase database, SignInSessions sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The sessions that hold, the present one first, then by last use.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The sessions; none when the present one has ended.</returns>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(SignedIn person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var db = database.ForInstallation();
        var found = await Own(db, person).Select(OpenSession.Of(person)).ToListAsync(cancellationToken);
        return found.Exists(session => session.IsPresent) ? [.. found.OrderByDescending(session => session.IsPresent).ThenByDescending(session => session.LastUsedAt)] : [];
    }

    /// <summary>Ends sessions other than the present one. Their open pages close within seconds.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="sessionId">The session to end; null for all others.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were ended: those of others, and those that had ended already, are left alone.</returns>
    public async Task<int> EndAsync(SignedIn person, Guid? sessionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!await sessions.IsLiveAsync(person.SessionId, cancellationToken))
        {
            return 0;
        }

        await using var db = database.ForInstallation();
        var others = await Own(db, person)
            .Where(session => session.Id != person.SessionId && (sessionId == null || session.Id == sessionId))
            .ToListAsync(cancellationToken);
        foreach (var session in others)
        {
            session.EndedAt = clock.GetUtcNow();
        }

        if (others.Count > 0)
        {
            audit.AddOf(db, tenantId: null, person, new AuditAct(AuditActions.SessionsEnded, AuditOutcome.Succeeded) { Detail = FormattableString.Invariant($"{others.Count}") });
            await db.SaveChangesAsync(cancellationToken);
        }

        return others.Count;
    }

    private IQueryable<SignInSession> Own(PortalDbContext db, SignedIn person) => db.SignInSessions.Where(sessions.Live()).Where(session => session.PersonId == person.PersonId);
}

/// <summary>A sign-in that holds.</summary>
/// <param name="Id">The session; belongs on no page.</param>
/// <param name="IsPresent">Whether it is the one that asks.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="ExpiresAt">When it ends whatever is done.</param>
/// <param name="Address">Network address that signed in.</param>
/// <param name="UserAgent">The browser, as it names itself.</param>
public sealed record OpenSession(Guid Id, bool IsPresent, DateTimeOffset StartedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, string? Address, string? UserAgent)
{
    /// <summary>Out of its row.</summary>
    internal static Expression<Func<SignInSession, OpenSession>> Of(SignedIn asker) => session =>
        new OpenSession(session.Id, session.Id == asker.SessionId, session.StartedAt, session.LastUsedAt, session.ExpiresAt, session.Address, session.UserAgent);
}
