using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Features.RemoteAccess.Board;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Security;

/// <summary>Every service method over several tenants: a tenant whose right has ended since they were opened is left out of it.</summary>
public sealed class PortfolioMatrixTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private static readonly FrozenDictionary<string, PortfolioAct> Table = new Dictionary<string, PortfolioAct>(StringComparer.Ordinal)
    {
        ["SelectedSims.ReadAsync"] = new(Permission.SimsRead, async (scene, portfolio, _) =>
            Slugs(await scene.Get<SelectedSims>().ReadAsync(portfolio, Shared, Watchdog.Token).Select(row => row.Tenant).ToListAsync(Watchdog.Token))),
        ["SimExport.WriteAsync"] = new(Permission.SimsRead, (scene, portfolio, _) =>
            WrittenAsync(file => scene.Get<SimExport>().WriteAsync(portfolio, Shared, SimListColumn.Of([SimColumn.Name]), file, Watchdog.Token))),
        ["SimList.FindAsync"] = new(Permission.SimsRead, async (scene, portfolio, _) =>
        {
            var found = await scene.Get<SimList>().FindAsync(portfolio, coverage: null, new SimLookup(), Watchdog.Token);
            return Slugs([.. found.Tenants, .. found.Rows.OfType<ListedSim>().Select(row => row.Tenant)]);
        }),
        ["SimList.AllAsync"] = new(Permission.SimsRead, async (scene, portfolio, _) =>
            Slugs(await scene.Get<SimList>().AllAsync(portfolio, coverage: null, new SimLookup(), Watchdog.Token).Select(sim => sim.Tenant).ToListAsync(Watchdog.Token))),
        ["SimList.IdsAsync"] = new(Permission.SimsRead, async (scene, portfolio, _) =>
            Slugs((await scene.Get<SimList>().IdsAsync(portfolio, coverage: null, new SimLookup(), Watchdog.Token)).Select(sim => sim.Tenant))),
        ["SimList.ByIdAsync"] = new(Permission.SimsRead, async (scene, portfolio, theirs) =>
            Slugs((await scene.Get<SimList>().ByIdAsync(portfolio, theirs.Sims, Watchdog.Token)).Select(row => row.Tenant))),
        ["SimList.RefreshAsync"] = new(Permission.SimsRead, async (scene, portfolio, _) =>
        {
            await scene.Get<SimList>().RefreshAsync(portfolio, coverage: null, Watchdog.Token);
            return Slugs(portfolio.Tenants);
        }),
        ["GroupPalette.FindAsync"] = new(Permission.GroupsRead, (scene, portfolio, _) => PaletteAsync(scene, portfolio, PaletteKind.Groups)),
        ["CameraPalette.FindAsync"] = new(Permission.CamerasRead, (scene, portfolio, _) => PaletteAsync(scene, portfolio, PaletteKind.Cameras)),
        ["PortfolioForeignDoors.AccountsAsync"] = new(Permission.RemoteAccessRead, async (scene, portfolio, _) =>
            Slugs((await scene.Get<PortfolioForeignDoors>().AccountsAsync(portfolio, Watchdog.Token)).Select(account => account.Tenant))),
        ["PortfolioForeignDoors.AskAsync"] = new(Permission.RemoteAccessRead, async (scene, portfolio, theirs) =>
            Slugs(await scene.Get<PortfolioForeignDoors>().AskAsync(portfolio, theirs.Accounts, TimeSpan.Zero, Watchdog.Token).Select(answer => answer.Account.Tenant).ToListAsync(Watchdog.Token))),
        ["PortfolioDoors.ListAsync"] = new(Permission.RemoteAccessRead, async (scene, portfolio, _) =>
            string.Join(' ', (await scene.Get<PortfolioDoors>().ListAsync(portfolio, Watchdog.Token)).Doors.Select(row => row.Tenant.Slug))),
        ["KillSwitch.CloseEverywhereAsync"] = new(Permission.RemoteAccessClose, async (scene, portfolio, theirs) =>
        {
            await scene.Get<KillSwitch>().CloseEverywhereAsync(portfolio, elsewhere: true, Watchdog.Token);
            await using var db = scene.Database.ForTenant(theirs.TenantId);
            return db.RemoteDoors.Single(door => door.Id == theirs.Door).State == RemoteDoorState.Open ? "" : PortalScene.Nagisa;
        }),
        ["PortfolioOverview.ListAsync"] = new(Permission.SimsRead, async (scene, portfolio, _) =>
            Slugs((await scene.Get<PortfolioOverview>().ListAsync(portfolio, Watchdog.Token)).Select(figures => figures.Tenant))),
        ["PortfolioBillCollecting.CollectAsync"] = new(Permission.BillingRead, async (scene, portfolio, _) =>
        {
            scene.Clock.Advance(TimeSpan.FromMinutes(2));
            var read = await scene.Get<PortfolioBillCollecting>().CollectAsync(portfolio, evenIfFresh: true, Watchdog.Token).ToListAsync(Watchdog.Token);
            return Slugs(read.Select(step => step.Tenant).OfType<TenantContext>());
        }),
        ["PortfolioBills.ListAsync"] = new(Permission.BillingRead, async (scene, portfolio, _) =>
        {
            var board = await scene.Get<PortfolioBills>().ListAsync(portfolio, new PortfolioBillQuery(), Watchdog.Token);
            return string.Join(' ', board.Without.Select(gap => gap.Tenant.Slug).Concat(board.Currencies.SelectMany(currency => currency.Bills).Select(bill => bill.Tenant.Slug)));
        }),
        ["PortfolioBills.WriteAsync"] = new(Permission.BillingRead, (scene, portfolio, _) =>
            WrittenAsync(file => scene.Get<PortfolioBills>().WriteAsync(portfolio, new PortfolioBillQuery(), file, Watchdog.Token))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly PortalScene scene = own.Scene;

    public static TheoryData<string> Acts => [.. Table.Keys.Order(StringComparer.Ordinal)];

    private static SimSelection Shared => new SimSelection.Matching(SimQuery.All with { Text = DemoFleets.SharedImsi }, 0, []);

    public async ValueTask InitializeAsync()
    {
        foreach (var slug in new[] { PortalScene.Aoba, PortalScene.Nagisa })
        {
            var tenantId = await scene.TenantIdAsync(slug);
            await scene.Get<InventorySync>().RunAsync(tenantId, SoracomCoverage.Japan, Watchdog.Token);
            Assert.Null(await scene.Get<BillingCollector>().CollectAsync(
                tenantId, SoracomCoverage.Japan, new BillingWay(scene.Get<TenantSoracom>(), tenant: null), freshFor: TimeSpan.FromDays(1), Watchdog.Token));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Matrix_HoldsEveryServiceMethodThatTakesAPortfolio() =>
        Assert.Equal(
            typeof(PortalApplication).Assembly.GetTypes()
                .Where(type => type is { IsClass: true, Namespace: { } place } && place.StartsWith("Soracom.Portal", StringComparison.Ordinal) && type != typeof(Portfolio))
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                .Where(method => !method.IsSpecialName && method.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Portfolio))
                .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
                .Order(StringComparer.Ordinal),
            Table.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_WhileTheRightHolds_ReachesTheTenant(string name) =>
        Assert.Contains(PortalScene.Nagisa, await RunAsync(name, ended: null), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_AfterTheMembershipWasRemoved_LeavesTheTenantOut(string name) =>
        Assert.DoesNotContain(PortalScene.Nagisa, await RunAsync(name, "DELETE FROM TenantMembers WHERE PersonId = $person AND TenantId = $tenant"), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_AfterTheRoleWasLowered_LeavesTheTenantOut(string name)
    {
        var role = Table[name].Needs == Permission.BillingRead ? TenantRole.Viewer : TenantRole.Billing;

        Assert.DoesNotContain(PortalScene.Nagisa, await RunAsync(name, $"UPDATE TenantMembers SET Role = '{role}' WHERE PersonId = $person AND TenantId = $tenant"), StringComparison.OrdinalIgnoreCase);
    }

    private static string Slugs(IEnumerable<TenantContext> tenants) => string.Join(' ', tenants.Select(tenant => tenant.Slug).Distinct());

    // In the id of every group there is one of these.
    private static async Task<string> PaletteAsync(PortalScene scene, Portfolio portfolio, PaletteKind kind) =>
        string.Join(' ', (await scene.Services.GetServices<IPortfolioPaletteSource>().Single(source => source.Kind == kind).FindAsync(portfolio, "-", 100, Watchdog.Token)).Select(entry => entry.Address));

    private static async Task<string> WrittenAsync(Func<Stream, Task> write)
    {
        await using var file = new MemoryStream();
        await write(file);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private async Task<string> RunAsync(string name, string? ended)
    {
        var act = Table[name];
        var tenantId = await scene.TenantIdAsync(PortalScene.Nagisa);
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Owner);
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, act.Needs, Watchdog.Token);
        var theirs = new Theirs(
            tenantId,
            [.. (await scene.Get<SimList>().IdsAsync(portfolio, SoracomCoverage.Japan, new SimLookup(), Watchdog.Token)).Where(sim => sim.Tenant.TenantId == tenantId).Take(1).Select(sim => new InventoryKey(tenantId, sim.Coverage, sim.SimId))],
            act.Needs == Permission.RemoteAccessRead ? await scene.Get<PortfolioForeignDoors>().AccountsAsync(portfolio, Watchdog.Token) : [],
            await DoorAsync(tenantId, person));
        if (ended is not null)
        {
            await scene.TestDatabase.ExecuteAsync(ended, ("$person", Key(person.PersonId)), ("$tenant", Key(tenantId)));
        }

        return await act.Run(scene, portfolio, theirs);

        static string Key(Guid id) => id.ToString().ToUpperInvariant();
    }

    private async Task<Guid> DoorAsync(Guid tenantId, SignedIn opener)
    {
        var now = scene.Clock.GetUtcNow();
        await using var db = scene.Database.ForTenant(tenantId);
        var door = new RemoteDoor
        {
            Id = Guid.CreateVersion7(),
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
            SimId = "8942310000000000001",
            Imsi = "",
            SimName = "",
            DevicePort = 22,
            Service = "air",
            Tls = false,
            SourceRanges = "203.0.113.5/32",
            DurationSeconds = 3600,
            Reason = "",
            Ticket = "",
            OpenerId = opener.PersonId,
            OpenerName = opener.Name,
            AskedAt = now,
            State = RemoteDoorState.Open,
            IpAddress = "203.0.113.9",
            Port = 40022,
            OpenedAt = now,
            ExpiresAt = now.AddHours(1),
        };
        db.RemoteDoors.Add(door);
        await db.SaveChangesAsync(Watchdog.Token);
        return door.Id;
    }

    /// <summary>What another tenant has, as somebody knows it who had a right there.</summary>
    private sealed record Theirs(Guid TenantId, IReadOnlyList<InventoryKey> Sims, IReadOnlyList<DoorAccount> Accounts, Guid Door);

    /// <summary>One method over several tenants.</summary>
    /// <param name="Needs">The permission that it asks for.</param>
    /// <param name="Run">Calls it, and gives which tenants it reached.</param>
    private sealed record PortfolioAct(Permission Needs, Func<PortalScene, Portfolio, Theirs, Task<string>> Run);
}
