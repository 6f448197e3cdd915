using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Inventory;

/// <summary>How the inventory is filled and refreshed, each on a portal of its own.</summary>
public sealed class InventorySyncTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private PortalScene scene = null!;
    private Guid tenantId;

    private InventorySync Sync => scene.Get<InventorySync>();

    private InventoryStore Store => scene.Get<InventoryStore>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        tenantId = await scene.TenantIdAsync(PortalScene.Aoba);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Run_FirstTime_KeepsWhatTheVendorTellsOfEverySim()
    {
        Assert.Equal(SyncOutcome.Complete, await RunAsync());

        var (sims, groups) = await VendorAsync();
        var rows = await RowsAsync();
        Assert.Equal(42, rows.Count);
        Assert.Equal(sims.Select(sim => sim.SimId).Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(sims, sim =>
        {
            var row = rows[sim.SimId];
            Assert.Equal((sim.Name, sim.Status, sim.GroupId ?? ""), (row.Name, row.Status, row.GroupId));
            Assert.Equal(sim.GroupId is null ? "" : groups[sim.GroupId], row.GroupName);
            Assert.Equal(sim.Profiles.Keys.Order(StringComparer.Ordinal), InventoryRow.Split(row.Iccids).Order(StringComparer.Ordinal));
            Assert.Equal(sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Keys).Order(StringComparer.Ordinal), InventoryRow.Split(row.Imsis).Order(StringComparer.Ordinal));
            Assert.Equal(sim.PrimarySubscriber?.Imsi, InventoryRow.Split(row.Imsis)[0]);
            Assert.Equal(sim.Tags.Where(tag => tag.Key != "name").OrderBy(tag => tag.Key, StringComparer.Ordinal), InventoryRow.TagsOf(row).OrderBy(tag => tag.Key, StringComparer.Ordinal));
            Assert.Equal(sim.SessionStatus?.Online ?? false, row.Online);
            Assert.Equal(sim.SessionStatus?.Imei ?? "", row.Imei);
            Assert.Equal(scene.Clock.GetUtcNow(), row.ReadAt);
            Assert.Null(row.GoneAt);
        });
        var inventory = await InventoryAsync();
        Assert.Equal((scene.Clock.GetUtcNow(), null, null, null), (inventory.CompleteAsOf, inventory.WalkStartedAt, inventory.Holder, inventory.FailedAt));
    }

    [Fact]
    public async Task Run_NothingChanged_OnlyTheAgeIsNew()
    {
        await RunAsync();
        var before = await RowsAsync();
        var number = (await InventoryAsync()).ChangeNumber;
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        await RunAsync();

        var after = await RowsAsync();
        Assert.Equal(number, (await InventoryAsync()).ChangeNumber);
        Assert.All(after.Values, row => Assert.Equal((scene.Clock.GetUtcNow(), before[row.SimId].ChangeNumber), (row.ReadAt, row.ChangeNumber)));
    }

    [Fact]
    public async Task Run_SimWasRenamed_ThatRowAloneIsNew()
    {
        await RunAsync();
        var number = (await InventoryAsync()).ChangeNumber;
        var renamed = (await RowsAsync()).Values.First(row => row.Status == SimStatus.Active).SimId;
        await AsRootAsync(client => client.Sims.PutSimTagsAsync(renamed, [new Tag { TagName = "name", TagValue = "新しい名前" }]));

        await RunAsync();

        var row = Assert.Single(await RowsAsync(), row => row.Value.ChangeNumber > number).Value;
        Assert.Equal((renamed, "新しい名前"), (row.SimId, row.Name));
    }

    [Fact]
    public async Task Run_GroupWasRenamed_ItsSimsAreNew()
    {
        await RunAsync();
        var number = (await InventoryAsync()).ChangeNumber;
        var group = (await RowsAsync()).Values.First(row => row.GroupId.Length > 0).GroupId;
        await AsRootAsync(client => client.Groups.PutGroupTagsAsync(group, [new Tag { TagName = "name", TagValue = "Renamed" }]));

        await RunAsync();

        Assert.All((await RowsAsync()).Values, row => Assert.Equal(row.GroupId == group, row.ChangeNumber > number));
        Assert.All((await RowsAsync()).Values.Where(row => row.GroupId == group), row => Assert.Equal("Renamed", row.GroupName));
    }

    [Fact]
    public async Task Run_SimLeftTheAccount_IsMarkedGoneAndComesBackWhenItReturns()
    {
        await RunAsync();
        await AddAsync("8942310000000000001");
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        await RunAsync();

        Assert.Equal(scene.Clock.GetUtcNow(), (await RowsAsync())["8942310000000000001"].GoneAt);
        Assert.Equal(42, (await RowsAsync()).Values.Count(row => row.GoneAt is null));
        await LearnAsync(new Sim { SimId = "8942310000000000001", Status = SimStatus.Ready });
        Assert.Null((await RowsAsync())["8942310000000000001"].GoneAt);
    }

    [Fact]
    public async Task Run_SimWasLearnedWhileTheWalkHadPassedIt_IsNotTakenForGone()
    {
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        var turn = Assert.IsType<InventoryTurn>(await Store.TakeAsync(tenantId, Japan, Watchdog.Token));
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await LearnAsync(new Sim { SimId = "8942310000000000002", Status = SimStatus.Ready });

        Assert.True(await Store.CompleteAsync(tenantId, Japan, turn, Watchdog.Token));

        Assert.Null((await RowsAsync())["8942310000000000002"].GoneAt);
    }

    [Fact]
    public async Task Learn_ASimOfAGroup_KnowsItsName_AlsoWhileRowsOfTheGroupDisagree()
    {
        await RunAsync();
        var sims = (await VendorAsync()).Sims;
        var rows = await RowsAsync();
        var members = rows.Values.GroupBy(row => row.GroupId, StringComparer.Ordinal).First(group => group.Key.Length > 0 && group.Count() > 2).ToList();
        var (group, name, member) = (members[0].GroupId, members[0].GroupName, sims.Single(sim => sim.SimId == members[0].SimId));
        var outsider = sims.First(sim => sim.GroupId is null);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        await LearnAsync(outsider with { GroupId = group });
        // As in the middle of a walk that brings the name of a group that had no SIMs.
        await using (var db = scene.Database.ForTenant(tenantId))
        {
            await db.InventorySims.Where(row => row.SimId == members[1].SimId).ExecuteUpdateAsync(set => set.SetProperty(row => row.GroupName, ""), Watchdog.Token);
        }

        await LearnAsync(member with { SpeedClass = "s1.minimum" });

        rows = await RowsAsync();
        Assert.Equal((group, name), (rows[outsider.SimId].GroupId, rows[outsider.SimId].GroupName));
        Assert.Equal((name, "s1.minimum"), (rows[member.SimId].GroupName, rows[member.SimId].SpeedClass));
    }

    [Fact]
    public async Task Run_OlderReadingArrivesAfterAYoungerOne_TheYoungerStays()
    {
        await RunAsync();
        var sim = (await VendorAsync()).Sims[0];
        var fetched = scene.Clock.GetUtcNow();
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        await LearnAsync(sim with { SpeedClass = "s1.fast" });
        var turn = (await Store.TakeAsync(tenantId, Japan, Watchdog.Token))!;

        await Store.PutPagesAsync(tenantId, Japan, turn, [InventoryRow.Of(sim with { SpeedClass = "s1.slow" }, tenantId, Japan, NoGroups, fetched)], "next", Watchdog.Token);

        var row = (await RowsAsync())[sim.SimId];
        Assert.Equal(("s1.fast", turn.Walk), (row.SpeedClass, row.Walk));
    }

    [Fact]
    public async Task Run_VendorThrottlesHalfway_GoesOnFromThereLater()
    {
        tenantId = await scene.TenantIdAsync(PortalScene.Nagisa);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims", Count = 3 });
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 429 });

        Assert.Equal(SyncOutcome.Failed, await RunAsync());

        var stopped = await InventoryAsync();
        Assert.Equal((300, nameof(VendorErrorKind.RateLimited), null), (stopped.Seen, stopped.Failure, stopped.CompleteAsOf));
        Assert.NotNull(stopped.NextKey);
        Assert.True(stopped.NotBefore > scene.Clock.GetUtcNow());

        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(SyncOutcome.Complete, await RunAsync());

        var whole = await InventoryAsync();
        Assert.Equal((stopped.Walk, 10_000, stopped.WalkStartedAt), (whole.Walk, whole.Seen, whole.CompleteAsOf));
        Assert.Equal(10_000, (await RowsAsync()).Count);
        Assert.Null(whole.FailedAt);
    }

    [Fact]
    public async Task Run_ProcessDiesHalfway_TheNextGoesOnWhenTheTurnHasRunOut()
    {
        var dead = (await Store.TakeAsync(tenantId, Japan, Watchdog.Token))!;
        var (sims, _) = await VendorAsync();
        var page = sims.Take(10).Select(sim => InventoryRow.Of(sim, tenantId, Japan, NoGroups, scene.Clock.GetUtcNow())).ToList();
        await Store.PutPagesAsync(tenantId, Japan, dead, page, sims[9].SimId, Watchdog.Token);

        Assert.Equal(SyncOutcome.NotTaken, await RunAsync());
        scene.Clock.Advance(InventoryTurn.HeldFor);
        Assert.Equal(SyncOutcome.Complete, await RunAsync());

        Assert.Equal((dead.Walk, 42), ((await InventoryAsync()).Walk, (await InventoryAsync()).Seen));
        Assert.Equal(42, (await RowsAsync()).Count);
        Assert.False(await Store.PutPagesAsync(tenantId, Japan, dead, page, "elsewhere", Watchdog.Token));
        Assert.Null((await InventoryAsync()).NextKey);
    }

    [Fact]
    public async Task Run_Cancelled_CanBeTakenUpAtOnce()
    {
        using var stop = new CancellationTokenSource();
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims", Delay = TimeSpan.FromHours(1) });
        var running = Sync.RunAsync(tenantId, Japan, stop.Token);
        await scene.StruckAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(SyncOutcome.Complete, await RunAsync());
    }

    [Fact]
    public async Task Run_SeveralAtOnce_OneWalks()
    {
        var turns = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Store.TakeAsync(tenantId, Japan, Watchdog.Token))));

        Assert.Single(turns, turn => turn is not null);
        Assert.Equal(SyncOutcome.NotTaken, await RunAsync());
    }

    [Fact]
    public async Task Run_CredentialOfAnotherOperator_BeginsAnew()
    {
        await RunAsync();
        var turn = (await Store.TakeAsync(tenantId, Japan, Watchdog.Token))!;
        await using (var db = scene.Database.ForTenant(tenantId))
        {
            var credential = await db.VendorCredentials.SingleAsync(row => row.Coverage == "jp", Watchdog.Token);
            credential.OperatorId = "OP0000000000";
            await db.SaveChangesAsync(Watchdog.Token);
        }

        Assert.False(await Store.PutPagesAsync(tenantId, Japan, turn, [], "next", Watchdog.Token));
        Assert.NotNull(await Store.TakeAsync(tenantId, Japan, Watchdog.Token));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Run_NoCredential_KeepsNothing()
    {
        tenantId = await scene.TenantIdAsync(PortalScene.Komorebi);

        Assert.Equal(SyncOutcome.NotTaken, await RunAsync());

        await using var db = scene.Database.ForTenant(tenantId);
        Assert.Empty(db.SimInventories);
    }

    [Fact]
    public async Task Run_CredentialMayNotListGroups_SimsAreKeptWithoutTheirGroupsNames()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups", Status = 403 });

        Assert.Equal(SyncOutcome.Complete, await RunAsync());

        Assert.All((await RowsAsync()).Values, row => Assert.Empty(row.GroupName));
    }

    [Fact]
    public async Task Run_TwoTenants_NeitherSeesTheOthers()
    {
        var other = await scene.TenantIdAsync(PortalScene.Nagisa);
        await RunAsync();
        await Sync.RunAsync(other, Japan, Watchdog.Token);

        await using var db = scene.Database.ForTenant(other);
        Assert.Equal(10_000, await db.InventorySims.CountAsync(Watchdog.Token));
        Assert.Equal(42, (await RowsAsync()).Count);
        await using var installation = scene.Database.ForInstallation();
        Assert.Empty(installation.InventorySims);
    }

    [Fact]
    public void Difference_ComparesAllThatIsToldOfASim()
    {
        string[] aside = [nameof(InventorySim.TenantId), nameof(InventorySim.Coverage), nameof(InventorySim.SimId), nameof(InventorySim.ReadAt), nameof(InventorySim.Walk), nameof(InventorySim.ChangeNumber)];
        Assert.Equal(typeof(InventorySim).GetProperties().Length - aside.Length, InventoryDifference.Count);
    }

    private static IReadOnlyDictionary<string, string> NoGroups { get; } = new Dictionary<string, string>();

    private Task<SyncOutcome> RunAsync() => Sync.RunAsync(tenantId, Japan, Watchdog.Token);

    private Task LearnAsync(Sim sim) => Store.LearnAsync(tenantId, Japan, [sim], scene.Clock.GetUtcNow(), Watchdog.Token);

    private Task AddAsync(string simId) => LearnAsync(new Sim { SimId = simId });

    private async Task<Dictionary<string, InventorySim>> RowsAsync()
    {
        await using var db = scene.Database.ForTenant(tenantId);
        return await db.InventorySims.AsNoTracking().ToDictionaryAsync(row => row.SimId, Watchdog.Token);
    }

    private async Task<SimInventory> InventoryAsync()
    {
        await using var db = scene.Database.ForTenant(tenantId);
        return await db.SimInventories.AsNoTracking().SingleAsync(Watchdog.Token);
    }

    private async Task<(List<Sim> Sims, Dictionary<string, string> Groups)> VendorAsync()
    {
        var read = await scene.Get<TenantSoracom>().ReadForJobAsync(
            tenantId,
            Japan,
            async (client, token) => (await client.Sims.ListAllSimsAsync(token).ToListAsync(token), await client.Groups.ListAllGroupsAsync(token).ToDictionaryAsync(group => group.GroupId, group => group.Name, cancellationToken: token)),
            Watchdog.Token);
        return read.Value;
    }

    /// <summary>Changes something as the account's root user does at the vendor's console.</summary>
    private async Task AsRootAsync<T>(Func<ISoracomClient, Task<T>> change)
    {
        var account = scene.Account(PortalScene.Aoba);
        await change(scene.Get<ISoracomClientFactory>().For(new SoracomAccount("root", Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey)))));
    }
}
