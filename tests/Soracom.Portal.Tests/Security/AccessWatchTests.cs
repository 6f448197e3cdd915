using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Security;

public sealed class AccessWatchTests : IAsyncLifetime
{
    private static readonly string[] Ends = ["membership removed", "role raised", "role lowered", "signed out", "membership over", "person made administrator"];

    private readonly DatabaseHook hook = new();
    private readonly ErrorSignal errors = new();
    private readonly FakeTime clock = new();
    private PortalScene scene = null!;
    private AccessWatch watch = null!;

    public static TheoryData<string> WaysToEnd => [.. Ends];

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        var database = hook.Open(scene);
        watch = new AccessWatch(database, new SignInSessions(database, Options.Create(new SessionOptions()), scene.Get<SignInWays>(), scene.Clock), clock, errors);
        await watch.StartAsync(Watchdog.Token);
        await clock.TimersAsync(1, Watchdog.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await watch.StopAsync(CancellationToken.None);
        watch.Dispose();
        await scene.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(WaysToEnd))]
    public async Task Tick_AfterTheRightEnded_TellsThatCircuitAndNoOther(string way)
    {
        using var ended = await OpenAsync();
        using var other = await OpenAsync();

        await EndAsync(ended, way);
        clock.Advance(AccessWatch.Interval);

        await ended.Told.WaitAsync(Watchdog.Token);
        Assert.True(ended.Tenant.Ended.IsCancellationRequested);
        Assert.False(other.Told.IsCompleted);
        Assert.False(other.Tenant.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Tick_AfterSigningOutElsewhere_LeavesThePersonsOtherSessionOpen()
    {
        using var here = await OpenAsync();
        var elsewhere = await scene.SignInAsync(here.Tenant.Actor.PersonId, "Elsewhere");
        using var there = new Circuit(watch, await scene.OpenAsync(elsewhere, PortalScene.Aoba));

        await EndAsync(there, "signed out");
        await watch.CheckAsync(Watchdog.Token);

        Assert.True(there.Told.IsCompleted);
        Assert.False(here.Told.IsCompleted);
    }

    [Fact]
    public async Task Check_SessionLayIdleTooLong_TellsTheCircuit()
    {
        using var circuit = await OpenAsync();

        scene.Clock.Advance(new SessionOptions().IdleTimeout);
        await watch.CheckAsync(Watchdog.Token);

        Assert.True(circuit.Told.IsCompleted);
    }

    [Fact]
    public async Task Check_TenantThatIsSuspended_EndsAllPagesThere()
    {
        using var one = await OpenAsync();
        using var another = await OpenAsync();
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = 1 WHERE Slug = 'aoba'");

        await watch.CheckAsync(Watchdog.Token);

        Assert.True(one.Told.IsCompleted && another.Told.IsCompleted);
        Assert.True(one.Tenant.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Check_PageOfNoTenant_IsClosedWithItsSession()
    {
        var person = await scene.SignInAsync();
        var told = 0;
        using var lease = watch.Watch(
            person,
            tenant: null,
            () =>
            {
                told++;
                return Task.CompletedTask;
            },
            () => Task.CompletedTask);

        await watch.CheckAsync(Watchdog.Token);
        Assert.Equal(0, told);
        await scene.Get<SignInSessions>().EndAsync(person.SessionId, Watchdog.Token);
        await watch.CheckAsync(Watchdog.Token);
        await watch.CheckAsync(Watchdog.Token);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Stop_OpenPages_AreEndedOnceAndNotAsIfTheirRightHadEnded()
    {
        using var open = await OpenAsync();
        using var gone = await OpenAsync();
        gone.Leave();

        await watch.StopAsync(Watchdog.Token);
        await watch.StopAsync(Watchdog.Token);

        Assert.Equal((true, false, false), (open.Stopped.IsCompletedSuccessfully, open.Told.IsCompleted, gone.Stopped.IsCompleted));
        Assert.False(open.Tenant.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Check_CircuitThatIsGone_IsNotTold()
    {
        using var circuit = await OpenAsync();
        circuit.Leave();

        await EndAsync(circuit, "signed out");
        await watch.CheckAsync(Watchdog.Token);

        Assert.False(circuit.Told.IsCompleted);
    }

    public static TheoryData<string> Failures => ["gone", "disconnected", "cancelled", "broken"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Check_CircuitThatFails_DoesNotKeepOthersOpenNorEndTheWatch(string failure)
    {
        using var before = await OpenAsync();
        using var failing = await OpenAsync(() => Task.FromException(failure switch
        {
            "gone" => new ObjectDisposedException("circuit"),
            "disconnected" => new Microsoft.JSInterop.JSDisconnectedException("circuit"),
            "cancelled" => new TaskCanceledException(),
            _ => new NotSupportedException(),
        }));
        using var after = await OpenAsync();
        using var later = await OpenAsync();

        foreach (var circuit in new[] { before, failing, after })
        {
            await EndAsync(circuit, "signed out");
        }

        clock.Advance(AccessWatch.Interval);
        await before.Told.WaitAsync(Watchdog.Token);
        await after.Told.WaitAsync(Watchdog.Token);

        await EndAsync(later, "membership removed");
        clock.Advance(AccessWatch.Interval);
        await later.Told.WaitAsync(Watchdog.Token);
    }

    [Fact]
    public async Task Check_TenantIsGivenBackAtTheSameMoment_TellsAllTheSame()
    {
        using var circuit = await OpenAsync();
        using var other = await OpenAsync();
        circuit.Tenant.Dispose();

        await EndAsync(circuit, "signed out");
        await EndAsync(other, "signed out");
        await watch.CheckAsync(Watchdog.Token);

        Assert.True(circuit.Told.IsCompleted);
        Assert.True(other.Told.IsCompleted);
    }

    [Fact]
    public async Task Check_CircuitThatIsStuck_HoldsUpNobody()
    {
        var never = new TaskCompletionSource();
        using var stuck = await OpenAsync(() => never.Task);
        using var other = await OpenAsync();
        await EndAsync(stuck, "signed out");
        await EndAsync(other, "signed out");

        clock.Advance(AccessWatch.Interval);
        await other.Told.WaitAsync(Watchdog.Token);
        Assert.True(stuck.Tenant.Ended.IsCancellationRequested);

        using var later = await OpenAsync();
        await EndAsync(later, "signed out");
        await clock.TimersAsync(2, Watchdog.Token); // the tick's and the limit of the wait
        clock.Advance(AccessWatch.Interval);
        await later.Told.WaitAsync(Watchdog.Token);
    }

    [Fact]
    public async Task Tick_DatabaseFails_IsLoggedAndTheNextTickChecksAgain()
    {
        using var circuit = await OpenAsync();
        await EndAsync(circuit, "membership removed");
        hook.BeforeQuery = _ => throw new TimeoutException("the database does not answer");

        clock.Advance(AccessWatch.Interval);
        Assert.IsType<TimeoutException>(await errors.First.WaitAsync(Watchdog.Token));
        Assert.False(circuit.Told.IsCompleted);

        hook.BeforeQuery = _ => Task.CompletedTask;
        clock.Advance(AccessWatch.Interval);
        await circuit.Told.WaitAsync(Watchdog.Token);
    }

    [Fact]
    public async Task Check_OfAResellersPages_ReadsTheCustomersOnTheScreenAlone()
    {
        var reseller = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Aoba, role: null), Watchdog.Token));
        var shown = await scene.TenantIdAsync(PortalScene.Aoba);
        var (queries, told) = (new System.Collections.Concurrent.ConcurrentQueue<string>(), 0);
        using var list = watch.Watch(reseller.Actor, reseller.ResellerId, [], () => Task.FromResult(Interlocked.Increment(ref told)));
        hook.BeforeQuery = query =>
        {
            queries.Enqueue(query);
            return Task.CompletedTask;
        };

        await watch.CheckAsync(Watchdog.Token);
        Assert.DoesNotContain(queries, query => query.Contains("\"Tenants\"", StringComparison.Ordinal));

        using var page = watch.Watch(reseller.Actor, reseller.ResellerId, [shown], () => Task.FromResult(Interlocked.Increment(ref told)));
        await watch.CheckAsync(Watchdog.Token);
        Assert.Contains(shown.ToString(), Assert.Single(queries, query => query.Contains("\"Tenants\"", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, told);

        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = NULL WHERE Slug = 'aoba'");
        await watch.CheckAsync(Watchdog.Token);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Check_MoreCircuitsThanOneQueryTakes_TellsAll()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var told = 0;
        var leases = Enumerable.Range(0, 850).Select(_ => watch.Watch(tenant.Actor, tenant, () => Task.FromResult(Interlocked.Increment(ref told)), () => Task.CompletedTask)).ToList();

        await watch.CheckAsync(Watchdog.Token);
        Assert.Equal(0, told);
        await scene.Get<SignInSessions>().EndAsync(tenant.Actor.SessionId, Watchdog.Token);
        await watch.CheckAsync(Watchdog.Token);

        Assert.Equal(leases.Count, told);
    }

    private async Task<Circuit> OpenAsync(Func<Task>? ended = null) => new(watch, await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator), ended);

    private async Task EndAsync(Circuit circuit, string way)
    {
        var actor = circuit.Tenant.Actor;
        await using var db = scene.Database.ForTenant(circuit.Tenant.TenantId);
        var member = db.TenantMembers.Single(candidate => candidate.PersonId == actor.PersonId);
        switch (Array.IndexOf(Ends, way))
        {
            case 0:
                db.TenantMembers.Remove(member);
                break;
            case 1:
                member.Role = TenantRole.Owner;
                break;
            case 2:
                member.Role = TenantRole.Billing;
                break;
            case 3:
                await scene.Get<SignInSessions>().EndAsync(actor.SessionId, Watchdog.Token);
                break;
            case 4:
                member.Until = clock.GetUtcNow();
                break;
            default:
                db.ResellerAdministrators.Add(new ResellerAdministrator
                {
                    ResellerId = db.Tenants.Single(tenant => tenant.Id == circuit.Tenant.TenantId).ResellerId!.Value,
                    PersonId = actor.PersonId,
                    AddedAt = scene.Clock.GetUtcNow(),
                });
                break;
        }

        await db.SaveChangesAsync(Watchdog.Token);
    }

    private sealed class Circuit : IDisposable
    {
        private readonly TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly IDisposable lease;

        public Circuit(AccessWatch watch, TenantContext tenant, Func<Task>? ended = null)
        {
            Tenant = tenant;
            lease = watch.Watch(
                tenant.Actor,
                tenant,
                () =>
                {
                    told.SetResult();
                    return ended?.Invoke() ?? Task.CompletedTask;
                },
                () =>
                {
                    stopped.SetResult();
                    return Task.CompletedTask;
                });
        }

        public TenantContext Tenant { get; }

        public Task Told => told.Task;

        public Task Stopped => stopped.Task;

        public void Leave() => lease.Dispose();

        public void Dispose()
        {
            lease.Dispose();
            Tenant.Dispose();
        }
    }

    private sealed class ErrorSignal : ILogger<AccessWatch>
    {
        private readonly TaskCompletionSource<Exception?> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> First => first.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                first.TrySetResult(exception);
            }
        }
    }
}
