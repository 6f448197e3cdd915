using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Tests.Shared.Bell;

/// <summary>What the bell tells, and to whom: one's own work in the tenants that one may enter, and nothing else.</summary>
public sealed class BellBoardTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private SignedIn person = null!;
    private Guid aoba;
    private DateTimeOffset now;

    private BellBoard Board => scene.Get<BellBoard>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        aoba = await scene.TenantIdAsync(PortalScene.Aoba);
        now = scene.Clock.GetUtcNow();
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task List_TellsWhatEndedOfEachKind_TheNewestFirst_AndWhereToSeeIt()
    {
        var job = BellWork.Job(aoba, person.PersonId, now.AddMinutes(-5), failed: 2);
        var export = BellWork.Export(aoba, person.PersonId, now.AddMinutes(-4));
        var file = BellWork.File(aoba, person.PersonId, now.AddMinutes(-3), BillFileState.Done);
        var door = BellWork.Door(aoba, person.PersonId, now.AddMinutes(-2), RemoteDoorState.Closed, RemoteDoorEnd.SimEnded);
        await BellWork.AddAsync(scene, aoba, job, export, file, door);

        var news = await Board.ListAsync(person, Watchdog.Token);

        Assert.Equal([BellKind.DoorEnded, BellKind.BillFileDone, BellKind.ExportDone, BellKind.JobDone], news.Entries.Select(entry => entry.Row.Kind));
        Assert.Equal(
            [$"/t/aoba/remote-access/{door.Id}", "/t/aoba/billing?coverage=jp&month=202604", $"/t/aoba/exports/{export.Id}", $"/t/aoba/jobs/{job.Id}"],
            news.Entries.Select(entry => entry.Address));
        Assert.Equal((7, 2), (news.Entries[3].Row.Number, news.Entries[3].Row.Bad));
        Assert.Equal((4, false), (news.Unseen, news.ManyTenants));
    }

    [Fact]
    public async Task List_TellsWhatPausedByItself_AndNotWhatAPersonPausedOrClosed()
    {
        var stopped = BellWork.Job(aoba, person.PersonId, now);
        (stopped.State, stopped.FinishedAt, stopped.PausedAt) = (SimJobState.Paused, null, now);
        var paused = BellWork.Job(aoba, person.PersonId, now);
        (paused.State, paused.FinishedAt) = (SimJobState.Paused, null);
        var export = BellWork.Export(aoba, person.PersonId, now);
        (export.State, export.FinishedAt, export.PausedAt, export.PausedBy) = (FootageExportState.Paused, null, now, "Haruto");
        var closed = BellWork.Door(aoba, person.PersonId, now, RemoteDoorState.Closed, RemoteDoorEnd.Person);
        closed.EndedById = person.PersonId;
        await BellWork.AddAsync(scene, aoba, stopped, paused, export, closed, BellWork.Door(aoba, person.PersonId, now, RemoteDoorState.Expired, RemoteDoorEnd.Time));

        var told = Assert.Single((await Board.ListAsync(person, Watchdog.Token)).Entries);

        Assert.Equal((BellKind.JobPaused, stopped.Id), (told.Row.Kind, told.Row.ObjectId));
    }

    [Fact]
    public async Task List_LeavesOutTheWorkOfOthers_OfOtherTenants_AndOfLongAgo()
    {
        var nagisa = await scene.TenantIdAsync(PortalScene.Nagisa);
        var other = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        await BellWork.AddAsync(scene, aoba, BellWork.Job(aoba, other.PersonId, now), BellWork.Job(aoba, person.PersonId, now - BellBoard.KeptFor));
        await BellWork.AddAsync(scene, nagisa, BellWork.Job(nagisa, person.PersonId, now));

        Assert.Empty((await Board.ListAsync(person, Watchdog.Token)).Entries);
    }

    [Fact]
    public async Task List_OfSomebodyWhoMayNotSeeItAnyMore_OrWhoseSessionHasEnded_IsEmpty()
    {
        await BellWork.AddAsync(scene, aoba, BellWork.Job(aoba, person.PersonId, now), BellWork.File(aoba, person.PersonId, now, BillFileState.Failed));

        await scene.TestDatabase.ExecuteAsync($"UPDATE TenantMembers SET Role = 'Billing' WHERE PersonId = '{person.PersonId.ToString().ToUpperInvariant()}'");
        Assert.Equal(BellKind.BillFileFailed, Assert.Single((await Board.ListAsync(person, Watchdog.Token)).Entries).Row.Kind);

        await scene.Get<SignInSessions>().EndAsync(person.SessionId, Watchdog.Token);
        Assert.Empty((await Board.ListAsync(person, Watchdog.Token)).Entries);
    }

    [Fact]
    public async Task CredentialThatFails_IsToldToWhoeverMayMendIt_UntilItIsMended()
    {
        var viewer = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.TestDatabase.ExecuteAsync($"UPDATE VendorCredentials SET FailingSince = {now.UtcTicks} WHERE Coverage = 'jp' AND TenantId = (SELECT Id FROM Tenants WHERE Slug = 'aoba')");

        scene.Clock.Advance(BellBoard.KeptFor + TimeSpan.FromDays(1));
        person = await scene.SignInAsync(person.PersonId, person.Name);
        Assert.Equal(BellKind.CredentialFailing, Assert.Single((await Board.ListAsync(person, Watchdog.Token)).Entries).Row.Kind);
        viewer = await scene.SignInAsync(viewer.PersonId, viewer.Name);
        Assert.Empty((await Board.ListAsync(viewer, Watchdog.Token)).Entries);

        await scene.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET FailingSince = NULL");
        Assert.Empty((await Board.ListAsync(person, Watchdog.Token)).Entries);
    }

    [Fact]
    public async Task Door_ThatSomebodyElseClosed_IsTold()
    {
        var door = BellWork.Door(aoba, person.PersonId, now, RemoteDoorState.Closed, RemoteDoorEnd.AllAtOnce);
        door.EndedById = (await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner)).PersonId;
        await BellWork.AddAsync(scene, aoba, door);

        Assert.Equal(BellKind.DoorEnded, Assert.Single((await Board.ListAsync(person, Watchdog.Token)).Entries).Row.Kind);
    }

    [Fact]
    public async Task Seen_CountsUpToItsTime_AndNeverGoesBack()
    {
        await BellWork.AddAsync(scene, aoba, BellWork.Job(aoba, person.PersonId, now.AddMinutes(-2)), BellWork.Job(aoba, person.PersonId, now));

        await Board.SeenAsync(person, now.AddMinutes(-1), Watchdog.Token);
        await Board.SeenAsync(person, now.AddMinutes(-3), Watchdog.Token);

        var news = await Board.ListAsync(person, Watchdog.Token);
        Assert.Equal((1, now.AddMinutes(-1)), (news.Unseen, news.SeenAt));
        Assert.True(news.IsUnseen(news.Entries[0]));
    }
}
