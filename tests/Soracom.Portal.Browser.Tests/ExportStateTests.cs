using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Soracom.Api.SoraCam;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Running;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Exports that do not go as they should, as people see them, and what is too long for one export.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class ExportStateTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Aoba = "aoba";

    [Fact]
    public async Task Exports_ThatArePausedStoppedFailedOrUnknown_SayWhyAndWhatToDo_AndHaveNoSeriousFinding()
    {
        var portal = await FreshPortalAsync();
        var states = await SeedAsync(portal);

        foreach (var look in (Look[])[Look.Light, Look.Dark, Look.Japanese, Look.Phone])
        {
            var visitor = await VisitAsync(portal, look);
            await visitor.SignInAsync("owner");
            foreach (var (name, id) in states)
            {
                await visitor.OpenLiveAsync(PortalUrls.Export(Aoba, id));
                await visitor.SettledAsync();
                await Expect(visitor.Page.Locator("main .card .badge").First).ToBeVisibleAsync();
                if (name is "unknown")
                {
                    await Expect(visitor.Page.Locator("main .card .badge").First).ToHaveTextAsync(visitor.Words["PieceState.Unknown"]);
                }

                if (name is "doubtful")
                {
                    await visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["Exports.Marked.Show", 2] }).ClickAsync();
                    await Expect(visitor.Page.Locator("main tbody tr")).ToHaveCountAsync(2);
                }

                if (name is "link-died")
                {
                    await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Exports.GoOnWithout"] })).ToBeVisibleAsync();
                }

                await visitor.KeepAsync($"export-{name}");
                Assert.Empty(await visitor.FindingsAsync());
                Assert.Equal(0, await visitor.SidewaysAsync());
            }

            await visitor.OpenLiveAsync(PortalUrls.Exports(Aoba));
            await visitor.SettledAsync();
            await visitor.KeepAsync("exports-states");
            Assert.Empty(await visitor.FindingsAsync());
            Assert.Equal(0, await visitor.SidewaysAsync());
        }

        // What is paid for twice is said before, with both charges.
        var payer = await VisitAsync(portal);
        await payer.SignInAsync("owner");
        await payer.OpenLiveAsync(PortalUrls.Export(Aoba, states.Single(state => state.Name == "link-died").Id));
        await payer.SettledAsync();
        await payer.Page.GetByRole(AriaRole.Button, new() { Name = payer.Words["Exports.Retry", 1] }).ClickAsync();
        await Expect(payer.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(payer.Words["Exports.Retry.Charged", "15 min"]);
        await Expect(payer.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(payer.Words["Exports.Retry.Cost", "15 min"]);
        await payer.KeepAsync("export-pay-again");
        Assert.Empty(await payer.FindingsAsync());
    }

    [Fact]
    public async Task Export_OfMoreThanOneExportHolds_IsBegunUpToWhereItFits_AndTheRestIsOfferedAndBegun()
    {
        var portal = await FreshPortalAsync();
        var visitor = await VisitAsync(portal);
        await visitor.SignInAsync("operator");
        var to = new DateTimeOffset(CameraScreen.Yesterday, new TimeOnly(12, 0), TimeSpan.FromHours(9)).ToUniversalTime();
        await visitor.OpenLiveAsync(PortalUrls.NewExport(Aoba, new ExportDraft { Camera = CameraScreen.Gate, From = to.AddHours(-10), To = to, Kind = FootageKind.Stills, Every = 5 }));
        await visitor.SettledAsync();
        await visitor.Page.Locator("button.fits").ClickAsync();
        var begin = visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Exports.Begin"] });
        await Expect(begin).ToBeVisibleAsync();
        await visitor.KeepAsync("export-fits");
        Assert.Empty(await visitor.FindingsAsync());

        await begin.ClickAsync();
        await Expect(visitor.Page.GetByText(visitor.Words["Exports.After.What"])).ToBeVisibleAsync();
        await Expect(begin).ToBeVisibleAsync();
        await visitor.KeepAsync("export-rest");
        Assert.Empty(await visitor.FindingsAsync());
        await begin.ClickAsync();
        await Expect(visitor.Page.Locator("main .card .badge").First).ToBeVisibleAsync();

        await using var db = portal.Database.ForInstallation();
        var begun = await db.FootageExports.IgnoreQueryFilters().OrderBy(export => export.Number).Select(export => new { export.From, export.To }).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([to.AddHours(-10), begun[0].To], begun.Select(export => export.From));
        Assert.Equal(to, begun[^1].To);
    }

    /// <summary>Exports in states that take hours to come about.</summary>
    private static async Task<IReadOnlyList<(string Name, Guid Id)>> SeedAsync(PortalHost portal)
    {
        await using var installation = portal.Database.ForInstallation();
        var tenant = await installation.Tenants.SingleAsync(one => one.Slug == Aoba, TestContext.Current.CancellationToken);
        await using var db = portal.Database.ForTenant(tenant.Id);
        var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == "jp").Select(credential => credential.OperatorId).FirstAsync(TestContext.Current.CancellationToken);
        var begin = new DateTimeOffset(CameraScreen.Yesterday, new TimeOnly(12, 0), TimeSpan.FromHours(9)).ToUniversalTime();
        var made = new List<(string Name, Guid Id)>();
        foreach (var seed in Seeds)
        {
            var export = new FootageExport
            {
                TenantId = tenant.Id,
                Number = made.Count + 1,
                Coverage = "jp",
                OperatorId = operatorId!,
                DeviceId = CameraScreen.Gate,
                CameraName = "川崎第一 正門",
                From = begin,
                To = begin.AddMinutes(15 * seed.Pieces.Length),
                Kind = FootageKind.Video,
                AudioCodec = ExportAudioCodec.Pcm,
                HarvestFolder = seed.Name == "harvest" ? "/soracam/{device_id}/{export_id}/{date}" : null,
                Reason = "盗難の調査 #12",
                RequestedBy = "Haruto",
                State = seed.State,
                OwnerId = Guid.NewGuid(),
                OwnerName = "Haruto",
                Language = "en",
                CreatedAt = CameraScreen.Now.AddHours(-1),
                FinishedAt = seed.State == FootageExportState.Done ? CameraScreen.Now.AddMinutes(-30) : null,
                PausedAt = seed.State == FootageExportState.Paused ? CameraScreen.Now.AddMinutes(-30) : null,
                PausedBy = seed.PausedBy,
                Trouble = seed.Trouble,
            };
            db.FootageExports.Add(export);
            db.FootagePieces.AddRange(seed.Pieces.Select((piece, place) => new FootagePiece
            {
                TenantId = tenant.Id,
                ExportId = export.Id,
                Number = place + 1,
                From = begin.AddMinutes(15 * place),
                To = begin.AddMinutes(15 * (place + 1)),
                Cost = 900,
                Charged = piece.Charged,
                IsCharged = piece.Charged > 0,
                State = piece.State,
                Reason = piece.Reason,
                Length = piece.State == FootagePieceState.Fetched ? 48_000_000 : null,
                Sha256 = piece.State == FootagePieceState.Fetched ? new string('a', 64) : null,
                VideoMilliseconds = piece.State == FootagePieceState.Fetched && !(seed.Name == "doubtful" && place == 1) ? 423_000 : null,
                IsShort = seed.Name == "short" && place == 1,
                IsUnread = seed.Name == "doubtful" && place == 1,
                IsFoundInList = seed.Name == "doubtful" && place == 0,
                VendorId = piece.State == FootagePieceState.Waiting ? null : Guid.NewGuid().ToString(),
                At = CameraScreen.Now.AddMinutes(-40),
            }));
            made.Add((seed.Name, export.Id));
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return made;
    }

    private static readonly (string Name, FootageExportState State, string? Trouble, string? PausedBy, (FootagePieceState State, string? Reason, long Charged)[] Pieces)[] Seeds =
    [
        ("paused", FootageExportState.Paused, null, "Haruto", [(FootagePieceState.Waiting, null, 0), (FootagePieceState.Waiting, null, 0)]),
        ("quota", FootageExportState.Paused, ExportTrouble.Quota, null, [(FootagePieceState.Failed, ExportTrouble.NothingRecorded, 0), (FootagePieceState.Waiting, null, 0)]),
        ("link-died", FootageExportState.Paused, ExportTrouble.LinkDied, null, [(FootagePieceState.Failed, ExportTrouble.LinkDied, 900), (FootagePieceState.Waiting, null, 0)]),
        ("store-full", FootageExportState.Paused, ExportTrouble.StoreFull, null, [(FootagePieceState.Waiting, null, 0)]),
        ("failed", FootageExportState.Done, null, null, [(FootagePieceState.Failed, ExportTrouble.VendorFailed, 0), (FootagePieceState.Failed, ExportTrouble.VendorFailed, 0)]),
        ("unknown", FootageExportState.Done, null, null, [(FootagePieceState.Unknown, ExportTrouble.SeveralBegan, 0), (FootagePieceState.Unknown, ExportTrouble.Vanished, 0)]),
        ("short", FootageExportState.Done, null, null, [(FootagePieceState.Fetched, null, 900), (FootagePieceState.Fetched, null, 900)]),
        ("doubtful", FootageExportState.Done, null, null, [(FootagePieceState.Fetched, null, 900), (FootagePieceState.Fetched, null, 900), (FootagePieceState.Fetched, null, 900)]),
        ("camera-gone", FootageExportState.Paused, ExportTrouble.CameraGone, null, [(FootagePieceState.Waiting, null, 0)]),
        ("harvest", FootageExportState.Done, null, null, [(FootagePieceState.Delivered, null, 900)]),
    ];
}
