using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Exports of the night in which clocks are changed: two hours by the clocks, which are one or three.</summary>
public sealed class ExportClockChangeTests
{
    private const string Gate = "東京 豊洲充電ステーション";

    [Theory]
    [InlineData("Europe/London", "2026-03-29 00:30", 1)]
    [InlineData("Australia/Sydney", "2026-04-05 01:30", 3)]
    public async Task Night_IsExportedAsLongAsItIs_WithoutAGapOrAnythingTwice_AndTheManifestTellsItInUtc(string name, string begins, int hours)
    {
        Watchdog.Allow(TimeSpan.FromMinutes(5));
        await using var scene = await ExportScene.StartAsync();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            await db.Tenants.Where(row => row.Id == scene.Tenant.TenantId).ExecuteUpdateAsync(set => set.SetProperty(row => row.TimeZone, zone.Id), Watchdog.Token);
        }

        var from = DateTime.Parse(begins, System.Globalization.CultureInfo.InvariantCulture);
        if (At(zone, from.AddDays(1)) - scene.Portal.Clock.GetUtcNow() is { Ticks: > 0 } wait)
        {
            scene.Portal.Clock.Advance(wait);
        }

        using var tenant = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Owner);
        var request = new ExportRequest { DeviceId = (await scene.CameraAsync(Gate)).DeviceId, From = At(zone, from), To = At(zone, from.AddHours(2)) };
        Assert.Equal(hours, (request.To - request.From).TotalHours);

        var plan = (await scene.Requests.PlanAsync(tenant, ExportScene.Japan, request, Watchdog.Token)).Value;
        var begun = await scene.Requests.BeginAsync(tenant, ExportScene.Japan, request, Watchdog.Token);
        Assert.Null(begun.Error);
        await scene.Runner().RunAsync(tenant.TenantId, begun.Value.Id, isWanted: null, Watchdog.Token);

        Assert.Empty(plan.Gaps);
        Assert.Equal(hours * 4, plan.Pieces.Count);
        Assert.Equal((request.From, request.To, hours * 3600L), (plan.Pieces[0].Period.From, plan.Pieces[^1].Period.To, plan.Cost));
        Assert.All(plan.Pieces.Zip(plan.Pieces.Skip(1)), pair => Assert.Equal(pair.First.Period.To, pair.Second.Period.From));
        var done = (await scene.Exports.GetAsync(tenant, begun.Value.Id, null, Watchdog.Token)).Value;
        Assert.Equal($"Done: {hours * 4} Fetched", ExportScene.Describe(done));
        await using var content = (await scene.Portal.Get<FootageFiles>().ZipAsync(tenant, begun.Value.Id, Watchdog.Token)).Value.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Watchdog.Token);
        await AssertTrueAsync(copy, begun.Value, done, zone.Id);
    }

    private static async Task AssertTrueAsync(MemoryStream copy, FootageExport export, ExportView done, string zone)
    {
        await using var zip = new ZipArchive(copy, ZipArchiveMode.Read);
        using var manifest = await JsonDocument.ParseAsync(await zip.Entries[0].OpenAsync(Watchdog.Token), cancellationToken: Watchdog.Token);
        var root = manifest.RootElement;
        Assert.Equal(
            (export.From.UtcDateTime, export.To.UtcDateTime, zone),
            (root.GetProperty("period").GetProperty("from").GetDateTime(), root.GetProperty("period").GetProperty("to").GetDateTime(), root.GetProperty("period").GetProperty("timeZone").GetString()));
        Assert.Empty(root.GetProperty("notIncluded").EnumerateArray());
        Assert.Equal(done.Pieces.Select(piece => (DateTime?)piece.From.UtcDateTime), root.GetProperty("pieces").EnumerateArray().Select(piece => (DateTime?)piece.GetProperty("from").GetDateTime()));
        // An hour that comes twice by the clocks names no two files the same, and leaves them in order.
        Assert.Equal(done.Pieces.Count, zip.Entries.Skip(1).Select(entry => entry.FullName[5..]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(zip.Entries.Skip(1).Select(entry => entry.FullName[5..]).Order(StringComparer.Ordinal), zip.Entries.Skip(1).Select(entry => entry.FullName[5..]));
    }

    private static DateTimeOffset At(TimeZoneInfo zone, DateTime local) => new(TimeZoneInfo.ConvertTimeToUtc(local, zone));
}
