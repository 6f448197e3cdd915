using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>All doors at once.</summary>
public sealed class KillSwitchTests : IAsyncLifetime
{
    private DoorScene scene = null!;

    private KillSwitch Kill => scene.Portal.Get<KillSwitch>();

    public async ValueTask InitializeAsync() => scene = await DoorScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task CloseAll_OnesOwn_LeavesThoseOpenedElsewhere()
    {
        var doors = new[] { await scene.OpenAsync(), await scene.OpenAsync(scene.Request(443)) };
        var foreign = await scene.OpenElsewhereAsync(8080);

        var report = await Kill.CloseAllAsync(scene.Tenant, elsewhere: false, Watchdog.Token);

        Assert.Equal(2, report.Closed);
        Assert.Empty(report.Left);
        Assert.Equal(foreign.Port, Assert.Single(await scene.OfSimAsync()).Port);
        foreach (var door in doors)
        {
            var closed = await scene.LookAsync(door.Id);
            Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.AllAtOnce, scene.Tenant.Actor.Name), (closed.State, closed.End, closed.EndedByName));
        }

        var told = (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.DoorsClosed).ToList();
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], told.Select(entry => entry.Outcome));
        Assert.Equal("those opened here; 2 closed, 0 left", told[1].Detail);
    }

    [Fact]
    public async Task CloseAll_WithThoseOpenedElsewhere_LeavesNone()
    {
        await scene.OpenAsync();
        await scene.OpenElsewhereAsync(8080);
        var before = (await scene.MappingsAsync()).Count;

        var report = await Kill.CloseAllAsync(scene.Tenant, elsewhere: true, Watchdog.Token);

        Assert.Empty(report.Left);
        Assert.True(report.Closed >= before);
        Assert.Empty(await scene.MappingsAsync());
    }

    [Fact]
    public async Task CloseAll_OneThatWouldNotClose_IsReported_AndTriedAgain()
    {
        var door = await scene.OpenAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Path = "/v1/port_mappings/*", Method = "DELETE" });

        var report = await Kill.CloseAllAsync(scene.Tenant, elsewhere: false, Watchdog.Token);

        var left = Assert.Single(report.Left);
        Assert.Equal(door.Id, left.Door!.Id);
        Assert.IsType<Soracom.Portal.Features.RemoteAccess.DoorStillOpenError>(left.Error);
        Assert.Equal(AuditOutcome.Unknown, (await scene.Portal.TrailAsync(PortalScene.Aoba)).Last(entry => entry.Action == AuditActions.DoorsClosed).Outcome);
        await scene.KeepAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.AllAtOnce), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task CloseAll_WhileADoorIsNotFoundYet_IsReported_AndItIsClosedAsSoonAsItIsFound()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/port_mappings/sims/*", Method = "POST", Afterwards = true });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET", Count = 2 });
        var door = await scene.OpenAsync();

        var report = await Kill.CloseAllAsync(scene.Tenant, elsewhere: false, Watchdog.Token);

        Assert.Equal((door.Id, null), (Assert.Single(report.Left).Door!.Id, report.Left[0].Error));
        Assert.Single(await scene.OfSimAsync());
        await scene.KeepAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.AllAtOnce), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task CloseAll_SomethingOfThePortalsOwnFailsAtOne_ClosesTheOthers_AndTheTrailNamesWhatIsLeft()
    {
        var (stuck, other) = (await scene.OpenAsync(), await scene.OpenAsync(scene.Request(443)));
        await scene.Portal.TestDatabase.ExecuteAsync($"CREATE TRIGGER Stuck BEFORE UPDATE ON RemoteDoors WHEN NEW.Id = '{Text(stuck.Id)}' AND NEW.State = 'Closed' BEGIN SELECT RAISE(ABORT, 'stuck'); END");

        var report = await Kill.CloseAllAsync(scene.Tenant, elsewhere: false, Watchdog.Token);

        Assert.Equal((1, false), (report.Closed, report.Elsewhere));
        var left = Assert.Single(report.Left);
        Assert.Equal(stuck.Id, left.Door!.Id);
        Assert.IsType<ClosingFailedError>(left.Error);
        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(other.Id)).State);
        Assert.EndsWith($"1 closed, 1 left: {stuck.IpAddress}:{stuck.Port}", (await scene.Portal.TrailAsync(PortalScene.Aoba)).Last(entry => entry.Action == AuditActions.DoorsClosed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CloseAll_ADoorThatIsToBeClosedAlready_KeepsItsReason()
    {
        var door = await scene.OpenAsync();
        await scene.Portal.Get<DoorBook>().ClosingAsync(door.TenantId, door.Id, RemoteDoorEnd.OpenerLeft, by: null, Watchdog.Token);

        await Kill.CloseAllAsync(scene.Tenant, elsewhere: false, Watchdog.Token);

        var closed = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.OpenerLeft, (string?)null), (closed.State, closed.End, closed.EndedByName));
        Assert.EndsWith("OpenerLeft noted", (await scene.Portal.TrailAsync(PortalScene.Aoba)).First(entry => entry.Action == AuditActions.DoorClosed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CloseAll_WhileADoorIsBeingOpened_ClosesItWhenItIs()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/port_mappings/sims/*", Method = "POST", Delay = TimeSpan.FromSeconds(5) });
        var request = scene.Request();
        var opening = scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, request, Watchdog.Token);
        await scene.Portal.StruckAsync();

        Assert.Single((await Kill.CloseAllAsync(scene.Tenant, elsewhere: false, Watchdog.Token)).Left);
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(RemoteDoorState.Closing, (await opening).Value.State);
        await scene.KeepAsync();
        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(request.Id)).State);
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task CloseAll_OneTenant_TouchesNoOther()
    {
        var (nagisa, theirs) = await TheirsAsync();
        using var owner = nagisa;

        await Kill.CloseAllAsync(scene.Tenant, elsewhere: true, Watchdog.Token);

        Assert.Equal(RemoteDoorState.Open, (await scene.Doors.GetAsync(nagisa, theirs.Id, Watchdog.Token)).Value.State);
    }

    [Fact]
    public async Task CloseEverywhere_OfAReseller_ClosesThoseOfItsTenants()
    {
        var (nagisa, theirs) = await TheirsAsync();
        using var owner = nagisa;
        var ours = await scene.OpenAsync();
        var administrator = await scene.Portal.MemberAsync(PortalScene.Aoba, role: null);
        using var portfolio = await scene.Portal.Get<TenantAccess>().OpenAllAsync(administrator, Permission.RemoteAccessClose, Watchdog.Token);

        var report = await Kill.CloseEverywhereAsync(portfolio, elsewhere: false, Watchdog.Token);

        Assert.Equal(2, report.Closed);
        Assert.Empty(report.Left);
        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(ours.Id)).State);
        Assert.Equal(RemoteDoorState.Closed, (await scene.Doors.GetAsync(nagisa, theirs.Id, Watchdog.Token)).Value.State);
    }

    [Fact]
    public async Task CloseEverywhere_OfWhoIsOperatorHereAndViewerThere_ClosesThoseHere()
    {
        var (nagisa, theirs) = await TheirsAsync();
        using var owner = nagisa;
        var ours = await scene.OpenAsync();
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        await scene.Portal.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        using var portfolio = await scene.Portal.Get<TenantAccess>().OpenAllAsync(person, Permission.RemoteAccessRead, Watchdog.Token);

        var report = await Kill.CloseEverywhereAsync(portfolio, elsewhere: true, Watchdog.Token);

        Assert.Empty(report.Left);
        Assert.Equal([PortalScene.Nagisa], report.NotPermitted.Select(tenant => tenant.Slug));
        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(ours.Id)).State);
        Assert.Equal(RemoteDoorState.Open, (await scene.Doors.GetAsync(owner, theirs.Id, Watchdog.Token)).Value.State);
    }

    [Fact]
    public async Task CloseEverywhere_TheRightInOneTenantEndsMeanwhile_ClosesTheOthers_AndSaysSo()
    {
        var (nagisa, theirs) = await TheirsAsync();
        using var owner = nagisa;
        var ours = await scene.OpenAsync();
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        await scene.Portal.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Operator);
        using var portfolio = await scene.Portal.Get<TenantAccess>().OpenAllAsync(person, Permission.RemoteAccessClose, Watchdog.Token);
        // The moment at which the first of their doors is noted to be closed.
        await scene.Portal.TestDatabase.ExecuteAsync(
            $"CREATE TRIGGER RightEnds AFTER UPDATE ON RemoteDoors WHEN NEW.Id = '{Text(theirs.Id)}' BEGIN DELETE FROM TenantMembers WHERE PersonId = '{Text(person.PersonId)}' AND TenantId = NEW.TenantId; END");

        var report = await Kill.CloseEverywhereAsync(portfolio, elsewhere: false, Watchdog.Token);

        Assert.Equal(1, report.Closed);
        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(ours.Id)).State);
        var left = Assert.Single(report.Left);
        Assert.IsType<ClosingRightEndedError>(left.Error);
        Assert.Equal(PortalScene.Nagisa, left.Tenant.Slug);
        // What was noted is closed without them.
        await scene.KeepAsync(TimeSpan.FromMinutes(2));
        var closed = (await scene.Doors.GetAsync(owner, theirs.Id, Watchdog.Token)).Value;
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.AllAtOnce), (closed.State, closed.End));
    }

    [Fact]
    public async Task CloseEverywhere_OfAMember_TouchesOnlyTenantsWhereItIsPermitted()
    {
        var door = await scene.OpenAsync();
        var viewer = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var portfolio = await scene.Portal.Get<TenantAccess>().OpenAllAsync(viewer, Permission.RemoteAccessRead, Watchdog.Token);

        var report = await Kill.CloseEverywhereAsync(portfolio, elsewhere: true, Watchdog.Token);

        Assert.Equal(0, report.Closed);
        Assert.Equal(RemoteDoorState.Open, (await scene.LookAsync(door.Id)).State);
    }

    private static string Text(Guid id) => id.ToString().ToUpperInvariant();

    /// <summary>A door of another tenant of the same reseller.</summary>
    private async Task<(TenantContext Tenant, RemoteDoor Door)> TheirsAsync()
    {
        var nagisa = await scene.Portal.OpenAsync(PortalScene.Nagisa, TenantRole.Owner);
        var sim = await scene.Portal.VendorSimAsync(nagisa, Soracom.Sandbox.DemoFleets.SharedImsi);
        return (nagisa, await scene.OpenAsync(scene.Request() with { SimId = sim.SimId }, nagisa));
    }
}
