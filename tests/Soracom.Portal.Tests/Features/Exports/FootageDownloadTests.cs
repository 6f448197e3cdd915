using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>What is downloaded of an export: by whom, what it holds, and from where on.</summary>
public sealed class FootageDownloadTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";

    private ExportScene scene = null!;
    private FootageExport export = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync();
        export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)) with { Reason = "盗難の調査 #12" });
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Manifest_OfAPieceOfWhichNobodyKnows_SaysThatItMayBeCharged()
    {
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[1].State, pieces[1].Reason, pieces[1].IsCharged, pieces[1].Charged) = (FootagePieceState.Unknown, ExportTrouble.SeveralBegan, false, 0));

        using var manifest = JsonDocument.Parse((await DownloadAsync(PortalUrls.ExportManifest(scene.Slug, export.Id))).Content);

        var root = manifest.RootElement;
        Assert.Equal((600, 1), (root.GetProperty("chargedSeconds").GetInt64(), root.GetProperty("piecesOfUnknownCharge").GetInt32()));
        var pieces = root.GetProperty("pieces").EnumerateArray().ToList();
        Assert.False(pieces[0].TryGetProperty("chargeNotKnown", out _));
        Assert.True(pieces[1].GetProperty("chargeNotKnown").GetBoolean());
    }

    [Fact]
    public async Task Zip_HoldsThePiecesInOrder_AndAManifestThatIsTrue()
    {
        var file = await DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id));

        Assert.Equal((HttpStatusCode.OK, "application/zip", "no-store"), (file.Status, file.Headers["Content-Type"], file.Headers["Cache-Control"]));
        using var zip = new ZipArchive(new MemoryStream(file.Content), ZipArchiveMode.Read);
        using var manifest = await JsonDocument.ParseAsync(zip.GetEntry("manifest.json")!.Open(), cancellationToken: Watchdog.Token);
        var root = manifest.RootElement;
        Assert.Equal(("盗難の調査 #12", scene.Tenant.Actor.Name, "done"), (Text(root, "export", "reason"), Text(root, "export", "requestedBy"), Text(root, "export", "state")));
        Assert.Equal((Gate, export.DeviceId, "jp"), (Text(root, "camera", "name"), Text(root, "camera", "deviceId"), Text(root, "camera", "coverage")));
        Assert.Equal((export.From, export.To), (root.GetProperty("period").GetProperty("from").GetDateTimeOffset(), root.GetProperty("period").GetProperty("to").GetDateTimeOffset()));
        Assert.Equal(1200, root.GetProperty("chargedSeconds").GetInt64());
        Assert.Empty(root.GetProperty("notIncluded").EnumerateArray());
        var pieces = root.GetProperty("pieces").EnumerateArray().ToList();
        Assert.Equal(zip.Entries.Skip(1).Select(entry => entry.FullName), pieces.Select(piece => piece.GetProperty("file").GetString()));
        Assert.Equal(export.From, pieces[0].GetProperty("from").GetDateTimeOffset());
        Assert.Equal(pieces[0].GetProperty("to").GetDateTimeOffset(), pieces[1].GetProperty("from").GetDateTimeOffset());
        foreach (var piece in pieces)
        {
            using var content = new MemoryStream();
            await using (var entry = zip.GetEntry(piece.GetProperty("file").GetString()!)!.Open())
            {
                await entry.CopyToAsync(content, Watchdog.Token);
            }

            Assert.Equal((piece.GetProperty("bytes").GetInt64(), piece.GetProperty("sha256").GetString()), (content.Length, Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))));
            Assert.Equal("ftyp", ExportScene.Boxes(content.ToArray())[0]);
        }
    }

    [Fact]
    public async Task Zip_OfAPeriodThatEndedLater_IsOfWhatHadComeWhenItWasBegun()
    {
        var now = scene.Portal.Clock.GetUtcNow();
        var begun = await scene.BeginAsync(new ExportRequest { DeviceId = export.DeviceId, From = now.AddMinutes(-5), To = now.AddHours(1) });
        await scene.WorkAsync(begun.Id);

        var file = await DownloadAsync(PortalUrls.ExportZip(scene.Slug, begun.Id));

        using var zip = new ZipArchive(new MemoryStream(file.Content), ZipArchiveMode.Read);
        using var manifest = await JsonDocument.ParseAsync(zip.Entries[0].Open(), cancellationToken: Watchdog.Token);
        Assert.Empty(manifest.RootElement.GetProperty("notIncluded").EnumerateArray());
        Assert.Equal(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), manifest.RootElement.GetProperty("period").GetProperty("to").GetDateTimeOffset());
    }

    [Fact]
    public async Task Zip_OfAnExportThatWasBegunBeforeItsEndHadCome_TellsThatApartFromWhatIsMissing()
    {
        var now = scene.Portal.Clock.GetUtcNow();
        // As rows of earlier versions are.
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE FootageExports SET \"To\" = $to, CreatedAt = $created WHERE Id = $id", ("$to", now.AddHours(1).UtcTicks), ("$created", now.UtcTicks), ("$id", export.Id.ToString().ToUpperInvariant()));

        var file = await DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id));

        using var zip = new ZipArchive(new MemoryStream(file.Content), ZipArchiveMode.Read);
        using var manifest = await JsonDocument.ParseAsync(zip.Entries[0].Open(), cancellationToken: Watchdog.Token);
        var later = manifest.RootElement.GetProperty("notRecordedYet");
        Assert.Equal((now, now.AddHours(1)), (later.GetProperty("from").GetDateTimeOffset(), later.GetProperty("to").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Manifest_OfWhatWasPutIntoHarvestFiles_TellsWhereItIs_AndWhatNobodyHereKnowsOfIt()
    {
        var begun = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)) with { HarvestFolder = "/evidence/{device_id}/{export_id}/{date}", Reason = "Case 7" });
        var done = await scene.WorkAsync(begun.Id);
        Assert.Equal("Done: 2 Delivered", ExportScene.Describe(done));

        var file = await DownloadAsync(PortalUrls.ExportManifest(scene.Slug, begun.Id));

        Assert.Equal("application/json", file.Headers["Content-Type"]);
        using var manifest = JsonDocument.Parse(file.Content);
        Assert.Equal(("Case 7", scene.Tenant.Actor.Name), (manifest.RootElement.GetProperty("export").GetProperty("reason").GetString(), manifest.RootElement.GetProperty("export").GetProperty("requestedBy").GetString()));
        Assert.Contains("SHA-256", manifest.RootElement.GetProperty("notKnown").GetString(), StringComparison.Ordinal);
        Assert.Empty(manifest.RootElement.GetProperty("notIncluded").EnumerateArray());
        foreach (var (told, piece) in manifest.RootElement.GetProperty("pieces").EnumerateArray().Zip(done.Pieces))
        {
            Assert.Equal(("delivered", piece.VendorId, $"/evidence/{begun.DeviceId}/{piece.VendorId}/{{date}}"), (told.GetProperty("state").GetString(), told.GetProperty("vendorExportId").GetString(), told.GetProperty("harvestFolder").GetString()));
            Assert.Equal((piece.From, piece.To, 600), (told.GetProperty("from").GetDateTimeOffset(), told.GetProperty("to").GetDateTimeOffset(), told.GetProperty("chargedSeconds").GetInt64()));
            Assert.False(told.TryGetProperty("sha256", out _) || told.TryGetProperty("bytes", out _));
        }

        Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageDownloaded && entry.Detail!.EndsWith("/manifest.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Zip_OfAnExportUnderWay_HoldsWhatIsThereAndSaysSo()
    {
        await scene.ChangeAsync(export.Id, (row, pieces) => (row.State, pieces[1].State) = (FootageExportState.Paused, FootagePieceState.Waiting));

        var file = await DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id));

        using var zip = new ZipArchive(new MemoryStream(file.Content), ZipArchiveMode.Read);
        Assert.Equal(2, zip.Entries.Count);
        using var manifest = await JsonDocument.ParseAsync(zip.Entries[0].Open(), cancellationToken: Watchdog.Token);
        Assert.Equal("waiting", manifest.RootElement.GetProperty("pieces")[1].GetProperty("state").GetString());
        Assert.False(manifest.RootElement.GetProperty("pieces")[1].TryGetProperty("file", out _));
        Assert.Single(manifest.RootElement.GetProperty("notIncluded").EnumerateArray());
    }

    [Fact]
    public async Task Zip_FromTheMiddle_GoesOnWhereItBroke_AndIsOneDownloadInTheTrail()
    {
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);
        var whole = await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id));
        var middle = whole.Content.Length / 2;

        var rest = await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id), ("Range", $"bytes={middle}-"), ("If-Range", whole.Headers["ETag"]));
        var last = await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id), ("Range", "bytes=-10"));
        var beyond = await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id), ("Range", $"bytes={whole.Content.Length}-"));

        Assert.Equal((HttpStatusCode.PartialContent, $"bytes {middle}-{whole.Content.Length - 1}/{whole.Content.Length}"), (rest.Status, rest.Headers["Content-Range"]));
        Assert.Equal(whole.Content[middle..], rest.Content);
        Assert.Equal(whole.Content[^10..], last.Content);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.Status);
        var entry = Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageDownloaded);
        Assert.Equal((scene.Tenant.Actor.Name, export.DeviceId, "#1"), (entry.ActorName, entry.ObjectId, entry.Detail));
    }

    [Fact]
    public async Task Head_TellsTheLength_AndIsNoDownloadInTheTrail()
    {
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);

        var head = await visitor.HeadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 1));

        Assert.Equal((HttpStatusCode.OK, "bytes", 0), (head.Status, head.Headers["Accept-Ranges"], head.Content.Length));
        Assert.DoesNotContain(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageDownloaded);
    }

    [Fact]
    public async Task Piece_WhoseDownloadBreaksOff_GoesOnFromThere_AndIsWhole()
    {
        var piece = (await scene.GetAsync(export.Id)).Pieces[0];
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);
        var first = new byte[100_000];
        Assert.True(first.Length < piece.Length);
        string tag;
        using (var broken = await visitor.OpenAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 1)))
        {
            tag = broken.Headers.ETag!.ToString();
            await (await broken.Content.ReadAsStreamAsync(Watchdog.Token)).ReadExactlyAsync(first, Watchdog.Token);
        }

        var rest = await visitor.DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 1), ("Range", $"bytes={first.Length}-"), ("If-Range", tag));

        Assert.Equal(HttpStatusCode.PartialContent, rest.Status);
        Assert.Equal(piece.Sha256, Convert.ToHexStringLower(SHA256.HashData([.. first, .. rest.Content])));
        Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageDownloaded);
    }

    [Fact]
    public async Task Zip_ThatChangedSince_IsSentWholeAgain()
    {
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);
        var whole = await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id));
        await scene.ChangeAsync(export.Id, (_, pieces) => pieces[1].State = FootagePieceState.Failed);

        var again = await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id), ("Range", "bytes=100-"), ("If-Range", whole.Headers["ETag"]));

        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    [Fact]
    public async Task Piece_IsTheVideoAlone_AndEachIsRecorded()
    {
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);
        var pieces = (await scene.GetAsync(export.Id)).Pieces;

        foreach (var piece in pieces)
        {
            var file = await visitor.DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, piece.Number));
            Assert.Equal((HttpStatusCode.OK, "video/mp4", piece.Sha256), (file.Status, file.Headers["Content-Type"], Convert.ToHexStringLower(SHA256.HashData(file.Content))));
            Assert.Contains($"footage-1_{export.DeviceId}_000{piece.Number}_", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        }

        Assert.Equal(["#1/1", "#1/2"], (await scene.Portal.TrailAsync(scene.Slug)).Where(entry => entry.Action == AuditActions.FootageDownloaded).Select(entry => entry.Detail));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 3))).Status);
    }

    [Theory]
    [InlineData(PortalScene.Aoba, TenantRole.Owner)]
    [InlineData(PortalScene.Nagisa, TenantRole.Viewer)]
    [InlineData(PortalScene.Nagisa, TenantRole.Billing)]
    public async Task Download_ByWhoMayNot_IsRefused_AndNotThereForAnotherTenant(string slug, TenantRole role)
    {
        var refusal = slug == scene.Slug ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound;
        var person = await scene.Portal.MemberAsync(slug, role);
        using var visitor = new Visitor(scene.Portal, person);

        // By the tenant that it is of, and by one's own.
        foreach (var tenant in (string[])[scene.Slug, slug])
        {
            Assert.Equal(refusal, (await visitor.DownloadAsync(PortalUrls.ExportZip(tenant, export.Id))).Status);
            Assert.Equal(refusal, (await visitor.DownloadAsync(PortalUrls.ExportPiece(tenant, export.Id, 1))).Status);
        }

        Assert.DoesNotContain(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageDownloaded);
        if (slug == scene.Slug)
        {
            var refused = Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.ActorId == person.PersonId && entry.Action == AuditActions.PermissionUsed);
            Assert.Equal((AuditOutcome.Denied, nameof(Permission.CamerasExport)), (refused.Outcome, refused.ObjectId));
        }
    }

    [Fact]
    public void Zip_ThatLacksPieces_SaysSoByItsName()
    {
        Assert.Equal($"footage-1_{export.DeviceId}.zip", FootageNames.Zip(export, 4, 4));
        Assert.Equal($"footage-1_{export.DeviceId}_3-of-4.zip", FootageNames.Zip(export, 3, 4));
    }

    [Fact]
    public async Task Download_BySomebodyWhoIsNotSignedIn_LeadsToTheSignIn()
    {
        using var visitor = new Visitor(scene.Portal);

        Assert.Equal(HttpStatusCode.Found, (await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id))).Status);
    }

    [Fact]
    public async Task Download_WhoseRightEndsMeanwhile_BreaksOff_InsteadOfLookingWhole()
    {
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);
        using var answer = await visitor.OpenAsync(PortalUrls.ExportZip(scene.Slug, export.Id));
        await using var content = await answer.Content.ReadAsStreamAsync(Watchdog.Token);
        var buffer = new byte[64 * 1024];
        await content.ReadExactlyAsync(buffer, Watchdog.Token);
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            await db.TenantMembers.Where(member => member.PersonId == scene.Tenant.Actor.PersonId).ExecuteDeleteAsync(Watchdog.Token);
        }

        scene.Portal.Clock.Advance(GuardedStream.Interval);

        long came = buffer.Length;
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await content.ReadAsync(buffer, Watchdog.Token) is > 0 and var read)
            {
                came += read;
            }
        });
        Assert.InRange(came, buffer.Length, answer.Content.Headers.ContentLength!.Value - 1);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id))).Status);
    }

    [Fact]
    public async Task Download_WhoseRightGoesOn_IsAskedForInIntervals_AndComesWhole()
    {
        var clock = scene.Portal.Clock;
        var asked = 0;
        await using var content = new GuardedStream(new MemoryStream(new byte[100]), _ => { asked++; return ValueTask.CompletedTask; }, clock);
        var buffer = new byte[10];

        Assert.Equal(10, await content.ReadAsync(buffer, Watchdog.Token));
        clock.Advance(GuardedStream.Interval - TimeSpan.FromTicks(1));
        Assert.Equal((10, 0), (await content.ReadAsync(buffer, Watchdog.Token), asked));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((10, 1), (await content.ReadAsync(buffer, Watchdog.Token), asked));
        Assert.Equal((10, 1), (await content.ReadAsync(buffer, Watchdog.Token), asked));
    }

    [Fact]
    public async Task Download_OfFilesThatWereRemoved_SaysThatTheyAreGone()
    {
        await scene.Exports.RemoveAsync(scene.Tenant, export.Id, Watchdog.Token);

        Assert.Equal(HttpStatusCode.Gone, (await DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id))).Status);
        Assert.Equal(HttpStatusCode.Gone, (await DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 1))).Status);
    }

    [Fact]
    public async Task Download_OfAFileThatWasLost_SettlesItAsLost_AndItIsFetchedAgain()
    {
        var second = Assert.Single(Directory.GetFiles(Folder, "00002-*"));
        File.Delete(second);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id))).Status);

        var lost = await scene.GetAsync(export.Id);
        Assert.Equal("Done: 1 Fetched 1 Failed (FileBroken)", ExportScene.Describe(lost));
        Assert.Equal("#1, 1", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageLost).Detail);
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        var again = await scene.WorkAsync(export.Id);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(again));
        // It was paid for twice, and the page says so.
        Assert.Equal(again.Pieces[0].Cost + (2 * again.Pieces[1].Cost), again.Counts.Charged);
        Assert.Equal(HttpStatusCode.OK, (await DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id))).Status);
    }

    [Fact]
    public async Task Retry_OfAFileThatIsThereAgain_TakesItAsItIs_AndPaysForNothing()
    {
        var second = Assert.Single(Directory.GetFiles(Folder, "00002-*"));
        var charged = (await scene.GetAsync(export.Id)).Counts.Charged;
        File.Move(second, second + ".away");
        await DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 2));
        File.Move(second + ".away", second);

        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);

        var again = await scene.GetAsync(export.Id);
        Assert.Equal(("Done: 2 Fetched", charged), (ExportScene.Describe(again), again.Counts.Charged));
        Assert.Equal(HttpStatusCode.OK, (await DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 2))).Status);
    }

    [Fact]
    public async Task Download_OfAFileThatWasCutOff_SettlesItAsLost()
    {
        await using (var second = File.OpenWrite(Assert.Single(Directory.GetFiles(Folder, "00002-*"))))
        {
            second.SetLength(second.Length - 1);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 2))).Status);

        Assert.Equal("Done: 1 Fetched 1 Failed (FileBroken)", ExportScene.Describe(await scene.GetAsync(export.Id)));
    }

    [Fact]
    public async Task Download_OfAFileThatWasAltered_BreaksOff_SettlesIt_AndItIsFetchedAgain()
    {
        await using (var second = new FileStream(Assert.Single(Directory.GetFiles(Folder, "00002-*")), FileMode.Open, FileAccess.ReadWrite))
        {
            second.Position = second.Length / 2;
            var one = second.ReadByte();
            second.Position--;
            second.WriteByte((byte)(one ^ 1));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id)));

        Assert.Equal("Done: 1 Fetched 1 Failed (FileAltered)", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.Equal("#1, 1", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageLost).Detail);
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(HttpStatusCode.OK, (await DownloadAsync(PortalUrls.ExportZip(scene.Slug, export.Id))).Status);
        // What was altered is gone with what replaces it.
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task Download_WhileTheShareIsAway_SettlesNothing_AndNoExportBeginsAStoreInItsPlace()
    {
        var share = Path.GetDirectoryName(Path.GetDirectoryName(Folder)!)!;
        Directory.Move(share, share + ".away");
        // What is left where a share was mounted: somebody has written there.
        Directory.CreateDirectory(Folder);
        var other = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 1))).Status);
        Assert.Equal("Paused (StoreGone): 1 Waiting", ExportScene.Describe(await scene.WorkAsync(other.Id)));
        Assert.Empty(Directory.GetFiles(share, "*", SearchOption.AllDirectories));

        Directory.Delete(share, recursive: true);
        Directory.Move(share + ".away", share);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, other.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(other.Id)));
        Assert.Equal(HttpStatusCode.OK, (await DownloadAsync(PortalUrls.ExportPiece(scene.Slug, export.Id, 1))).Status);
    }

    private string Folder => Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports", export.TenantId.ToString("N"), export.Id.ToString("N"));

    private static string? Text(JsonElement root, string part, string name) => root.GetProperty(part).GetProperty(name).GetString();

    private async Task<VisitedFile> DownloadAsync(string path)
    {
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);
        return await visitor.DownloadAsync(path);
    }
}
