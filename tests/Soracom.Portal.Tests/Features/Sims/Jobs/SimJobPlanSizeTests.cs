using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Jobs;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>How long a plan of very many rows takes, and how little it holds.</summary>
[Collection(Alone.Name)]
public sealed class SimJobPlanSizeTests : IAsyncLifetime
{
    private JobScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await JobScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Plan_AHundredThousandRows_TakesLessThanAMinuteAndLittleMemory()
    {
        var simIds = Enumerable.Range(0, SimJobPlans.MostRows).Select(number => $"8942319{number:D12}").ToArray();
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            // As a whole walk would have left them.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO InventorySims (TenantId, Coverage, SimId, ReadAt, Walk, ChangeNumber, Name, Tags, Iccids, Imsis, Msisdns, Subscriptions, Imei, SerialNumber, GroupId, GroupName, Status, SpeedClass, ModuleType, Online, SessionId, IpAddress, Cell, ExpiryAction, TerminationEnabled, ImeiLock)
                WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < {SimJobPlans.MostRows - 1})
                SELECT TenantId, Coverage, '8942319' || printf('%012d', n), ReadAt, Walk, ChangeNumber, Name, Tags, Iccids, Imsis, Msisdns, Subscriptions, Imei, SerialNumber, GroupId, GroupName, Status, SpeedClass, ModuleType, Online, SessionId, IpAddress, Cell, ExpiryAction, TerminationEnabled, ImeiLock
                FROM number, (SELECT * FROM InventorySims LIMIT 1)
                """,
                Watchdog.Token);
        }

        var rows = simIds.Select(simId => new SimPlanRow(simId, Line: null, [])).ToList();
        var job = NewJob(new SimTagChange("campaign", "autumn"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();

        var planned = await scene.Portal.Get<SimJobPlanner>().PlanAsync(job, rows, Watchdog.Token);

        watch.Stop();
        Assert.Equal(SimJobPlans.MostRows, planned.Waiting);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16 * 1024 * 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed}");
        // The next of a hundred thousand are found by an index.
        Assert.Equal(100, (await scene.Jobs.ItemsAsync(scene.Tenant, planned.Id, SimJobItemState.Waiting, 99_900, Watchdog.Token)).Count);
    }

    private SimJob NewJob(SimChange change) => new()
    {
        TenantId = scene.Tenant.TenantId,
        Coverage = "jp",
        OperatorId = "OP0000000001",
        Source = SimJobSource.Search,
        Change = SimJobJson.Write(change),
        Actions = change.Action,
        Needs = change.Needs.ToString(),
        State = SimJobState.Planning,
        OwnerId = scene.Tenant.Actor.PersonId,
        OwnerName = scene.Tenant.Actor.Name,
        Language = "en",
        CreatedAt = scene.Portal.Clock.GetUtcNow(),
    };
}
