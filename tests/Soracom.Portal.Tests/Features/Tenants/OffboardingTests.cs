using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Radzen;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Tests.Features.Exports;
using Soracom.Portal.Tests.Hosting;

namespace Soracom.Portal.Tests.Features.Tenants;

/// <summary>A customer leaves: all that is held of it is taken along, then removed with its keys, and nothing of anybody else's.</summary>
public sealed class OffboardingTests : IAsyncLifetime
{
    private const string Slug = PortalScene.Nagisa;

    private ExportScene exports = null!;
    private PortalScene scene = null!;
    private ResellerContext reseller = null!;
    private Guid tenantId;

    private string Footage => Path.Combine(Path.GetDirectoryName(scene.TestDatabase.FilePath)!, "exports", tenantId.ToString("N"));

    public async ValueTask InitializeAsync()
    {
        exports = await ExportScene.StartAsync();
        scene = exports.Portal;
        tenantId = await scene.TenantIdAsync(Slug);
        reseller = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(Slug, role: null, "Rin"), Watchdog.Token));
    }

    public ValueTask DisposeAsync() => exports.DisposeAsync();

    [Fact]
    public async Task Files_HoldEveryTableAndWhatLiesSealed_AndNoSecret()
    {
        await FillAsync();
        await SuspendAsync();
        using var visitor = new Visitor(scene, reseller.Actor);

        var file = await TakeAsync(visitor);

        Assert.Equal((HttpStatusCode.OK, "application/zip", "no-store"), (file.Status, file.Headers["Content-Type"], file.Headers["Cache-Control"]));
        using var zip = new ZipArchive(new MemoryStream(file.Content), ZipArchiveMode.Read);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            texts[entry.FullName] = await reader.ReadToEndAsync(Watchdog.Token);
        }

        await using var db = scene.Database.ForTenant(tenantId);
        Assert.All(TenantTables.Names(db), table => Assert.Contains($"tables/{table}.jsonl", texts.Keys));
        Assert.Equal(await db.InventorySims.CountAsync(Watchdog.Token), texts["tables/InventorySims.jsonl"].Count(letter => letter == '\n'));
        Assert.Equal(2, texts.Keys.Count(name => name.StartsWith("footage/1/", StringComparison.Ordinal)));
        Assert.Equal(await db.GroupRevisions.CountAsync(Watchdog.Token), texts.Keys.Count(name => name.StartsWith("groups/", StringComparison.Ordinal)));
        Assert.All(texts.Where(text => text.Key.StartsWith("groups/", StringComparison.Ordinal)), text => JsonDocument.Parse(text.Value).Dispose());
        using var manifest = JsonDocument.Parse(texts[CustomerFiles.Manifest]);
        Assert.Equal((Slug, "Rin", 0), (manifest.RootElement.GetProperty("tenant").GetProperty("slug").GetString(), manifest.RootElement.GetProperty("by").GetString(), manifest.RootElement.GetProperty("lost").GetArrayLength()));

        var all = string.Concat(texts.Values);
        var account = scene.Account(Slug);
        Assert.DoesNotContain(account.AuthKey, all, StringComparison.Ordinal);
        Assert.All(account.Users, user => Assert.DoesNotContain(user.AuthKey, all, StringComparison.Ordinal));
        Assert.All(texts.Where(text => text.Key.StartsWith("tables/", StringComparison.Ordinal)), text => Assert.DoesNotMatch("\"(Sealed|Wrapped|FileKey|CodeHash|Content|Digest)\"", text.Value));
        Assert.DoesNotContain((await scene.TenantIdAsync(PortalScene.Aoba)).ToString(), all, StringComparison.OrdinalIgnoreCase);
        Assert.Single(await scene.TrailAsync(Slug), entry => entry is { Action: AuditActions.TenantExported, ActorName: "Rin", Outcome: AuditOutcome.Succeeded });
    }

    [Fact]
    public async Task Files_OneIsDamagedAndOneLost_AreNamed_AndTheOthersAreThere()
    {
        await FillAsync();
        var stored = Directory.EnumerateFiles(Footage, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        File.Delete(stored[0]);
        await using (var cut = new FileStream(stored[1], FileMode.Open))
        {
            cut.SetLength(cut.Length / 2);
        }

        await SuspendAsync();
        using var visitor = new Visitor(scene, reseller.Actor);
        var file = await TakeAsync(visitor);

        using var zip = new ZipArchive(new MemoryStream(file.Content), ZipArchiveMode.Read);
        using var manifest = await JsonDocument.ParseAsync(zip.GetEntry(CustomerFiles.Manifest)!.Open(), cancellationToken: Watchdog.Token);
        Assert.Equal(2, manifest.RootElement.GetProperty("lost").GetArrayLength());
        Assert.NotNull(zip.GetEntry("tables/InventorySims.jsonl"));
    }

    [Fact]
    public async Task Files_WhereHalfOfAKeyIsLost_AreNamedAsLost_AndTheRestIsThere_AndThePageSaysSo()
    {
        await FillAsync();
        await SuspendAsync();
        Directory.Delete(Path.Combine(scene.TestDatabase.KeysFolder, tenantId.ToString("N")), recursive: true);
        using var visitor = new Visitor(scene, reseller.Actor);

        var file = await TakeAsync(visitor);

        using var zip = new ZipArchive(new MemoryStream(file.Content), ZipArchiveMode.Read);
        using var manifest = await JsonDocument.ParseAsync(zip.GetEntry(CustomerFiles.Manifest)!.Open(), cancellationToken: Watchdog.Token);
        var lost = manifest.RootElement.GetProperty("lost").EnumerateArray().Select(path => path.GetString()!).ToList();
        await using var db = scene.Database.ForTenant(tenantId);
        var revisions = await db.GroupRevisions.CountAsync(Watchdog.Token);
        Assert.Equal((2, revisions), (lost.Count(path => path.StartsWith("footage/", StringComparison.Ordinal)), lost.Count(path => path.StartsWith("groups/", StringComparison.Ordinal))));
        Assert.True(revisions > 0);
        Assert.NotNull(zip.GetEntry("tables/InventorySims.jsonl"));
        Assert.Single(await scene.TrailAsync(Slug), entry => entry is { Action: AuditActions.TenantExported, Outcome: AuditOutcome.Succeeded } && entry.Detail == $"lost: {lost.Count}");
        var customer = await scene.Get<Customers>().FindAsync(reseller, Slug, Watchdog.Token);
        await using var circuit = new ComponentScene(scene);
        var card = circuit.Render<OffboardCard>(parameters => parameters.Add(one => one.Customer, customer!));
        Assert.Contains($"{lost.Count} files could not be opened", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_WhileTheStoreOfHalvesIsAway_AreBrokenOff_AsNothingIsKnownToBeLost()
    {
        await FillAsync();
        await SuspendAsync();
        var (keys, isBrokenOff) = (scene.TestDatabase.KeysFolder, false);
        Directory.Move(keys, keys + "-away");

        var failed = await Assert.ThrowsAsync<VaultException>(() => scene.Get<CustomerFiles>().WriteAsync(reseller, Slug, () => { }, new MemoryStream(), () => isBrokenOff = true, Watchdog.Token));

        Assert.Equal((VaultFailure.KeyShare, true), (failed.Failure, isBrokenOff));
        Directory.Move(keys + "-away", keys);
    }

    [Fact]
    public async Task Files_ThatCantBeWrittenToTheirEnd_AreBrokenOffBeforeTheyLookWhole()
    {
        var files = new CustomerFiles(scene.Database, scene.Get<Customers>(), [new Away()], scene.Get<SuspensionNotices>(), scene.Get<AuditTrail>(), scene.Clock);
        await SuspendAsync();
        using var output = new MemoryStream();
        var length = 0L;

        await Assert.ThrowsAsync<IOException>(() => files.WriteAsync(reseller, Slug, () => { }, output, () => length = output.Length, Watchdog.Token));

        Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(output.ToArray()[..(int)length]), ZipArchiveMode.Read));
        Assert.Single(await scene.TrailAsync(Slug), entry => entry is { Action: AuditActions.TenantExported, Outcome: AuditOutcome.Failed });
    }

    [Theory]
    [InlineData("en", "took the data of", "Rin of")]
    [InlineData("ja", "持ち出しました", "Rin さん")]
    public async Task Files_AreToldToTheOwnersByMail_EvenWhereTheSuspensionEndsFirst(string language, string subject, string who)
    {
        await SuspendAsync();
        await WithMailAsync(language);
        using var visitor = new Visitor(scene, reseller.Actor);

        Assert.Equal(HttpStatusCode.OK, (await TakeAsync(visitor)).Status);
        Assert.Null((await scene.Get<Customers>().ResumeAsync(reseller, tenantId, Watchdog.Token)).Error);
        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);

        // To each owner, though none had anything put into the tenant's archive before.
        var letters = (await Assert.IsType<FolderMailer>(scene.Get<IMailer>()).ListAsync(Watchdog.Token)).Select(kept => kept.Letter).OrderBy(one => one.Recipient, StringComparer.Ordinal).ToList();
        Assert.Equal(["other@example.com", "owner@example.com"], letters.Select(one => one.Recipient));
        var letter = letters[1];
        Assert.Contains(subject, letter.Subject, StringComparison.Ordinal);
        Assert.Contains(who, letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(language == "ja" ? "途中" : "broken off", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_TakenAgainAndAgain_AreToldToEachOwnerOnceADay_AndInTheTrailEachTime()
    {
        await SuspendAsync();
        await WithMailAsync("en");
        var files = new CustomerFiles(scene.Database, scene.Get<Customers>(), [], scene.Get<SuspensionNotices>(), scene.Get<AuditTrail>(), scene.Clock);
        await TakeAsync();
        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);
        await TakeAsync();
        await TakeAsync();
        Assert.Equal(2, await MailsAsync());

        // One whose mail was given up is tried anew; the other has been told.
        await scene.TestDatabase.ExecuteAsync("UPDATE OutgoingMails SET State = 'Failed' WHERE Recipient = 'other@example.com'");
        await TakeAsync();
        Assert.Equal(3, await MailsAsync());

        await scene.TestDatabase.ExecuteAsync("UPDATE OutgoingMails SET MadeAt = MadeAt - $day", ("$day", SuspensionNotices.TakenAgain.Ticks));
        await TakeAsync();
        Assert.Equal(5, await MailsAsync());
        Assert.Equal(5, (await scene.TrailAsync(Slug)).Count(entry => entry is { Action: AuditActions.TenantExported, Outcome: AuditOutcome.Succeeded }));
        Assert.All(await Assert.IsType<FolderMailer>(scene.Get<IMailer>()).ListAsync(Watchdog.Token), kept => Assert.Contains("within 24 hours, there is no other mail", kept.Letter.Text, StringComparison.Ordinal));

        async Task TakeAsync() => Assert.Null((await files.WriteAsync(reseller, Slug, () => { }, new MemoryStream(), () => { }, Watchdog.Token)).Error);

        async Task<int> MailsAsync()
        {
            await using var db = scene.Database.ForTenant(tenantId);
            return await db.OutgoingMails.CountAsync(mail => mail.ObjectId != tenantId, Watchdog.Token);
        }
    }

    [Fact]
    public async Task Files_ThatAreBrokenOff_AreToldToTheOwnersToo()
    {
        await SuspendAsync();
        await WithMailAsync("en");
        var files = new CustomerFiles(scene.Database, scene.Get<Customers>(), [new Away()], scene.Get<SuspensionNotices>(), scene.Get<AuditTrail>(), scene.Clock);

        await Assert.ThrowsAsync<IOException>(() => files.WriteAsync(reseller, Slug, () => { }, new MemoryStream(), () => { }, Watchdog.Token));
        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);

        var letters = await Assert.IsType<FolderMailer>(scene.Get<IMailer>()).ListAsync(Watchdog.Token);
        Assert.Equal(2, letters.Count);
        Assert.All(letters, kept => Assert.Contains("broken off", kept.Letter.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_AreInTheTrailBeforeTheFirstByte()
    {
        var files = new CustomerFiles(scene.Database, scene.Get<Customers>(), [], scene.Get<SuspensionNotices>(), scene.Get<AuditTrail>(), scene.Clock);
        await SuspendAsync();
        var before = new List<AuditOutcome>();

        await files.WriteAsync(reseller, Slug, () => before.AddRange(Told().GetAwaiter().GetResult()), new MemoryStream(), () => { }, Watchdog.Token);

        Assert.Equal([AuditOutcome.Begun], before);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], await Told());

        async Task<List<AuditOutcome>> Told() => [.. (await scene.TrailAsync(Slug)).Where(entry => entry.Action == AuditActions.TenantExported).Select(entry => entry.Outcome)];
    }

    [Theory]
    [InlineData("UPDATE Tenants SET ResellerCeiling = 'Operator'")]
    [InlineData("UPDATE Tenants SET SuspendedAt = NULL")]
    [InlineData("UPDATE Tenants SET ResellerId = NULL")]
    public async Task Files_TheRightEndsMeanwhile_AreBrokenOff(string end)
    {
        await SuspendAsync();
        var ending = new Ending(async () =>
        {
            scene.Clock.Advance(GuardedStream.Interval);
            await scene.TestDatabase.ExecuteAsync(end);
        });
        var files = new CustomerFiles(scene.Database, scene.Get<Customers>(), [ending], scene.Get<SuspensionNotices>(), scene.Get<AuditTrail>(), scene.Clock);
        var isBrokenOff = false;

        await Assert.ThrowsAsync<PermissionDeniedException>(() => files.WriteAsync(reseller, Slug, () => { }, new MemoryStream(), () => isBrokenOff = true, Watchdog.Token));

        Assert.True(isBrokenOff);
    }

    [Theory]
    [InlineData("owner", null)]
    [InlineData("nobody", null)]
    [InlineData("other partner", null)]
    [InlineData("held", "CustomerHolds")]
    [InlineData("served", "FilesSuspended")]
    public async Task Files_ForThoseWhoMayNot_LeadBackToThePageThatSaysSo(string who, string? refusal)
    {
        await SuspendAsync();
        var person = who switch
        {
            "owner" => await scene.MemberAsync(Slug, TenantRole.Owner),
            "nobody" => await scene.SignInAsync(),
            "other partner" => await OtherPartnerAsync(),
            _ => reseller.Actor,
        };
        await scene.TestDatabase.ExecuteAsync(who switch
        {
            "held" => "UPDATE Tenants SET ResellerCeiling = 'Operator'",
            "served" => "UPDATE Tenants SET SuspendedAt = NULL",
            _ => "SELECT 1",
        });
        using var visitor = new Visitor(scene, person);

        var file = await TakeAsync(visitor);

        Assert.Equal((HttpStatusCode.SeeOther, PortalUrls.Customer(Slug, refusal), 0), (file.Status, file.Headers["Location"], file.Content.Length));
        Assert.DoesNotContain(await scene.TrailAsync(Slug), entry => entry.Action == AuditActions.TenantExported);
        var page = (await visitor.GetAsync(file.Headers["Location"])).Body;
        Assert.Contains(who switch { "held" => "Not permitted by the customer", "served" => "The account is not suspended", _ => "There is no such customer" }, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_ByAnAddressOrAFormOfAnotherSite_AreNotBegun()
    {
        await SuspendAsync();
        using var visitor = new Visitor(scene, reseller.Actor);

        var led = await visitor.GetAsync(PortalUrls.CustomerFiles(Slug));
        var forged = await visitor.PostAsync(PortalUrls.CustomerFiles(Slug), from: null);

        Assert.Equal((HttpStatusCode.Redirect, PortalUrls.Customer(Slug)), (led.Status, led.Location));
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.DoesNotContain(await scene.TrailAsync(Slug), entry => entry.Action == AuditActions.TenantExported);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("//elsewhere.example")]
    public async Task Files_OfANameThatIsAnAddress_LeadNowhereElse(string slug)
    {
        using var visitor = new Visitor(scene, reseller.Actor);

        var file = await visitor.DownloadByFormAsync(PortalUrls.CustomerFiles(slug), PortalUrls.Customers());

        Assert.StartsWith("/customers/", file.Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_WithoutASession_LeadToSignIn()
    {
        using var visitor = new Visitor(scene);

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(PortalUrls.CustomerFiles(Slug))).Status);
    }

    [Fact]
    public async Task Remove_LeavesNothingOfTheTenantButItsTrail_AndAllOfTheOthers()
    {
        await FillAsync();
        await SuspendAsync();
        var others = await CountAsync(await scene.TenantIdAsync(PortalScene.Aoba));
        Assert.True(Directory.Exists(Footage));

        var removed = await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token);

        Assert.True(removed.Value);
        Assert.Equal(others, await CountAsync(await scene.TenantIdAsync(PortalScene.Aoba)));
        Assert.True(others["InventorySims"] > 0 && others["VendorCredentials"] > 0);
        Assert.Equal(["AuditEntries"], (await CountAsync(tenantId)).Where(table => table.Value > 0).Select(table => table.Key));
        Assert.False(Directory.Exists(Footage));
        await using var db = scene.Database.ForInstallation();
        Assert.False(await db.Tenants.AnyAsync(tenant => tenant.Id == tenantId, Watchdog.Token));
        Assert.Equal(
            [(AuditOutcome.Begun, "Rin", reseller.Name), (AuditOutcome.Succeeded, "Rin", reseller.Name)],
            (await scene.TrailAsync()).Where(entry => entry.Action == AuditActions.TenantRemoved).Select(entry => (entry.Outcome, entry.ActorName, entry.OnBehalfOf)));
        Assert.Null(await scene.Get<Customers>().FindAsync(reseller, Slug, Watchdog.Token));
        await using var own = scene.Database.ForTenant(tenantId);
        Assert.Empty((await AuditCheck.RunAsync(own, tenantId, Watchdog.Token)).Faults);
    }

    [Fact]
    public async Task Remove_KeepsABackupFromBefore_FromOpeningWhatTheTenantHadSealed_ThoughItBringsTheWrappedKeysBack()
    {
        await FillAsync();
        // In the rotation, too: the former key's half lies in the folder for a while.
        var owner = await scene.OpenAsync(Slug, TenantRole.Owner);
        Assert.Null((await scene.Get<CredentialStore>().RotateKeyAsync(owner, Watchdog.Token)).Error);
        var aoba = await scene.TenantIdAsync(PortalScene.Aoba);
        var folder = Path.GetDirectoryName(scene.TestDatabase.FilePath)!;
        var (backup, keysThen, keysNow) = (Path.Combine(folder, "backup.db"), Path.Combine(folder, "keys-then"), scene.TestDatabase.KeysFolder);
        await scene.TestDatabase.ExecuteAsync("VACUUM INTO $file", ("$file", backup));
        CopyFolder(keysNow, keysThen);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(keysNow, tenantId.ToString("N"))).Length);

        await SuspendAsync();
        Assert.True((await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token)).Value);

        Assert.False(Directory.Exists(Path.Combine(keysNow, tenantId.ToString("N"))));
        await using (var restored = await RestoredAsync(backup, keysNow))
        {
            Assert.All(await OpenAllAsync(restored.Services, tenantId), failure => Assert.Equal(VaultFailure.KeyShareLost, failure));
            Assert.All(await OpenAllAsync(restored.Services, aoba), Assert.Null);
        }

        // It is the half that makes the difference: with the folder as it was then, the same backup opens.
        await using var then = await RestoredAsync(backup, keysThen);
        Assert.All(await OpenAllAsync(then.Services, tenantId), Assert.Null);
    }

    [Fact]
    public async Task Remove_WhereTheOwnersMembershipEndsDuringTheWeek_IsRefusedAllTheSame()
    {
        var owner = await scene.MemberAsync(Slug, TenantRole.Owner);
        await SuspendAsync(TimeSpan.FromDays(2));
        await scene.TestDatabase.ExecuteAsync(
            "UPDATE TenantMembers SET Until = $at WHERE PersonId = $person", ("$at", scene.Clock.GetUtcNow().AddDays(-1).UtcTicks), ("$person", owner.PersonId.ToString().ToUpperInvariant()));

        Assert.Equal("RemovalTooSoon", (await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token)).Error!.Key);
        Assert.True((await scene.Get<Customers>().FindAsync(reseller, Slug, Watchdog.Token))!.HasOwner);
    }

    [Fact]
    public async Task Remove_WhileAnOwnerHasNotHadAWeek_IsRefusedWithTheDay_AndChangesNothing()
    {
        var second = TimeSpan.FromSeconds(1);
        await scene.MemberAsync(Slug, TenantRole.Owner);
        await SuspendAsync(Tenant.RemovalNotice - second);

        var refused = Assert.IsType<InputError>((await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token)).Error);

        Assert.Equal(("RemovalTooSoon", Times.Full(scene.Clock.GetUtcNow() + second, "Asia/Tokyo")), (refused.Key, refused.Arguments[1]));
        var customer = await scene.Get<Customers>().FindAsync(reseller, Slug, Watchdog.Token);
        Assert.Equal((null, scene.Clock.GetUtcNow() + second), (customer!.RemovingAt, customer.RemovableAt));
        await using (var circuit = new ComponentScene(scene))
        {
            var card = circuit.Render<OffboardCard>(parameters => parameters.Add(one => one.Customer, customer));
            Assert.Contains("Can be removed from", card.Markup, StringComparison.Ordinal);
            Assert.Empty(card.FindAll(".danger"));
        }

        scene.Clock.Advance(second);
        Assert.True((await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token)).Value);
    }

    [Fact]
    public async Task Remove_WithoutAnOwner_NeedsNoWeek()
    {
        await scene.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE TenantId = $id", ("$id", tenantId.ToString().ToUpperInvariant()));
        await SuspendAsync(TimeSpan.Zero);

        Assert.True((await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token)).Value);
    }

    [Fact]
    public async Task Remove_FreesTheName_AndTheNextTenantOfItSeesNothingOfTheFormer()
    {
        await SuspendAsync();
        await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token);

        Assert.Null((await scene.Get<CustomerTenants>().AddAsync(reseller, new NewCustomer("Another", Slug, [SoracomCoverage.Japan], "Asia/Tokyo", "ja"), Watchdog.Token)).Error);

        Assert.Equal([AuditActions.TenantAdded], (await scene.TrailAsync(Slug)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Remove_WhatMayNotBe_ChangesNothing()
    {
        await FillAsync();
        Assert.Equal("RemovalSuspended", (await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token)).Error!.Key);
        await SuspendAsync();
        Assert.Equal("RemovalName", (await Removal().RemoveAsync(reseller, tenantId, "nagis", Watchdog.Token)).Error!.Key);
        Assert.IsType<GoneError>((await Removal().RemoveAsync(reseller, Guid.NewGuid(), Slug, Watchdog.Token)).Error);
        var other = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await OtherPartnerAsync(), Watchdog.Token));
        Assert.IsType<GoneError>((await Removal().RemoveAsync(other, tenantId, Slug, Watchdog.Token)).Error);
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerCeiling = 'Operator'");
        Assert.Equal("CustomerHolds", (await Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token)).Error!.Key);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM ResellerAdministrators");
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Removal().RemoveAsync(reseller, tenantId, Slug, Watchdog.Token));

        var counts = await CountAsync(tenantId);
        Assert.True(counts["InventorySims"] > 0 && counts["FootagePieces"] == 2);
        await using var db = scene.Database.ForTenant(tenantId);
        Assert.True(await db.TenantDataKeys.AnyAsync(key => key.Wrapped != null, Watchdog.Token));
        Assert.True(Directory.Exists(Footage));
    }

    [Fact]
    public async Task Remove_WhileAStoreIsAway_DestroysTheKeysAtOnce_AndTheWorkerDoesTheRest()
    {
        await SuspendAsync();
        var away = new Away();

        var removed = await Removal(away).RemoveAsync(reseller, tenantId, Slug, Watchdog.Token);

        Assert.False(removed.Value);
        await using (var db = scene.Database.ForTenant(tenantId))
        {
            Assert.False(await db.TenantDataKeys.AnyAsync(key => key.Wrapped != null, Watchdog.Token));
            var credential = await db.VendorCredentials.AsNoTracking().FirstAsync(Watchdog.Token);
            Assert.Equal(VaultFailure.KeyGone, (await Assert.ThrowsAsync<VaultException>(() => scene.Get<TenantVault>().OpenAsync(db, credential, Watchdog.Token))).Failure);
        }

        Assert.NotNull((await scene.Get<Customers>().FindAsync(reseller, Slug, Watchdog.Token))!.RemovingAt);
        Assert.IsType<GoneError>((await scene.Get<Customers>().ResumeAsync(reseller, tenantId, Watchdog.Token)).Error);
        using var worker = new RemovalWorker(new Lazy<TenantRemover>(() => Remover(away)), Options.Create(new RecurringOptions()), scene.Clock, NullLogger<RemovalWorker>.Instance);
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.NotNull(await scene.Get<Customers>().FindAsync(reseller, Slug, Watchdog.Token));

        away.IsAway = false;
        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Null(await scene.Get<Customers>().FindAsync(reseller, Slug, Watchdog.Token));
        Assert.Contains(await scene.TrailAsync(), entry => entry is { Action: AuditActions.TenantRemoved, Outcome: AuditOutcome.Succeeded, ActorName: AuditEntry.Itself } && entry.OnBehalfOf == reseller.Name);
    }

    [Fact]
    public async Task Page_RemovesAfterTheNameWasTypedAndTheQuestionAnswered()
    {
        await SuspendAsync();
        await using var circuit = new ComponentScene(scene);
        var page = circuit.Render<Microsoft.AspNetCore.Components.CascadingValue<SignedIn>>(value => value
            .Add(one => one.Value, reseller.Actor)
            .AddChildContent<CustomerPage>(parameters => parameters.Add(one => one.CustomerSlug, Slug))).FindComponent<CustomerPage>();
        page.WaitForElement("#offboard-slug");
        Assert.Equal(("post", PortalUrls.CustomerFiles(Slug)), (page.Find("form").GetAttribute("method"), page.Find("form").GetAttribute("action")));
        Assert.True(page.Find("[aria-labelledby=offboard] .danger").HasAttribute("disabled"));

        page.Act(it => it.Find("#offboard-slug").Input(Slug));
        page.WaitForAssertion(() => Assert.False(page.Find("[aria-labelledby=offboard] .danger").HasAttribute("disabled")));
        var asking = page.InvokeAsync(() => page.Find("[aria-labelledby=offboard] .danger").ClickAsync(new()));
        await page.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(true));
        await asking;

        page.WaitForAssertion(() => Assert.Contains("was removed", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("section.card"));
    }

    [Fact]
    public async Task Page_OfACustomerThatIsServed_HasNoFormForItsFiles()
    {
        await using var circuit = new ComponentScene(scene);
        var page = circuit.Render<Microsoft.AspNetCore.Components.CascadingValue<SignedIn>>(value => value
            .Add(one => one.Value, reseller.Actor)
            .AddChildContent<CustomerPage>(parameters => parameters.Add(one => one.CustomerSlug, Slug))).FindComponent<CustomerPage>();

        page.WaitForAssertion(() => Assert.Contains("Possible once the account is suspended.", page.Find("[aria-labelledby=offboard]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
    }

    /// <summary>Gives two tenants SIMs, and this one footage.</summary>
    private async Task FillAsync()
    {
        var export = await exports.BeginAsync(await exports.RequestAsync(await exports.CameraAsync("北海道 石狩蓄電所 正門"), TimeSpan.FromMinutes(20)));
        await exports.WorkAsync(export.Id);
        foreach (var slug in (string[])[Slug, PortalScene.Aoba])
        {
            await scene.Get<InventorySync>().RunAsync(await scene.TenantIdAsync(slug), SoracomCoverage.Japan, Watchdog.Token);
        }
    }

    private static Task<VisitedFile> TakeAsync(Visitor visitor) => visitor.DownloadByFormAsync(PortalUrls.CustomerFiles(Slug), PortalUrls.Customers());

    /// <summary>Suspends it so long ago that it can be removed, unless a test says otherwise.</summary>
    private async Task SuspendAsync(TimeSpan? ago = null)
    {
        Assert.Null((await scene.Get<Customers>().SuspendAsync(reseller, tenantId, "", Watchdog.Token)).Error);
        await using var db = scene.Database.ForInstallation();
        await db.Tenants.Where(tenant => tenant.Id == tenantId).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.SuspendedAt, scene.Clock.GetUtcNow() - (ago ?? Tenant.RemovalNotice)), Watchdog.Token);
    }

    /// <summary>Two owners have an address.</summary>
    private async Task WithMailAsync(string language)
    {
        var (owner, other) = (await scene.MemberAsync(Slug, TenantRole.Owner), await scene.MemberAsync(Slug, TenantRole.Owner));
        await using var db = scene.Database.ForInstallation();
        await db.People.ExecuteUpdateAsync(set => set.SetProperty(person => person.Email, person => person.Id == owner.PersonId ? "owner@example.com" : person.Id == other.PersonId ? "other@example.com" : null).SetProperty(person => person.Language, language), Watchdog.Token);
    }

    private async Task<SignedIn> OtherPartnerAsync()
    {
        var person = await scene.SignInAsync("Of another partner");
        var other = await scene.TestDatabase.AddResellerAsync("other");
        await using var db = scene.Database.ForInstallation();
        db.ResellerAdministrators.Add(new ResellerAdministrator { ResellerId = other, PersonId = person.PersonId, AddedAt = scene.Clock.GetUtcNow() });
        await db.SaveChangesAsync(Watchdog.Token);
        return person;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>A portal on a backup of the database, with its key ring, and a folder of halves.</summary>
    private static Task<WebApplication> RestoredAsync(string backup, string keys) => PortalStart.CreateAsync(
        Environments.Development,
        [$"--ConnectionStrings:Portal={new SqliteConnectionStringBuilder { DataSource = backup, Pooling = false }}", $"--KeyRing:SharesFolder={keys}", "--Demo:Sandbox=false"]);

    /// <summary>Opens a tenant's credentials, of which there is at least one, and its archive, and tells why each of them can't be; null of what can.</summary>
    private static async Task<IReadOnlyList<VaultFailure?>> OpenAllAsync(IServiceProvider portal, Guid tenant)
    {
        await using var db = portal.GetRequiredService<PortalDatabase>().ForTenant(tenant);
        var credentials = await db.VendorCredentials.AsNoTracking().ToListAsync(Watchdog.Token);
        Assert.NotEmpty(credentials);
        List<VaultFailure?> told = [await TryAsync(async () =>
        {
            using var cipher = await portal.GetRequiredService<TenantArchive>().OpenAsync(db, tenant, Watchdog.Token);
            Assert.NotNull(cipher);
            _ = cipher.DigestOf([]);
        })];
        foreach (var credential in credentials)
        {
            told.Add(await TryAsync(async () => Assert.NotEmpty(await portal.GetRequiredService<TenantVault>().OpenAsync(db, credential, Watchdog.Token))));
        }

        return told;

        static async Task<VaultFailure?> TryAsync(Func<Task> open) => (await Record.ExceptionAsync(open)) switch
        {
            null => null,
            VaultException error => error.Failure,
            var other => throw other,
        };
    }

    private CustomerRemoval Removal(ITenantHoldings? more = null) => more is null
        ? scene.Get<CustomerRemoval>()
        : new CustomerRemoval(scene.Database, scene.Get<TenantVault>(), Remover(more), scene.Get<AuditTrail>(), scene.Clock, NullLogger<CustomerRemoval>.Instance);

    private TenantRemover Remover(ITenantHoldings more) => new(scene.Database, [more, .. scene.Services.GetServices<ITenantHoldings>()], scene.Get<AuditTrail>());

    private async Task<SortedDictionary<string, int>> CountAsync(Guid tenant)
    {
        await using var db = scene.Database.ForTenant(tenant);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in TenantTables.Names(db))
        {
            counts[table] = await TenantTables.RowsAsync(db, table, Watchdog.Token).CountAsync(Watchdog.Token);
        }

        return counts;
    }

    private sealed class Away : ITenantHoldings
    {
        public bool IsAway { get; set; } = true;

        public IAsyncEnumerable<HeldFile> OfAsync(Guid tenantId, CancellationToken cancellationToken) => throw new IOException("The share is away.");

        public void Delete(Guid tenantId)
        {
            if (IsAway)
            {
                throw new IOException("The share is away.");
            }
        }
    }

    /// <summary>Hands a file out after something has happened.</summary>
    private sealed class Ending(Func<Task> happens) : ITenantHoldings
    {
        public async IAsyncEnumerable<HeldFile> OfAsync(Guid tenantId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await happens();
            yield return new HeldFile("one", DateTimeOffset.UnixEpoch, _ => Task.FromResult<Stream?>(new MemoryStream([1])));
        }

        public void Delete(Guid tenantId) => throw new NotSupportedException();
    }
}
