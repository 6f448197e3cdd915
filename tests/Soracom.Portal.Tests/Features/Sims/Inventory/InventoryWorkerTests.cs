using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Inventory;

/// <summary>When accounts are walked through, on a portal that does.</summary>
public sealed class InventoryWorkerTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private PortalScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await PortalScene.StartAsync("--Inventory:Walk=true");

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Look_AtAnAccountForTheFirstTime_BeginsItsInventory()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        Assert.Equal(0, (await FindAsync()).Total);

        await UntilAsync(async () => (await FindAsync()).Accounts[0].CompleteAsOf is not null);

        Assert.Equal(42, (await FindAsync()).Total);
        // Nobody has looked at the others.
        Assert.Empty(await WalkedAsync(PortalScene.Nagisa));

        Task<SimListing> FindAsync() => scene.Get<SimList>().FindAsync(tenant, [Japan], new SimLookup(), Watchdog.Token);
    }

    [Fact]
    public async Task Inventory_BecomesOld_IsRefreshedWithoutAnybodyAsking()
    {
        var tenantId = await scene.TenantIdAsync(PortalScene.Aoba);
        await scene.Get<InventorySync>().RunAsync(tenantId, Japan, Watchdog.Token);
        var first = Assert.Single(await WalkedAsync(PortalScene.Aoba));

        scene.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(first, Assert.Single(await WalkedAsync(PortalScene.Aoba)));
        scene.Clock.Advance(TimeSpan.FromMinutes(31));

        await UntilAsync(async () => (await WalkedAsync(PortalScene.Aoba)).Single() == scene.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Inventory_OfASuspendedTenant_IsLeftAsItIs()
    {
        foreach (var slug in (string[])[PortalScene.Aoba, PortalScene.Nagisa])
        {
            await scene.Get<InventorySync>().RunAsync(await scene.TenantIdAsync(slug), Japan, Watchdog.Token);
        }

        var first = Assert.Single(await WalkedAsync(PortalScene.Aoba));
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = 1 WHERE Slug = 'aoba'");
        scene.Clock.Advance(TimeSpan.FromMinutes(61));

        // Of the same age, and looked for together.
        await UntilAsync(async () => (await WalkedAsync(PortalScene.Nagisa)).Single() == scene.Clock.GetUtcNow());
        Assert.Equal(first, Assert.Single(await WalkedAsync(PortalScene.Aoba)));
    }

    [Fact]
    public async Task Walk_WasRefused_IsTakenUpAgainByItself()
    {
        var tenantId = await scene.TenantIdAsync(PortalScene.Aoba);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 503 });
        Assert.Equal(SyncOutcome.Failed, await scene.Get<InventorySync>().RunAsync(tenantId, Japan, Watchdog.Token));

        scene.Clock.Advance(TimeSpan.FromMinutes(2));

        await UntilAsync(async () => (await WalkedAsync(PortalScene.Aoba)).Single() is not null);
        Assert.DoesNotContain(scene.Logs.Lines, line => line.Level >= LogLevel.Error);
    }

    private async Task<List<DateTimeOffset?>> WalkedAsync(string slug)
    {
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(slug));
        return await db.SimInventories.Select(inventory => inventory.CompletedAt).ToListAsync(Watchdog.Token);
    }

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        while (!await happened())
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
