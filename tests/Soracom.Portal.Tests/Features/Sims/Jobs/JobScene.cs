using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.AuditLogs;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>A portal whose tenant Aoba has its 42 Japanese SIMs in the inventory, and somebody who may change them. Jobs run when a test says so.</summary>
internal sealed class JobScene : IAsyncDisposable
{
    public const SoracomCoverage Japan = SoracomCoverage.Japan;

    private JobScene(PortalScene portal, TenantContext tenant)
    {
        Portal = portal;
        Tenant = tenant;
    }

    public PortalScene Portal { get; }

    public TenantContext Tenant { get; }

    public SimJobs Jobs => Portal.Get<SimJobs>();

    public SimJobPlans Plans => Portal.Get<SimJobPlans>();

    public static async Task<JobScene> StartAsync(params string[] settings)
    {
        var portal = await PortalScene.StartAsync(settings);
        var tenant = await portal.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        await portal.Get<InventorySync>().RunAsync(tenant.TenantId, Japan, Watchdog.Token);
        return new JobScene(portal, tenant);
    }

    public async ValueTask DisposeAsync()
    {
        Tenant.Dispose();
        await Portal.DisposeAsync();
    }

    /// <summary>Plans a change of all SIMs that words find.</summary>
    public async Task<SimJob> PlanAsync(SimChange change, SimLookup? lookup = null)
    {
        var planned = await Plans.PlanFoundAsync(Tenant, Japan, lookup ?? new SimLookup(), change, Watchdog.Token);
        Assert.Null(planned.Error);
        return planned.Value;
    }

    /// <summary>Plans a change and starts it; nobody works on it yet.</summary>
    public async Task<SimJob> BeginAsync(SimChange change, SimLookup? lookup = null)
    {
        var planned = await PlanAsync(change, lookup);
        var started = await Jobs.StartAsync(Tenant, planned.Id, planned.Waiting, Watchdog.Token);
        Assert.Null(started.Error);
        return started.Value;
    }

    /// <summary>Works on a job as a worker does.</summary>
    public async Task<SimJob> WorkAsync(Guid jobId)
    {
        await Portal.Get<SimJobRunner>().RunAsync(Tenant.TenantId, jobId, Watchdog.Token);
        return await GetAsync(jobId);
    }

    public async Task<SimJob> GetAsync(Guid jobId)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return await db.SimJobs.AsNoTracking().SingleAsync(job => job.Id == jobId, Watchdog.Token);
    }

    public async Task<IReadOnlyList<SimJobItem>> ItemsAsync(Guid jobId)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return await db.SimJobItems.AsNoTracking().Where(item => item.JobId == jobId).OrderBy(item => item.Number).ToListAsync(Watchdog.Token);
    }

    public async Task ChangeItemsAsync(Guid jobId, Action<SimJob, IReadOnlyList<SimJobItem>> change)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        change(await db.SimJobs.SingleAsync(job => job.Id == jobId, Watchdog.Token), await db.SimJobItems.Where(item => item.JobId == jobId).OrderBy(item => item.Number).ToListAsync(Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }

    /// <summary>Changes what the inventory knows of every SIM, as if it had been read so just now.</summary>
    public async Task ChangeRowsAsync(Action<InventorySim> change)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        await db.InventorySims.ForEachAsync(change, Watchdog.Token);
        await db.SaveChangesAsync(Watchdog.Token);
    }

    /// <summary>The SIMs as the vendor has them.</summary>
    public async Task<IReadOnlyDictionary<string, Sim>> VendorAsync() =>
        await Root().Sims.ListAllSimsAsync(cancellationToken: Watchdog.Token).ToDictionaryAsync(sim => sim.SimId, StringComparer.Ordinal, cancellationToken: Watchdog.Token);

    /// <summary>How often the vendor was asked to change each SIM.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CallsAsync() => CallsOf(await Root().AuditLogs.GetApiAuditLogsAsync(limit: 1000, cancellationToken: Watchdog.Token));

    /// <summary>The vendor as the account's root user, who may do everything.</summary>
    public ISoracomClient Root()
    {
        var account = Portal.Account(PortalScene.Aoba);
        return Portal.Get<ISoracomClientFactory>().For(new SoracomAccount("root", Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey))));
    }

    internal static IReadOnlyDictionary<string, int> CallsOf(SoracomPage<ApiAuditLogEntry> page)
    {
        Assert.Null(page.NextKey);
        return page.Items
            .Select(entry => entry.RequestPath!.Split('/', StringSplitOptions.RemoveEmptyEntries))
            .Where(path => path is ["v1", "sims", _, _, ..])
            .GroupBy(path => path[2], StringComparer.Ordinal)
            .ToDictionary(sim => sim.Key, sim => sim.Count(), StringComparer.Ordinal);
    }

    internal static string Describe(SimJob job) => string.Create(
        CultureInfo.InvariantCulture,
        $"{job.State}: {job.Total} = {job.Waiting} waiting, {job.Sending} sending, {job.Done} done, {job.Already} already, {job.Refused} refused, {job.Failed} failed, {job.Unknown} unknown, {job.Skipped} skipped");
}
