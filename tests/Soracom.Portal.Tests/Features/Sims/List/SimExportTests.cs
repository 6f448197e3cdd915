using System.Collections.Immutable;
using System.Net;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Sims.List;

/// <summary>SIMs as a CSV file: what is in it, for whom, and how little it takes.</summary>
public sealed class SimExportTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        foreach (var coverage in Enum.GetValues<SoracomCoverage>())
        {
            await scene.Get<InventorySync>().RunAsync(tenant.TenantId, coverage, Watchdog.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Write_AView_HoldsItsSimsInItsOrderWithTheChosenColumns()
    {
        var query = SimQuery.Parse("?coverage=jp&status=active&sort=imsi&order=desc");

        var rows = await ReadAsync(new SimSelection.Matching(query, 0, []), SimListColumn.Of([SimColumn.Name, SimColumn.Imsi, SimColumn.Tags, SimColumn.LastHeard]));

        Assert.Equal(["SIM ID", "Coverage", "Name", "IMSI", "Tags", "Last heard"], rows[0]);
        var listing = await scene.Get<SimList>().FindAsync(tenant, [SoracomCoverage.Japan], query.Lookup(scene.Clock.GetUtcNow()), Watchdog.Token);
        Assert.Equal(listing.Rows.Select(row => row!.Sim.SimId), rows.Skip(1).Select(row => row[0]));
        Assert.Equal(listing.Rows.Select(row => row!.Sim.Name), rows.Skip(1).Select(row => row[2]));
        Assert.Contains(rows, row => row[4].Contains("営業所=横浜", StringComparison.Ordinal));
        Assert.Contains(rows, row => DateTimeOffset.TryParse(row[5], null, out _) && row[5].EndsWith('Z'));
    }

    [Fact]
    public async Task Write_BeginsWithAByteOrderMark_AndRecordsHowManyWereTaken()
    {
        using var file = new MemoryStream();

        Assert.Equal(60, await WriteAsync(new SimSelection.Matching(SimQuery.All, 0, []), file));

        Assert.Equal([0xEF, 0xBB, 0xBF], file.ToArray()[..3]);
        var entry = Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.SimsExported);
        Assert.Equal((AuditOutcome.Succeeded, "60", tenant.Actor.PersonId), (entry.Outcome, entry.ObjectName, entry.ActorId));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    [InlineData("+1+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("  =1")]
    [InlineData("＝1")]
    public async Task Write_WhatASpreadsheetWouldRun_IsText(string name)
    {
        await RenameAsync(name);

        var rows = await ReadAsync(new SimSelection.Matching(SimQuery.Parse("?coverage=jp"), 0, []), SimListColumn.Default);

        Assert.Contains(rows, row => row[2] == "'" + name);
        Assert.DoesNotContain(rows.SelectMany(row => row), field => field.Length > 0 && "=+-@\t\r".Contains(field[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two, \"quoted\"; words")]
    [InlineData("several\nlines\r\nof it")]
    [InlineData("半角ｶﾅ と 全角 🛰")]
    [InlineData(" space ")]
    public async Task Write_AnyOtherName_IsReadBackAsItWas(string name)
    {
        await RenameAsync(name);

        Assert.Contains(await ReadAsync(new SimSelection.Matching(SimQuery.All, 0, []), SimListColumn.Default), row => row[2] == name);
    }

    [Fact]
    public async Task Write_ASelection_HoldsExactlyThat()
    {
        var listing = await scene.Get<SimList>().FindAsync(tenant, [SoracomCoverage.Japan], SimQuery.All.Lookup(scene.Clock.GetUtcNow()), Watchdog.Token);
        var two = listing.Rows.Take(2).Select(row => SimKey.Of(row!)).ToImmutableHashSet();
        var elsewhere = new SimKey(PortalScene.Nagisa, SoracomCoverage.Japan, listing.Rows[5]!.Sim.SimId);
        var unknown = new SimKey(PortalScene.Aoba, SoracomCoverage.Global, "8999999999999999999");

        var picked = await ReadAsync(new SimSelection.Picked(two.Add(elsewhere).Add(unknown)), SimListColumn.Default);
        var allBut = await ReadAsync(new SimSelection.Matching(SimQuery.Parse("?coverage=jp"), 42, two), SimListColumn.Default);

        Assert.Equal(two.Select(sim => sim.SimId).Order(StringComparer.Ordinal), picked.Skip(1).Select(row => row[0]));
        Assert.Equal(40, allBut.Count - 1);
        Assert.DoesNotContain(allBut, row => two.Any(sim => sim.SimId == row[0]));
    }

    [Fact]
    public async Task Fetch_ByAddressOrForm_IsAFile_ForThoseWhoMayReadSims()
    {
        using var visitor = new Visitor(scene, tenant.Actor);

        var file = await visitor.GetAsync(PortalUrls.SimsExport(PortalScene.Aoba, SimQuery.Parse("?coverage=g")));

        Assert.Equal((HttpStatusCode.OK, "text/csv; charset=utf-8"), (file.Status, file.Headers["Content-Type"]));
        Assert.StartsWith("attachment; filename=sims-aoba-", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(19, file.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        using var billing = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Billing));
        Assert.Equal(HttpStatusCode.Forbidden, (await billing.GetAsync(PortalUrls.SimsExport(PortalScene.Aoba))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(PortalUrls.SimsExport(PortalScene.Nagisa))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(PortalUrls.SimsExport("nowhere"))).Status);
        using var nobody = new Visitor(scene);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(PortalUrls.SimsExport(PortalScene.Aoba))).Status);

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync(PortalUrls.SimsExport(PortalScene.Aoba), from: null, (SimExportEndpoint.SimsField, "jp:1"))).Status);
        var page = await visitor.GetAsync(PortalUrls.Sims(PortalScene.Aoba));
        var posted = await visitor.PostAsync(PortalUrls.SimsExport(PortalScene.Aoba), page, (SimExportEndpoint.ViewField, "?coverage=g"), (SimExportEndpoint.SimsField, "g:1 jp:x nonsense"));
        Assert.Equal(19, posted.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Columns_Chosen_AreRememberedByTheBrowser_AndShapeTheFile()
    {
        using var visitor = new Visitor(scene, tenant.Actor);
        var page = await visitor.GetAsync(PortalUrls.Sims(PortalScene.Aoba));

        var chosen = await visitor.PostAsync(PortalUrls.SimColumns(), page, ("column", "Imei"), ("column", "Nonsense"), ("column", "Created"), ("returnUrl", PortalUrls.Sims(PortalScene.Aoba)));

        Assert.Equal((HttpStatusCode.Redirect, PortalUrls.Sims(PortalScene.Aoba)), (chosen.Status, chosen.Location));
        var file = await visitor.GetAsync(PortalUrls.SimsExport(PortalScene.Aoba));
        Assert.StartsWith("SIM ID,Coverage,Name,IMEI,Created", file.Body, StringComparison.Ordinal);
        Assert.Contains("of-imei", (await visitor.GetAsync(PortalUrls.Sims(PortalScene.Aoba))).Body, StringComparison.Ordinal);
    }

    private async Task RenameAsync(string name)
    {
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        var simId = await db.InventorySims.Where(sim => sim.Coverage == "jp").Select(sim => sim.SimId).FirstAsync(Watchdog.Token);
        await db.InventorySims.Where(sim => sim.SimId == simId).ExecuteUpdateAsync(set => set.SetProperty(sim => sim.Name, name), Watchdog.Token);
    }

    private Task<int> WriteAsync(SimSelection selection, Stream file) => scene.Get<SimExport>().WriteAsync(tenant, selection, SimListColumn.Default, file, Watchdog.Token);

    private async Task<IReadOnlyList<string[]>> ReadAsync(SimSelection selection, IReadOnlyList<SimListColumn> columns)
    {
        using var file = new MemoryStream();
        await scene.Get<SimExport>().WriteAsync(tenant, selection, columns, file, Watchdog.Token);
        file.Position = 0;
        using var reader = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(field => reader.GetString(field)!)]);
        }

        return rows;
    }
}
