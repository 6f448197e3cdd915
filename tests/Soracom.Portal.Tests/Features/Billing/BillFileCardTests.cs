using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Billing.Pages;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>The card of a month's detailed file says where it stands, and what was found in it.</summary>
public sealed class BillFileCardTests : IAsyncLifetime
{
    private BillingScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-10T12:00Z");
        await scene.CollectAsync();
        circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "Get the CSV", "Waiting to be requested from Soracom")]
    [InlineData("ja", "CSVを取得する", "SORACOM への依頼待ち")]
    public async Task Ask_ShowsThatItIsUnderWay_AndNoButton(string language, string button, string state)
    {
        using var speaking = new Speaking(language);
        var card = await OpenAsync(202603);
        card.WaitForAssertion(() => Assert.Equal(button, card.Find("button").TextContent.Trim()));

        card.Act(it => it.Find("button").Click());

        card.WaitForAssertion(() => Assert.Contains(state, card.Find("[role=status] .badge").TextContent, StringComparison.Ordinal));
        Assert.Empty(card.FindAll("button"));
    }

    [Fact]
    public async Task File_OfAClosedMonth_IsThereForGood_WithWhatWasFoundInIt()
    {
        await PutAsync(202603, BillFileState.Done, file =>
        {
            (file.Rows, file.BadRows, file.BadLines, file.OtherColumns, file.Length, file.Total) = (1234, 0, "", """["group","<b>site</b>"]""", 1536, 100m);
            (file.FileId, file.MadeAt) = (Guid.NewGuid(), scene.Clock.GetUtcNow());
        });

        var card = await OpenAsync(202603);

        card.WaitForAssertion(() => Assert.Equal(2, card.FindAll("a[download]").Count));
        Assert.EndsWith("?for=spreadsheets", card.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(card.FindAll("button"));
        var bill = await scene.MonthAsync(202603);
        Assert.Contains("1,234", card.Markup, StringComparison.Ordinal);
        Assert.Contains("1.5 KiB", card.Markup, StringComparison.Ordinal);
        Assert.Contains("group, &lt;b&gt;site&lt;/b&gt;", card.Markup, StringComparison.Ordinal);
        Assert.Contains($"The bill is ¥{bill.Amount + bill.CouponAmount:N0} with tax: +¥{bill.Amount + bill.CouponAmount - 100:N0} beyond the rows, for tax", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatWasBadlyRead_SaysSo_AndCanBeMadeAnew()
    {
        await PutAsync(202603, BillFileState.Done, file => (file.Rows, file.BadRows, file.BadLines, file.Total) = (1234, 2, "17 90", 100.2m));

        var card = await OpenAsync(202603);

        card.WaitForAssertion(() => Assert.Equal("Make it anew", card.Find("button").TextContent.Trim()));
        Assert.Contains("at line 17, 90", card.Markup, StringComparison.Ordinal);
        Assert.Contains("for the rows that were not understood, tax", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Not all of the file was understood", card.Markup, StringComparison.Ordinal);
        // Rounded up, as the vendor does.
        Assert.Equal("¥101", card.Find(".figures").TextContent);
    }

    [Fact]
    public async Task File_OfTheRunningMonth_IsHeldAgainstTheBillOfItsOwnTime()
    {
        await PutAsync(202604, BillFileState.Done, file => (file.Rows, file.Total, file.BillTotal, file.BillAsOf) = (10, 100m, 125m, scene.Clock.GetUtcNow().AddHours(-6)));

        var card = await OpenAsync(202604);

        card.WaitForAssertion(() => Assert.Contains("The bill is ¥125 with tax: +¥25 beyond the rows", card.Markup, StringComparison.Ordinal));
        Assert.Contains("2026-04-10T06:00:00", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OfTheRunningMonth_OrOfABillThatHasChanged_CanBeMadeAnew()
    {
        await PutAsync(202604, BillFileState.Done, _ => { });
        await PutAsync(202603, BillFileState.Done, file => file.OtherColumns = "[]", revision: 7);

        foreach (var month in (int[])[202604, 202603])
        {
            var card = await OpenAsync(month);
            card.WaitForAssertion(() => Assert.Equal("Make it anew", card.Find("button").TextContent.Trim()));
            Assert.NotEmpty(card.FindAll(".badge.warn"));
        }
    }

    [Theory]
    [InlineData("en", "Nothing was charged in this month")]
    [InlineData("ja", "この月は料金が発生していない")]
    public async Task File_OfAClosedMonthThatCostNothing_IsNotOffered(string language, string nothing)
    {
        using var speaking = new Speaking(language);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE BillMonths SET Amount = 0, CouponAmount = 0, Revision = 0 WHERE Month = 202603");

        var card = await OpenAsync(202603);

        card.WaitForAssertion(() => Assert.Contains(nothing, card.Markup, StringComparison.Ordinal));
        Assert.Empty(card.FindAll("button"));
    }

    [Theory]
    [InlineData("en", 0, "Bill not told", "did not tell the bill when this file was made", true)]
    [InlineData("en", 7, "Before the bill was changed", "of the bill of ¥125, which was changed since", false)]
    [InlineData("ja", 0, "請求額を確認できていません", "このファイルの作成時に請求額を取得できませんでした", true)]
    [InlineData("ja", 7, "請求額が変更される前のもの", "変更前の請求額", false)]
    public async Task File_SaysOfWhichBillItIs_WhereThatIsNotTheOneShown_OrNobodyKnows(string language, int revision, string badge, string words, bool isUntold)
    {
        using var speaking = new Speaking(language);
        await PutAsync(202603, BillFileState.Done, file => (file.Rows, file.Total, file.BillTotal, file.BillAsOf) = (10, 100m, 125m, isUntold ? null : scene.Clock.GetUtcNow()), revision == 0 ? null : revision);

        var card = await OpenAsync(202603);

        card.WaitForAssertion(() => Assert.Contains(badge, card.Find(".badge.warn").TextContent, StringComparison.Ordinal));
        Assert.Contains(words, card.Markup, StringComparison.Ordinal);
        Assert.Single(card.FindAll("button"));
    }

    [Theory]
    [InlineData(BillFileTrouble.NoBill, "Soracom has no bill of this month")]
    [InlineData(nameof(VendorErrorKind.Denied), "may not export bills")]
    public async Task File_ThatWasGivenUp_SaysWhy_AndCanBeTriedAgain(string trouble, string words)
    {
        await PutAsync(202603, BillFileState.Failed, file => file.Trouble = trouble);

        var card = await OpenAsync(202603);

        card.WaitForAssertion(() => Assert.Contains(words, card.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal("Try again", card.Find("button").TextContent.Trim());
    }

    [Fact]
    public async Task File_ThatWaits_SaysWhy()
    {
        await PutAsync(202603, BillFileState.Making, file => (file.Trouble, file.NotBefore) = (nameof(VendorErrorKind.Unavailable), scene.Clock.GetUtcNow().AddMinutes(1)));

        var card = await OpenAsync(202603);

        card.WaitForAssertion(() => Assert.Contains("Waiting for another try: Soracom is out of reach", card.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    private async Task<IRenderedComponent<BillFileCard>> OpenAsync(int month)
    {
        var bill = await scene.MonthAsync(month);
        return circuit.Render<BillFileCard>(parameters => parameters
            .AddCascadingValue(scene.Tenant)
            .Add(card => card.Slug, PortalScene.Aoba)
            .Add(card => card.Coverage, SoracomCoverage.Japan)
            .Add(card => card.Month, bill));
    }

    private async Task PutAsync(int month, BillFileState state, Action<BillFile> change, int? revision = null)
    {
        var bill = await scene.MonthAsync(month);
        var file = new BillFile
        {
            TenantId = bill.TenantId,
            Coverage = bill.Coverage,
            OperatorId = bill.OperatorId,
            Month = month,
            Number = 1,
            Revision = revision ?? bill.Revision,
            State = state,
            AskedById = scene.Tenant.Actor.PersonId,
            AskedByName = "Mei",
            AskedAt = scene.Clock.GetUtcNow(),
        };
        change(file);
        await using var db = scene.Portal.Database.ForTenant(bill.TenantId);
        db.Add(file);
        await db.SaveChangesAsync(Watchdog.Token);
    }
}
