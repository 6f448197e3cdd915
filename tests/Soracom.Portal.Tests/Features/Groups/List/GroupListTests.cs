using Soracom.Api;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Groups.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;
using static Soracom.Portal.Tests.Features.Groups.GroupScene;

namespace Soracom.Portal.Tests.Features.Groups.List;

/// <summary>The list of groups: what is remembered, what is read anew, and what is not known said so.</summary>
public sealed class GroupListTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private PortalScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await PortalScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Read_TheFirstTime_AsksTheVendor_AndThenNoMore()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var first = await ReadAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups", Status = 503 });
        var second = await ReadAsync(tenant);

        Assert.NotEmpty(first.Groups);
        Assert.Null(first.Failure);
        Assert.Equal(scene.Clock.GetUtcNow(), first.ReadAt);
        Assert.Null(second.Failure);
        Assert.Equal(first.Groups.Select(group => group.GroupId).Order(), second.Groups.Select(group => group.GroupId).Order());
    }

    [Fact]
    public async Task Read_OneGroupWasOpenedBefore_IsNotTakenForAll()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, name: "Opened alone");
        await scene.SeeAsync(tenant, groupId);

        var listing = await ReadAsync(tenant);

        Assert.True(listing.Groups.Count > 1);
        Assert.Contains(listing.Groups, group => group.Name == "Opened alone");
    }

    [Fact]
    public async Task Read_Anew_HasWhatChangedSince_AndLeavesOutWhatIsGone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var gone = await scene.AddGroupAsync(tenant, name: "Soon gone");
        Assert.Contains((await ReadAsync(tenant)).Groups, group => group.GroupId == gone);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        await scene.DeleteElsewhereAsync(tenant, gone);
        var added = await scene.AddGroupAsync(tenant, """{"SoracomBeam":{"x":1},"SoracomAir":{}}""", "Made elsewhere");

        Assert.Contains((await ReadAsync(tenant)).Groups, group => group.GroupId == gone);
        var anew = await ReadAsync(tenant, anew: true);

        Assert.DoesNotContain(anew.Groups, group => group.GroupId == gone);
        Assert.Equal(["SoracomBeam"], anew.Groups.Single(group => group.GroupId == added).Namespaces);
        Assert.Equal(scene.Clock.GetUtcNow(), anew.ReadAt);
    }

    [Fact]
    public async Task Read_TheVendorIsDown_WhatIsRememberedStays_WithTheReason()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var before = await ReadAsync(tenant);
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups", Status = 503 });

        var after = await ReadAsync(tenant, anew: true);

        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>(after.Failure).Kind);
        Assert.Equal(before.Groups.Count, after.Groups.Count);
        Assert.Equal(before.ReadAt, after.ReadAt);
    }

    [Fact]
    public async Task Read_SimsNotAllRead_TheirNumberIsUnknown_NotZero()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var before = await ReadAsync(tenant);
        await scene.Get<InventorySync>().RunAsync(tenant.TenantId, Japan, Watchdog.Token);
        var after = await ReadAsync(tenant);

        Assert.Null(before.SimsAsOf);
        Assert.All(before.Groups, group => Assert.Null(group.Sims));
        Assert.Equal(scene.Clock.GetUtcNow(), after.SimsAsOf);
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        foreach (var group in after.Groups)
        {
            var sims = db.InventorySims.Where(sim => sim.Coverage == "jp" && sim.GroupId == group.GroupId).ToList();
            Assert.Equal(sims.Count, group.Sims!.Total);
            Assert.Equal(sims.Count(sim => sim.Status == "active"), group.Sims.ByStatus.GetValueOrDefault("active"));
        }

        Assert.Contains(after.Groups, group => group.Sims!.Total > 0);
    }

    [Fact]
    public async Task Read_OnesOwnDraft_IsMarked_AndNobodyElses()
    {
        using var author = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        using var other = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        using var viewer = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var groupId = await scene.AddGroupAsync(author);
        await scene.DraftAsync(author, groupId, settings => settings.With(Air("userdata"), Json("\"x\"")));

        Assert.Equal([groupId], (await ReadAsync(author)).Groups.Where(group => group.HasDraft).Select(group => group.GroupId));
        Assert.DoesNotContain((await ReadAsync(other)).Groups, group => group.HasDraft);
        Assert.DoesNotContain((await ReadAsync(viewer)).Groups, group => group.HasDraft);
    }

    [Fact]
    public async Task Read_WrittenHere_SaysWhenAndByWhom()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("\"x\"")));
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await scene.Get<GroupWriter>().WriteAsync(tenant, Japan, groupId, draft.Version, Watchdog.Token)).Error);

        var listing = await ReadAsync(tenant);

        var written = listing.Groups.Single(group => group.GroupId == groupId);
        Assert.Equal((scene.Clock.GetUtcNow(), tenant.Actor.Name), (written.WrittenAt, written.WrittenBy));
        Assert.All(listing.Groups.Where(group => group.GroupId != groupId), group => Assert.Null(group.WrittenBy));
    }

    [Fact]
    public async Task Read_SimsNeverRead_HasThemRead_AndNoMoreOnceTheyAreKnown()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var walks = new Walks();
        var known = new KnownSims(walks, scene.Clock);
        var list = new GroupList(scene.Database, scene.Get<TenantSoracom>(), scene.Get<GroupArchive>(), known, scene.Clock);

        await list.ReadAsync(tenant, Japan, anew: false, Watchdog.Token);
        Assert.Equal([(tenant.TenantId, Japan)], walks.Asked.Distinct());
        walks.Asked.Clear();
        await new GroupSims(scene.Database, known).ReadAsync(tenant, Japan, "any", Watchdog.Token);
        Assert.Equal([(tenant.TenantId, Japan)], walks.Asked);
        Assert.False(await list.AreSimsKnownAsync(tenant, Japan, Watchdog.Token));

        await scene.Get<InventorySync>().RunAsync(tenant.TenantId, Japan, Watchdog.Token);
        walks.Asked.Clear();
        await list.ReadAsync(tenant, Japan, anew: false, Watchdog.Token);
        Assert.True(await list.AreSimsKnownAsync(tenant, Japan, Watchdog.Token));

        Assert.Empty(walks.Asked);
    }

    [Fact]
    public async Task Read_ByBilling_IsDenied()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Billing);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => ReadAsync(tenant));
    }

    [Fact]
    public async Task Read_FiveThousandGroups_TakesAHandfulOfQueries()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        await ManyGroups.AddAsync(scene.Database, tenant.TenantId, scene.Account(PortalScene.Aoba).OperatorId, 5_000, 10_000, scene.Clock.GetUtcNow(), Watchdog.Token);
        var (hook, queries) = (new DatabaseHook(), 0);
        hook.BeforeQuery = _ => Task.FromResult(Interlocked.Increment(ref queries));
        var database = hook.Open(scene);
        var list = new GroupList(database, scene.Get<TenantSoracom>(), new GroupArchive(database, scene.Get<TenantArchive>(), scene.Get<Microsoft.Extensions.Logging.ILogger<GroupArchive>>(), scene.Clock), scene.Get<KnownSims>(), scene.Clock);

        var listing = await list.ReadAsync(tenant, Japan, anew: false, Watchdog.Token);

        // The account, its groups, whether its SIMs are known, how many there are, one's drafts.
        Assert.InRange(queries, 1, 5);
        Assert.Equal((5_000, 10_000), (listing.Groups.Count, listing.Groups.Sum(group => group.Sims!.Total)));
    }

    private sealed class Walks : ISimWalks
    {
        public List<(Guid TenantId, SoracomCoverage Coverage)> Asked { get; } = [];

        public void Ask(Guid tenantId, SoracomCoverage coverage) => Asked.Add((tenantId, coverage));
    }

    private Task<GroupListing> ReadAsync(TenantContext tenant, bool anew = false) => scene.Get<GroupList>().ReadAsync(tenant, Japan, anew, Watchdog.Token);
}
