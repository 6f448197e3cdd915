using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;

namespace Soracom.Portal.Shared.Bell;

/// <summary>
/// Rings on open pages when there is something new for their person, or when they have looked elsewhere. Asks the database for all pages of this
/// process at once, so that what other instances do counts as well, and the cost does not grow with the pages.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="sources">What there is to tell.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class BellWatch(PortalDatabase database, IEnumerable<IBellSource> sources, TimeProvider clock, ILogger<BellWatch> log) : BackgroundService
{
    /// <summary>How often it is looked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Keeps each IN list short of what databases take.</summary>
    private const int BatchSize = 400;

    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<Listener, byte> listeners = new();

    /// <summary>How many pages listen.</summary>
    internal int Count => listeners.Count;

    /// <summary>Has a page told at once, and whenever there is something new for its person.</summary>
    /// <param name="personId">Who looks at the page.</param>
    /// <param name="ring">Called from another thread; answers with the tenants that the person may enter.</param>
    /// <returns>Dispose it when the page is gone.</returns>
    public IDisposable Listen(Guid personId, Func<Task<IReadOnlyCollection<Guid>>> ring)
    {
        var listener = new Listener(this, personId, ring);
        listeners.TryAdd(listener, 0);
        _ = TryRingAsync(listener, state: null);
        return listener;
    }

    /// <summary>Looks now.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the pages were told.</returns>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (listeners.IsEmpty)
        {
            return;
        }

        await using var db = database.ForInstallation();
        var shared = await SharedAsync(db, cancellationToken);
        foreach (var batch in listeners.Keys.GroupBy(listener => listener.PersonId).Chunk(BatchSize))
        {
            var people = batch.Select(person => (Guid?)person.Key).ToList();
            var states = await OwnAsync(db, people, cancellationToken);
            var seen = await db.People.Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.BellSeenAt, cancellationToken);
            var due = new List<(Listener Listener, State State)>();
            foreach (var listener in batch.SelectMany(person => person))
            {
                var theirs = Amount.Of(listener.Tenants.Where(shared.ContainsKey).Select(tenant => shared[tenant]));
                var state = new State(states.GetValueOrDefault(listener.PersonId), theirs, seen.GetValueOrDefault(listener.PersonId));
                if (listener.Known != state)
                {
                    due.Add((listener, state));
                }
            }

            await TellAsync(due, cancellationToken);
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

    private async Task<Dictionary<Guid, Amount>> OwnAsync(PortalDbContext db, List<Guid?> people, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - BellBoard.KeptFor;
        var found = new List<(Guid Person, Amount Amount)>();
        foreach (var source in sources)
        {
            found.AddRange((await source.Rows(db)
                .IgnoreQueryFilters([PortalDbContext.TenantFilter])
                .Where(row => people.Contains(row.PersonId) && row.At > since)
                .GroupBy(row => row.PersonId)
                .Select(person => new { person.Key, Rows = person.Count(), Last = person.Max(row => row.At) })
                .ToListAsync(cancellationToken)).Select(person => (person.Key!.Value, new Amount(person.Rows, person.Last))));
        }

        return found.GroupBy(one => one.Person).ToDictionary(person => person.Key, person => Amount.Of(person.Select(one => one.Amount)));
    }

    private async Task<Dictionary<Guid, Amount>> SharedAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var found = new List<(Guid Tenant, Amount Amount)>();
        foreach (var source in sources)
        {
            found.AddRange((await source.Rows(db)
                .IgnoreQueryFilters([PortalDbContext.TenantFilter])
                .Where(row => row.PersonId == null)
                .GroupBy(row => row.TenantId)
                .Select(tenant => new { tenant.Key, Rows = tenant.Count(), Last = tenant.Max(row => row.At) })
                .ToListAsync(cancellationToken)).Select(tenant => (tenant.Key, new Amount(tenant.Rows, tenant.Last))));
        }

        return found.GroupBy(one => one.Tenant).ToDictionary(tenant => tenant.Key, tenant => Amount.Of(tenant.Select(one => one.Amount)));
    }

    private async Task TryCheckAsync(CancellationToken stoppingToken)
    {
        try
        {
            await CheckAsync(stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // The next tick looks again.
            LogCheckFailed(error);
        }
    }

    // A few at a time, as each reads; and not for longer than a moment: a circuit that is busy, stuck or gone must not keep the others waiting.
    private Task TellAsync(List<(Listener Listener, State State)> due, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        due,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (one, token) =>
        {
            try
            {
                await TryRingAsync(one.Listener, one.State).WaitAsync(Interval, clock, token);
            }
            catch (TimeoutException)
            {
                LogCircuitBusy();
            }
        });

    private async Task TryRingAsync(Listener listener, State? state)
    {
        try
        {
            listener.Tenants = await listener.Ring();
            listener.Known = state;
        }
        catch (DbException error)
        {
            // It is told at the next look.
            LogRingFailed(error);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Mostly the circuit went away at the same moment.
            LogCircuitGone(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "News for open pages could not be looked for; trying again.")]
    private partial void LogCheckFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "News for an open page could not be read; trying again.")]
    private partial void LogRingFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit that there is news for does not answer.")]
    private partial void LogCircuitBusy();

    [LoggerMessage(Level = LogLevel.Information, Message = "A circuit that there is news for could not be told; it may be gone already.")]
    private partial void LogCircuitGone(Exception error);

    private readonly record struct Amount(int Rows, DateTimeOffset Last)
    {
        public static Amount Of(IEnumerable<Amount> amounts) => amounts.Aggregate(default(Amount), (sum, one) => new Amount(sum.Rows + one.Rows, one.Last > sum.Last ? one.Last : sum.Last));
    }

    private sealed record State(Amount Own, Amount Shared, DateTimeOffset? SeenAt);

    private sealed class Listener(BellWatch watch, Guid personId, Func<Task<IReadOnlyCollection<Guid>>> ring) : IDisposable
    {
        public Guid PersonId { get; } = personId;

        public Func<Task<IReadOnlyCollection<Guid>>> Ring { get; } = ring;

        /// <summary>The tenants that its person could enter when it was told last.</summary>
        public IReadOnlyCollection<Guid> Tenants { get; set; } = [];

        /// <summary>What there was when it was told last; null before.</summary>
        public State? Known { get; set; }

        public void Dispose() => watch.listeners.TryRemove(this, out _);
    }
}
