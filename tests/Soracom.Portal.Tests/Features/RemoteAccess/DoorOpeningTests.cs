using Soracom.Api.Napter;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.Sims.RemoteAccess;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>Doors that are opened, and those that may have been.</summary>
public sealed class DoorOpeningTests : IAsyncLifetime
{
    private const string Create = "/v1/port_mappings/sims/*";

    private DoorScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await DoorScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Open_IsAsItWasAskedFor_AndTheTrailSaysWhy()
    {
        var door = await scene.OpenAsync(scene.Request(80) with { Tls = true, Duration = TimeSpan.FromMinutes(30), Ticket = "OPS-1", Sources = DoorScene.Ranges("203.0.113.5 198.51.100.0/24") });

        var mapping = Assert.Single(await scene.OfSimAsync());
        Assert.Equal((80, true, 1800, DestinationChoosingStrategy.AirPrioritized), (mapping.Destination!.Port, mapping.TlsRequired, mapping.Duration, mapping.Destination.DestinationChoosingStrategy));
        Assert.Equal(["198.51.100.0/24", "203.0.113.5/32"], mapping.Source!.IpRanges);
        Assert.Equal((RemoteDoorState.Open, mapping.IpAddress, mapping.Port, mapping.Hostname), (door.State, door.IpAddress, door.Port, door.Hostname));
        Assert.Equal(scene.Portal.Clock.GetUtcNow().AddMinutes(30), door.ExpiresAt);
        Assert.Equal((scene.Sim.Name, scene.Tenant.Actor.Name, "Repair", "OPS-1"), (door.SimName, door.OpenerName, door.Reason, door.Ticket));
        Assert.Equal(scene.Sim.SessionStatus!.Imsi, door.Imsi);
        var told = (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.DoorOpened).ToList();
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], told.Select(entry => entry.Outcome));
        Assert.All(told, entry => Assert.Equal("OPS-1; Repair", entry.Reason));
        Assert.Contains($"{door.IpAddress}:{door.Port}", told[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AgainstThePolicy_IsRefusedByTheServer_AndTheTrailSaysSo()
    {
        var policies = scene.Portal.Get<RemoteAccessPolicies>();
        Assert.Null((await policies.PutAsync(scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, DevicePorts = "443", LongestMinutes = 10 }, Watchdog.Token)).Error);

        var refused = await scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, scene.Request(), Watchdog.Token);

        Assert.Equal([PolicyRule.DevicePort, PolicyRule.TooLong], Assert.IsType<DoorRefusedError>(refused.Error).Reasons.Select(reason => reason.Rule));
        Assert.Empty(await scene.OfSimAsync());
        Assert.Empty((await scene.Doors.ListAsync(scene.Tenant, Watchdog.Token)).Live);
        var entry = Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.DoorOpened);
        Assert.Equal((AuditOutcome.Denied, scene.Sim.SimId, "port 22, 15 min, from 203.0.113.5/32; DevicePort, TooLong", "Repair"), (entry.Outcome, entry.ObjectId, entry.Detail, entry.Reason));
    }

    [Fact]
    public async Task Open_ToAnyAddress_IsForThoseAloneWhoMay()
    {
        using var member = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var anywhere = scene.Request() with { Sources = DoorScene.Ranges("0.0.0.0/0") };

        var refused = await scene.Opening.OpenAsync(member, DoorScene.Japan, anywhere, Watchdog.Token);

        Assert.Equal([PolicyRule.AnywhereNotPermitted], Assert.IsType<DoorRefusedError>(refused.Error).Reasons.Select(reason => reason.Rule));
        Assert.Empty(await scene.OfSimAsync());
        Assert.Equal(["0.0.0.0/0"], (await scene.OpenAsync(anywhere with { Id = Guid.NewGuid() })).SourceRanges.Split(' '));
    }

    [Theory]
    [InlineData(0, 15, "203.0.113.5", "DoorPort")]
    [InlineData(65536, 15, "203.0.113.5", "DoorPort")]
    [InlineData(22, 0, "203.0.113.5", "DoorDuration")]
    [InlineData(22, 481, "203.0.113.5", "DoorDuration")]
    [InlineData(22, 15, "", "DoorSources")]
    public async Task Open_WhatNoPolicyCouldAllow_IsRefusedBeforeAnythingIsAsked(int port, int minutes, string sources, string error)
    {
        var refused = await scene.Opening.OpenAsync(
            scene.Tenant, DoorScene.Japan, scene.Request(port) with { Duration = TimeSpan.FromMinutes(minutes), Sources = DoorScene.Ranges(sources) }, Watchdog.Token);

        Assert.Equal(error, Assert.IsType<InputError>(refused.Error).Key);
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Open_ASimThatIsSuspended_IsNotAskedFor()
    {
        await scene.CallAsync(client => client.Sims.SuspendSimAsync(scene.Sim.SimId, Watchdog.Token));

        var refused = await scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, scene.Request(), Watchdog.Token);

        Assert.Equal("DoorSimEnded", Assert.IsType<ObstacleError>(refused.Error).Why.Key);
    }

    [Fact]
    public async Task Open_PressedTwiceAtOnce_IsOneDoor()
    {
        var request = scene.Request();

        var both = await Task.WhenAll(scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, request, Watchdog.Token), scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, request, Watchdog.Token));

        Assert.All(both, opened => Assert.Equal(request.Id, opened.Value.Id));
        Assert.Single(await scene.OfSimAsync());
        Assert.Equal(RemoteDoorState.Open, (await scene.LookAsync(request.Id)).State);
    }

    [Fact]
    public async Task Open_FromTwoWindowsAtOnce_IsOneDoor()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = Create, Method = "POST", Delay = TimeSpan.FromSeconds(5) });
        var first = scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, scene.Request(), Watchdog.Token);
        await scene.Portal.StruckAsync();

        var second = await scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, scene.Request(), Watchdog.Token);

        Assert.IsType<DoorUnderWayError>(second.Error);
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(RemoteDoorState.Open, (await first).Value.State);
        Assert.Single(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Open_TheAnswerIsLost_TheDoorThatWasMadeIsFoundAtOnce()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST", Afterwards = true });

        var door = await scene.OpenAsync();

        var mapping = Assert.Single(await scene.OfSimAsync());
        Assert.Equal((RemoteDoorState.Open, mapping.IpAddress, mapping.Port), (door.State, door.IpAddress, door.Port));
        Assert.Equal(AuditOutcome.Succeeded, (await scene.Portal.TrailAsync(PortalScene.Aoba)).Last(entry => entry.Action == AuditActions.DoorOpened).Outcome);
    }

    [Fact]
    public async Task Open_TheAnswerIsLostAndNobodyCanLook_TheDoorIsFoundLater_AndNoSecondOneMade()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST", Afterwards = true });
        // Neither before nor afterwards.
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET", Count = 2 });

        var door = await scene.OpenAsync();
        Assert.Equal((RemoteDoorState.Unknown, (string?)null), (door.State, door.IpAddress));
        // The same request again asks for nothing.
        Assert.Equal(door.Id, (await scene.OpenAsync(scene.Request() with { Id = door.Id })).Id);
        await scene.KeepAsync(TimeSpan.FromSeconds(20));

        var found = await scene.LookAsync(door.Id);
        var mapping = Assert.Single(await scene.OfSimAsync());
        Assert.Equal((RemoteDoorState.Open, mapping.IpAddress, mapping.Port), (found.State, found.IpAddress, found.Port));
        Assert.Equal(
            [AuditOutcome.Begun, AuditOutcome.Unknown, AuditOutcome.Succeeded],
            (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.DoorOpened).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Open_TheRightEndsWhileTheAnswerIsLost_IsNotSaidToBeUnopened()
    {
        using var opener = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = Create, Method = "POST", Delay = TimeSpan.FromHours(1) });
        var request = scene.Request();
        var opening = scene.Opening.OpenAsync(opener, DoorScene.Japan, request, Watchdog.Token);
        await scene.Portal.StruckAsync();
        await opener.EndAsync();
        // The client waits no longer; the sandbox is still at it.
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(RemoteDoorState.Unknown, (await opening).Value.State);
        Assert.Null((await scene.LookAsync(request.Id)).EndedAt);
        Assert.Equal(AuditOutcome.Unknown, (await scene.Portal.TrailAsync(PortalScene.Aoba)).Last(entry => entry.Action == AuditActions.DoorOpened).Outcome);
    }

    [Fact]
    public async Task Open_TheRequestIsLost_IsLookedForAndThenSaidNotToBeThere()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST" });

        var door = await scene.OpenAsync();
        Assert.Equal(RemoteDoorState.Unknown, door.State);
        await scene.KeepAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(RemoteDoorState.Unknown, (await scene.LookAsync(door.Id)).State);
        await scene.KeepAsync(TimeSpan.FromMinutes(2));

        var failed = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Failed, RemoteDoorEnd.NotThere), (failed.State, failed.End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Open_TheAnswerIsLostWhereSeveralCouldBeIt_IsSaidSo_AndNeverGuessed()
    {
        var foreign = await scene.OpenElsewhereAsync();
        HideWhatIsThereBefore();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST", Afterwards = true });

        var door = await scene.OpenAsync();
        await scene.KeepAsync(TimeSpan.FromSeconds(20));

        var unknown = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Unknown, DoorTrouble.Several, (string?)null), (unknown.State, unknown.Trouble, unknown.IpAddress));
        var listed = (await scene.Doors.ElsewhereAsync(scene.Tenant, DoorScene.Japan, TimeSpan.Zero, Watchdog.Token)).Value.Where(one => one.Mapping.SimId == scene.Sim.SimId).ToList();
        Assert.Equal(2, listed.Count);
        Assert.All(listed, one => Assert.Equal(door.Id, one.MayBe!.Id));

        // Once the other is gone there is only one that it can be.
        await scene.Closing.CloseElsewhereAsync(scene.Tenant, listed.Single(one => one.Mapping.Port == foreign.Port), Watchdog.Token);
        await scene.KeepAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(RemoteDoorState.Open, (await scene.LookAsync(door.Id)).State);
    }

    [Fact]
    public async Task Open_TheAnswerIsLostAndTheSameWasThereBefore_TheNewOneIsFound()
    {
        var foreign = await scene.OpenElsewhereAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST", Afterwards = true });

        var door = await scene.OpenAsync();

        var mapping = Assert.Single(await scene.OfSimAsync(), mapping => mapping.Port != foreign.Port);
        Assert.Equal((RemoteDoorState.Open, mapping.IpAddress, mapping.Port), (door.State, door.IpAddress, door.Port));
    }

    [Fact]
    public async Task Open_TheRequestIsLostAndTheSameWasThereBefore_IsSaidNotToBeThere()
    {
        await scene.OpenElsewhereAsync(duration: 7200);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST" });

        var door = await scene.OpenAsync(scene.Request() with { Duration = TimeSpan.FromHours(2) });
        await scene.KeepAsync(TimeSpan.FromMinutes(6));

        var failed = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Failed, RemoteDoorEnd.NotThere), (failed.State, failed.End));
        Assert.Single(await scene.OfSimAsync());
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(-2)]
    [InlineData(120)]
    [InlineData(1800)]
    public async Task Open_TheAnswerIsLostAndTheClocksAreApart_TheDoorIsFound(int secondsAhead)
    {
        await using var apart = await DoorScene.StartAsync(vendorAhead: TimeSpan.FromSeconds(secondsAhead));
        apart.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST", Afterwards = true });

        var door = await apart.OpenAsync();

        var mapping = Assert.Single(await apart.OfSimAsync());
        Assert.Equal((RemoteDoorState.Open, mapping.IpAddress, mapping.Port), (door.State, door.IpAddress, door.Port));
    }

    [Fact]
    public async Task Open_TheRequestIsLostAndSomebodyMadeTheSameJustBefore_ThatIsNotTakenForIt()
    {
        await scene.OpenElsewhereAsync();
        HideWhatIsThereBefore();
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(10));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST" });

        var door = await scene.OpenAsync();
        await scene.KeepAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((RemoteDoorState.Unknown, DoorTrouble.Several), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).Trouble));
        await scene.KeepAsync(TimeSpan.FromMinutes(21));
        var never = await scene.LookAsync(door.Id);
        Assert.Equal((RemoteDoorState.Unknown, RemoteDoorEnd.NeverKnown), (never.State, never.End));
        Assert.NotNull(never.EndedAt);
    }

    [Fact]
    public async Task Open_TheVendorRefuses_IsNotOpened()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 422, Path = Create, Method = "POST" });
        var request = scene.Request();

        var refused = await scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, request, Watchdog.Token);

        Assert.Equal(VendorErrorKind.Refused, Assert.IsType<VendorError>(refused.Error).Kind);
        Assert.Equal((RemoteDoorState.Failed, RemoteDoorEnd.Refused), ((await scene.LookAsync(request.Id)).State, (await scene.LookAsync(request.Id)).End));
    }

    [Fact]
    public async Task Close_ByItsOpener_IsGoneAtTheVendor()
    {
        var door = await scene.OpenAsync();

        var closed = await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token);

        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.Person, scene.Tenant.Actor.Name), (closed.Value.State, closed.Value.End, closed.Value.EndedByName));
        Assert.Empty(await scene.OfSimAsync());
        // Once more changes nothing.
        Assert.Equal(RemoteDoorState.Closed, (await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token)).Value.State);
    }

    [Fact]
    public async Task Close_AfterItsTimeWhileNobodyCanLook_SendsNothing_AndIsToldAsItsTime()
    {
        var door = await scene.OpenAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(15.5));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET" });
        // Would strike if anything were sent.
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "DELETE" });

        var unread = await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token);
        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>(unread.Error).Kind);
        Assert.Equal((RemoteDoorState.Open, (RemoteDoorEnd?)null), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));

        var settled = await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token);
        Assert.Equal((RemoteDoorState.Expired, RemoteDoorEnd.Time, (string?)null), (settled.Value.State, settled.Value.End, settled.Value.EndedByName));
        Assert.Equal("DELETE", Assert.Single(scene.Portal.Sandbox.Faults.Armed).Method);
        Assert.DoesNotContain(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.DoorClosed);
    }

    [Fact]
    public async Task CloseAll_AfterADoorsTime_SendsNothingToItsAddress()
    {
        var (over, open) = (await scene.OpenAsync(), await scene.OpenAsync(scene.Request(443) with { Duration = TimeSpan.FromHours(1) }));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(15.5));

        var report = await scene.Portal.Get<KillSwitch>().CloseAllAsync(scene.Tenant, elsewhere: false, Watchdog.Token);

        Assert.Empty(report.Left);
        Assert.Equal((RemoteDoorState.Expired, RemoteDoorEnd.Time), ((await scene.LookAsync(over.Id)).State, (await scene.LookAsync(over.Id)).End));
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.AllAtOnce), ((await scene.LookAsync(open.Id)).State, (await scene.LookAsync(open.Id)).End));
        var sent = (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.DoorClosed);
        Assert.All(sent, entry => Assert.Contains("port 443", entry.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Close_ThatTheVendorDoesNotDo_IsSaidToBeOpenStill()
    {
        var door = await scene.OpenAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings/*", Method = "DELETE" });

        var closed = await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token);

        Assert.IsType<Soracom.Portal.Features.RemoteAccess.DoorStillOpenError>(closed.Error);
        await scene.KeepAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(door.Id)).State);
    }

    [Fact]
    public async Task Open_ThatIsRefused_StandsInTheTrailAsItWasAskedFor()
    {
        using var viewer = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        await scene.Opening.OpenAsync(viewer, DoorScene.Japan, scene.Request() with { Sources = DoorScene.Ranges("0.0.0.0/0"), Reason = "Look around" }, Watchdog.Token);

        var entry = (await scene.Portal.TrailAsync(PortalScene.Aoba)).Last(entry => entry is { Action: AuditActions.DoorOpened, Outcome: AuditOutcome.Denied });
        Assert.Equal(("port 22, 15 min, from 0.0.0.0/0; AnywhereNotPermitted", "Look around"), (entry.Detail, entry.Reason));
    }

    [Fact]
    public async Task Close_BeforeItIsKnownWhetherItIsThere_IsInTheTrail_AndDoneAsSoonAsItIs()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = Create, Method = "POST", Afterwards = true });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET", Count = 2 });
        var door = await scene.OpenAsync();

        await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token);

        var told = (await scene.Portal.TrailAsync(PortalScene.Aoba))[^1];
        Assert.Equal((AuditActions.DoorClosed, AuditOutcome.Unknown, scene.Tenant.Actor.Name), (told.Action, told.Outcome, told.ActorName));
        await scene.KeepAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.Person), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Close_TheAnswerIsLost_IsToldAsItIs(bool carriedOut)
    {
        var door = await scene.OpenAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/port_mappings/*", Method = "DELETE", Afterwards = carriedOut });

        var closed = await scene.Closing.CloseAsync(scene.Tenant, door.Id, Watchdog.Token);

        Assert.Equal(carriedOut, closed.Error is null);
        Assert.Equal(carriedOut ? RemoteDoorState.Closed : RemoteDoorState.Closing, (await scene.LookAsync(door.Id)).State);
        await scene.KeepAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((RemoteDoorState.Closed, RemoteDoorEnd.Person), ((await scene.LookAsync(door.Id)).State, (await scene.LookAsync(door.Id)).End));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task SimsMappings_AreMarkedWhereTheyWereOpenedElsewhere_AlsoAtAnAddressThatADoorHadBefore()
    {
        var (own, old, foreign) = (await scene.OpenAsync(), await scene.OpenAsync(scene.Request(80)), await scene.OpenElsewhereAsync(443));
        await scene.ChangeAsync(old.Id, row => row.OpenedAt -= TimeSpan.FromHours(9));

        var listed = (await scene.Portal.Get<SimPortMappings>().ListAsync(scene.Tenant, DoorScene.Japan, scene.Sim.SimId, Watchdog.Token)).Value;

        Assert.Equal(
            [(own.Port, own.Id, false), (old.Port, null, true), (foreign.Port, (Guid?)null, true)],
            listed.OrderBy(mapping => mapping.Mapping.Destination!.Port switch { 22 => 0, 80 => 1, _ => 2 }).Select(mapping => (mapping.Mapping.Port, mapping.Door?.Id, mapping.IsElsewhere)));
    }

    [Fact]
    public async Task Elsewhere_ADoorOpenedOutside_IsListedAndMarked_AndOnesOwnIsNot()
    {
        var own = await scene.OpenAsync();
        var foreign = await scene.OpenElsewhereAsync(443);

        var listed = (await scene.Doors.ElsewhereAsync(scene.Tenant, DoorScene.Japan, TimeSpan.Zero, Watchdog.Token)).Value;

        Assert.DoesNotContain(listed, one => one.Mapping.Port == own.Port && one.Mapping.IpAddress == own.IpAddress);
        var one = Assert.Single(listed, one => one.Mapping.SimId == scene.Sim.SimId);
        Assert.Equal((foreign.Endpoint, null), (one.Endpoint, one.MayBe));
        Assert.True((await scene.Closing.CloseElsewhereAsync(scene.Tenant, one, Watchdog.Token)).Value);
        Assert.IsType<GoneError>((await scene.Closing.CloseElsewhereAsync(scene.Tenant, one, Watchdog.Token)).Error);
        Assert.Equal(own.Port, Assert.Single(await scene.OfSimAsync()).Port);
    }

    /// <summary>Has the vendor not tell which entries a SIM has before another is asked for.</summary>
    private void HideWhatIsThereBefore() =>
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings/sims", Method = "GET" });
}
