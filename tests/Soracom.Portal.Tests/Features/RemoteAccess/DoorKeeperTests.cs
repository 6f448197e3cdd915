using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>Doors that close at their time, and before it where they must.</summary>
public sealed class DoorKeeperTests : IAsyncLifetime
{
    private DoorScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await DoorScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Keep_ADoorThatIsOpen_IsSeenAtTheVendorEveryMinute()
    {
        var door = await scene.OpenAsync();

        await scene.KeepAsync(TimeSpan.FromMinutes(2));

        var seen = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Open, scene.Portal.Clock.GetUtcNow()), (seen.State, seen.VerifiedAt));
    }

    [Fact]
    public async Task Keep_ProgramIsAskedToStop_TheNextLooksAtOnce()
    {
        var door = await scene.OpenAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/port_mappings", Method = "GET", Delay = TimeSpan.FromHours(1) });
        using var stop = new CancellationTokenSource();
        var keeping = scene.KeepUntilAsync(stop.Token);
        await scene.Portal.StruckAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);

        await scene.KeepAsync();

        Assert.Equal(scene.Portal.Clock.GetUtcNow(), (await scene.LookAsync(door.Id)).VerifiedAt);
    }

    [Fact]
    public async Task Keep_AtItsTime_IsSeenToBeGone_ThoughThePortalWasDownThen()
    {
        var door = await scene.OpenAsync();

        // Nobody looked for hours.
        await scene.KeepAsync(TimeSpan.FromHours(3));

        var over = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Expired, RemoteDoorEnd.Time, door.ExpiresAt), (over.State, over.End, over.EndedAt));
        Assert.Equal(scene.Portal.Clock.GetUtcNow(), over.VerifiedAt);
        Assert.False(over.Overstayed);
        Assert.Equal(AuditEntry.Itself, Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.DoorEnded).ActorName);
    }

    [Fact]
    public async Task Keep_TheVendorHasItOpenAfterItsTime_ClosesItAndSaysSo()
    {
        var door = await scene.OpenAsync(scene.Request() with { Duration = TimeSpan.FromHours(1) });
        await scene.ChangeAsync(door.Id, row => row.ExpiresAt = scene.Portal.Clock.GetUtcNow().AddMinutes(10));

        await scene.KeepAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(RemoteDoorState.Open, (await scene.LookAsync(door.Id)).State);
        await scene.KeepAsync(TimeSpan.FromMinutes(1));

        var closed = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.Time, true), (closed.State, closed.End, closed.Overstayed));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Keep_TheVendorDoesNotAnswerAtItsTime_IsNotSaidToBeGoneBeforeItWasSeen()
    {
        var door = await scene.OpenAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET" });

        await scene.KeepAsync(TimeSpan.FromMinutes(16));
        var late = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Open, "Unavailable"), (late.State, late.Trouble));
        await scene.KeepAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RemoteDoorState.Expired, (await scene.LookAsync(door.Id)).State);
    }

    [Fact]
    public async Task Keep_ClosedAtTheVendorBeforeItsTime_SaysSo()
    {
        var door = await scene.OpenAsync();
        await scene.CallAsync(async client =>
        {
            await client.Napter.DeletePortMappingAsync(door.IpAddress!, $"{door.Port}", Watchdog.Token);
            return true;
        });

        await scene.KeepAsync(TimeSpan.FromMinutes(2));

        var gone = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.Elsewhere), (gone.State, gone.End));
    }

    [Fact]
    public async Task Keep_ThePortalEndedWhileItAsked_FindsTheDoorThatWasMade()
    {
        var request = scene.Request();
        var made = await scene.OpenAsync(request);
        // As the row is while the vendor is being asked: the program that asked is no more.
        await scene.ChangeAsync(made.Id, row =>
        {
            (row.State, row.IpAddress, row.Port, row.Hostname) = (RemoteDoorState.Asked, null, null, null);
            (row.OpenedAt, row.ExpiresAt, row.VerifiedAt, row.NotBefore) = (null, null, null, null);
        });
        await scene.KeepAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(RemoteDoorState.Asked, (await scene.LookAsync(made.Id)).State);

        await scene.KeepAsync(TimeSpan.FromMinutes(2));

        var found = await scene.LookAsync(made.Id);
        Assert.Equal((RemoteDoorState.Open, made.IpAddress, made.Port, made.ExpiresAt), (found.State, found.IpAddress, found.Port, found.ExpiresAt));
        Assert.Single(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Keep_ThePortalWasDownUntilTheDoorsTimeWasOver_SaysThatNobodyKnows_AndNotThatItWasNeverThere()
    {
        var made = await scene.OpenAsync();
        await scene.ChangeAsync(made.Id, row =>
        {
            (row.State, row.IpAddress, row.Port, row.Hostname) = (RemoteDoorState.Asked, null, null, null);
            (row.OpenedAt, row.ExpiresAt, row.VerifiedAt, row.NotBefore) = (null, null, null, null);
        });

        await scene.KeepAsync(TimeSpan.FromMinutes(35));

        var over = await scene.LookAsync(made.Id);
        Assert.Equal((RemoteDoorState.Unknown, RemoteDoorEnd.NeverKnown), (over.State, over.End));
        Assert.NotNull(over.EndedAt);
        Assert.Equal(AuditOutcome.Unknown, (await scene.Portal.TrailAsync(PortalScene.Aoba))[^1].Outcome);
    }

    [Fact]
    public async Task Keep_ADoorToBeClosedThatTheVendorDoesNotListYet_IsClosedAllTheSame()
    {
        var door = await scene.OpenAsync();
        await scene.Portal.Get<DoorBook>().ClosingAsync(door.TenantId, door.Id, RemoteDoorEnd.OpenerLeft, by: null, Watchdog.Token);
        // As far as the list tells, it is another one.
        await scene.ChangeAsync(door.Id, row => row.OpenedAt -= TimeSpan.FromSeconds(5));

        await scene.KeepAsync();

        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.OpenerLeft), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Keep_APersonClosesADoorWhileItIsLookedAt_IsSaidToHaveClosedIt()
    {
        var door = await scene.OpenAsync();
        var book = scene.Portal.Get<DoorBook>();
        await book.ClosingAsync(door.TenantId, door.Id, RemoteDoorEnd.Person, scene.Tenant.Actor, Watchdog.Token);

        // A list that was read meanwhile has it no more.
        await book.GoneAsync(door.TenantId, door.Id, RemoteDoorEnd.Elsewhere, verified: true, Watchdog.Token);

        var closed = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.Person, scene.Tenant.Actor.Name), (closed.State, closed.End, closed.EndedByName));
        Assert.DoesNotContain(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.DoorEnded);
    }

    [Fact]
    public async Task Keep_NobodyCanLookForADayAfterItsTime_IsGivenUpAsUnknown()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/port_mappings/sims/*", Method = "POST", Afterwards = true });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET", Count = 100 });
        var door = await scene.OpenAsync();
        Assert.Equal(RemoteDoorState.Unknown, door.State);

        await scene.KeepAsync(TimeSpan.FromHours(5));
        Assert.Null((await LookLaterAsync(door.Id)).EndedAt);
        await scene.KeepAsync(TimeSpan.FromHours(20));

        var over = await LookLaterAsync(door.Id);
        Assert.Equal((RemoteDoorState.Unknown, RemoteDoorEnd.NeverKnown), (over.State, over.End));
        Assert.NotNull(over.EndedAt);
    }

    [Fact]
    public async Task Keep_ThePortalEndedWhileItClosed_ClosesIt()
    {
        var door = await scene.OpenAsync();
        await scene.Portal.Get<DoorBook>().ClosingAsync(door.TenantId, door.Id, RemoteDoorEnd.Person, scene.Tenant.Actor, Watchdog.Token);

        await scene.KeepAsync();
        Assert.Equal(RemoteDoorState.Closing, (await scene.LookAsync(door.Id)).State);
        await scene.KeepAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.Person), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Theory]
    [InlineData("DELETE FROM TenantMembers WHERE PersonId = $person", TenantRole.Operator)]
    [InlineData("UPDATE TenantMembers SET Role = 'Viewer' WHERE PersonId = $person", TenantRole.Operator)]
    [InlineData("UPDATE TenantMembers SET Until = 1 WHERE PersonId = $person", TenantRole.Operator)]
    [InlineData("DELETE FROM ResellerAdministrators WHERE PersonId = $person", null)]
    public async Task Keep_TheOpenersMembershipEndsOrTheirRightGoes_ClosesTheirDoorsAtOnce_AndNoOthers(string change, TenantRole? role)
    {
        var leaver = await scene.Portal.MemberAsync(PortalScene.Aoba, role, "Leaver");
        using var theirs = await scene.Portal.OpenAsync(leaver, PortalScene.Aoba);
        var door = await scene.OpenAsync(by: theirs);
        var other = await scene.OpenAsync(scene.Request(443));
        await scene.Portal.TestDatabase.ExecuteAsync(change, ("$person", leaver.PersonId.ToString().ToUpperInvariant()));

        await scene.KeepAsync();

        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.OpenerLeft), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Equal(RemoteDoorState.Open, (await scene.LookAsync(other.Id)).State);
        Assert.Equal(other.Port, Assert.Single(await scene.OfSimAsync()).Port);
        var told = (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.DoorClosed).ToList();
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Begun, AuditOutcome.Succeeded], told.Select(entry => entry.Outcome));
        Assert.All(told, entry => Assert.Equal(AuditEntry.Itself, entry.ActorName));
    }

    [Fact]
    public async Task Keep_TheTenantIsSuspended_ClosesItsDoorsAtOnce()
    {
        var door = await scene.OpenAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = 1 WHERE Slug = 'aoba'");

        await scene.KeepAsync();

        await using var db = scene.Portal.Database.ForTenant(await scene.Portal.TenantIdAsync(PortalScene.Aoba));
        Assert.Equal(RemoteDoorState.Closed, db.RemoteDoors.Single(row => row.Id == door.Id).State);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("terminated")]
    [InlineData("gone")]
    public async Task Keep_TheSimComesToItsEnd_ClosesItsDoors(string end)
    {
        var door = await scene.OpenAsync();
        await EndSimAsync(end);

        await scene.KeepAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.SimEnded), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Theory]
    [InlineData(1, RemoteDoorState.Closed)]
    [InlineData(-1, RemoteDoorState.Open)]
    public async Task Keep_ThePortalKnowsThatTheSimIsSuspended_ClosesItsDoorsAtOnce_UnlessThatIsOlderThanTheDoor(int seconds, RemoteDoorState state)
    {
        var door = await scene.OpenAsync();
        await scene.SeenAsync(scene.Sim.SimId, "A", "suspended", door.AskedAt.AddSeconds(seconds));

        await scene.KeepAsync();

        Assert.Equal(state, (await scene.LookAsync(door.Id)).State);
        Assert.Equal(state == RemoteDoorState.Open, (await scene.OfSimAsync()).Count == 1);
    }

    [Fact]
    public async Task Keep_ADoorToBeClosedThatIsGoneAlready_IsInTheTrail()
    {
        var door = await scene.OpenAsync();
        await scene.Portal.Get<DoorBook>().ClosingAsync(door.TenantId, door.Id, RemoteDoorEnd.OpenerLeft, by: null, Watchdog.Token);

        await scene.KeepAsync(TimeSpan.FromMinutes(20));

        var told = (await scene.Portal.TrailAsync(PortalScene.Aoba)).Last(entry => entry.Action == AuditActions.DoorClosed);
        Assert.Equal((AuditEntry.Itself, AuditOutcome.Succeeded), (told.ActorName, told.Outcome));
        Assert.EndsWith("OpenerLeft was gone", told.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_TheOpenersRightGoesWhileTheDoorsCantBeListed_ClosesTheirsAllTheSame()
    {
        var leaver = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Operator, "Leaver");
        using var theirs = await scene.Portal.OpenAsync(leaver, PortalScene.Aoba);
        var door = await scene.OpenAsync(by: theirs);
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person", ("$person", leaver.PersonId.ToString().ToUpperInvariant()));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET", Count = 1000 });

        await scene.KeepAsync();

        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.OpenerLeft), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        scene.Portal.Sandbox.Faults.Clear();
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Keep_TheOpenerMayNotOpenToAnyAddressAnyMore_ClosesWhatIsOpenToAny_AndNothingElse()
    {
        var owner = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Owner, "Narrowed");
        using var theirs = await scene.Portal.OpenAsync(owner, PortalScene.Aoba);
        var (any, narrow) = (await scene.OpenAsync(scene.Request() with { Sources = DoorScene.Ranges("0.0.0.0/0") }, theirs), await scene.OpenAsync(scene.Request(443), theirs));
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET Role = 'Operator' WHERE PersonId = $person", ("$person", owner.PersonId.ToString().ToUpperInvariant()));

        await scene.KeepAsync();

        Assert.Equal((RemoteDoorState.Closed, RemoteDoorState.Open), ((await scene.LookAsync(any.Id)).State, (await scene.LookAsync(narrow.Id)).State));
    }

    [Fact]
    public async Task Keep_WhatCouldBeTheDoorIsAnotherTenantsOfTheSameAccount_IsNotTakenForIt()
    {
        var made = await scene.OpenAsync();
        var nagisa = await scene.Portal.TenantIdAsync(PortalScene.Nagisa);
        // The entry is the other tenant's; this one's answer was lost.
        await using (var db = scene.Portal.Database.ForTenant(nagisa))
        {
            db.RemoteDoors.Add(Copy(made, nagisa));
            await db.SaveChangesAsync(Watchdog.Token);
        }

        await scene.ChangeAsync(made.Id, row =>
        {
            (row.State, row.IpAddress, row.Port, row.Hostname) = (RemoteDoorState.Asked, null, null, null);
            (row.OpenedAt, row.ExpiresAt, row.VerifiedAt, row.NotBefore) = (null, null, null, null);
        });
        await scene.KeepAsync(TimeSpan.FromMinutes(3));

        Assert.Null((await scene.LookAsync(made.Id)).IpAddress);
    }

    [Fact]
    public async Task Keep_TwoInstancesAtOnce_CloseADoorOnce()
    {
        var door = await scene.OpenAsync();
        await scene.Portal.Get<DoorBook>().ClosingAsync(door.TenantId, door.Id, RemoteDoorEnd.OpenerLeft, by: null, Watchdog.Token);

        await Task.WhenAll(scene.KeepAsync(), scene.KeepAsync());

        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(door.Id)).State);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Begun, AuditOutcome.Succeeded], (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.DoorClosed).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Keep_ACloseThatFails_IsTriedUntilItIsGone()
    {
        var door = await scene.OpenAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings/*", Method = "DELETE", Count = 2 });

        Assert.NotNull((await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token)).Error);
        await scene.KeepAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((RemoteDoorState.Closing, "Unavailable"), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).Trouble));
        await scene.KeepAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(door.Id)).State);
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Keep_TheCredentialIsAnotherAccountsByNow_LeavesTheDoorToTheVendor()
    {
        var door = await scene.OpenAsync();
        await scene.ChangeAsync(door.Id, row => row.NotBefore = null);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE RemoteDoors SET OperatorId = 'OP9999999999' WHERE TenantId = $tenant", ("$tenant", door.TenantId.ToString().ToUpperInvariant()));

        await scene.KeepAsync();
        Assert.Equal(DoorTrouble.OtherAccount, (await scene.LookAsync(door.Id)).Trouble);
        await scene.KeepAsync(TimeSpan.FromMinutes(20));

        var over = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Expired, RemoteDoorEnd.Time, DoorTrouble.OtherAccount), (over.State, over.End, over.Trouble));
        Assert.True(over.VerifiedAt < over.ExpiresAt);
    }

    private static RemoteDoor Copy(RemoteDoor door, Guid tenantId) => new()
    {
        Id = Guid.NewGuid(),
        TenantId = tenantId,
        Coverage = door.Coverage,
        OperatorId = door.OperatorId,
        SimId = door.SimId,
        Imsi = door.Imsi,
        SimName = door.SimName,
        DevicePort = door.DevicePort,
        Service = door.Service,
        Tls = door.Tls,
        SourceRanges = door.SourceRanges,
        DurationSeconds = door.DurationSeconds,
        Reason = "",
        Ticket = "",
        OpenerId = door.OpenerId,
        OpenerName = "",
        AskedAt = door.AskedAt,
        State = RemoteDoorState.Closed,
        IpAddress = door.IpAddress,
        Port = door.Port,
        OpenedAt = door.OpenedAt,
        ExpiresAt = door.ExpiresAt,
        EndedAt = door.OpenedAt,
    };

    private async Task EndSimAsync(string end)
    {
        var simId = scene.Sim.SimId;
        switch (end)
        {
            case "suspended":
                await scene.CallAsync(client => client.Sims.SuspendSimAsync(simId, Watchdog.Token));
                break;
            case "terminated":
                await scene.CallAsync(client => client.Sims.EnableSimTerminationAsync(simId, Watchdog.Token));
                await scene.CallAsync(client => client.Sims.TerminateSimAsync(simId, Watchdog.Token));
                break;
            default:
                scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sims/{simId}", Method = "GET", Status = 404 });
                break;
        }
    }

    /// <summary>A door to somebody who has just signed in: sessions end sooner than a day.</summary>
    private async Task<RemoteDoor> LookLaterAsync(Guid doorId)
    {
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        return (await scene.Doors.GetAsync(tenant, doorId, Watchdog.Token)).Value;
    }
}
