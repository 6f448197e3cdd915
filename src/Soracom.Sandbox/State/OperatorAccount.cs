using Microsoft.Extensions.Logging.Abstractions;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Saving;

namespace Soracom.Sandbox.State;

/// <summary>
/// One operator: its SIMs and groups by coverage, and the parts that areas keep. <see cref="Gate"/> is held while an
/// operation of the account runs; what lies outside <see cref="Data"/> and the parts is immutable and may be read without it.
/// </summary>
internal sealed class OperatorAccount
{
    /// <summary>Far more than can be due in years of demo; past it something is due for ever.</summary>
    private const int MostEventsAtOnce = 10_000_000;

    private readonly Dictionary<Coverage, Lazy<CoverageData>> data = [];
    private readonly Origin origin;
    private World? world;
    private SavedAccount? saved;
    private Parts parts;
    private DateTimeOffset now = DateTimeOffset.MinValue;
    private bool restored;
    private bool catchingUp;

    public OperatorAccount(string operatorId, string name, string email, DateTimeOffset created, User root, Origin origin)
    {
        OperatorId = operatorId;
        Name = name;
        Email = email;
        Created = created;
        Root = root;
        this.origin = origin;
        parts = new Parts(Home(null), saved: null);
        Fill(Coverage.Japan, () => new CoverageData());
        Fill(Coverage.Global, () => new CoverageData());
    }

    public Lock Gate { get; } = new();

    public string OperatorId { get; }

    public string Name { get; }

    public string Email { get; }

    public DateTimeOffset Created { get; }

    /// <summary>The root user as the account was made; what has become of it and of everybody else is in <see cref="Users.PeoplePart"/>.</summary>
    public User Root { get; }

    /// <summary>The SAM users that a demo account is made with.</summary>
    public IReadOnlyList<User> FirstUsers { get; init; } = [];

    /// <summary>Whether somebody made it, rather than that it is one of the demo's.</summary>
    public bool IsNew => origin.Fleet is null;

    /// <summary>Whether what runs at this moment may change the account.</summary>
    public bool IsChanging { get; private set; }

    /// <summary>What is told of troubles with its state.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>The world that it is in: what happens by itself may send mail, or call the API.</summary>
    public World World
    {
        get => world ?? throw new InvalidOperationException("The account is in no world.");
        set => world = value;
    }

    /// <summary>Called when something may have changed.</summary>
    public Action OnChange { get; set; } = static () => { };

    /// <summary>Fills a coverage, once somebody asks for it: a large fleet must not hold up the start.</summary>
    public void Fill(Coverage coverage, Func<CoverageData> make) => data[coverage] = new Lazy<CoverageData>(() => Settle(coverage, make()));

    /// <summary>The account's SIMs and groups of a coverage.</summary>
    public CoverageData Data(Coverage coverage)
    {
        var holder = data[coverage];
        var isNew = !holder.IsValueCreated;
        var content = holder.Value;
        if (isNew)
        {
            Quietly(content.Begin);
            CatchUp();
        }

        return content;
    }

    /// <summary>The coverages that somebody has asked for so far, with what the account has there.</summary>
    public IEnumerable<(Coverage Coverage, CoverageData Data)> Filled =>
        data.Where(coverage => coverage.Value.IsValueCreated).OrderBy(coverage => coverage.Key).Select(coverage => (coverage.Key, coverage.Value.Value));

    /// <summary>What an area keeps of the account as a whole; of a coverage see <see cref="CoverageData.Part{T}"/>.</summary>
    public T Part<T>()
        where T : Part, new() => parts.Get<T>();

    /// <summary>
    /// Runs something on the account: alone, and after everything that was due until <paramref name="time"/> has happened, each at its
    /// own moment and in an order that does not depend on who looks when.
    /// </summary>
    /// <param name="time">The present.</param>
    /// <param name="changing">Whether it may change the account.</param>
    /// <param name="act">What to run.</param>
    public TResult Run<TResult>(DateTimeOffset time, bool changing, Func<TResult> act)
    {
        lock (Gate)
        {
            now = time > now ? time : now;
            Restore();
            CatchUp();
            IsChanging = changing;
            try
            {
                return act();
            }
            finally
            {
                IsChanging = false;
                if (changing)
                {
                    OnChange();
                }
            }
        }
    }

    /// <summary>Takes over what was saved of the account, when it is first used.</summary>
    public void Load(SavedAccount state)
    {
        saved = state;
        parts = new Parts(Home(null), state.Parts);
    }

    /// <summary>The coverages of which a part was saved.</summary>
    public List<Coverage> SavedWith(string part) =>
        [.. data.Keys.Where(coverage => saved?.Coverages.GetValueOrDefault(coverage.ShortName())?.Parts.ContainsKey(part) is true).Order()];

    /// <summary>What has to be saved of the account; null when nothing has changed.</summary>
    public SavedAccount? ToSaved()
    {
        lock (Gate)
        {
            var coverages = new SortedDictionary<string, SavedCoverage>(saved?.Coverages ?? [], StringComparer.Ordinal);
            foreach (var (coverage, content) in data.Where(coverage => coverage.Value.IsValueCreated))
            {
                coverages.Remove(coverage.ShortName());
                if (content.Value.ToSaved() is { } state)
                {
                    coverages.Add(coverage.ShortName(), state);
                }
            }

            var states = parts.ToSaved();
            return states.Count == 0 && coverages.Count == 0 && !IsNew
                ? null
                : new SavedAccount(OperatorId, IsNew ? SavedOwner.Of(this) : null, states, new(coverages, StringComparer.Ordinal));
        }
    }

    private PartHome Home(Coverage? coverage) => new(this, coverage, origin);

    private CoverageData Settle(Coverage coverage, CoverageData content)
    {
        content.Settle(Home(coverage), saved?.Coverages.GetValueOrDefault(coverage.ShortName()));
        return content;
    }

    private void Restore()
    {
        if (saved is not { } state || restored)
        {
            return;
        }

        restored = true;
        Quietly(() =>
        {
            parts.Restore();
            foreach (var coverage in data.Keys.Where(coverage => state.Coverages.ContainsKey(coverage.ShortName())).ToList())
            {
                _ = Data(coverage);
            }
        });
    }

    /// <summary>Makes several parts; nothing happens before all are there.</summary>
    private void Quietly(Action make)
    {
        var before = catchingUp;
        catchingUp = true;
        try
        {
            make();
        }
        finally
        {
            catchingUp = before;
        }
    }

    /// <summary>Lets happen what is due. Under the lock.</summary>
    public void CatchUp()
    {
        // What happens may ask for more; the loop that runs already sees to that too.
        if (catchingUp)
        {
            return;
        }

        catchingUp = true;
        var wasChanging = IsChanging;
        var count = 0;
        try
        {
            while (Next() is { NextDue: { } due } part && due <= now)
            {
                // After years it is much, even for one look. What is left is due at the next one.
                world?.Stopping.ThrowIfCancellationRequested();
                IsChanging = true;
                part.Changed = true;
                part.Happen(due);
                if (++count == MostEventsAtOnce)
                {
                    throw new InvalidOperationException($"{part.GetType().Name} has something due for ever.");
                }
            }
        }
        finally
        {
            catchingUp = false;
            IsChanging = wasChanging;
            if (count > 0)
            {
                OnChange();
            }
        }
    }

    private Part? Next() => data.OrderBy(coverage => coverage.Key)
        .Where(coverage => coverage.Value.IsValueCreated)
        .Select(coverage => coverage.Value.Value.NextPart())
        .Prepend(parts.Next())
        .Where(part => part is not null)
        .MinBy(part => part!.NextDue);
}
