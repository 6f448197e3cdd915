using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<Listener, byte> listeners = new();

    /// <summary>How many pages listen.</summary>
    internal int Count => listeners.Count;

    /// <summary>Has a page told at once, and whenever there is something new for its person.</summary>
    /// <param name="personId">Who looks at the page.</param>
    /// <param name="ring">Called from another thread.</param>
    /// <returns>Dispose it when the page is gone.</returns>
    public IDisposable Listen(Guid personId, Func<Task> ring)
    {
        var listener = new Listener(this, personId, ring);
        listeners.TryAdd(listener, 0);
        _ = TryRingAsync(listener);
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
        var shared = await StateAsync(db, people: [], cancellationToken);
        foreach (var batch in listeners.Keys.GroupBy(listener => listener.PersonId).Chunk(BatchSize))
        {
            var people = batch.Select(person => (Guid?)person.Key).ToList();
            var states = await StateAsync(db, people, cancellationToken);
            var seen = await db.People.Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.BellSeenAt, cancellationToken);
            var told = new List<Task>();
            foreach (var listener in batch.SelectMany(person => person))
            {
                var state = new State(states.GetValueOrDefault(listener.PersonId), shared.GetValueOrDefault(Guid.Empty), seen.GetValueOrDefault(listener.PersonId));
                if (listener.Known != state)
                {
                    listener.Known = state;
                    told.Add(TryRingAsync(listener));
                }
            }

            await TellAsync(told, cancellationToken);
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

    // How much there is for each of some people, and since when; without people, for everybody.
    private async Task<Dictionary<Guid, Amount>> StateAsync(PortalDbContext db, List<Guid?> people, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - BellBoard.KeptFor;
        var states = new Dictionary<Guid, Amount>();
        foreach (var source in sources)
        {
            var rows = source.Rows(db).IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(row => row.At > since);
            var found = await (people.Count == 0 ? rows.Where(row => row.PersonId == null) : rows.Where(row => people.Contains(row.PersonId)))
                .GroupBy(row => row.PersonId)
                .Select(person => new { person.Key, Rows = person.Count(), Last = person.Max(row => row.At) })
                .ToListAsync(cancellationToken);
            foreach (var person in found)
            {
                var key = person.Key ?? Guid.Empty;
                var before = states.GetValueOrDefault(key);
                states[key] = new Amount(before.Rows + person.Rows, person.Last > before.Last ? person.Last : before.Last);
            }
        }

        return states;
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

    // Not for longer than a moment: a circuit that is busy, stuck or gone must not keep the others waiting.
    private async Task TellAsync(List<Task> told, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(told).WaitAsync(Interval, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogCircuitBusy();
        }
    }

    private async Task TryRingAsync(Listener listener)
    {
        try
        {
            await listener.Ring();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Mostly the circuit went away at the same moment.
            LogCircuitGone(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "News for open pages could not be looked for; trying again.")]
    private partial void LogCheckFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit that there is news for does not answer.")]
    private partial void LogCircuitBusy();

    [LoggerMessage(Level = LogLevel.Information, Message = "A circuit that there is news for could not be told; it may be gone already.")]
    private partial void LogCircuitGone(Exception error);

    private readonly record struct Amount(int Rows, DateTimeOffset Last);

    private sealed record State(Amount Own, Amount Shared, DateTimeOffset? SeenAt);

    private sealed class Listener(BellWatch watch, Guid personId, Func<Task> ring) : IDisposable
    {
        public Guid PersonId { get; } = personId;

        public Func<Task> Ring { get; } = ring;

        /// <summary>What there was when it was told last; null before.</summary>
        public State? Known { get; set; }

        public void Dispose() => watch.listeners.TryRemove(this, out _);
    }
}
