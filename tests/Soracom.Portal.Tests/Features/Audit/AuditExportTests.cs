using System.Net;
using System.Text;
using System.Text.Json;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Audit;

/// <summary>The audit trail as a file: all of it that was asked for, and nothing of another tenant.</summary>
public sealed class AuditExportTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Csv_HoldsWhatTheQueryFinds_HarmlessToSpreadsheets_AndIsInTheTrail()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        await RecordAsync(tenant, AuditActions.SimNamed, "=HYPERLINK(\"http://example.test\")");
        using var visitor = new Visitor(scene, tenant.Actor);

        var file = await visitor.DownloadAsync(PortalUrls.AuditFile(PortalScene.Aoba, AuditQuery.All with { Text = "HYPERLINK", Before = 1 }, AuditFileKind.Csv));

        var rows = CsvText.Read(Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), ',').ToList();
        Assert.Equal((HttpStatusCode.OK, "text/csv; charset=utf-8", "no-store"), (file.Status, file.Headers["Content-Type"], file.Headers["Cache-Control"]));
        Assert.Equal("attachment; filename=audit-aoba-2026-04-01.csv", file.Headers["Content-Disposition"]);
        var row = Assert.Single(rows.Skip(1)).Cells;
        Assert.Equal(rows[0].Cells.Count, row.Count);
        Assert.Contains("'=HYPERLINK(\"http://example.test\")", row);
        var entry = Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.ActorId == tenant.Actor.PersonId && entry.Action == AuditActions.SimNamed);
        Assert.Equal([tenant.Tenant.Name, Convert.ToHexStringLower(entry.Hash!)], row.TakeLast(2));
        Assert.Equal(["Account", "Hash"], rows[0].Cells.TakeLast(2));
        var taken = Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.AuditExported && entry.ActorId == tenant.Actor.PersonId);
        Assert.Equal(("1", "?q=HYPERLINK", AuditOutcome.Succeeded), (taken.ObjectName, taken.Detail, taken.Outcome));
    }

    [Fact]
    public async Task JsonLines_HoldEveryEntryOnce_AsItWasRecorded()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Owner);
        foreach (var number in Enumerable.Range(0, 1100))
        {
            await RecordAsync(tenant, AuditActions.SimTagged, $"\"{number}\"\n現場");
        }

        using var visitor = new Visitor(scene, tenant.Actor);
        var file = await visitor.DownloadAsync(PortalUrls.AuditFile(PortalScene.Nagisa, AuditQuery.All with { Actions = FilterValues.Of([AuditActions.SimTagged]) }, AuditFileKind.JsonLines));

        var lines = Encoding.UTF8.GetString(file.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var trail = (await scene.TrailAsync(PortalScene.Nagisa)).Where(entry => entry.Action == AuditActions.SimTagged).OrderByDescending(entry => entry.Id).ToList();
        Assert.Equal(1100, lines.Count);
        Assert.Equal(trail.Select(entry => (entry.ObjectName, entry.Number, Convert.ToHexStringLower(entry.Hash!))), lines.Select(line => (line.GetProperty("object").GetString(), line.GetProperty("number").GetInt64() as long?, line.GetProperty("hash").GetString()!)));
        Assert.Equal(("Succeeded", $"{tenant.TenantId}"), (lines[0].GetProperty("outcome").GetString(), lines[0].GetProperty("tenant").GetString()));
    }

    [Theory]
    [InlineData(AuditFileKind.Csv)]
    [InlineData(AuditFileKind.JsonLines)]
    public async Task File_OfATenantThatOneMayNotSee_IsRefused(AuditFileKind kind)
    {
        using var viewer = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));
        using var foreigner = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        using var nobody = new Visitor(scene);
        var address = PortalUrls.AuditFile(PortalScene.Aoba, AuditQuery.All, kind);

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.DownloadAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.DownloadAsync(address)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.DownloadAsync(address)).Status);
    }

    private Task RecordAsync(TenantContext tenant, string action, string name) =>
        scene.Get<AuditTrail>().RecordAsync(tenant, new AuditAct(action, AuditOutcome.Succeeded) { ObjectId = "8942310000000000001", ObjectName = name }, Watchdog.Token);
}
