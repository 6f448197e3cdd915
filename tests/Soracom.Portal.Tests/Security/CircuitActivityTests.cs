using System.Diagnostics;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Security;

public sealed class CircuitActivityTests(ClassScene fixture) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = fixture.Scene;

    [Fact]
    public async Task Note_SomebodyWorksInACircuit_TheSessionIsInUse()
    {
        var person = await scene.SignInAsync();
        var circuit = Circuit(person, scene.Get<SignInSessions>());
        scene.Clock.Advance(TimeSpan.FromMinutes(2));

        await circuit.NoteAsync();

        Assert.Equal(scene.Clock.GetUtcNow(), await LastUsedAsync(person));
    }

    [Fact]
    public async Task Note_TwiceWithinAMinute_AsksTheDatabaseTheFirstTimeOnly()
    {
        var queries = 0;
        var hook = new DatabaseHook { BeforeQuery = _ => Task.FromResult(Interlocked.Increment(ref queries)) };
        var circuit = Circuit(await scene.SignInAsync(), SessionsBehind(hook));
        scene.Clock.Advance(TimeSpan.FromMinutes(2));

        await circuit.NoteAsync();
        var first = queries;
        await circuit.NoteAsync();

        Assert.True(first > 0);
        Assert.Equal(first, queries);
    }

    [Fact]
    public async Task Note_TheDatabaseIsAway_TheCircuitGoesOnAndNotesLater()
    {
        var away = true;
        var hook = new DatabaseHook { BeforeQuery = _ => away ? throw new SqliteException("away", 14) : Task.CompletedTask };
        var person = await scene.SignInAsync();
        var circuit = Circuit(person, SessionsBehind(hook));
        scene.Clock.Advance(TimeSpan.FromMinutes(2));

        await circuit.NoteAsync();
        away = false;
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        await circuit.NoteAsync();

        Assert.Equal(scene.Clock.GetUtcNow(), await LastUsedAsync(person));
    }

    [Fact]
    public async Task Act_InACircuit_HasARequestIdOfItsOwnInTheAuditTrail()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var circuit = Circuit(tenant.Actor, scene.Get<SignInSessions>());
        var act = circuit.CreateInboundActivityHandler(async _ =>
        {
            await RecordAsync(tenant, "intent");
            await RecordAsync(tenant, "outcome");
        });

        Activity.Current = null;
        await act(null!);
        await act(null!);

        var ids = (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.ActorId == tenant.Actor.PersonId && entry.Action == AuditActions.CredentialTested).Select(entry => entry.RequestId).ToList();
        Assert.All(ids, Assert.NotNull);
        Assert.Equal([ids[0], ids[0], ids[2], ids[2]], ids);
        Assert.NotEqual(ids[0], ids[2]);
    }

    private Task RecordAsync(TenantContext tenant, string detail) =>
        scene.Get<AuditTrail>().RecordAsync(tenant, new AuditAct(AuditActions.CredentialTested, AuditOutcome.Succeeded) { Detail = detail }, Watchdog.Token);

    private CircuitActivity Circuit(SignedIn person, SignInSessions sessions) =>
        new(new Known(person), sessions, scene.Clock, NullLogger<CircuitActivity>.Instance);

    private SignInSessions SessionsBehind(DatabaseHook hook) => new(hook.Open(scene), scene.Get<IOptions<SessionOptions>>(), scene.Get<SignInWays>(), scene.Clock);

    private async Task<DateTimeOffset> LastUsedAsync(SignedIn person)
    {
        await using var db = scene.Database.ForInstallation();
        return await db.SignInSessions.Where(session => session.Id == person.SessionId).Select(session => session.LastUsedAt).SingleAsync(Watchdog.Token);
    }

    private sealed class Known(SignedIn person) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(person.ToPrincipal(PortalCookie.Scheme)));
    }
}
