using System.Net;
using System.Text;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.RemoteAccess.Events;

/// <summary>What visitors do at real doors of the sandbox, collected, told with who had opened them, kept, found and taken out.</summary>
public sealed class RemoteLogTests : IAsyncLifetime
{
    private RemoteLogScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await RemoteLogScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Refresh_AfterAVisit_TellsFromWhereAndWhoHadOpenedTheDoor()
    {
        var sim = (await scene.SimsAsync())[0];
        var mapping = await scene.OpenAsync(sim.SimId);
        var door = await scene.NoteAsync(mapping, sim);
        await scene.VisitAsync(mapping);

        var events = await scene.ReadUntilAsync(sim, "CLOSED");

        Assert.Equal(["CLOSED", "CONNECTED", "ACCESS", "CREATED"], events.Select(happened => happened.Type));
        Assert.All(events, happened => Assert.Equal((RemoteEventOrigin.Door, door.Id, "Haruto"), (happened.Origin, happened.DoorId, happened.OpenerName)));
        Assert.All(events.Take(3), happened => Assert.Equal((RemoteLogScene.Outside, 22), (happened.SourceAddress, happened.DevicePort)));
        Assert.All(events, happened => Assert.Equal(sim.SimId, happened.SimId));
    }

    [Fact]
    public async Task Refresh_Again_DoublesNothing()
    {
        var sim = (await scene.SimsAsync())[0];
        var mapping = await scene.OpenAsync(sim.SimId);
        await scene.VisitAsync(mapping);
        await scene.ReadUntilAsync(sim, "CLOSED");
        var count = await scene.CountAsync();

        await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: true, Watchdog.Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: true, Watchdog.Token)));

        Assert.InRange(count, 4, int.MaxValue);
        Assert.Equal(count, await scene.CountAsync());
    }

    [Fact]
    public async Task Refresh_OfADoorFromElsewhere_SaysSo_UntilItBecomesKnown()
    {
        var sim = (await scene.SimsAsync())[0];
        var mapping = await scene.OpenAsync(sim.SimId);
        await scene.VisitAsync(mapping);

        var foreign = await scene.ReadUntilAsync(sim, "CLOSED");
        var door = await scene.NoteAsync(mapping, sim);
        var known = await scene.ReadUntilAsync(sim, "CLOSED");

        Assert.All(foreign, happened => Assert.Equal((RemoteEventOrigin.Elsewhere, null), (happened.Origin, happened.DoorId)));
        Assert.Equal(foreign.Select(happened => happened.Id), known.Select(happened => happened.Id));
        Assert.All(known, happened => Assert.Equal((RemoteEventOrigin.Door, door.Id), (happened.Origin, happened.DoorId)));
    }

    [Fact]
    public async Task Refresh_AfterTheInventoryHasComeToKnowTheSims_NamesThem()
    {
        await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: true, Watchdog.Token);
        var nameless = await scene.EventsAsync(RemoteLogQuery.All);

        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: true, Watchdog.Token);
        var named = await scene.EventsAsync(RemoteLogQuery.All);

        Assert.All(nameless, happened => Assert.Empty(happened.SimId));
        Assert.Equal(nameless.Select(happened => happened.Id), named.Select(happened => happened.Id));
        Assert.Contains(named, happened => happened is { Coverage: "jp", SimId.Length: > 0, SimName.Length: > 0 });
    }

    [Fact]
    public async Task Refresh_AMomentLater_AsksTheVendorOnlyWhereSomebodyInsists()
    {
        await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: false, Watchdog.Token);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/audit_logs/napter", Status = 403 });

        var before = await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: false, Watchdog.Token);
        var after = await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: true, Watchdog.Token);

        Assert.All(before, standing => Assert.Null(standing.Failure));
        Assert.Equal(VendorErrorKind.Denied, Assert.Single(after, standing => standing.Failure is not null).Failure!.Kind);
        Assert.All(after, standing => Assert.Equal(scene.Portal.Clock.GetUtcNow(), standing.ReadAt));
    }

    [Fact]
    public async Task Refresh_VendorFails_KeepsWhatThereIs_AndRecovers()
    {
        await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: false, Watchdog.Token);
        var count = await scene.CountAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/audit_logs/napter", Status = 503, Count = 2 });
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(5));

        var failed = await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: false, Watchdog.Token);
        var tooSoon = await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: false, Watchdog.Token);
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(5));
        scene.Portal.Sandbox.Faults.Clear();
        var again = await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: false, Watchdog.Token);

        Assert.Contains(failed, standing => standing.Failure?.Kind == VendorErrorKind.Unavailable && standing.ReadAt < scene.Portal.Clock.GetUtcNow());
        Assert.Equal(failed, tooSoon);
        Assert.InRange(await scene.CountAsync(), count, int.MaxValue);
        Assert.All(again, standing => Assert.Equal((null, scene.Portal.Clock.GetUtcNow()), (standing.Failure, standing.ReadAt)));
    }

    [Fact]
    public async Task Worker_ReadsWhereADoorIsOpenOrWasAMomentAgo_AndNobodyElses()
    {
        var worker = scene.Portal.Get<RemoteLogWorker>();
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal(0, await scene.CountAsync());

        var sim = (await scene.SimsAsync())[0];
        var mapping = await scene.OpenAsync(sim.SimId);
        var door = await scene.NoteAsync(mapping, sim);
        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Contains(await scene.EventsAsync(RemoteLogQuery.All with { Door = door.Id }), happened => happened.Type == "CREATED");
        await using var db = scene.Portal.Database.ForTenant(await scene.Portal.TenantIdAsync(PortalScene.Nagisa));
        Assert.Empty(db.RemoteAccessEvents);
    }

    [Fact]
    public async Task Worker_RemovesWhatIsOlderThanTheLogIsKept()
    {
        await AddAsync([Event("old", minutes: -401 * 24 * 60), Event("kept", minutes: -399 * 24 * 60)]);

        await scene.Portal.Get<RemoteLogWorker>().RunOnceAsync(Watchdog.Token);

        Assert.Equal(["kept"], (await scene.EventsAsync(RemoteLogQuery.All)).Select(happened => happened.Identity));
    }

    [Fact]
    public async Task List_GoesFromPageToPage_ThoughMuchHappenedAtOnce()
    {
        await AddAsync(Enumerable.Range(0, (2 * RemoteLog.PageSize) + 7).Select(number => Event($"{number}", minutes: number / 40)));

        var (seen, query) = (new List<string>(), RemoteLogQuery.All);
        RemoteLogContent page;
        do
        {
            page = await scene.Log.ListAsync(scene.Tenant, query, Watchdog.Token);
            seen.AddRange(page.Lines.Select(line => line.Event.Identity));
            query = RemoteLogQuery.Parse((query with { Before = page.Before }).ToQueryString());
        }
        while (page.Before is not null);

        Assert.Equal(3, (seen.Count + RemoteLog.PageSize - 1) / RemoteLog.PageSize);
        Assert.Equal(Enumerable.Range(0, seen.Count).Reverse().Select(number => $"{number}"), seen);
    }

    [Theory]
    [InlineData("?sim=pump", "sim")]
    [InlineData("?sim=0077", "imsi")]
    [InlineData("?sim=%25", "")]
    [InlineData("?address=192.0.2.", "address")]
    [InlineData("?address=0.2.", "")]
    [InlineData("?type=DENIED", "type")]
    [InlineData("?person=elsewhere", "sim imsi address type day")]
    [InlineData("?person=0b1f1d8e-7a5c-4f0e-9c55-3f6d2f6f9a01", "person")]
    [InlineData("?person=0b1f1d8e-7a5c-4f0e-9c55-3f6d2f6f9a01&person=elsewhere&type=DENIED", "type")]
    [InlineData("?until=2026-03-31", "day")]
    [InlineData("?from=2026-04-01&address=192", "address")]
    [InlineData("?until=2026-03-31T23:58", "")]
    [InlineData("?from=2026-03-31T23:59&until=2026-03-31T23:59", "day")]
    public async Task List_FindsWhatTheQuerySays(string query, string found)
    {
        var person = Guid.Parse("0b1f1d8e-7a5c-4f0e-9c55-3f6d2f6f9a01");
        await AddAsync(
        [
            Event("sim", simName: "Pump 7"),
            Event("imsi", imsi: "440100000000077"),
            Event("address", source: "192.0.2.9"),
            Event("type", type: "DENIED"),
            Event("person", opener: person),
            // The tenant's day begins nine hours earlier than that of UTC.
            Event("day", minutes: -(9 * 60) - 1),
        ]);

        var events = await scene.EventsAsync(RemoteLogQuery.Parse(query));

        Assert.Equal(found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), events.Select(happened => happened.Identity).Order());
    }

    [Fact]
    public void List_OfAnHourThatClocksShowTwice_HoldsBoth()
    {
        var first = new DateTimeOffset(2026, 11, 1, 4, 30, 0, TimeSpan.Zero) - new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        var events = Enumerable.Range(0, 4).Select(hour => Event($"{hour + 4}:30", minutes: (int)first.TotalMinutes + (60 * hour)));

        var found = events.AsQueryable().Of(RemoteLogQuery.Parse("?from=2026-11-01T01:00&until=2026-11-01T01:59"), "America/New_York");

        Assert.Equal(["6:30", "5:30"], found.Select(happened => happened.Identity));
    }

    [Fact]
    public async Task File_HoldsWhatTheQueryFinds_HarmlessToSpreadsheets_AndIsInTheAuditTrail()
    {
        var sim = (await scene.SimsAsync())[0];
        var door = await scene.NoteAsync(await scene.OpenAsync(sim.SimId), sim, reason: "=HYPERLINK(\"http://example.test\")", openerName: "@Haruto");
        await scene.ReadUntilAsync(sim, "CREATED");
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);

        var file = await visitor.DownloadAsync(PortalUrls.RemoteLogFile(PortalScene.Aoba, RemoteLogQuery.All with { Door = door.Id, Before = new RemoteLogPlace(DateTimeOffset.MinValue, 0) }));

        var rows = CsvText.Read(Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), ',').ToList();
        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Equal("attachment; filename=remote-access-aoba-2026-04-01.csv", file.Headers["Content-Disposition"]);
        var created = Assert.Single(rows.Skip(1)).Cells;
        Assert.Equal(rows[0].Cells.Count, created.Count);
        Assert.Equal(("2026-04-01T00:00:00.000Z", "CREATED", sim.SimId), (created[0], created[1], created[2]));
        Assert.Contains("'=HYPERLINK(\"http://example.test\")", created);
        Assert.Contains("'@Haruto", created);
        var entry = Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.RemoteLogExported);
        Assert.Equal(("1", $"?door={door.Id}", AuditOutcome.Succeeded), (entry.ObjectName, entry.Detail, entry.Outcome));
    }

    [Fact]
    public async Task File_OfATenantThatOneMayNotSee_IsRefused()
    {
        using var billing = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing));
        using var foreigner = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        var address = PortalUrls.RemoteLogFile(PortalScene.Aoba, RemoteLogQuery.All);

        Assert.Equal(HttpStatusCode.Forbidden, (await billing.DownloadAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.DownloadAsync(address)).Status);
    }

    [Fact]
    public async Task File_ByIdsOfAnotherTenant_HoldsNothingOfIt()
    {
        var sim = (await scene.SimsAsync())[0];
        var door = await scene.NoteAsync(await scene.OpenAsync(sim.SimId), sim);
        await scene.ReadUntilAsync(sim, "CREATED");
        using var foreigner = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        using var own = new Visitor(scene.Portal, scene.Tenant.Actor);
        var (byDoor, byPerson) = (RemoteLogQuery.All with { Door = door.Id }, RemoteLogQuery.All with { People = FilterValues.Of([$"{door.OpenerId}"]) });

        foreach (var query in new[] { byDoor, byPerson })
        {
            Assert.NotEmpty(await RowsAsync(own, PortalScene.Aoba, query));
            Assert.Empty(await RowsAsync(foreigner, PortalScene.Nagisa, query));
        }

        async Task<IReadOnlyList<CsvLine>> RowsAsync(Visitor visitor, string slug, RemoteLogQuery query)
        {
            var file = await visitor.DownloadAsync(PortalUrls.RemoteLogFile(slug, query));
            Assert.Equal(HttpStatusCode.OK, file.Status);
            return [.. CsvText.Read(Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), ',').Skip(1)];
        }
    }

    private RemoteAccessEvent Event(
        string identity, int minutes = 0, string type = "ACCESS", string imsi = "440100000000001", string source = "198.51.100.7", string simName = "", Guid? opener = null) => new()
        {
            TenantId = scene.Tenant.TenantId,
            Identity = identity,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            At = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes),
            Type = type,
            Imsi = imsi,
            ConnectionId = "",
            SourceAddress = source,
            DeviceAddress = "",
            SimId = "",
            SimName = simName,
            Origin = opener is null ? RemoteEventOrigin.Elsewhere : RemoteEventOrigin.Door,
            OpenerId = opener,
            OpenerName = opener is null ? "" : "Yui",
        };

    private async Task AddAsync(IEnumerable<RemoteAccessEvent> events)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        foreach (var happened in events)
        {
            // One by one: in the order of their numbers.
            db.Add(happened);
            await db.SaveChangesAsync(Watchdog.Token);
        }
    }
}
