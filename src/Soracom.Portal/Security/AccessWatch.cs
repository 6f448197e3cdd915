using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Security;

/// <summary>
/// Ends open circuits whose right has ended: the session, the membership or the role is no longer what it was when the
/// page was opened. Asks the database for all circuits of this process at once, so that a change made by another
/// instance, or by hand, counts as well.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
public sealed partial class AccessWatch(PortalDatabase database, SignInSessions sessions, TimeProvider clock, ILogger<AccessWatch> log) : BackgroundService
{
    /// <summary>How often rights are checked; a removed member is out after at most this long and one query.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>Keeps each IN list short of what databases take.</summary>
    private const int BatchSize = 400;

    private readonly ConcurrentDictionary<Lease, byte> leases = new();

    /// <summary>How many pages are watched over.</summary>
    internal int Count => leases.Count;

    /// <summary>Watches over a session, and a tenant within it.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="tenant">The tenant that is open; null where the page belongs to none.</param>
    /// <param name="ended">Called once, from another thread, when the right has ended.</param>
    /// <param name="stopping">Called at most once, from another thread, when the portal stops: what the page waits for is to be given up.</param>
    /// <returns>Dispose it when the page is gone.</returns>
    public IDisposable Watch(SignedIn person, TenantContext? tenant, Func<Task> ended, Func<Task> stopping) =>
        Add(new Lease(this, person, ended, stopping) { Tenant = tenant });

    /// <summary>Watches over the right to act for a reseller, and its right to its customers that are on the screen.</summary>
    /// <param name="person">Who acts for it.</param>
    /// <param name="resellerId">The reseller.</param>
    /// <param name="customers">The customers' tenants.</param>
    /// <param name="ended">Called once, from another thread, when the right has ended, or one of the customers is the reseller's no more.</param>
    /// <returns>Dispose it when the page is gone.</returns>
    public IDisposable Watch(SignedIn person, Guid resellerId, IReadOnlyCollection<Guid> customers, Func<Task> ended) =>
        Add(new Lease(this, person, ended, () => Task.CompletedTask) { ResellerId = resellerId, Customers = customers });

    /// <summary>
    /// Ends the pages that are still open, while there are services to end them with: the framework leaves circuits alone when the
    /// portal stops, and what they wait for would come back to a portal that is gone.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for them.</param>
    /// <returns>A task that ends when they have given up what they were waiting for.</returns>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TellAsync(leases.Keys.Where(lease => leases.TryRemove(lease, out _)), lease => lease.Stopping(), cancellationToken);
    }

    /// <summary>Checks all rights now.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when those that ended were told.</returns>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in leases.Keys.Chunk(BatchSize))
        {
            await using var db = database.ForInstallation();
            var sessionIds = batch.Select(lease => lease.Person.SessionId).Distinct().ToList();
            var live = await db.SignInSessions.Where(sessions.Live()).Where(session => sessionIds.Contains(session.Id)).Select(session => session.Id).ToHashSetAsync(cancellationToken);
            var pairs = batch.Where(lease => lease.Tenant is not null).Select(lease => (lease.Person.PersonId, lease.Tenant!.TenantId)).Distinct().ToList();
            var standings = pairs.Count == 0 ? [] : await TenantAccess.StandingsAsync(db, pairs, clock.GetUtcNow(), cancellationToken);
            var resellers = await ResellersAsync(db, batch, cancellationToken);
            var ended = new List<Lease>();
            foreach (var lease in batch)
            {
                var holds = live.Contains(lease.Person.SessionId)
                    && (lease.Tenant is not { } tenant
                        || (standings.TryGetValue((lease.Person.PersonId, tenant.TenantId), out var standing) && standing == tenant.Standing))
                    && (lease.ResellerId is not { } reseller
                        || (resellers.Administrators.Contains((reseller, lease.Person.PersonId)) && lease.Customers.All(customer => resellers.Customers.Contains((reseller, customer)))));
                if (!holds && leases.TryRemove(lease, out _))
                {
                    ended.Add(lease);
                }
            }

            await TellAsync(ended, EndAsync, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryCheckAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends, or did not start after all; to the host an exception would be a failure.
        }
    }

    private async Task TryCheckAsync(CancellationToken stoppingToken)
    {
        try
        {
            await CheckAsync(stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // The next tick asks again. Meanwhile nothing is gained by a stale right: every service reads the same
            // database that could not be asked.
            LogCheckFailed(error);
        }
    }

    /// <summary>Who acts for the resellers of some leases now, and whose partners these are.</summary>
    private static async Task<(HashSet<(Guid Reseller, Guid Person)> Administrators, HashSet<(Guid Reseller, Guid Tenant)> Customers)> ResellersAsync(
        PortalDbContext db, IReadOnlyList<Lease> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Where(lease => lease.ResellerId is not null).Select(lease => lease.ResellerId!.Value).Distinct().ToList();
        if (ids.Count == 0)
        {
            return ([], []);
        }

        var administrators = await db.ResellerAdministrators.Where(row => ids.Contains(row.ResellerId)).Select(row => new { row.ResellerId, row.PersonId }).ToListAsync(cancellationToken);
        // Those that are on a screen, not all that there are; where these are many, one look at all is less than to name each.
        var shown = batch.SelectMany(lease => lease.Customers).Distinct().ToList();
        var theirs = db.Tenants.Where(row => row.ResellerId != null && ids.Contains(row.ResellerId.Value));
        var customers = shown.Count == 0 ? [] : await (shown.Count > BatchSize ? theirs : theirs.Where(row => shown.Contains(row.Id))).Select(row => new { ResellerId = row.ResellerId!.Value, row.Id }).ToListAsync(cancellationToken);
        return ([.. administrators.Select(row => (row.ResellerId, row.PersonId))], [.. customers.Select(row => (row.ResellerId, row.Id))]);
    }

    private Lease Add(Lease lease)
    {
        leases.TryAdd(lease, 0);
        return lease;
    }

    // All at once, and not for longer than a moment: a circuit that is busy, stuck or gone must not keep the others open.
    private async Task TellAsync(IEnumerable<Lease> told, Func<Lease, Task> tell, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(told.Select(lease => TryTellAsync(lease, tell))).WaitAsync(Interval, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogCircuitBusy();
        }
    }

    private static async Task EndAsync(Lease lease)
    {
        await (lease.Tenant?.EndAsync() ?? Task.CompletedTask);
        await lease.Ended();
    }

    private async Task TryTellAsync(Lease lease, Func<Lease, Task> tell)
    {
        try
        {
            await tell(lease);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Mostly the circuit went away at the same moment. Its right is ended whatever it says.
            LogCircuitGone(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Open circuits' rights could not be checked; trying again.")]
    private partial void LogCheckFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit that was to be closed does not answer; where its right ended its services refuse it, its page stays open until it does.")]
    private partial void LogCircuitBusy();

    [LoggerMessage(Level = LogLevel.Information, Message = "A circuit that was to be closed could not be told; it may be gone already.")]
    private partial void LogCircuitGone(Exception error);

    private sealed class Lease(AccessWatch watch, SignedIn person, Func<Task> ended, Func<Task> stopping) : IDisposable
    {
        public SignedIn Person { get; } = person;

        public TenantContext? Tenant { get; init; }

        public Guid? ResellerId { get; init; }

        public IReadOnlyCollection<Guid> Customers { get; init; } = [];

        public Func<Task> Ended { get; } = ended;

        public Func<Task> Stopping { get; } = stopping;

        public void Dispose() => watch.leases.TryRemove(this, out _);
    }
}
