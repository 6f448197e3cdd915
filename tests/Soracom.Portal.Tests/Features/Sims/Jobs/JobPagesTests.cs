using System.Net;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.Jobs.Pages;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>What the pages of jobs show and offer, and the files that they lead to.</summary>
public sealed class JobPagesTests : IAsyncLifetime
{
    private JobScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await JobScene.StartAsync();
        circuit = new ComponentScene(scene.Portal);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task DryRun_SaysWhatWouldHappen_StartsAndShowsHowItGoes()
    {
        var job = await scene.PlanAsync(new SimTagChange("site", "東京"));
        var page = OpenJob(scene.Tenant, job.Id);

        Assert.Equal("Tag: site = 東京", page.Find("h1").TextContent);
        Assert.Contains("Rows to change: 42. Already so: 0. Refused as their SIM is now: 0.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("5,400 calls a minute", page.Markup, StringComparison.Ordinal);
        Assert.Equal(42, page.FindAll("tbody tr").Count);
        Assert.All(page.FindAll("tbody .badge"), badge => Assert.Equal("Will change", badge.TextContent.Trim()));

        await page.InvokeAsync(() => page.Find("button.primary").ClickAsync(new()));
        Assert.Equal("Running", page.Find(".card .badge").TextContent.Trim());
        await scene.WorkAsync(job.Id);
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("Done", page.Find(".card .badge").TextContent.Trim()));
        Assert.Contains("42 of 42", page.Find(".parts-bar").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".card button"));
    }

    [Fact]
    public async Task Start_ClickedTwiceAtOnce_IsOneStart_AndNobodyElseWasFaster()
    {
        var job = await scene.PlanAsync(new SimTagChange("site", "東京"));
        var page = OpenJob(scene.Tenant, job.Id);
        var start = page.FindComponent<JobStanding>().Instance.OnStart;

        // The second is on its way before the browser has drawn what came of the first.
        await page.InvokeAsync(() => start.InvokeAsync(null));
        await page.InvokeAsync(() => start.InvokeAsync(null));

        Assert.Equal("Running", page.Find(".card .badge").TextContent.Trim());
        Assert.Empty(page.FindAll(".said"));
        Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.JobStarted);
    }

    [Fact]
    public async Task Job_FilteredByOutcome_ShowsThoseRowsAndWhy()
    {
        var job = await scene.PlanAsync(new SimStatusChange("suspended"));

        var page = OpenJob(scene.Tenant, job.Id, "?state=Refused");

        Assert.Equal(job.Refused, page.FindAll("tbody tr").Count);
        Assert.Equal($"Refused {job.Refused}", page.Find(".pills [aria-current]").TextContent.Trim());
        Assert.All(page.FindAll("tbody .outcome .second"), reason => Assert.EndsWith(".", reason.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_Paused_SaysWhyAndOffersToResume()
    {
        var job = await scene.BeginAsync(new SimTagChange("a", "b"));
        await scene.ChangeItemsAsync(job.Id, (row, _) => (row.State, row.Trouble) = (SimJobState.Paused, SimJobTrouble.RightLost));

        var page = OpenJob(scene.Tenant, job.Id);

        Assert.Contains("may no longer make these changes", page.Find(".trouble").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Resume", "Cancel the job"], page.FindAll(".card button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task Job_WithFailures_OffersToTryThemAgain()
    {
        var job = await scene.BeginAsync(new SimTagChange("a", "b"));
        await scene.ChangeItemsAsync(job.Id, (row, items) =>
        {
            row.Move(SimJobItemState.Waiting, SimJobItemState.Failed, 2);
            row.Move(SimJobItemState.Waiting, SimJobItemState.Done, 40);
            row.State = SimJobState.Done;
            foreach (var item in items.Take(2))
            {
                (item.State, item.Reason, item.Detail) = (SimJobItemState.Failed, "Refused", SimJobJson.Write(["SEM0042", "No.", ""]));
            }
        });
        var page = OpenJob(scene.Tenant, job.Id, "?state=Failed");

        Assert.Contains("SEM0042 · No.", page.Find("tbody .outcome").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find(".card button").ClickAsync(new()));

        Assert.Equal("Running", page.Find(".card .badge").TextContent.Trim());
        Assert.Equal(2, (await scene.GetAsync(job.Id)).Waiting);
    }

    [Fact]
    public async Task Terminations_StartOnlyWhenTheirNumberIsTyped()
    {
        await scene.ChangeRowsAsync(sim => sim.TerminationEnabled = true);
        var job = await scene.PlanAsync(new SimTermination());
        var page = OpenJob(scene.Tenant, job.Id);

        Assert.True(page.Find("button.danger").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.Find("#typed").InputAsync(new() { Value = $"{job.Waiting - 1}" }));
        Assert.True(page.Find("button.danger").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.Find("#typed").InputAsync(new() { Value = $"{job.Waiting}" }));
        await page.InvokeAsync(() => page.Find("button.danger").ClickAsync(new()));

        Assert.Equal(SimJobState.Running, (await scene.GetAsync(job.Id)).State);
    }

    [Fact]
    public async Task Job_OfSomebodyWhoMayOnlyRead_OffersNothing()
    {
        var job = await scene.PlanAsync(new SimTagChange("a", "b"));
        using var viewer = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = OpenJob(viewer, job.Id);

        Assert.Equal("Tag: a = b", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll(".card button"));
        Assert.Contains("does not include changing SIMs", Open<JobNewPage>(viewer, PortalUrls.NewJob(PortalScene.Aoba), page => page.Add(one => one.Slug, PortalScene.Aoba)).Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("019a0000-0000-7000-8000-000000000000")]
    [InlineData("nonsense")]
    public void Job_ThatIsNone_SaysSo(string id)
    {
        var page = Open<JobPage>(scene.Tenant, $"/t/aoba/jobs/{id}", parameters => parameters.Add(one => one.Slug, PortalScene.Aoba).Add(one => one.JobId, id));
        Assert.Single(page.FindAll(".notice"));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task NewJob_OfWhatAViewFinds_IsPlannedAndShown()
    {
        var page = Open<JobNewPage>(scene.Tenant, PortalUrls.NewJob(PortalScene.Aoba, SimQuery.All with { Coverage = JobScene.Japan, Statuses = FilterValues.Of(["active"]) }), parameters => parameters.Add(one => one.Slug, PortalScene.Aoba));
        Assert.Contains(" SIMs that the view of the list finds now", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#tag-key").ChangeAsync(new() { Value = "site" }));
        await page.InvokeAsync(() => page.Find("#tag-value").ChangeAsync(new() { Value = "東京" }));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        var job = Assert.Single(await scene.Jobs.ListAsync(scene.Tenant, before: null, Watchdog.Token));
        Assert.EndsWith(PortalUrls.Job(PortalScene.Aoba, job.Id), circuit.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        var active = (await scene.VendorAsync()).Values.Where(sim => sim.Status == "active").Select(sim => sim.SimId).Order(StringComparer.Ordinal).ToList();
        Assert.InRange(active.Count, 1, 41);
        Assert.Equal(active, (await scene.ItemsAsync(job.Id)).Select(item => item.SimId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NewJob_OfPickedSims_SaysHowMany_AndOfNobodysDraft_ThatThereIsNone()
    {
        var kept = (await scene.Jobs.DraftAsync(scene.Tenant, JobScene.Japan, [.. (await scene.VendorAsync()).Keys.Take(3)], Watchdog.Token)).Value;
        using var elsewhere = await scene.Portal.OpenAsync(PortalScene.Nagisa, TenantRole.Owner);

        Assert.Equal("3 SIMs that you selected in the list.", Open<JobNewPage>(scene.Tenant, PortalUrls.NewJob(PortalScene.Aoba, kept), page => page.Add(one => one.Slug, PortalScene.Aoba)).Find("form > p").TextContent);
        foreach (var page in new[]
        {
            Open<JobNewPage>(scene.Tenant, PortalUrls.NewJob(PortalScene.Aoba, Guid.NewGuid()), page => page.Add(one => one.Slug, PortalScene.Aoba)),
            Open<JobNewPage>(elsewhere, PortalUrls.NewJob(PortalScene.Nagisa, kept), page => page.Add(one => one.Slug, PortalScene.Nagisa)),
        })
        {
            Assert.Empty(page.FindAll("form"));
            Assert.Single(page.FindAll(".notice"));
        }
    }

    [Fact]
    public async Task NewJob_WhoMayNotTerminate_IsOfferedNothingThatNeedsIt()
    {
        using var member = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var page = Open<JobNewPage>(member, PortalUrls.NewJob(PortalScene.Aoba, SimQuery.All with { Coverage = JobScene.Japan }), parameters => parameters.Add(one => one.Slug, PortalScene.Aoba));

        Assert.DoesNotContain("Termination", page.FindAll("#kind option").Select(kind => kind.GetAttribute("value")));
        await page.InvokeAsync(() => page.Find("#kind").ChangeAsync(new() { Value = "Expiry" }));
        Assert.DoesNotContain("terminate", page.FindAll("#expiry-action option").Select(action => action.GetAttribute("value")));
        await page.InvokeAsync(() => page.FindAll("input[type=radio]")[1].ChangeAsync(new()));
        await page.InvokeAsync(() => page.Find("#kind").ChangeAsync(new() { Value = "Protection" }));
        Assert.True(Assert.Single(page.FindAll("input[type=radio]")).HasAttribute("checked"));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        Assert.Contains("sim.protection", Assert.Single(await scene.Jobs.ListAsync(scene.Tenant, before: null, Watchdog.Token)).Actions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_SaysWhatTheChangeMeansForEachSim()
    {
        var suspending = OpenJob(scene.Tenant, (await scene.PlanAsync(new SimStatusChange("suspended"))).Id);
        var tagging = OpenJob(scene.Tenant, (await scene.PlanAsync(new SimTagChange("a", "b"))).Id);

        Assert.Equal("For each SIM: Its session ends, and it can't connect. Leaving this status costs a fee.", suspending.Find(".meaning").TextContent);
        Assert.Empty(tagging.FindAll(".meaning"));
    }

    [Fact]
    public async Task NewJob_WithoutAKey_SaysWhatIsWrong()
    {
        var page = Open<JobNewPage>(scene.Tenant, PortalUrls.NewJob(PortalScene.Aoba, SimQuery.All with { Coverage = JobScene.Japan }), parameters => parameters.Add(one => one.Slug, PortalScene.Aoba));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        Assert.Contains("This can't be a tag's key", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(await scene.Jobs.ListAsync(scene.Tenant, before: null, Watchdog.Token));
    }

    [Fact]
    public void NewJob_OfAFileWithMistakes_ListsThemByLine()
    {
        var page = Open<JobNewPage>(scene.Tenant, PortalUrls.NewJob(PortalScene.Aoba), parameters => parameters.Add(one => one.Slug, PortalScene.Aoba));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("sim_id,status\n1,sleeping\n8942310099999999999,active", "変更.csv"));

        page.WaitForAssertion(() => Assert.Equal(["2", "3"], page.FindAll("[role=alert] td.num").Select(cell => cell.TextContent)));
        Assert.Contains("Problems in the file: 2", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selection_PickedOrAllButSome_LeadsToANewJobOfThose()
    {
        var sims = (await scene.VendorAsync()).Keys.Order(StringComparer.Ordinal).ToList();
        SimKey[] keys = [.. sims.Take(2).Select(simId => new SimKey(PortalScene.Aoba, JobScene.Japan, simId))];
        var query = SimQuery.All with { Coverage = JobScene.Japan };

        Assert.Equal(sims.Take(2), await KeptAsync(new SimSelection.Picked([.. keys])));
        Assert.Equal(sims.Skip(2), await KeptAsync(new SimSelection.Matching(query, 42, [.. keys])));
        Assert.Equal(PortalUrls.NewJob(PortalScene.Aoba, query), Selected(new SimSelection.Matching(query, 42, [])).Find("a").GetAttribute("href"));
    }

    [Fact]
    public async Task Jobs_ListWhatAndHowFar()
    {
        Assert.Contains("No jobs yet", OpenJobs().Markup, StringComparison.Ordinal);
        var job = await scene.BeginAsync(new SimStatusChange("suspended"));
        await scene.PlanAsync(new SimGroupChange(GroupId: null));
        await scene.WorkAsync(job.Id);

        var page = OpenJobs();

        Assert.Equal(["Group: none", "Status: Suspended"], page.FindAll("tbody a.strong").Select(link => link.TextContent));
        Assert.Equal(["Dry run", "Done"], page.FindAll("tbody .badge").Select(badge => badge.TextContent.Trim()));
        Assert.Contains("42 of 42", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_IsACsvFileOfEveryRow_ForMembersOnly()
    {
        await scene.ChangeRowsAsync(sim => sim.Name = "=HYPERLINK(\"x\")");
        var job = await scene.BeginAsync(new SimTagChange("site", "@here, there"));
        await scene.WorkAsync(job.Id);
        using var member = new Visitor(scene.Portal, scene.Tenant.Actor);
        using var stranger = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));

        var file = await member.GetAsync(PortalUrls.JobResult(PortalScene.Aoba, job.Id));

        Assert.Equal((HttpStatusCode.OK, "text/csv; charset=utf-8"), (file.Status, file.Headers["Content-Type"]));
        var lines = Soracom.Portal.Shared.Text.CsvText.Read(file.Body.TrimStart('\uFEFF'), ',').ToList();
        Assert.Equal(43, lines.Count);
        Assert.All(lines.Skip(1), line => Assert.Equal(("'=HYPERLINK(\"x\")", "Tag site", "", "'@here, there", "Changed"), (line.Cells[2], line.Cells[3], line.Cells[4], line.Cells[5], line.Cells[6])));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(PortalUrls.JobResult(PortalScene.Aoba, job.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(PortalUrls.JobResult(PortalScene.Nagisa, job.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(PortalUrls.JobResult(PortalScene.Aoba, Guid.NewGuid()))).Status);
        var taken = Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.JobExported);
        Assert.Equal((job.Id.ToString(), (Guid?)scene.Tenant.Actor.PersonId), (taken.ObjectId, taken.ActorId));
    }

    [Fact]
    public async Task Template_HasEveryColumnThatAFileMayHave()
    {
        using var member = new Visitor(scene.Portal, scene.Tenant.Actor);

        var template = (await member.GetAsync(PortalUrls.JobTemplate())).Body.TrimStart('\uFEFF');

        var problems = Soracom.Portal.Features.Sims.Jobs.Files.FileReader.Read(
            Encoding.UTF8.GetBytes(template), new Soracom.Portal.Features.Sims.Jobs.Files.FileValues([], "UTC"), scene.Portal.Clock.GetUtcNow()).Problems;
        Assert.Equal(0, problems.Count);
        Assert.All(Soracom.Portal.Features.Sims.Jobs.Files.FileColumn.All, column => Assert.Contains(column.Header, template, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trail_NamesTheJobThatWasStarted()
    {
        var job = await scene.BeginAsync(new SimTagChange("a", "b"));

        var entry = Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.JobStarted);
        Assert.Equal((job.Id.ToString(), "#1", scene.Tenant.Actor.PersonId), (entry.ObjectId, entry.ObjectName, entry.ActorId));
    }

    private IRenderedComponent<JobPage> OpenJob(TenantContext tenant, Guid jobId, string query = "")
    {
        var page = Open<JobPage>(tenant, PortalUrls.Job(tenant.Slug, jobId) + query, parameters => parameters.Add(one => one.Slug, tenant.Slug).Add(one => one.JobId, jobId.ToString()));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("table")));
        return page;
    }

    private IRenderedComponent<JobsPage> OpenJobs()
    {
        var page = Open<JobsPage>(scene.Tenant, PortalUrls.Jobs(PortalScene.Aoba), parameters => parameters.Add(one => one.Slug, PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("p[role=status]")));
        return page;
    }

    private IRenderedComponent<T> Open<T>(TenantContext tenant, string address, Action<ComponentParameterCollectionBuilder<T>> more)
        where T : IComponent
    {
        var page = circuit.Render<T>(parameters =>
        {
            parameters.AddCascadingValue(tenant).AddCascadingValue("Location", $"https://portal.test{address}");
            more(parameters);
        });
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("p[role=status]")));
        return page;
    }

    private IRenderedComponent<ChangeSelected> Selected(SimSelection selection) => circuit.Render<ChangeSelected>(parameters => parameters
        .AddCascadingValue(scene.Tenant)
        .Add(bar => bar.Selection, selection)
        .Add(bar => bar.Coverages, [JobScene.Japan]));

    private async Task<IEnumerable<string>> KeptAsync(SimSelection selection)
    {
        await Selected(selection).Find("button").ClickAsync(new());
        var draft = NewJobQuery.Parse(circuit.Services.GetRequiredService<NavigationManager>().Uri).Draft!.Value;
        return (await scene.ItemsAsync(draft)).Select(item => item.SimId).Order(StringComparer.Ordinal);
    }
}
