using Soracom.Api;
using Soracom.Api.Groups;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;
using static Soracom.Portal.Tests.Features.Groups.GroupScene;

namespace Soracom.Portal.Tests.Features.Groups.Archive;

/// <summary>Every configuration that a group was seen with is kept, once, whoever saw it.</summary>
public sealed class GroupArchiveTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Read_Again_KeepsOneRevision()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var groupId = await scene.AddGroupAsync(tenant);

        await scene.SeeAsync(tenant, groupId);
        await scene.SeeAsync(tenant, groupId);

        var revision = Assert.Single(await scene.RevisionsAsync(tenant, groupId));
        Assert.Equal((1, GroupRevisionOrigin.Found, null), (revision.Number, revision.Origin, revision.ByName));
    }

    [Fact]
    public async Task Read_ChangedElsewhere_KeepsBoth()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var groupId = await scene.AddGroupAsync(tenant);
        await scene.SeeAsync(tenant, groupId);
        await scene.SetElsewhereAsync(tenant, groupId, Air("userdata"), "\"new\"");

        var seen = await scene.SeeAsync(tenant, groupId);

        Assert.Equal(2, seen.Number);
        var revisions = await scene.RevisionsAsync(tenant, groupId);
        Assert.Equal([2, 1], revisions.Select(revision => revision.Number));
        Assert.Equal("new", revisions[0].Settings[Air("userdata")]!.Value.GetString());
        Assert.Null(revisions[1].Settings[Air("userdata")]);
    }

    [Fact]
    public async Task Record_AReadingOlderThanWhatIsKnown_ChangesNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var groupId = await scene.AddGroupAsync(tenant);
        var old = (await scene.SeeAsync(tenant, groupId)).Group;
        var readAt = scene.Clock.GetUtcNow();
        await scene.SetElsewhereAsync(tenant, groupId, Air("userdata"), "\"new\"");
        await scene.SeeAsync(tenant, groupId);

        var number = await scene.Get<GroupArchive>().RecordAsync(tenant.TenantId, SoracomCoverage.Japan, old, readAt, by: null, Watchdog.Token);

        Assert.Null(number);
        Assert.Equal(2, (await scene.RevisionsAsync(tenant, groupId)).Count);
    }

    [Fact]
    public async Task Record_AGroupOfAnotherAccount_IsNotTakenIn()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var number = await scene.Get<GroupArchive>().RecordAsync(
            tenant.TenantId, SoracomCoverage.Japan, new Group { GroupId = "elsewhere", OperatorId = "OP9999999999" }, scene.Clock.GetUtcNow(), by: null, Watchdog.Token);

        Assert.Null(number);
        Assert.Null(await scene.Get<RememberedGroups>().FindAsync(tenant, SoracomCoverage.Japan, "elsewhere", Watchdog.Token));
    }

    [Fact]
    public async Task Walk_ThroughTheSims_TakesTheGroupsInAndSeesThoseThatAreGone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var kept = await scene.AddGroupAsync(tenant, name: "Kept");
        var deleted = await scene.AddGroupAsync(tenant, name: "Deleted");
        await WalkAsync(tenant);
        Assert.Equal(1, Assert.Single(await scene.RevisionsAsync(tenant, kept)).Number);
        Assert.Null((await FindAsync(tenant, deleted))!.GoneAt);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.SetElsewhereAsync(tenant, kept, Air("userdata"), "\"walked\"");
        await DeleteAsync(tenant, deleted);

        await WalkAsync(tenant);

        Assert.Equal("walked", (await scene.RevisionsAsync(tenant, kept))[0].Settings[Air("userdata")]!.Value.GetString());
        Assert.NotNull((await FindAsync(tenant, deleted))!.GoneAt);
        Assert.Single(await scene.RevisionsAsync(tenant, deleted));
        Assert.DoesNotContain(await scene.Get<RememberedGroups>().NamesAsync(tenant, SoracomCoverage.Japan, Watchdog.Token), group => group.GroupId == deleted);
    }

    [Fact]
    public async Task Seen_GroupsThatAreNewHere_AreTakenInWithoutAskingForTheirRevisions()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var (hook, queries) = (new DatabaseHook(), new List<string>());
        hook.BeforeQuery = query =>
        {
            queries.Add(query);
            return Task.CompletedTask;
        };
        var archive = new GroupArchive(hook.Open(scene), scene.Get<TenantArchive>(), scene.Get<Microsoft.Extensions.Logging.ILogger<GroupArchive>>(), scene.Clock);
        var account = scene.Account(PortalScene.Nagisa).OperatorId;
        Group[] groups = [.. Enumerable.Range(0, 50).Select(number => new Group { GroupId = $"new-{number}", OperatorId = account })];

        await archive.SeenAsync(tenant.TenantId, SoracomCoverage.Japan, account, groups, scene.Clock.GetUtcNow(), Watchdog.Token);

        Assert.DoesNotContain(queries, query => query.Contains("FROM \"GroupRevisions\"", StringComparison.Ordinal));
        Assert.Single(await scene.RevisionsAsync(tenant, "new-49"));
    }

    [Fact]
    public async Task Read_AGroupThatIsGone_IsRememberedAsGone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var groupId = await scene.AddGroupAsync(tenant, name: "Short-lived");
        await scene.SeeAsync(tenant, groupId);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await DeleteAsync(tenant, groupId);

        var read = await scene.Get<GroupReader>().ReadAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token);

        Assert.Equal(VendorErrorKind.NotFound, Assert.IsType<VendorError>(read.Error).Kind);
        var known = (await FindAsync(tenant, groupId))!;
        Assert.Equal(("Short-lived", true), (known.Name, known.GoneAt is not null));
    }

    [Fact]
    public async Task Read_OfAnotherTenant_SeesNothingOfIt()
    {
        using var ours = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var theirs = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var groupId = await scene.AddGroupAsync(ours);
        await scene.SeeAsync(ours, groupId);

        Assert.Null(await FindAsync(theirs, groupId));
        Assert.Empty(await scene.RevisionsAsync(theirs, groupId));
    }

    private Task<GroupGlance?> FindAsync(TenantContext tenant, string groupId) => scene.Get<RememberedGroups>().FindAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token);

    private async Task WalkAsync(TenantContext tenant) => Assert.Equal(SyncOutcome.Complete, await scene.Get<InventorySync>().RunAsync(tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token));

    private async Task DeleteAsync(TenantContext tenant, string groupId) => Assert.Null((await scene.Get<TenantSoracom>().ReadAsync(
        tenant,
        SoracomCoverage.Japan,
        async (client, token) =>
        {
            await client.Groups.DeleteGroupAsync(groupId, token);
            return true;
        },
        Watchdog.Token)).Error);
}
