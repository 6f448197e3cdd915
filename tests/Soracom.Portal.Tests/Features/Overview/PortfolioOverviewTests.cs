using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Overview;

/// <summary>What is said of all tenants that somebody may see: true figures, and of each tenant no more than may be seen there.</summary>
public sealed class PortfolioOverviewTests : IAsyncLifetime
{
    private PortalScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        foreach (var (slug, coverage) in new[] { (PortalScene.Aoba, SoracomCoverage.Japan), (PortalScene.Aoba, SoracomCoverage.Global) })
        {
            var tenantId = await scene.TenantIdAsync(slug);
            await scene.Get<InventorySync>().RunAsync(tenantId, coverage, Watchdog.Token);
            Assert.Null(await scene.Get<BillingCollector>().CollectAsync(tenantId, coverage, new BillingWay(scene.Get<TenantSoracom>(), tenant: null), freshFor: TimeSpan.FromDays(1), Watchdog.Token));
        }
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task List_TellsSimsOfBothCoverages_AndCostsOfEachCurrencyForItself()
    {
        var aoba = await AobaAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));

        await using var db = scene.Database.ForTenant(aoba.Tenant.TenantId);
        var sims = await db.InventorySims.Where(sim => sim.GoneAt == null).ToListAsync(Watchdog.Token);
        Assert.Equal((sims.Count, sims.Count(sim => sim.Online)), (aoba.Sims!.Counts.Total, aoba.Sims.Online));
        Assert.Equal(sims.CountBy(sim => sim.Status).OrderBy(status => status.Key), aoba.Sims.Counts.ByStatus.OrderBy(status => status.Key));
        Assert.Equal(await db.SimInventories.MinAsync(inventory => inventory.CompleteAsOf, Watchdog.Token), aoba.Sims.AsOf);
        var now = scene.Clock.GetUtcNow();
        var month = (now.Year * 100) + now.Month;
        var bills = await db.BillMonths.Where(bill => bill.Month == month).ToListAsync(Watchdog.Token);
        Assert.Equal(bills.Select(bill => new Money(bill.Amount!.Value + bill.CouponAmount, bill.Currency)).OrderBy(cost => cost.Currency), aoba.Costs);
        Assert.Equal(["JPY", "USD"], aoba.Costs!.Select(cost => cost.Currency));
        Assert.Equal((0, 0, 0), (aoba.Doors, aoba.Exports, aoba.Jobs));
        Assert.Empty(aoba.Troubles);
    }

    [Fact]
    public async Task List_CountsAnewWhatHasChangedSinceTheWalk()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        var before = (await AobaAsync(person)).Sims!;
        await scene.TestDatabase.ExecuteAsync(
            """
            UPDATE InventorySims SET Status = 'terminated', Online = 0, ChangeNumber = (SELECT MAX(ChangeNumber) + 1 FROM InventorySims)
            WHERE SimId = (SELECT SimId FROM InventorySims WHERE Status = 'active' AND Online = 1 AND Coverage = 'jp' LIMIT 1);
            UPDATE SimInventories SET ChangeNumber = ChangeNumber + 1 WHERE Coverage = 'jp';
            """);

        var after = (await AobaAsync(person)).Sims!;

        Assert.Equal((before.Counts.Total, before.Online - 1, before.Counts.ByStatus["active"] - 1), (after.Counts.Total, after.Online, after.Counts.ByStatus["active"]));
    }

    [Theory]
    [InlineData(TenantRole.Owner, true, true, true, true)]
    [InlineData(TenantRole.Operator, true, false, true, true)]
    [InlineData(TenantRole.Viewer, true, false, true, false)]
    [InlineData(TenantRole.Billing, false, true, false, false)]
    public async Task List_TellsNoMoreThanTheRoleMaySee(TenantRole role, bool sims, bool costs, bool doors, bool exports)
    {
        await scene.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET LastResult = 'Refused'");

        var aoba = await AobaAsync(await scene.MemberAsync(PortalScene.Aoba, role));

        Assert.Equal((sims, costs, doors, exports, sims), (aoba.Sims is not null, aoba.Costs is not null, aoba.Doors is not null, aoba.Exports is not null, aoba.Jobs is not null));
        Assert.Equal(sims, aoba.Troubles.Count > 0);
    }

    [Fact]
    public async Task List_TellsWhatRuns_AndWhatFails()
    {
        var tenantId = await scene.TenantIdAsync(PortalScene.Aoba);
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        await using (var db = scene.Database.ForTenant(tenantId))
        {
            var number = 1;
            db.FootageExports.AddRange(new[] { FootageExportState.Running, FootageExportState.Paused, FootageExportState.Done }.Select(state => Export(tenantId, person, number++, state)));
            (await db.VendorCredentials.SingleAsync(credential => credential.Coverage == "g", Watchdog.Token)).LastResult = CredentialResult.Refused;
            (await db.SimInventories.SingleAsync(inventory => inventory.Coverage == "jp", Watchdog.Token)).Failure = nameof(VendorErrorKind.RateLimited);
            await db.SaveChangesAsync(Watchdog.Token);
        }

        var aoba = await AobaAsync(person);

        Assert.Equal((2, 2), (aoba.Exports, aoba.Running));
        Assert.Equal(
            [new TenantTrouble(VendorErrorKind.BadCredential, SoracomCoverage.Global), new TenantTrouble(VendorErrorKind.RateLimited, SoracomCoverage.Japan)],
            aoba.Troubles.OrderBy(trouble => trouble.Kind.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_ForAReseller_HoldsEachOfItsTenants_AndOneThatWasNeverReadSaysSo()
    {
        List<string> ofTheirs;
        await using (var db = scene.Database.ForInstallation())
        {
            db.Tenants.Add(new Tenant { Slug = "elsewhere", Name = "Elsewhere", TimeZone = "UTC", CreatedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync(Watchdog.Token);
            var resellerId = (await db.Tenants.SingleAsync(tenant => tenant.Slug == PortalScene.Aoba, Watchdog.Token)).ResellerId;
            ofTheirs = await db.Tenants.Where(tenant => tenant.ResellerId == resellerId).Select(tenant => tenant.Slug).ToListAsync(Watchdog.Token);
        }

        var all = await ListAsync(await scene.MemberAsync(PortalScene.Aoba, role: null));

        Assert.Equal(ofTheirs.Order(StringComparer.Ordinal), all.Select(figures => figures.Tenant.Slug).Order(StringComparer.Ordinal));
        var nagisa = all.Single(figures => figures.Tenant.Slug == PortalScene.Nagisa);
        Assert.Equal((0, null), (nagisa.Sims!.Counts.Total, nagisa.Sims.AsOf));
        Assert.Empty(nagisa.Costs!);
    }

    [Fact]
    public async Task List_HasReadWhatWasNeverRead_WhereSimsMayBeSeen()
    {
        var walks = new Walks();
        var overview = new PortfolioOverview(scene.Database, walks, scene.Clock);
        var viewer = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(viewer.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        using var theirs = await scene.Get<TenantAccess>().OpenAllAsync(viewer, permission: null, Watchdog.Token);
        using var bookkeepers = await scene.Get<TenantAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Billing), permission: null, Watchdog.Token);

        await overview.ListAsync(bookkeepers, Watchdog.Token);
        Assert.Empty(walks.Asked);
        await overview.ListAsync(theirs, Watchdog.Token);

        Assert.Equal([(await scene.TenantIdAsync(PortalScene.Nagisa), SoracomCoverage.Japan)], walks.Asked);
    }

    [Fact]
    public async Task List_TenantWithoutACredential_SaysThatItIsMissing()
    {
        await scene.TestDatabase.ExecuteAsync("DELETE FROM VendorCredentials");

        Assert.Equal([new TenantTrouble(VendorErrorKind.NoCredential, null)], (await AobaAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer))).Troubles);
    }

    [Fact]
    public async Task Open_WritesIntoEachTrailThatItWasLookedAt()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, role: null);

        await ListAsync(person);

        Assert.Single(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.ActorId == person.PersonId && entry.Action == AuditActions.TenantOpened);
    }

    private static FootageExport Export(Guid tenantId, SignedIn person, int number, FootageExportState state) => new()
    {
        TenantId = tenantId,
        Number = number,
        Coverage = "jp",
        OperatorId = "OP0000000001",
        DeviceId = "7C000000",
        CameraName = "",
        From = DateTimeOffset.UnixEpoch,
        To = DateTimeOffset.UnixEpoch.AddHours(1),
        Kind = FootageKind.Video,
        RequestedBy = person.Name,
        State = state,
        OwnerId = person.PersonId,
        OwnerName = person.Name,
        Language = "en",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private async Task<IReadOnlyList<TenantFigures>> ListAsync(SignedIn person)
    {
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, permission: null, Watchdog.Token);
        return await scene.Get<PortfolioOverview>().ListAsync(portfolio, Watchdog.Token);
    }

    private async Task<TenantFigures> AobaAsync(SignedIn person) => (await ListAsync(person)).Single(figures => figures.Tenant.Slug == PortalScene.Aoba);

    private sealed class Walks : ISimWalks
    {
        public List<(Guid, SoracomCoverage)> Asked { get; } = [];

        public void Ask(Guid tenantId, SoracomCoverage coverage) => Asked.Add((tenantId, coverage));
    }
}
