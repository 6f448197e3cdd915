using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>A month's detailed file is followed to its end, kept, and read, whatever happens on the way.</summary>
public sealed class BillFileTests : IAsyncLifetime
{
    private static readonly YearMonth March = new(2026, 3);

    private static readonly YearMonth April = new(2026, 4);

    private BillingScene scene = null!;

    private BillFiles Files => scene.Portal.Get<BillFiles>();

    public async ValueTask InitializeAsync()
    {
        scene = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-10T12:00Z");
        await scene.CollectAsync();
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task File_OfABillThatWasCorrectedSinceItWasRead_IsHeldAgainstTheCorrectedOne()
    {
        var before = await scene.MonthAsync(202603);
        await scene.CorrectAsync("202603", -1200);

        var file = await FollowAsync(await AskAsync(March));

        var after = await scene.MonthAsync(202603);
        Assert.Equal((BillFileState.Done, 2), (file.State, file.Revision));
        Assert.Equal(before.Amount + before.CouponAmount - 1200, file.BillTotal);
        Assert.Equal((before.Amount - 1200, 2), (after.Amount, after.Revision));
        Assert.Equal([before.Amount!.Value, before.Amount.Value - 1200], (await scene.RevisionsAsync(202603)).Select(revision => revision.Amount));
        // It is the corrected bill's file: another one would be the same.
        Assert.Equal(file.Id, (await AskAsync(March)).Id);
    }

    [Fact]
    public async Task File_OfABillThatIsNotTold_IsHeldAgainstTheOneThatThePortalKnows()
    {
        var bill = await scene.MonthAsync(202603);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/202603", Method = "GET", Status = 503 });

        var file = await FollowAsync(await AskAsync(March));

        Assert.Equal((BillFileState.Done, 1, bill.Amount + bill.CouponAmount), (file.State, file.Revision, file.BillTotal));
        Assert.True(file.IsOfUntoldBill);

        // Nobody knows whether it is of that one: it can be made again, and then is.
        var again = await FollowAsync(await AskAsync(March));
        Assert.NotEqual(file.Id, again.Id);
        Assert.Equal((false, bill.AsOf), (again.IsOfUntoldBill, again.BillAsOf));
        Assert.Equal(again.Id, (await AskAsync(March)).Id);
    }

    [Theory]
    [InlineData(202603, "/v1/bills/202603/export", 0)]
    [InlineData(202603, "/v1/bills/202603", 0)]
    [InlineData(202604, "/v1/bills/latest", 0)]
    [InlineData(202603, "/v1/files/exported/*", 1)]
    public async Task Run_TheCredentialIsReplacedBeforeTheAnswer_FilesNothingOfWhatMayBeAnotherOperators(int number, string path, int before)
    {
        var file = await AskAsync(BillMonths.Of(number));
        for (var step = 0; step < before; step++)
        {
            await RunAsync(file);
            scene.Clock.Advance((await GetAsync(file)).NotBefore!.Value - scene.Clock.GetUtcNow());
        }

        await scene.CorrectAsync("202603", -1200);
        var (was, known) = (await scene.MonthsAsync(), await GetAsync(file));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = path, Delay = TimeSpan.FromSeconds(10), OperatorId = scene.Japan.OperatorId });

        var running = RunAsync(file);
        await scene.Portal.StruckAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = 'OP9999999999' WHERE Coverage = 'jp' AND TenantId = $tenant", ("$tenant", scene.Tenant.TenantId.ToString().ToUpperInvariant()));
        while (!running.IsCompleted)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, Task.Delay(10, Watchdog.Token));
        }

        Assert.True(await running);
        var now = await GetAsync(file);
        Assert.Equal((BillFileState.Failed, BillFileTrouble.OtherAccount), (now.State, now.Trouble));
        Assert.Equal((known.VendorId, known.BillTotal, null, null), (now.VendorId, now.BillTotal, now.FileId, now.Length));
        Assert.Equal(was.Select(month => (month.Month, month.Amount, month.Revision)), (await scene.MonthsAsync()).Select(month => (month.Month, month.Amount, month.Revision)));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 500, false)]
    public async Task Request_AClosedMonthThatCostNothing_IsRefused_AsThereIsNoFileOfIt(int amount, int coupons, bool isRefused)
    {
        await scene.Portal.TestDatabase.ExecuteAsync($"UPDATE BillMonths SET Amount = {amount}, CouponAmount = {coupons}000000, Revision = {(isRefused ? 0 : 1)} WHERE Month = 202603 AND Coverage = 'jp'");

        var asked = await Files.RequestAsync(scene.Tenant, SoracomCoverage.Japan, March, Watchdog.Token);

        Assert.Equal(isRefused, asked.Error is GoneError);
    }

    [Fact]
    public async Task Run_ToItsEnd_KeepsTheFileAsTheVendorMadeIt_AndReadsIt()
    {
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        var file = await AskAsync(March);
        Assert.Equal(BillFileState.Asked, file.State);

        await RunAsync(file);
        var making = await GetAsync(file);
        Assert.Equal(BillFileState.Making, making.State);
        Assert.StartsWith("fe_", making.VendorId, StringComparison.Ordinal);
        Assert.False(await RunAsync(file), "It waits before it asks the vendor.");

        file = await FollowAsync(file);

        Assert.Equal((BillFileState.Done, null, 1, true), (file.State, file.Trouble, file.Made, file.HasLines));
        var content = await ContentAsync(file);
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        Assert.Equal("﻿imsi,"u8, content.AsSpan(0, 8));
        Assert.Equal(Encoding.UTF8.GetString(content).Count(one => one == '\n') - 1, file.Rows);
        Assert.Equal(0, file.BadRows);
        Assert.Contains("group", file.OtherColumns, StringComparison.Ordinal);
        Assert.Equal(
            [AuditActions.BillFileRequested, AuditActions.BillFileFetched],
            (await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action.StartsWith("bills.", StringComparison.Ordinal)).Select(entry => entry.Action).Order());
    }

    [Fact]
    public async Task Open_AFileOfAnAccountThatTheCredentialOpensNoMore_IsGone()
    {
        var file = await FollowAsync(await AskAsync(March));
        await using (var db = scene.Portal.Database.ForTenant(file.TenantId))
        {
            await db.VendorCredentials.ExecuteUpdateAsync(set => set.SetProperty(credential => credential.OperatorId, "OP0000000000"), Watchdog.Token);
        }

        Assert.IsType<GoneError>((await scene.Portal.Get<BillFiles>().OpenAsync(scene.Tenant, file.Id, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Run_TheFileIsThere_NothingLiesInTheOpen()
    {
        var file = await FollowAsync(await AskAsync(March));

        var stored = Directory.EnumerateFiles(scene.Portal.Get<IOptions<BillingOptions>>().Value.Folder!, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(BillFolder.Mark, StringComparison.Ordinal)).ToList();

        Assert.Single(stored);
        Assert.DoesNotContain("billItemName", await File.ReadAllTextAsync(stored[0], Watchdog.Token), StringComparison.Ordinal);
        Assert.DoesNotContain("amount", Convert.ToHexString(file.FileKey!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_TheLinesOfAMonthThatTheVendorNoLongerBreaksDown_AddUpToTheBill()
    {
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        var old = new YearMonth(2025, 6);
        Assert.Equal(BillRowKind.Unknown, Assert.Single(await RowsAsync(old, BillSplit.Service)).Row.Kind);

        var file = await FollowAsync(await AskAsync(old));

        var bill = await scene.MonthAsync(old.Number());
        foreach (var split in Enum.GetValues<BillSplit>())
        {
            var rows = await RowsAsync(old, split);
            Assert.Equal(bill.Amount, rows.Sum(row => row.Row.Amount));
            Assert.DoesNotContain(rows, row => row.Row.Kind is BillRowKind.Unknown);
            Assert.All(rows, row => Assert.Equal(decimal.Truncate(row.Row.Amount), row.Row.Amount));
        }

        Assert.Equal(file.Total, bill.ItemsTotal);
        // The service of an item is known from the months that the vendor breaks down.
        Assert.Contains(await RowsAsync(old, BillSplit.Service), row => row.Row is { Kind: BillRowKind.Service, Key.Length: > 0 });
    }

    [Fact]
    public async Task Read_WhereItemsOfTheSummaryAreOlderThanTheBill_TakesTheirPlace_AndOlderOnesDoNotComeBack()
    {
        var twentieth = March.Start().AddDays(19);
        await ChangeMonthAsync(month => (month.ItemsAsOf, month.ItemsTotal) = (twentieth, 1));
        Assert.Contains(await RowsAsync(March, BillSplit.Service), row => row.Row.Kind == BillRowKind.NotYet);

        var file = await FollowAsync(await AskAsync(March));

        var bill = await scene.MonthAsync(202603);
        Assert.Equal((March.End(), file.Total), (bill.ItemsAsOf, bill.ItemsTotal));
        Assert.All(await scene.LinesAsync(BillLineKind.Item, 202603), line => Assert.Equal(BillLineSource.File, line.Source));
        foreach (var split in Enum.GetValues<BillSplit>())
        {
            var rows = await RowsAsync(March, split);
            Assert.Equal(bill.Amount, rows.Sum(row => row.Row.Amount));
            Assert.DoesNotContain(rows, row => row.Row.Kind is BillRowKind.NotYet or BillRowKind.OtherTime);
        }

        Assert.False(await scene.Store.PutLinesAsync(scene.Japan, new BillLines(March, BillLineKind.Item, "JPY", twentieth, [new BillLineTold("old", "Old", 1)]), scene.Clock.GetUtcNow(), Watchdog.Token));
        Assert.Equal((March.End(), file.Total), await scene.MonthAsync(202603) is var after ? (after.ItemsAsOf, after.ItemsTotal) : default);
        // Those that were kept beside a file before that are not shown either.
        await ChangeMonthAsync(month => month.ItemsAsOf = twentieth);
        await scene.Portal.TestDatabase.ExecuteAsync("""
            INSERT INTO BillLines (TenantId, Coverage, OperatorId, Month, Kind, Source, "Key", Category, Currency, Amount, IsKnown, Name, GroupId, GroupName, Tags)
            SELECT TenantId, Coverage, OperatorId, Month, Kind, 'Summary', 'old', 'Old', Currency, Amount, 0, '', '', '', '{}' FROM BillLines WHERE Source = 'File' AND Kind = 'Item' AND Month = 202603 LIMIT 1
            """);
        var shown = await RowsAsync(March, BillSplit.Service);
        Assert.Equal(bill.Amount, shown.Sum(row => row.Row.Amount));
        Assert.DoesNotContain(shown, row => row.Row.Kind == BillRowKind.NotYet || row.Row.Key == "Old");
        // A file of what the bill was before it changed is none of it.
        await ChangeMonthAsync(month => month.Revision++);
        Assert.Contains(await RowsAsync(March, BillSplit.Service), row => row.Row.Key == "Old");
    }

    [Fact]
    public async Task Read_TheSimsOfAMonth_AreAllOfThem_AsTheVendorTellsThoseThatItDoes()
    {
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        await scene.CollectAsync();
        var told = await scene.LinesAsync(BillLineKind.Sim, 202603);
        await FollowAsync(await AskAsync(March));

        var lines = (await scene.LinesAsync(BillLineKind.Sim, 202603)).ToLookup(line => line.Source);

        Assert.NotEmpty(told);
        Assert.All(lines[BillLineSource.File], line => Assert.True(line.IsKnown, line.Key));
        var filed = lines[BillLineSource.File].ToDictionary(line => line.Key, line => line.Amount, StringComparer.Ordinal);
        Assert.All(lines[BillLineSource.Summary], line => Assert.Equal(line.Amount, decimal.Ceiling(filed[line.Key])));
        // Neither does the next collection take the file's away.
        await scene.CollectAsync();
        Assert.Equal(filed.Count, (await scene.LinesAsync(BillLineKind.Sim, 202603)).Count(line => line.Source == BillLineSource.File));
        Assert.Contains(await RowsAsync(March, BillSplit.Sim), row => row.Row.Kind == BillRowKind.Sim && row.Row.Name.Length > 0);
    }

    [Fact]
    public async Task Read_SimsThatNobodyKnows_StandByTheirImsi_WithoutAPage()
    {
        await FollowAsync(await AskAsync(March));

        var sims = (await RowsAsync(March, BillSplit.Sim)).Where(row => row.Row.Kind == BillRowKind.Sim).ToList();

        Assert.NotEmpty(sims);
        Assert.All(sims, row => Assert.False(row.Row.HasPage));
    }

    [Fact]
    public async Task Show_TensOfThousandsOfSimsThatNobodyKnew_NamesThoseThatAreKnownByNow()
    {
        await FollowAsync(await AskAsync(March));
        await scene.Portal.TestDatabase.ExecuteAsync(
            """
            INSERT INTO BillLines (TenantId, Coverage, OperatorId, Month, Kind, Source, "Key", Category, Currency, Amount, IsKnown, Name, GroupId, GroupName, Tags)
            WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 40000)
            SELECT TenantId, Coverage, OperatorId, Month, Kind, Source, printf('89%017d', number), Category, Currency, Amount, 0, '', '', '', '{}'
            FROM numbers, (SELECT * FROM BillLines WHERE Source = 'File' AND Kind = 'Sim' LIMIT 1)
            """);
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE InventorySims SET SimId = printf('89%017d', 39999), Name = 'The last but one' WHERE SimId = (SELECT MAX(SimId) FROM InventorySims WHERE Coverage = 'jp')");

        var view = await scene.Portal.Get<Bills>().MonthAsync(scene.Tenant, SoracomCoverage.Japan, BillQuery.Newest with { Month = March, Split = BillSplit.Sim }, Watchdog.Token);

        Assert.InRange(view.Lines.Count(line => line is { Kind: BillLineKind.Sim, Month: 202603, IsKnown: false }), 39_000, 41_000);
        Assert.Equal("The last but one", Assert.Single(view.Lines, line => line.Key == "8900000000000039999").Name);
    }

    [Fact]
    public async Task Read_TagsThatAreCalledLikeTheVendorsColumns_ChangeNothing()
    {
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        var plain = await FollowAsync(await AskAsync(March));
        var lines = await LinesAsync();
        var sim = lines.First(line => line.Kind == BillLineKind.Sim).Key;
        await scene.AskAsync((client, token) => client.Sims.PutSimTagsAsync(sim, [.. new[] { "sim_id", "currency", "yearmonth", "itemName", "billItemCategory", "amount" }.Select(name => new Tag { TagName = name, TagValue = "USD" })], token));
        await ChangeAsync(plain, file => file.State = BillFileState.Failed);

        var tagged = await FollowAsync(await AskAsync(March));

        Assert.NotEqual(plain.Id, tagged.Id);
        Assert.Contains("sim_id", tagged.OtherColumns, StringComparison.Ordinal);
        Assert.Equal((plain.Rows, 0, plain.Total), (tagged.Rows, tagged.BadRows, tagged.Total));
        Assert.Equal(lines, await LinesAsync());

        async Task<IReadOnlyList<(BillLineKind Kind, string Key, decimal Amount, string Category)>> LinesAsync()
        {
            await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
            return [.. (await db.BillLines.Where(line => line.Source == BillLineSource.File && line.Month == 202603).ToListAsync(Watchdog.Token)).Select(line => (line.Kind, line.Key, line.Amount, line.Category)).Order()];
        }
    }

    [Fact]
    public async Task Request_WhatIsUnderWay_OrThereForGood_IsNotAskedForTwice()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(March)));
        Assert.Single(asked.Select(file => file.Id).Distinct());

        var file = await FollowAsync(asked[0]);

        Assert.Equal(file.Id, (await AskAsync(March)).Id);
        Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.BillFileRequested);
    }

    [Theory]
    [InlineData("bad")]
    [InlineData("empty")]
    [InlineData("amounts")]
    public async Task Request_AFileThatWasBadlyRead_IsMadeAnew_AndTheNewOneTakesItsPlace(string what)
    {
        var first = await FollowAsync(await AskAsync(March));
        await ChangeAsync(first, file => (file.BadRows, file.Rows, file.Total) = (what == "bad" ? 2 : 0, what == "empty" ? 0 : file.Rows, what == "amounts" ? null : file.Total));

        var asked = await AskAsync(March);
        Assert.NotEqual(first.Id, asked.Id);
        Assert.Equal([asked.Id, first.Id], (await Files.ListAsync(scene.Tenant, SoracomCoverage.Japan, March, Watchdog.Token)).Select(file => file.Id));
        var second = await FollowAsync(asked);

        Assert.True(second.IsWhole);
        Assert.Equal(second.Id, Assert.Single(await Files.ListAsync(scene.Tenant, SoracomCoverage.Japan, March, Watchdog.Token)).Id);
        Assert.Equal(second.Id, (await AskAsync(March)).Id);
    }

    [Fact]
    public async Task Run_TheRunningMonth_NotesWhatTheBillHadComeToThen()
    {
        var then = await scene.AskAsync((client, token) => client.Billing.GetLatestBillingAsync(token));
        var file = await FollowAsync(await AskAsync(April));
        scene.Clock.Advance(TimeSpan.FromHours(6));
        await scene.CollectAsync();

        var now = await GetAsync(file);
        Assert.Equal((then.Amount, then.LastEvaluatedTime), (now.BillTotal, now.BillAsOf));
        Assert.True((await scene.MonthAsync(202604)).Amount > now.BillTotal);
        var march = await scene.MonthAsync(202603);
        Assert.Equal(march.Amount + march.CouponAmount, (await AskAsync(March)).BillTotal);
    }

    [Theory]
    [InlineData("USD")]
    [InlineData("EUR")]
    public async Task Read_AFileInCents_AddsUpToTheBill_AndToWhatTheVendorTellsOfEachSim(string currency)
    {
        await using var abroad = await BillingScene.StartAbroadAsync(currency);
        abroad.Until("2026-04-10T12:00Z");
        using var tenant = await abroad.Portal.OpenAsync(abroad.Tenant.Tenant.Slug, TenantRole.Billing);
        await abroad.Portal.Get<InventorySync>().RunAsync(tenant.TenantId, SoracomCoverage.Global, Watchdog.Token);
        Assert.Null(await abroad.CollectAsync(SoracomCoverage.Global));
        var asked = (await abroad.Portal.Get<BillFiles>().RequestAsync(tenant, SoracomCoverage.Global, March, Watchdog.Token)).Value;

        var file = await FollowAsync(asked, scene: abroad);

        Assert.True(file.IsWhole);
        var bill = await abroad.MonthAsync(202603, SoracomCoverage.Global);
        Assert.Equal((currency, bill.Amount + bill.CouponAmount), (bill.Currency, file.BillTotal));
        var lines = (await abroad.LinesAsync(BillLineKind.Sim, 202603, SoracomCoverage.Global)).ToLookup(line => line.Source);
        Assert.NotEmpty(lines[BillLineSource.Summary]);
        var filed = lines[BillLineSource.File].ToDictionary(line => line.Key, line => line.Amount, StringComparer.Ordinal);
        Assert.Contains(filed.Values, amount => decimal.Round(amount, 2) != amount);
        Assert.All(lines[BillLineSource.Summary], line => Assert.Equal(line.Amount, decimal.Ceiling(filed[line.Key] * 100) / 100));
        foreach (var split in Enum.GetValues<BillSplit>())
        {
            var query = BillQuery.Newest with { Coverage = SoracomCoverage.Global, Month = March, Split = split };
            var rows = (await abroad.Portal.Get<Bills>().MonthAsync(tenant, SoracomCoverage.Global, query, Watchdog.Token)).Rows(query);
            Assert.Equal(bill.Amount, rows.Sum(row => row.Row.Amount));
            Assert.All(rows, row => Assert.Equal(decimal.Round(row.Row.Amount, 2), row.Row.Amount));
        }
    }

    [Fact]
    public async Task Download_ForSpreadsheets_CalculatesNothing_AndTheOriginalIsUntouched()
    {
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        var sim = (await scene.LinesAsync(BillLineKind.Sim, 202603))[0].Key;
        await scene.AskAsync((client, token) => client.Sims.PutSimTagsAsync(sim, [new Tag { TagName = "name", TagValue = "=HYPERLINK(\"https://evil.test\",\"x\")" }, new Tag { TagName = "@tag", TagValue = "+1, 2" }], token));
        var file = await FollowAsync(await AskAsync(March));
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);

        var original = await visitor.DownloadAsync(PortalUrls.BillFile(PortalScene.Aoba, file.Id));
        var copy = await visitor.DownloadAsync(PortalUrls.BillFileCopy(PortalScene.Aoba, file.Id));

        Assert.Equal(await ContentAsync(file), original.Content);
        Assert.Equal("attachment; filename=bill-aoba-jp-202603.csv; filename*=UTF-8''bill-aoba-jp-202603.csv", copy.Headers["Content-Disposition"]);
        Assert.Equal("no-store", copy.Headers["Cache-Control"]);
        var (told, safe) = (Rows(original.Content), Rows(copy.Content));
        Assert.Equal(told.Count, safe.Count);
        Assert.Contains(told.SelectMany(row => row), cell => cell.StartsWith('='));
        Assert.DoesNotContain(safe.SelectMany(row => row), cell => CsvText.IsFormula(cell) && !decimal.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _));
        Assert.Equal(told.SelectMany(row => row), safe.SelectMany(row => row).Select(CsvText.Plain));
        Assert.Equal("\uFEFF"u8, copy.Content.AsSpan(0, 3));

        static List<IReadOnlyList<string>> Rows(byte[] content) => [.. CsvText.Read(Encoding.UTF8.GetString(content).TrimStart('\uFEFF'), ',').Select(row => row.Cells)];
    }

    [Fact]
    public async Task Run_TwoInstancesAtOnce_OneWorks()
    {
        var file = await AskAsync(March);

        var worked = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(file)));

        Assert.Single(worked, one => one);
        Assert.Equal(1, (await GetAsync(file)).Made);
    }

    [Fact]
    public async Task Request_TheRunningMonth_IsPreliminary_AndMadeAnewWhenSomebodyWants()
    {
        var first = await FollowAsync(await AskAsync(April));
        Assert.Equal((0, BillFileState.Done, false), (first.Revision, first.State, first.HasLines));
        scene.Clock.Advance(TimeSpan.FromHours(6));

        var second = await FollowAsync(await AskAsync(April));

        Assert.NotEqual(first.Id, second.Id);
        Assert.True(second.Total > first.Total);
        Assert.Equal(second.Id, Assert.Single(await Files.ListAsync(scene.Tenant, SoracomCoverage.Japan, April, Watchdog.Token)).Id);
        Assert.DoesNotContain(await scene.LinesAsync(BillLineKind.Item, 202604), line => line.Source == BillLineSource.File);
        Assert.IsType<GoneError>((await Files.OpenAsync(scene.Tenant, first.Id, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Request_AMonthThatIsOverAndNotClosed_IsRefused_AndSoIsOneThatNobodyKnows()
    {
        scene.Until("2026-05-01T06:00Z");
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);

        Assert.IsType<BillNotClosedError>((await Files.RequestAsync(tenant, SoracomCoverage.Japan, April, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Files.RequestAsync(tenant, SoracomCoverage.Japan, new YearMonth(2020, 1), Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Run_TheMonthEndsBeforeTheVendorIsAsked_DoesNotTakeTheNextMonthForIt()
    {
        var file = await AskAsync(April);
        scene.Until("2026-05-01T00:00:01Z");

        await RunAsync(file);

        Assert.Equal((BillFileState.Failed, BillFileTrouble.MonthEnded), (await GetAsync(file)) is var failed ? (failed.State, failed.Trouble) : default);
    }

    [Theory]
    [InlineData("/v1/bills/202603/export", 503)]
    [InlineData("/v1/files/exported", 500)]
    [InlineData("/v1/bills/202603/export", 429)]
    public async Task Run_TheVendorFailsForAWhile_GoesOn(string path, int status)
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = path, Status = status, Count = 2 });

        var file = await FollowAsync(await AskAsync(March));

        Assert.Equal((BillFileState.Done, null, 1), (file.State, file.Trouble, file.Made));
    }

    [Fact]
    public async Task Run_TheVendorFailsForGood_IsGivenUp_AndCanBeTriedAgain()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/202603/export", Status = 503, Count = 1000 });
        var file = await FollowAsync(await AskAsync(March));
        Assert.Equal((BillFileState.Failed, nameof(VendorErrorKind.Unavailable)), (file.State, file.Trouble));

        scene.Portal.Sandbox.Faults.Clear();
        using var tenant = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        var again = await Files.RequestAsync(tenant, SoracomCoverage.Japan, March, Watchdog.Token);

        Assert.Null(again.Error);
        Assert.Equal(BillFileState.Done, (await FollowAsync(again.Value)).State);
        Assert.Equal(again.Value.Id, Assert.Single(await Files.ListAsync(tenant, SoracomCoverage.Japan, March, Watchdog.Token)).Id);
    }

    [Fact]
    public async Task Run_ThePermissionIsMissingAtTheVendor_SaysSoAtOnce()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/bills/202603/export", Status = 403 });

        var file = await FollowAsync(await AskAsync(March));

        Assert.Equal((BillFileState.Failed, nameof(VendorErrorKind.Denied)), (file.State, file.Trouble));
    }

    [Fact]
    public async Task Run_TheVendorNoLongerKnowsWhatItMade_IsMadeAgain()
    {
        var file = await AskAsync(March);
        await RunAsync(file);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/files/exported", Status = 404 });

        file = await FollowAsync(file);

        Assert.Equal((BillFileState.Done, 2), (file.State, file.Made));
    }

    [Fact]
    public async Task Run_TheAddressDies_AsksForAnother_AndInTheEndForAnotherFile()
    {
        var file = await AskAsync(March);
        var vendor = new Failing(scene.Portal.Get<IHttpClientFactory>()) { Dead = 4 };

        file = await FollowAsync(file, Runner(vendor));

        Assert.Equal((BillFileState.Done, 2, 5), (file.State, file.Made, vendor.Opened));
    }

    [Fact]
    public async Task Run_NoAddressEverLives_IsGivenUp()
    {
        var vendor = new Failing(scene.Portal.Get<IHttpClientFactory>()) { Dead = 1000 };

        var file = await FollowAsync(await AskAsync(March), Runner(vendor));

        Assert.Equal((BillFileState.Failed, BillFileTrouble.AddressDied, BillFileRunner.MostMade), (file.State, file.Trouble, file.Made));
    }

    [Fact]
    public async Task Run_TheFileBreaksOff_IsFetchedAgain_AndLeavesNothingOfTheFirst()
    {
        var vendor = new Failing(scene.Portal.Get<IHttpClientFactory>()) { Cut = 1 };

        var file = await FollowAsync(await AskAsync(March), Runner(vendor));

        Assert.Equal((BillFileState.Done, 1, 2), (file.State, file.Made, vendor.Opened));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(scene.Portal.Get<IOptions<BillingOptions>>().Value.Folder!, file.TenantId.ToString("N"), file.Id.ToString("N"))));
    }

    [Theory]
    [InlineData(BillFileState.Making)]
    [InlineData(BillFileState.Stored)]
    public async Task Run_AProgramEndedInTheMiddle_TheNextGoesOn(BillFileState at)
    {
        var file = await AskAsync(March);
        await RunAsync(file);
        await scene.Portal.Get<BillFileStore>().TakeAsync(file.TenantId, file.Id, Watchdog.Token);
        if (at == BillFileState.Stored)
        {
            // What a program leaves that fetched it, and ended before it had read it: some lines, and a file that is still to be read.
            scene.Clock.Advance(TimeSpan.FromMinutes(2));
            file = await FollowAsync(file);
            await ChangeAsync(file, row => (row.State, row.HasLines, row.Rows, row.Holder, row.HeldUntil) = (BillFileState.Stored, false, null, Guid.NewGuid(), scene.Clock.GetUtcNow().AddSeconds(90)));
        }

        Assert.False(await RunAsync(file), "Somebody else has it.");
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        var done = await FollowAsync(file);

        Assert.Equal((BillFileState.Done, 1, true), (done.State, done.Made, done.HasLines));
        var lines = await scene.LinesAsync(BillLineKind.Item, 202603);
        Assert.Equal(done.Total, lines.Where(line => line.Source == BillLineSource.File).Sum(line => line.Amount));
    }

    [Fact]
    public async Task Run_WhoeverAskedMayNoLonger_OrTheAccountIsAnother_IsGivenUp()
    {
        var file = await AskAsync(March);
        await using (var db = scene.Portal.Database.ForTenant(file.TenantId))
        {
            await db.TenantMembers.Where(member => member.PersonId == scene.Tenant.Actor.PersonId).ExecuteUpdateAsync(set => set.SetProperty(member => member.Role, TenantRole.Viewer), Watchdog.Token);
        }

        await RunAsync(file);

        Assert.Equal((BillFileState.Failed, BillFileTrouble.RightLost), await GetAsync(file) is var failed ? (failed.State, failed.Trouble) : default);
    }

    [Fact]
    public async Task Run_TheStoreIsAway_WaitsAndAsksNobody()
    {
        await FollowAsync(await AskAsync(March));
        File.Delete(Path.Combine(scene.Portal.Get<IOptions<BillingOptions>>().Value.Folder!, BillFolder.Mark));

        var file = await AskAsync(new YearMonth(2026, 2));
        await RunAsync(file);

        Assert.Equal((BillFileState.Asked, BillFileTrouble.StoreGone, 0), await GetAsync(file) is var waiting ? (waiting.State, waiting.Trouble, waiting.Made) : default);
    }

    [Fact]
    public async Task Download_GivesTheFile_IsNotToBeStored_AndIsInTheTrail()
    {
        var file = await FollowAsync(await AskAsync(March));
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);

        var got = await visitor.DownloadAsync(PortalUrls.BillFile(PortalScene.Aoba, file.Id));

        Assert.Equal(HttpStatusCode.OK, got.Status);
        Assert.Equal(await ContentAsync(file), got.Content);
        Assert.Equal("no-store", got.Headers["Cache-Control"]);
        Assert.Equal("attachment; filename=bill-aoba-jp-202603-original.csv; filename*=UTF-8''bill-aoba-jp-202603-original.csv", got.Headers["Content-Disposition"]);
        Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.BillFileDownloaded);
    }

    [Fact]
    public async Task Download_OfSomebodyWhoMayNot_IsRefused()
    {
        var file = await FollowAsync(await AskAsync(March));
        using var viewer = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));
        using var foreigner = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.DownloadAsync(PortalUrls.BillFile(PortalScene.Aoba, file.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.DownloadAsync(PortalUrls.BillFile(PortalScene.Aoba, file.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.DownloadAsync(PortalUrls.BillFile(PortalScene.Nagisa, file.Id))).Status);
    }

    [Fact]
    public async Task Download_TheStoreLostIt_SaysSo_AndItCanBeAskedForAgain()
    {
        var file = await FollowAsync(await AskAsync(March));
        Directory.Delete(Path.Combine(scene.Portal.Get<IOptions<BillingOptions>>().Value.Folder!, file.TenantId.ToString("N")), recursive: true);

        Assert.IsType<BillFileLostError>((await Files.OpenAsync(scene.Tenant, file.Id, Watchdog.Token)).Error);

        Assert.NotEqual(file.Id, (await AskAsync(March)).Id);
    }

    private async Task<BillFile> AskAsync(YearMonth month)
    {
        var asked = await Files.RequestAsync(scene.Tenant, SoracomCoverage.Japan, month, Watchdog.Token);
        Assert.Null(asked.Error);
        return asked.Value;
    }

    private Task<bool> RunAsync(BillFile file, BillFileRunner? runner = null) => (runner ?? scene.Portal.Get<BillFileRunner>()).RunAsync(file.TenantId, file.Id, Watchdog.Token);

    /// <summary>Works on a file, and lets the time pass that it waits, until it has come to an end.</summary>
    private async Task<BillFile> FollowAsync(BillFile file, BillFileRunner? runner = null, BillingScene? scene = null)
    {
        scene ??= this.scene;
        for (var steps = 0; steps < 60; steps++)
        {
            await RunAsync(file, runner ?? scene.Portal.Get<BillFileRunner>());
            var now = await GetAsync(file, scene);
            if (now.State is BillFileState.Done or BillFileState.Failed)
            {
                return now;
            }

            scene.Clock.Advance((now.NotBefore ?? scene.Clock.GetUtcNow()) - scene.Clock.GetUtcNow());
        }

        throw new InvalidOperationException("It comes to no end.");
    }

    private async Task<BillFile> GetAsync(BillFile file, BillingScene? scene = null)
    {
        await using var db = (scene ?? this.scene).Portal.Database.ForTenant(file.TenantId);
        return await db.BillFiles.AsNoTracking().SingleAsync(row => row.Id == file.Id, Watchdog.Token);
    }

    private async Task ChangeMonthAsync(Action<BillMonth> change)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        change(await db.BillMonths.SingleAsync(month => month.Coverage == "jp" && month.Month == 202603, Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }

    private async Task ChangeAsync(BillFile file, Action<BillFile> change)
    {
        await using var db = scene.Portal.Database.ForTenant(file.TenantId);
        change(await db.BillFiles.SingleAsync(row => row.Id == file.Id, Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }

    private async Task<byte[]> ContentAsync(BillFile file)
    {
        await using var content = (await scene.Portal.Get<BillFileFetcher>().OpenAsync(file, Watchdog.Token))!;
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, Watchdog.Token);
        return bytes;
    }

    private async Task<IReadOnlyList<ComparedRow>> RowsAsync(YearMonth month, BillSplit split)
    {
        var query = BillQuery.Newest with { Month = month, Split = split };
        return (await scene.Portal.Get<Bills>().MonthAsync(scene.Tenant, SoracomCoverage.Japan, query, Watchdog.Token)).Rows(query).Where(row => row.Row.Amount != 0 || row.Before is null).ToList();
    }

    private BillFileRunner Runner(IHttpClientFactory clients)
    {
        var portal = scene.Portal;
        var files = new VendorFiles(clients, portal.Get<IOptions<SoracomApiOptions>>(), scene.Clock);
        var fetcher = new BillFileFetcher(portal.Database, portal.Get<BillFileStore>(), portal.Get<BillFolder>(), files, portal.Get<TenantArchive>(), portal.Get<IOptions<BillingOptions>>());
        return new BillFileRunner(portal.Get<BillFileStore>(), fetcher, portal.Get<BillFiling>(), scene.Store, portal.Get<TenantSoracom>(), scene.Clock);
    }

    /// <summary>Files of the vendor's that are gone, or break off, at first.</summary>
    private sealed class Failing(IHttpClientFactory inner) : IHttpClientFactory
    {
        public int Dead { get; set; }

        public int Cut { get; set; }

        public int Opened { get; private set; }

        public HttpClient CreateClient(string name) => new(new Handler(this, inner.CreateClient(name)));

        private sealed class Handler(Failing failing, HttpClient client) : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                failing.Opened++;
                if (failing.Dead-- > 0)
                {
                    return new HttpResponseMessage(HttpStatusCode.Forbidden);
                }

                if (failing.Cut-- > 0)
                {
                    return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Breaking()) };
                }

                return await client.GetAsync(request.RequestUri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            }
        }

        private sealed class Breaking() : MemoryStream(new byte[200_000])
        {
            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
                Position < 100_000 ? await base.ReadAsync(buffer, cancellationToken) : throw new HttpIOException(HttpRequestError.ResponseEnded);
        }
    }
}
