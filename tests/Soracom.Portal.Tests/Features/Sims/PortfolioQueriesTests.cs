using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>What a list over very many tenants costs the database.</summary>
public sealed class PortfolioQueriesTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private const int Tenants = 200;

    private readonly PortalScene scene = own.Scene;
    private readonly DatabaseHook hook = new();
    private SignedIn person = null!;
    private TenantAccess access = null!;
    private SimList list = null!;
    private int queries;

    public async ValueTask InitializeAsync()
    {
        person = await scene.SignInAsync();
        await using (var db = scene.Database.ForInstallation())
        {
            var first = await db.Tenants.SingleOrDefaultAsync(tenant => tenant.Slug == ManyTenants.Slug + "000", Watchdog.Token);
            var resellerId = first?.ResellerId ?? await scene.TestDatabase.AddResellerAsync("many");
            db.ResellerAdministrators.Add(new ResellerAdministrator { ResellerId = resellerId, PersonId = person.PersonId, AddedAt = scene.Clock.GetUtcNow() });
            await db.SaveChangesAsync(Watchdog.Token);
            if (first is null)
            {
                await ManyTenants.AddAsync(scene.Database, resellerId, Tenants, simsEach: 3, scene.Clock.GetUtcNow(), Watchdog.Token);
            }
        }

        hook.BeforeQuery = _ => Task.FromResult(Interlocked.Increment(ref queries));
        var database = hook.Open(scene);
        access = new TenantAccess(database, new SignInSessions(database, scene.Get<IOptions<SessionOptions>>(), scene.Get<SignInWays>(), scene.Clock), new AuditTrail(database, scene.Clock), scene.Clock);
        list = new SimList(
            new AccountSearch(new InventoryShelf(database, scene.Clock), scene.Get<InventoryWorker>(), new InventoryReader(database), scene.Get<IOptions<InventoryOptions>>(), scene.Clock),
            scene.Get<InventoryWorker>());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Find_OfTwoHundredTenants_TakesAHandfulOfQueries()
    {
        using var portfolio = await OpenAsync();
        Assert.Equal(Tenants * 3, (await FindAsync(portfolio)).Total);

        queries = 0;
        var listing = await FindAsync(portfolio);

        // Session, memberships, resellers, accounts; then the rows, of a few dozen accounts at a time.
        Assert.InRange(queries, 1, 12);
        Assert.Equal((Tenants, 500), (listing.Accounts.Count, listing.Rows.Count));
        Assert.All(listing.Rows, row => Assert.Equal(row!.Tenant.TenantId, row.Sim.TenantId));
    }

    [Fact]
    public async Task Find_TheFirstTime_ReadsTheSimsOfEachAccountOnce()
    {
        using var portfolio = await OpenAsync();
        queries = 0;

        await FindAsync(portfolio);

        Assert.InRange(queries, Tenants, Tenants + 12);
    }

    [Fact]
    public async Task Find_OneAccountChanged_ReadsThatOneAndNoOther()
    {
        using var portfolio = await OpenAsync();
        await FindAsync(portfolio);
        queries = 0;
        await FindAsync(portfolio);
        var without = queries;
        await scene.TestDatabase.ExecuteAsync("UPDATE InventorySims SET Name = 'freshly named', ChangeNumber = 2 WHERE SimId = '8942310100070000001'");
        await scene.TestDatabase.ExecuteAsync("UPDATE SimInventories SET ChangeNumber = 2 WHERE OperatorId = 'OP0000000007'");
        queries = 0;

        var listing = await FindAsync(portfolio, "freshly");

        Assert.Equal("customer-007", Assert.Single(listing.Rows)!.Tenant.Slug);
        Assert.InRange(queries, 2, without + 2);
    }

    [Fact]
    public async Task Refresh_OfTwoHundredTenants_TakesAHandfulOfQueries()
    {
        using var portfolio = await OpenAsync();
        queries = 0;

        await list.RefreshAsync(portfolio, coverage: null, Watchdog.Token);

        Assert.InRange(queries, 1, 5);
    }

    [Fact]
    public async Task Open_Again_TakesAHandfulOfQueries_AndEachTrailHasItOnce()
    {
        (await OpenAsync()).Dispose();
        queries = 0;

        using var portfolio = await OpenAsync();

        Assert.InRange(queries, 1, 4);
        await using var db = scene.Database.ForInstallation();
        var told = await db.AuditEntries.IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(entry => entry.ActorId == person.PersonId && entry.Action == AuditActions.TenantOpened).Select(entry => entry.TenantId).ToListAsync(Watchdog.Token);
        Assert.Equal((Tenants, Tenants), (told.Count, told.Distinct().Count()));
    }

    [Fact]
    public async Task Find_TenantLeftTheReseller_IsNotInTheNextAnswer()
    {
        using var portfolio = await OpenAsync();
        Assert.Equal(3, (await FindAsync(portfolio, "894231010007")).Total);

        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = NULL WHERE Slug = 'customer-007'");
        var (its, all) = ((await FindAsync(portfolio, "894231010007")).Total, (await FindAsync(portfolio)).Total);
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = (SELECT Id FROM Resellers WHERE Slug = 'many') WHERE Slug = 'customer-007'");

        Assert.Equal((0, (Tenants - 1) * 3), (its, all));
    }

    [Fact]
    public async Task Find_TenantsWithTheSameSims_ShowsEachItsOwn()
    {
        await scene.TestDatabase.ExecuteAsync(
            "UPDATE InventorySims SET SimId = '8900000000000000001', Name = 'of ' || (SELECT Slug FROM Tenants WHERE Tenants.Id = TenantId) WHERE SimId LIKE '89423101000_0000000'");
        using var portfolio = await OpenAsync();

        var listing = await FindAsync(portfolio, "8900000000000000001");

        Assert.Equal(10, listing.Total);
        Assert.All(listing.Rows, row => Assert.Equal($"of {row!.Tenant.Slug}", row.Sim.Name));
    }

    private Task<Portfolio> OpenAsync() => access.OpenAllAsync(person, Permission.SimsRead, Watchdog.Token);

    private Task<SimListing> FindAsync(Portfolio portfolio, string text = "") =>
        list.FindAsync(portfolio, coverage: null, (SimQuery.All with { Text = text }).Lookup(scene.Clock.GetUtcNow()) with { Take = SimList.MostRows }, Watchdog.Token);
}
