using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Audit.AtVendor;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Audit;

/// <summary>The vendor's own record of calls, beside the portal's.</summary>
public sealed class VendorAuditTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Read_PageByPage_HoldsEveryCallOnce_NewestFirst()
    {
        var log = scene.Get<VendorAuditLog>();
        var seen = new List<DateTimeOffset?>();
        var query = VendorAuditQuery.All;
        do
        {
            var page = (await log.ReadAsync(tenant, SoracomCoverage.Japan, query, Watchdog.Token)).Value;
            Assert.InRange(page.Calls.Count, 0, VendorAuditLog.PageSize);
            seen.AddRange(page.Calls.Select(VendorAuditLog.Time));
            query = query with { After = page.Next };
        }
        while (query.After is not null);

        Assert.InRange(seen.Count, VendorAuditLog.PageSize + 1, int.MaxValue);
        Assert.Equal(seen.OrderByDescending(at => at), seen);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Page_ShowsWhatThePortalDidAtTheVendor_AndWhoDidIt()
    {
        var sim = (await scene.Get<Soracom.Portal.Shared.Vendor.TenantSoracom>().ReadAsync(tenant, SoracomCoverage.Japan, async (client, token) => (await client.Sims.ListSimsAsync(cancellationToken: token)).Items[0], Watchdog.Token)).Value;
        Assert.Null((await scene.Get<SimChanges>().ApplyAsync(tenant, SoracomCoverage.Japan, sim.SimId, new SimNameChange("Pump 7"), Watchdog.Token)).Error);

        var row = Open().Find("tbody tr");

        Assert.Contains(sim.SimId, row.QuerySelector(".path")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("200", row.QuerySelector(".badge")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("/t/aoba/audit/soracom?kind=", row.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Kind_AndDays_NarrowTheList_AndStandInTheAddress()
    {
        var all = Open();
        var kind = all.FindAll("tbody td.call > a")[0].GetAttribute("href")!;

        var narrowed = Open(kind[kind.IndexOf('?', StringComparison.Ordinal)..]);
        Assert.Single(narrowed.FindAll("tbody td.call > a").Select(link => link.TextContent).Distinct());

        var none = Open("?kind=/v1/nothing");
        Assert.Equal("No call matches", none.Find(".notice h2").TextContent);
        none.Act(it => it.FindAll("input[type=date]")[0].Change("2026-03-01"));
        Assert.EndsWith("/t/aoba/audit/soracom?kind=%2fv1%2fnothing&from=2026-03-01", circuit.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.OrdinalIgnoreCase);

        var days = Open("?from=2026-03-20&until=2026-03-25").FindAll("tbody time").Select(time => time.GetAttribute("datetime")!).ToList();
        Assert.NotEmpty(days);
        Assert.All(days, day => Assert.InRange(DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.FromHours(9)), new DateTimeOffset(2026, 3, 26, 0, 0, 0, TimeSpan.FromHours(9))));
    }

    [Fact]
    public void Page_WhereTheVendorRefuses_SaysWhichRightIsMissing()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Method = "GET", Path = "/v1/audit_logs/api", Status = 403 });

        Assert.Contains("AuditLog:getApiAuditLogs", Open().Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithoutACredential_LeadsToIt()
    {
        using var komorebi = await scene.OpenAsync(PortalScene.Komorebi, TenantRole.Owner);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM VendorCredentials WHERE TenantId = $tenant", ("$tenant", komorebi.TenantId.ToString().ToUpperInvariant()));

        var page = Open(of: komorebi);

        Assert.NotEmpty(page.FindAll(".notice a"));
        Assert.Empty(page.FindAll("table"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?coverage=g&kind=%2Fv1%2Fgroups&from=2026-03-31&until=2026-04-01&after=1700000000000")]
    public void Query_ReadsWhatItWrites(string address)
    {
        var query = VendorAuditQuery.Parse(address);

        Assert.Equal(query, VendorAuditQuery.Parse(query.ToQueryString()));
        Assert.Equal(address.Length > 0, query.IsFiltered && query.Coverage == SoracomCoverage.Global && query.After == "1700000000000");
    }

    [Theory]
    [InlineData(201, true)]
    [InlineData(VendorAuditQuery.MostKeyCharacters, true)]
    [InlineData(VendorAuditQuery.MostKeyCharacters + 1, false)]
    public void Query_HoldsLongKeysOfPages(int length, bool isHeld)
    {
        var query = VendorAuditQuery.All with { After = new string('k', length) };

        Assert.Equal(isHeld ? query : VendorAuditQuery.All, VendorAuditQuery.Parse(query.ToQueryString()));
    }

    private IRenderedComponent<VendorAuditPage> Open(string query = "", TenantContext? of = null)
    {
        var opened = of ?? tenant;
        var page = circuit.Render<VendorAuditPage>(parameters => parameters
            .AddCascadingValue(opened)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.AuditAtVendor(opened.Slug)}{query}")
            .Add(it => it.Slug, opened.Slug));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=status]")));
        return page;
    }
}
