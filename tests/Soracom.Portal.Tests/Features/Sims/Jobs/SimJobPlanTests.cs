using System.Text;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.Jobs.Files;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>How jobs are planned: out of SIMs that were picked, found or named in a file.</summary>
public sealed class SimJobPlanTests : IAsyncLifetime
{
    private JobScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await JobScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Plan_FileWithSeveralChangesALine_RunsThemInOrder()
    {
        var sims = (await scene.VendorAsync()).Values.Where(sim => sim is { Status: SimStatus.Active, TerminationEnabled: false }).Take(2).ToList();
        var planned = await PlanFileAsync("imsi,tag:site,termination_protection,status", $"{sims[0].PrimarySubscriber!.Imsi},東京,off,terminated", $"{sims[1].PrimarySubscriber!.Imsi},大阪,,terminated");

        Assert.Equal(
            [(2, SimJobItemState.Waiting), (2, SimJobItemState.Waiting), (2, SimJobItemState.Waiting), (3, SimJobItemState.Waiting), (3, SimJobItemState.Refused)],
            (await scene.ItemsAsync(planned.Value.Id)).Select(item => (item.Line!.Value, item.State)));
        Assert.Null((await scene.Jobs.StartAsync(scene.Tenant, planned.Value.Id, 4, Watchdog.Token)).Error);
        var done = await scene.WorkAsync(planned.Value.Id);

        Assert.Equal((SimJobState.Done, 4, 1), (done.State, done.Done, done.Refused));
        var after = await scene.VendorAsync();
        Assert.Equal((SimStatus.Terminated, "東京"), (after[sims[0].SimId].Status, after[sims[0].SimId].Tags["site"]));
        Assert.Equal((SimStatus.Active, "大阪"), (after[sims[1].SimId].Status, after[sims[1].SimId].Tags["site"]));
    }

    [Fact]
    public async Task Plan_FileNamesSimsThatAreUnknownOrNamedTwice_PlansNothing()
    {
        var sim = (await scene.VendorAsync()).Values.First();

        var planned = await PlanFileAsync("sim_id,imsi,name", "8942310099999999999,,A", $"{sim.SimId},,B", $",{sim.PrimarySubscriber!.Imsi},C");

        var error = Assert.IsType<FileProblemsError>(planned.Error);
        Assert.Equal([(2, "UnknownSim"), (4, "SimTwice")], error.Problems.Select(problem => (problem.Line, problem.Key)));
        Assert.Empty(await scene.Jobs.ListAsync(scene.Tenant, before: null, Watchdog.Token));
    }

    [Fact]
    public async Task Plan_FileOfSomebodyWhoMayNotTerminate_IsRefused()
    {
        using var member = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = (await scene.VendorAsync()).Keys.First();

        var refused = await Assert.ThrowsAsync<PermissionDeniedException>(() =>
            scene.Plans.PlanFileAsync(member, JobScene.Japan, "end.csv", Encoding.UTF8.GetBytes($"sim_id,status\n{sim},terminated"), Watchdog.Token));

        Assert.Equal(Permission.SimsTerminate, refused.Permission);
    }

    [Fact]
    public async Task Plan_FileWhoseIdsMeanSeveralSims_PlansNothing()
    {
        var sims = (await scene.VendorAsync()).Values.Where(sim => sim.PrimarySubscriber?.Imsi is not null).Take(2).ToList();
        var (one, other) = (sims[0], sims[1]);

        var swapped = await PlanFileAsync("imsi,sim_id,name", $"{other.PrimarySubscriber!.Imsi},{one.SimId},A");
        var right = await PlanFileAsync("imsi,sim_id,name", $"{one.PrimarySubscriber!.Imsi},{one.SimId},A", $"12345,{other.SimId},B");

        var problem = Assert.Single(Assert.IsType<FileProblemsError>(swapped.Error).Problems);
        Assert.Equal((2, "TwoSims", one.SimId), (problem.Line, problem.Key, problem.Arguments[0]));
        Assert.Equal(2, right.Value.Total);
    }

    [Fact]
    public async Task File_WhoseCellsAreBlank_SaysWhichColumnsWouldAskForSomething()
    {
        var sim = (await scene.VendorAsync()).Keys.First();

        var error = (await PlanFileAsync("sim_id,imsi,name,tag:site", $"{sim},,,")).Error;

        Assert.Equal(["name, tag:site"], Assert.IsType<FileAsksNothingError>(error).Arguments);
    }

    [Fact]
    public async Task Plan_PickedSims_ForgetsWhereTheyWereKept()
    {
        var picked = (await scene.VendorAsync()).Keys.Take(5).ToList();
        var draft = await scene.Jobs.DraftAsync(scene.Tenant, JobScene.Japan, picked, Watchdog.Token);

        var planned = await scene.Plans.PlanPickedAsync(scene.Tenant, draft.Value, new SimTagChange("a", "b"), Watchdog.Token);

        Assert.Equal(picked.Order(StringComparer.Ordinal), (await scene.ItemsAsync(planned.Value.Id)).Select(item => item.SimId).Order(StringComparer.Ordinal));
        Assert.Equal(planned.Value.Id, Assert.Single(await scene.Jobs.ListAsync(scene.Tenant, before: null, Watchdog.Token)).Id);
        Assert.IsType<GoneError>((await scene.Plans.PlanPickedAsync(scene.Tenant, draft.Value, new SimTagChange("a", "b"), Watchdog.Token)).Error);
        Assert.Empty(await scene.ItemsAsync(draft.Value));
    }

    [Fact]
    public async Task Draft_ThatNobodyWentOnWith_IsForgottenAfterADay()
    {
        var young = (await scene.Jobs.DraftAsync(scene.Tenant, JobScene.Japan, ["8942310000000000001"], Watchdog.Token)).Value;
        var old = (await scene.Jobs.DraftAsync(scene.Tenant, JobScene.Japan, ["8942310000000000002"], Watchdog.Token)).Value;
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE SimJobs SET CreatedAt = CreatedAt - $day WHERE Id = $id", ("$day", TimeSpan.FromHours(25).Ticks), ("$id", old.ToString().ToUpperInvariant()));

        await scene.Portal.Get<SimJobRetention>().RunAsync(Watchdog.Token);

        Assert.Empty(await scene.ItemsAsync(old));
        Assert.Single(await scene.ItemsAsync(young));
    }

    [Fact]
    public async Task Plan_WhileTheVendorIsDown_IsMadeByTheInventory_UnlessTheFileNamesGroups()
    {
        var sim = (await scene.VendorAsync()).Keys.First();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/", Status = 503, Count = 1_000 });

        Assert.Equal(2, (await PlanFileAsync("sim_id,name,group", $"{sim},A,-")).Value.Total);
        var grouped = await PlanFileAsync("sim_id,group", $"{sim},Somewhere");

        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>(grouped.Error).Kind);
    }

    [Fact]
    public async Task Job_ThatEndedLongAgo_IsRemovedWithItsRows_AndTheTrailSaysSo()
    {
        var old = await scene.PlanAsync(new SimTagChange("a", "b"));
        await scene.Jobs.CancelAsync(scene.Tenant, old.Id, Watchdog.Token);
        var young = await scene.PlanAsync(new SimTagChange("a", "c"));
        await scene.Jobs.CancelAsync(scene.Tenant, young.Id, Watchdog.Token);
        var unstarted = await scene.PlanAsync(new SimTagChange("a", "d"));
        var running = await scene.BeginAsync(new SimTagChange("a", "e"));
        await AgeAsync("FinishedAt", old.Id, 366);
        await AgeAsync("CreatedAt", old.Id, 366);
        await AgeAsync("FinishedAt", young.Id, 364);
        await AgeAsync("CreatedAt", unstarted.Id, 366);
        await AgeAsync("CreatedAt", running.Id, 366);

        await scene.Portal.Get<SimJobRetention>().RunAsync(Watchdog.Token);

        Assert.Equal([running.Id, young.Id], (await scene.Jobs.ListAsync(scene.Tenant, before: null, Watchdog.Token)).Select(job => job.Id));
        Assert.Empty(await scene.ItemsAsync(old.Id));
        Assert.Empty(await scene.ItemsAsync(unstarted.Id));
        Assert.Equal(42, (await scene.ItemsAsync(young.Id)).Count);
        var told = (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.JobRemoved).ToList();
        Assert.Equal([("#1", AuditEntry.Itself), ("#3", AuditEntry.Itself)], told.Select(entry => (entry.ObjectName!, entry.ActorName)).Order());
    }

    [Fact]
    public async Task Job_TheNewestOfATenant_Stays_SoThatItsNumberIsNeverGivenTwice()
    {
        var only = await scene.PlanAsync(new SimTagChange("a", "b"));
        await scene.Jobs.CancelAsync(scene.Tenant, only.Id, Watchdog.Token);
        await AgeAsync("FinishedAt", only.Id, 1_000);

        await scene.Portal.Get<SimJobRetention>().RunAsync(Watchdog.Token);

        Assert.Equal(only.Id, Assert.Single(await scene.Jobs.ListAsync(scene.Tenant, before: null, Watchdog.Token)).Id);
        Assert.Equal(2, (await scene.PlanAsync(new SimTagChange("a", "c"))).Number);
    }

    [Fact]
    public async Task Plan_WithoutAnInventory_SaysSo() =>
        Assert.IsType<InventoryMissingError>((await scene.Plans.PlanFoundAsync(scene.Tenant, SoracomCoverage.Global, new SimLookup(), new SimTagChange("a", "b"), Watchdog.Token)).Error);

    [Fact]
    public async Task Pace_TellsWhatTheVendorAllowsAndHowLongThatTakes()
    {
        var planned = await scene.PlanAsync(new SimTagChange("a", "b"));

        var pace = await scene.Jobs.PaceAsync(scene.Tenant, planned.Id, Watchdog.Token);

        // The sandbox allows 6,000 calls a minute, of which jobs leave a tenth to people; a row takes two.
        Assert.Equal(new SimJobPace(5_400, TimeSpan.FromMinutes(84.0 / 5_400)), pace);
    }

    private Task<int> AgeAsync(string column, Guid jobId, int days) => scene.Portal.TestDatabase.ExecuteAsync(
        $"UPDATE SimJobs SET {column} = {column} - $days WHERE Id = $id", ("$days", TimeSpan.FromDays(days).Ticks), ("$id", jobId.ToString().ToUpperInvariant()));

    private Task<Result<SimJob>> PlanFileAsync(params string[] lines) =>
        scene.Plans.PlanFileAsync(scene.Tenant, JobScene.Japan, "変更.csv", Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), Watchdog.Token);
}
