using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Shared.Bell;

/// <summary>Work that somebody asked for and that has ended since, or waits for them, in all tenants that they may enter: read from the work itself.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="access">Who may enter what.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="sources">What there is to tell.</param>
/// <param name="clock">The clock.</param>
internal sealed class BellBoard(PortalDatabase database, TenantAccess access, SignInSessions sessions, IEnumerable<IBellSource> sources, TimeProvider clock)
{
    /// <summary>The most that is told at once.</summary>
    public const int Most = 30;

    /// <summary>For how long something is told that has ended. What still waits for somebody to mend it, of whoever may, is told for as long as it does.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>What there is to tell somebody. Nothing of a tenant that they may not enter any more, nor of work that they may not see.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What there is; nothing where their session has ended.</returns>
    public async Task<BellNews> ListAsync(SignedIn person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var reachable = await access.ListAsync(person, cancellationToken);
        if (reachable.Count == 0)
        {
            return BellNews.None;
        }

        await using var db = database.ForInstallation();
        var seen = await db.People.Where(row => row.Id == person.PersonId).Select(row => row.BellSeenAt).SingleOrDefaultAsync(cancellationToken);
        var since = clock.GetUtcNow() - KeptFor;
        var entries = new List<BellEntry>();
        foreach (var source in sources)
        {
            var tenants = reachable.Where(tenant => tenant.Standing.May(source.Needs)).ToDictionary(tenant => tenant.Tenant.Id, tenant => tenant.Tenant);
            if (tenants.Count == 0)
            {
                continue;
            }

            var ids = tenants.Keys.ToList();
            var rows = await source.Rows(db)
                .IgnoreQueryFilters([PortalDbContext.TenantFilter])
                .Where(row => (row.PersonId == null || row.PersonId == person.PersonId) && ids.Contains(row.TenantId) && (row.PersonId == null || row.At > since))
                .OrderByDescending(row => row.At)
                .Take(Most)
                .ToListAsync(cancellationToken);
            entries.AddRange(rows.Select(row => new BellEntry(row, tenants[row.TenantId], source.AddressOf(tenants[row.TenantId].Slug, row))));
        }

        return new BellNews([.. entries.OrderByDescending(entry => entry.Row.At).ThenBy(entry => entry.Row.ObjectId).Take(Most)], seen, [.. reachable.Select(tenant => tenant.Tenant.Id)]);
    }

    /// <summary>Notes that somebody has seen what there was up to a time. Never goes back.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="until">Up to when, UTC.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is noted, or when there was nothing to note.</returns>
    public async Task SeenAsync(SignedIn person, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!await sessions.IsLiveAsync(person.SessionId, cancellationToken))
        {
            return;
        }

        await using var db = database.ForInstallation();
        await db.People
            .Where(row => row.Id == person.PersonId && (row.BellSeenAt == null || row.BellSeenAt < until))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.BellSeenAt, until), cancellationToken);
    }
}
