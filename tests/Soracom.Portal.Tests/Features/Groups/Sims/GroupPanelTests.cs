using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Groups.Sims;
using Soracom.Portal.Features.Groups.Usage;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Usage;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Groups.Sims;

/// <summary>What a group's page says of its SIMs and their traffic, and the ways to jobs over them.</summary>
public sealed class GroupPanelTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;

    public ValueTask InitializeAsync()
    {
        circuit = new ComponentScene(scene);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    [Fact]
    public async Task Sims_AreCountedByStatus_AndTheFirstAreTold()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var group = await InUseAsync(tenant);

        var sims = (await scene.Get<GroupSims>().ReadAsync(tenant, Japan, group.GroupId, Watchdog.Token)).Value;

        Assert.Equal(group.Sims!.ByStatus.OrderBy(status => status.Key), sims.Counts.ByStatus.OrderBy(status => status.Key));
        Assert.Equal(Math.Min(GroupSims.MostSims, sims.Counts.Total), sims.First.Count);
        Assert.Equal(scene.Clock.GetUtcNow(), sims.AsOf);
    }

    [Fact]
    public async Task SimsPanel_LeadsToTheSims_AndToJobsOverThem()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var group = await InUseAsync(tenant);

        var panel = Sims(tenant, group.GroupId);

        panel.WaitForAssertion(() => Assert.Equal($"{group.Sims!.Total} SIMs", panel.Find(".sum strong").TextContent));
        Assert.Equal(group.Sims!.Total, panel.FindAll("tbody tr").Count);
        Assert.Equal(
            [PortalUrls.AddSimsToGroup(tenant.Slug, Japan, group.GroupId), PortalUrls.RemoveSimsFromGroup(tenant.Slug, Japan, group.GroupId)],
            panel.FindAll(".acts a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task SimsPanel_EmptyGroup_SaysSo_AndAViewerAddsNone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        using var viewer = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        await InUseAsync(tenant);
        var groupId = await scene.AddGroupAsync(tenant);

        var panel = Sims(viewer, groupId);

        panel.WaitForAssertion(() => Assert.Equal("No SIM is in this group", panel.Find(".notice h2").TextContent));
        Assert.Empty(panel.FindAll(".acts a"));
    }

    [Theory]
    [InlineData(UsagePeriod.Day, GroupUsage.Days)]
    [InlineData(UsagePeriod.Month, GroupUsage.Months)]
    public async Task Usage_IsWhatTheVendorSums(UsagePeriod period, int slots)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var group = await InUseAsync(tenant);

        var report = (await scene.Get<GroupUsage>().ReadAsync(tenant, Japan, group.GroupId, period, Watchdog.Token)).Value;

        Assert.Equal(slots, report.Slots.Count);
        var sums = await scene.Get<TenantSoracom>().ReadAsync(
            tenant,
            Japan,
            (client, token) => client.Stats.GetAirStatsOfGroupAsync(group.GroupId, report.Slots[0].Start, scene.Clock.GetUtcNow(), period == UsagePeriod.Day ? "day" : "month", token),
            Watchdog.Token);
        Assert.Equal(sums.Value.Sum(row => row.UploadBytes + row.DownloadBytes), report.Total.Both);
        Assert.True(report.Total.Both > 0);
    }

    [Fact]
    public async Task UsagePanel_ShowsTheChart_OrTheTableThatItsAddressAsksFor()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var group = await InUseAsync(tenant);

        var chart = Usage(tenant, group.GroupId, "?tab=usage");
        var table = Usage(tenant, group.GroupId, "?tab=usage&by=month&view=table");

        chart.WaitForAssertion(() => Assert.NotEmpty(chart.FindAll(".totals dd")));
        Assert.Empty(chart.FindAll("table"));
        table.WaitForAssertion(() => Assert.InRange(table.FindAll("tbody tr").Count, 1, GroupUsage.Months));
        Assert.Contains(table.FindAll(".choice a"), link => link.GetAttribute("href")!.EndsWith("?tab=usage&by=month", StringComparison.Ordinal));
    }

    [Fact]
    public void RemoveSims_LeadsToAJobOverTheGroup_ThatPutsThemIntoNone()
    {
        var query = NewJobQuery.Parse(PortalUrls.RemoveSimsFromGroup("aoba", Japan, "g-1"));

        Assert.Equal((SimChangeKind.Group, ""), (query.Change, query.ToGroup));
        Assert.Equal(["g-1"], query.Found!.Groups);
        Assert.Equal(Japan, query.Found.Coverage);
    }

    [Fact]
    public void AddSims_LeadsToTheList_AndFromThereToAJobWithTheGroupChosen()
    {
        Assert.Equal("/t/aoba/sims?coverage=jp&into=g-1", PortalUrls.AddSimsToGroup("aoba", Japan, "g-1"));
        var found = NewJobQuery.Parse(PortalUrls.NewJob("aoba", SimQuery.All with { Coverage = Japan }, "g-1"));
        var draft = Guid.NewGuid();
        var picked = NewJobQuery.Parse(PortalUrls.NewJob("aoba", draft, "g-1"));

        Assert.Equal((SimChangeKind.Group, "g-1", Japan), (found.Change, found.ToGroup, found.Found!.Coverage));
        Assert.Equal((SimChangeKind.Group, "g-1", draft), (picked.Change, picked.ToGroup, picked.Draft));
        Assert.Null(NewJobQuery.Parse(PortalUrls.NewJob("aoba", draft)).Change);
        Assert.Null(NewJobQuery.Parse("?change=everything").Change);
    }

    private IRenderedComponent<GroupSimsPanel> Sims(TenantContext tenant, string groupId) => circuit.Render<GroupSimsPanel>(parameters => parameters
        .AddCascadingValue(tenant)
        .Add(panel => panel.Slug, tenant.Slug)
        .Add(panel => panel.Coverage, Japan)
        .Add(panel => panel.GroupId, groupId));

    private IRenderedComponent<GroupUsagePanel> Usage(TenantContext tenant, string groupId, string query) => circuit.Render<GroupUsagePanel>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"http://localhost/t/{tenant.Slug}/groups/{groupId}{query}")
        .Add(panel => panel.Slug, tenant.Slug)
        .Add(panel => panel.Coverage, Japan)
        .Add(panel => panel.GroupId, groupId));

    /// <summary>A group with SIMs that are known.</summary>
    private async Task<ListedGroup> InUseAsync(TenantContext tenant)
    {
        await scene.Get<InventorySync>().RunAsync(tenant.TenantId, Japan, Watchdog.Token);
        return (await scene.Get<GroupList>().ReadAsync(tenant, Japan, anew: false, Watchdog.Token)).Groups.Where(group => group.Name.Length > 0).MaxBy(group => group.Sims!.Total)!;
    }
}
