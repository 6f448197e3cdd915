using System.Collections.Immutable;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Mail;
using Soracom.Sandbox.Napter;
using Soracom.Sandbox.Saving;

namespace Soracom.Sandbox.State;

/// <summary>Everything that the sandbox knows. Thread-safe, as far as accounts go; what is in one is behind its lock.</summary>
internal sealed class World
{
    /// <summary>The longest way in one go: the work grows with the way, and who asks waits.</summary>
    public static readonly TimeSpan LongestAdvance = TimeSpan.FromDays(731);

    /// <summary>Short enough for a stop not to wait long, and for other callers to get a turn.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Lock moving = new();
    private readonly ILogger logger;
    private ImmutableArray<OperatorAccount> accounts = [];
    private DateTimeOffset start;

    /// <param name="options">Checked ones.</param>
    /// <param name="saved">What an earlier run has left, or null.</param>
    public World(SandboxOptions options, SavedWorld? saved)
    {
        Options = options;
        logger = options.LoggerFactory.CreateLogger<World>();
        Clock = new SandboxClock(options.Clock);
        Sessions = new SessionStore(Clock);
        Rates = new RateLimiter(Clock, options.RateLimitPerMinute);
        Links = new SignedLinks(saved?.LinkKey ?? SignedLinks.NewKey());
        Doors = options.Napter is { } listening ? new Doors(this, listening, options.LoggerFactory.CreateLogger<Doors>()) : null;
        if (saved is not null)
        {
            Clock.Offset = saved.ClockOffset;
        }
        else if (options.StartAt is { } time)
        {
            Clock.StartAt(time);
        }

        Begin(saved?.Start);
        Restore(saved);
    }

    public SandboxOptions Options { get; }

    public SandboxClock Clock { get; }

    public SessionStore Sessions { get; }

    /// <summary>Addresses of files, for whoever is given one.</summary>
    public SignedLinks Links { get; }

    /// <summary>How often callers have called.</summary>
    public RateLimiter Rates { get; }

    /// <summary>The listeners of ways into devices; null where nobody can connect.</summary>
    public Doors? Doors { get; }

    /// <summary>What the service would have mailed.</summary>
    public Mailbox Mail { get; } = new();

    /// <summary>The demo operators with their credentials.</summary>
    public IReadOnlyList<SandboxOperator> Operators { get; private set; } = [];

    public IReadOnlyList<OperatorAccount> Accounts => accounts;

    /// <summary>Ends what takes long when the server is going to stop.</summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>Called when something may have changed, on whatever thread that was.</summary>
    public Action OnChange { get; set; } = static () => { };

    public OperatorAccount? Find(string operatorId) => accounts.FirstOrDefault(account => account.OperatorId == operatorId);

    /// <summary>The account whose root user has that address, in any case.</summary>
    public OperatorAccount? FindByEmail(string email) =>
        accounts.FirstOrDefault(account => string.Equals(account.Email, email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds an account, unless its id or mail address is taken.</summary>
    public bool TryAdd(OperatorAccount account)
    {
        lock (gate)
        {
            if (Find(account.OperatorId) is not null || FindByEmail(account.Email) is not null)
            {
                return false;
            }

            Watch(account);
            accounts = accounts.Add(account);
        }

        OnChange();
        return true;
    }

    public void Remove(OperatorAccount account)
    {
        lock (gate)
        {
            accounts = accounts.Remove(account);
        }

        Sessions.RevokeAll(account);
        Doors?.CloseAll(account);
        OnChange();
    }

    /// <summary>Listens for visitors of ways into devices that an earlier run has left.</summary>
    public void Resume()
    {
        foreach (var account in Doors is null ? [] : accounts)
        {
            var coverages = account.SavedWith(nameof(NapterPart));
            if (coverages.Count > 0)
            {
                var now = Clock.GetUtcNow();
                account.Run(now, changing: true, () =>
                {
                    coverages.ForEach(coverage => account.Data(coverage).Part<NapterPart>().Resume(now));
                    return true;
                });
            }
        }
    }

    /// <summary>
    /// Moves the clock, and lets happen what is due by then, step by step: others are served in between, and when it is cancelled the
    /// clock stays where it has come to.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It would go back, too far in one go, or to where no clock can be; nothing has changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the server is going to stop.</exception>
    public void Advance(TimeSpan by, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, LongestAdvance);
        lock (moving)
        {
            Clock.RequireCanAdvance(by);
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                Stopping.ThrowIfCancellationRequested();
                var step = by < Step ? by : Step;
                Clock.Advance(step);
                by -= step;
                LetHappen();
            }
            while (by > TimeSpan.Zero);
        }
    }

    /// <summary>Makes everything as it was at the first start, now. Waits for a move of the clock to end.</summary>
    public void Reset()
    {
        lock (moving)
        {
            StartAnew();
        }
    }

    private void LetHappen()
    {
        try
        {
            foreach (var account in accounts)
            {
                account.Run(Clock.GetUtcNow(), changing: false, static () => true);
            }
        }
        finally
        {
            // The time has changed at any rate.
            OnChange();
        }
    }

    private void StartAnew()
    {
        foreach (var account in accounts)
        {
            Sessions.RevokeAll(account);
        }

        Mail.Clear();
        Rates.Clear();
        Clock.Offset = TimeSpan.Zero;
        if (Options.StartAt is { } time)
        {
            Clock.StartAt(time);
        }

        Begin(at: null);
        Doors?.CloseAll();
        OnChange();
    }

    /// <summary>Takes the accounts' locks one by one, and never with the world's own: an operation holds its account's and may ask for that.</summary>
    public SavedWorld ToSaved() =>
        new(SavedWorld.PresentFormat, Options.Seed, start, Clock.Offset, [.. accounts.Select(account => account.ToSaved()).OfType<SavedAccount>()], Links.Key);

    private void Begin(DateTimeOffset? at)
    {
        lock (gate)
        {
            start = at ?? DateTimeOffset.FromUnixTimeSeconds(Clock.GetUtcNow().ToUnixTimeSeconds());
            Fleet[] fleets = [.. Options.Fleets.Select(key => Fleet.Make(key, Options.Seed, start))];
            Operators = [.. fleets.Select(fleet => fleet.Operator)];
            accounts = [.. fleets.Select(fleet => fleet.Account)];
            foreach (var account in accounts)
            {
                Watch(account);
            }
        }
    }

    private void Watch(OperatorAccount account)
    {
        account.OnChange = () => OnChange();
        account.Logger = logger;
        account.World = this;
    }

    private void Restore(SavedWorld? saved)
    {
        foreach (var state in saved?.Accounts ?? [])
        {
            if (state.Owner is { } owner)
            {
                var root = new User(Name: null, owner.Password, owner.AuthKeys) { Created = owner.Created, Updated = owner.Created };
                TryAdd(new OperatorAccount(state.OperatorId, owner.Name, owner.Email, owner.Created, root, new Origin(Fleet: null, Options.Seed, owner.Created)));
            }

            Find(state.OperatorId)?.Load(state);
        }
    }
}
