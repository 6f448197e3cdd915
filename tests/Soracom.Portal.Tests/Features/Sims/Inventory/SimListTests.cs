using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Inventory;

/// <summary>Lists out of the inventory, and how they are kept in step with it.</summary>
public sealed class SimListTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private PortalScene scene = null!;
    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Find_NothingReadYet_SaysSo()
    {
        var listing = await FindAsync("");

        Assert.Equal((0, null), (listing.Total, Assert.Single(listing.Accounts).CompleteAsOf));
    }

    [Fact]
    public async Task Find_BothCoverages_ListsTheSimsOfBoth()
    {
        await WalkAsync();
        await WalkAsync(SoracomCoverage.Global);

        var listing = await scene.Get<SimList>().FindAsync(tenant, [Japan, SoracomCoverage.Global], new SimLookup { SortBy = SimColumn.Name }, Watchdog.Token);

        Assert.Equal((60, 60), (listing.Total, listing.Rows.Count));
        Assert.Equal(42, listing.Rows.Count(row => row!.Sim.Coverage == "jp"));
        Assert.All(listing.Accounts, account => Assert.Equal(scene.Clock.GetUtcNow(), account.CompleteAsOf));
    }

    [Fact]
    public async Task Find_FullWidthText_MatchesHalfWidthOneAndTheOtherWayRound()
    {
        await WalkAsync();

        Assert.Equal((await FindAsync("トラック")).Total, (await FindAsync("ﾄﾗｯｸ")).Total);
        Assert.NotEqual(0, (await FindAsync("ﾄﾗｯｸ")).Total);
    }

    [Fact]
    public async Task Find_VendorIsDown_GoesOnAndTellsHowOldItIs()
    {
        await WalkAsync();
        var read = scene.Clock.GetUtcNow();
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/", Status = 503 });
        Assert.Equal(SyncOutcome.Failed, await WalkAsync());

        var listing = await FindAsync("");

        Assert.Equal(42, listing.Total);
        var account = Assert.Single(listing.Accounts);
        Assert.Equal((read, VendorErrorKind.Unavailable, scene.Clock.GetUtcNow()), (account.CompleteAsOf, account.Failure, account.FailedAt));
    }

    [Fact]
    public async Task Find_SimWasOpenedMeanwhile_ShowsWhatWasLearned()
    {
        await WalkAsync();
        var simId = (await FindAsync("")).Rows[0]!.Sim.SimId;
        await AsRootAsync(client => client.Sims.PutSimTagsAsync(simId, [new Tag { TagName = "name", TagValue = "Freshly named" }]));
        Assert.Equal(0, (await FindAsync("freshly named")).Total);

        Assert.Null((await scene.Get<SimSearch>().GetAsync(tenant, Japan, simId, Watchdog.Token)).Error);

        Assert.Equal(simId, Assert.Single((await FindAsync("freshly named")).Rows)!.Sim.SimId);
    }

    [Fact]
    public async Task Find_VendorNoLongerKnowsTheSim_IsGoneFromTheList()
    {
        await WalkAsync();
        var simId = (await FindAsync("")).Rows[0]!.Sim.SimId;
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sims/{simId}", Status = 404 });

        Assert.NotNull((await scene.Get<SimSearch>().GetAsync(tenant, Japan, simId, Watchdog.Token)).Error);

        Assert.Equal((41, 0), ((await FindAsync("")).Total, (await FindAsync(simId)).Total));
    }

    [Fact]
    public async Task Find_CredentialIsGone_ShowsNothingOfItsAccount()
    {
        await WalkAsync();
        Assert.Equal(42, (await FindAsync("")).Total);
        await using (var db = scene.Database.ForTenant(tenant.TenantId))
        {
            await db.VendorCredentials.Where(credential => credential.Coverage == "jp").ExecuteDeleteAsync(Watchdog.Token);
        }

        Assert.Equal(0, (await FindAsync("")).Total);
        Assert.Equal(SyncOutcome.NotTaken, await WalkAsync());
        await using var after = scene.Database.ForTenant(tenant.TenantId);
        Assert.Empty(after.InventorySims);
        Assert.Empty(after.SimInventories);
    }

    [Fact]
    public async Task Shelf_NobodyAsksAnyMore_LetsGo()
    {
        var shelf = scene.Get<InventoryShelf>();
        await WalkAsync();
        await FindAsync("");
        scene.Clock.Advance(InventoryShelf.IdleFor);
        shelf.Tidy();
        Assert.Equal(1, shelf.Count);

        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        shelf.Tidy();

        Assert.Equal(0, shelf.Count);
        Assert.Equal(42, (await FindAsync("")).Total);
    }

    private Task<SyncOutcome> WalkAsync(SoracomCoverage coverage = Japan) => scene.Get<InventorySync>().RunAsync(tenant.TenantId, coverage, Watchdog.Token);

    private Task<SimListing> FindAsync(string text) => scene.Get<SimList>().FindAsync(tenant, [Japan], new SimLookup { Words = Folding.Words(text) }, Watchdog.Token);

    private async Task AsRootAsync<T>(Func<ISoracomClient, Task<T>> change)
    {
        var account = scene.Account(PortalScene.Aoba);
        await change(scene.Get<ISoracomClientFactory>().For(new SoracomAccount("root", Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey)))));
    }
}
