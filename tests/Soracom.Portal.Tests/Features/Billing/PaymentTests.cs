using System.Net;
using System.Text.Json;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Payments;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Paying;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>Coupons, long term discounts and statements of the sandbox's account, with a statement's file.</summary>
public sealed class PaymentTests : IAsyncLifetime
{
    private BillingScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await BillingScene.StartAsync(TenantRole.Billing, "2026-04-20T00:00Z");

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData("en", "Coupons")]
    [InlineData("ja", "クーポン")]
    public async Task Page_ShowsWhatTheVendorTells(string language, string title)
    {
        var told = (await scene.AskAsync((client, token) => client.Payments.ListPaymentStatementsAsync(token))).Statements;
        var coupons = (await scene.AskAsync((client, token) => client.Payments.ListCouponsAsync(token))).Coupons;
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.Equal(title, page.Find("#coupons").TextContent));
        Assert.NotEmpty(told);
        Assert.Equal(told.Count, page.FindAll("[aria-labelledby=statements] tbody tr").Count);
        Assert.Equal(coupons.Select(coupon => $"¥{coupon.Balance:N0}"), page.FindAll("[aria-labelledby=coupons] td.strong").Select(cell => cell.TextContent));
        Assert.NotEmpty(page.FindAll("[aria-labelledby=discounts] tbody tr"));
        Assert.Contains(language == "ja" ? "クレジットカード" : "Credit card", page.Find("[aria-labelledby=statements]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("creditCard", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_TellsOfTheCard_ItsBrandAndLastDigits_AndNothingElse()
    {
        var method = await scene.AskAsync((client, token) => client.Payments.GetPaymentMethodAsync(token));
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=paid-with] dd")));
        var told = page.Find("[aria-labelledby=paid-with]").TextContent;
        using var card = JsonDocument.Parse(method.Properties!);
        Assert.Contains($"{card.RootElement.GetProperty("cardBrand")} ending in {card.RootElement.GetProperty("last4")}", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(card.RootElement.GetProperty("expiry").GetString()!, page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/payment_methods", 404, "no payment method", "Not read yet")]
    [InlineData("/v1/payment_methods", 403, "may not read this (Payment:getPaymentMethod)", "no payment method")]
    [InlineData("/v1/payment_methods", 503, "Not read yet", "no payment method")]
    [InlineData("/v1/payment_statements/payer_information", 422, "ending in", "Made out to")]
    [InlineData("/v1/payment_statements/payer_information", 403, "may not read this (Payment:getPayerInformation)", "Made out to")]
    public async Task Page_TheMethodOrThePayerIsNotTold_ShowsTheRest_AndSaysWhy(string path, int status, string says, string saysNot)
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = path, Status = status });
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=statements] tbody tr")));
        Assert.Contains(says, page.Find("[aria-labelledby=paid-with]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(saysNot, page.Find("[aria-labelledby=paid-with]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/payment_methods", 403)]
    [InlineData("/v1/payment_statements/payer_information", 403)]
    [InlineData("/v1/payment_methods", 503)]
    public async Task Method_ThatWasKnown_StaysWhereItIsReadNoMore_WithItsAge(string path, int status)
    {
        var known = (await RefreshAsync(evenIfFresh: true))!.Paying;
        scene.Clock.Advance(TimeSpan.FromHours(3));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = path, Status = status, Count = 20 });

        var papers = (await RefreshAsync(evenIfFresh: true))!;

        Assert.NotNull(known.Method);
        Assert.NotEqual("", known.Payer);
        Assert.Equal((known.Method, known.Payer), (papers.Paying.Method, papers.Paying.Payer));
        Assert.Equal(status == 503, papers.Failure is not null);
        var isPayer = path.EndsWith("payer_information", StringComparison.Ordinal);
        Assert.Equal((isPayer ? scene.Clock.GetUtcNow() : known.ReadAt, isPayer ? known.PayerAt : scene.Clock.GetUtcNow()), (papers.Paying.ReadAt, papers.Paying.PayerAt));
        Assert.Equal(scene.Clock.GetUtcNow().AddHours(-3), known.PayerAt);
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Open(circuit);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=paid-with] .fresh")));
        Assert.Contains(isPayer ? "just now" : "3 h ago", page.Find("[aria-labelledby=paid-with] .fresh").TextContent, StringComparison.Ordinal);
        Assert.Contains(isPayer ? "3 h ago" : "just now", page.Find("[aria-labelledby=paid-with] .payer").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_ThatWereKnown_StayWhereTheyMayBeReadNoMore_WithTheirAge()
    {
        var known = (await RefreshAsync(evenIfFresh: true))!;
        scene.Clock.Advance(TimeSpan.FromHours(3));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/payment_statements", Status = 403, Count = 20 });

        var papers = (await RefreshAsync(evenIfFresh: true))!;

        Assert.NotEmpty(known.Statements.Rows);
        Assert.Equal((known.Statements.Rows.Count, known.Statements.ReadAt, true, null), (papers.Statements.Rows.Count, papers.Statements.ReadAt, papers.Statements.IsDenied, papers.Failure));
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Open(circuit);
        page.WaitForAssertion(() => Assert.Equal(known.Statements.Rows.Count, page.FindAll("[aria-labelledby=statements] tbody tr").Count));
        Assert.Contains("Payment:listPaymentStatements", page.Find("[aria-labelledby=statements]").TextContent, StringComparison.Ordinal);
        Assert.Contains("3 h ago", page.Find("[aria-labelledby=statements] .fresh").TextContent, StringComparison.Ordinal);
        // It is not gone at the vendor: it is not known to be.
        Assert.Equal(known.Statements.Rows.Count, page.FindAll("[aria-labelledby=statements] a[download]").Count);
    }

    [Theory]
    [InlineData("""{"cardBrand":"Visa","last4":"4242","number":"4242424242424242"}""", "Visa", "4242")]
    [InlineData("""{"brand":"JCB","last4":"4242424242424242"}""", "JCB", "")]
    [InlineData("""{"brand":"4242424242424242","last4":4242}""", "", "")]
    [InlineData("""["4242"]""", "", "")]
    [InlineData("not a document", "", "")]
    [InlineData(null, "", "")]
    public void Method_WhateverTheVendorTellsOfTheCard_OnlyBrandAndLastDigitsAreTaken(string? properties, string brand, string digits) =>
        Assert.Equal(new PaidWith(brand, digits, "card_declined", null), PaidWith.Of(new PaymentMethod { Properties = properties, ErrorCode = PaymentErrorCode.CardDeclined }));

    [Fact]
    public async Task Page_TheCredentialMayReadSomeOfIt_ShowsThat_AndSaysWhatItMayNot()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/coupons", Status = 403 });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/volume_discounts", Status = 403 });
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=statements] tbody tr")));
        Assert.Contains("Payment:listCoupons", page.Find("[aria-labelledby=coupons]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Payment:listVolumeDiscounts", page.Find("[aria-labelledby=discounts]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_ThatSomebodyLeftBeforeItWasThere_IsInTheTrail()
    {
        var statement = (await scene.AskAsync((client, token) => client.Payments.ListPaymentStatementsAsync(token))).Statements[0];
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/payment_statements/*/export", Delay = TimeSpan.FromHours(1) });
        using var leaving = new CancellationTokenSource();

        var reading = scene.Portal.Get<PaymentRecords>().StatementAsync(scene.Tenant, SoracomCoverage.Japan, statement.PaymentStatementId!, leaving.Token);
        await scene.Portal.StruckAsync();
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(AuditOutcome.Failed, Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.StatementDownloaded).Outcome);
    }

    [Fact]
    public async Task Page_VendorFails_SaysSo()
    {
        foreach (var path in (string[])["/v1/coupons", "/v1/volume_discounts", "/v1/payment_statements"])
        {
            scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = path, Status = 403 });
        }

        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice.denied")));
    }

    [Fact]
    public async Task Statement_IsHandedOut_WithoutTheVendorsAddress_AndIsInTheTrail()
    {
        var statement = (await scene.AskAsync((client, token) => client.Payments.ListPaymentStatementsAsync(token))).Statements[0];
        using var visitor = new Visitor(scene.Portal, scene.Tenant.Actor);

        var file = await visitor.DownloadAsync(PortalUrls.PaymentStatement(PortalScene.Aoba, SoracomCoverage.Japan, statement.PaymentStatementId!));

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Equal("%PDF"u8, file.Content.AsSpan(0, 4));
        Assert.Equal("application/pdf", file.Headers["Content-Type"]);
        Assert.Equal(AuditOutcome.Succeeded, Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.StatementDownloaded && entry.ObjectId == statement.PaymentStatementId).Outcome);
    }

    [Fact]
    public async Task Statement_OfNobody_OrOfATenantThatOneMayNotSee_IsRefused()
    {
        using var own = new Visitor(scene.Portal, scene.Tenant.Actor);
        using var viewer = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));
        using var foreigner = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        var address = PortalUrls.PaymentStatement(PortalScene.Aoba, SoracomCoverage.Japan, "nosuchstatement");

        Assert.Equal(HttpStatusCode.NotFound, (await own.DownloadAsync(address)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.DownloadAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.DownloadAsync(address)).Status);
    }

    [Fact]
    public async Task Page_VendorIsOut_KeepsShowingWhatThereWas_AndSaysHowOldItIs()
    {
        Assert.Null((await RefreshAsync(evenIfFresh: true))!.Failure);
        scene.Clock.Advance(TimeSpan.FromHours(3));
        foreach (var path in (string[])["/v1/coupons", "/v1/volume_discounts", "/v1/payment_statements", "/v1/payment_methods"])
        {
            scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = path, Status = 503, Count = 20 });
        }

        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));
        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".trouble .notice")));
        Assert.Contains("3 h ago", page.Find(".page-head .fresh").TextContent, StringComparison.Ordinal);
        foreach (var part in (string[])["coupons", "discounts", "statements"])
        {
            Assert.NotEmpty(page.FindAll($"[aria-labelledby={part}] tbody tr"));
            Assert.Contains("3 h ago", page.Find($"[aria-labelledby={part}] .fresh").TextContent, StringComparison.Ordinal);
        }

        Assert.NotEmpty(page.FindAll("[aria-labelledby=paid-with] dd"));
    }

    [Fact]
    public async Task Part_ThatFails_IsNoReasonNotToTakeTheOthers_AndIsReadLater()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/coupons", Status = 503 });

        var first = (await RefreshAsync(evenIfFresh: true))!;
        var soon = (await RefreshAsync(evenIfFresh: false))!;
        scene.Clock.Advance(TimeSpan.FromMinutes(11));
        var later = (await RefreshAsync(evenIfFresh: false))!;

        Assert.Equal((null, VendorErrorKind.Unavailable, null), (first.ReadAt, first.Failure!.Kind, first.Coupons.ReadAt));
        Assert.NotEmpty(first.Statements.Rows);
        Assert.NotEmpty(first.Discounts.Rows);
        Assert.NotNull(soon.Failure);
        Assert.Equal((scene.Clock.GetUtcNow(), null), (later.ReadAt, later.Failure));
        Assert.NotEmpty(later.Coupons.Rows);
    }

    [Fact]
    public async Task Read_WithinTheHour_AsksTheVendorOnlyWhereSomebodyInsists()
    {
        await RefreshAsync(evenIfFresh: false);
        scene.Clock.Advance(TimeSpan.FromMinutes(50));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/coupons" });

        Assert.Null((await RefreshAsync(evenIfFresh: false))!.Failure);
        Assert.NotNull((await RefreshAsync(evenIfFresh: true))!.Failure);
    }

    [Fact]
    public async Task Rows_AreAsTheVendorTellsThem_AndWhatItTellsNoMoreStays()
    {
        var told = (await scene.AskAsync((client, token) => client.Payments.ListPaymentStatementsAsync(token))).Statements;
        var coupons = (await scene.AskAsync((client, token) => client.Payments.ListCouponsAsync(token))).Coupons;
        await RefreshAsync(evenIfFresh: true);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE AccountStatements SET StatementId = 'forgotten' WHERE StatementId = $id", ("$id", told[0].PaymentStatementId!));
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE AccountCoupons SET Code = 'forgotten' WHERE Code = $code", ("$code", coupons[0].CouponCode!));
        scene.Clock.Advance(TimeSpan.FromHours(2));

        var papers = (await RefreshAsync(evenIfFresh: true))!;

        // A payment stays one; a coupon that is told no more is over, and its row is kept.
        Assert.Equal(told.Count + 1, papers.Statements.Rows.Count);
        Assert.Equal(
            told.Select(statement => (statement.PaymentStatementId, statement.Amount, statement.Currency, statement.PaymentDateTime)).Order(),
            papers.Statements.Rows.Where(row => row.StatementId != "forgotten").Select(row => ((string?)row.StatementId, row.Amount, (string?)row.Currency, row.PaidAt)).Order());
        Assert.Equal(coupons.Select(coupon => (coupon.CouponCode, coupon.Balance)).Order(), papers.Coupons.Rows.Select(row => ((string?)row.Code, row.Balance)).Order());
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        Assert.Equal(coupons.Count + 1, db.AccountCoupons.Count());
        Assert.Equal("integer", await db.Database.SqlQueryRaw<string>("SELECT DISTINCT typeof(Balance) AS Value FROM AccountCoupons").SingleAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Read_WithTheCredentialOfAnotherOperator_ShowsNothingOfTheFormerOne()
    {
        await RefreshAsync(evenIfFresh: true);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = 'OP9999999999' WHERE Coverage = 'jp'");

        var papers = (await scene.Portal.Get<PaymentRecords>().ReadAsync(scene.Tenant, SoracomCoverage.Japan, Watchdog.Token))!;

        Assert.Equal((null, null, "", 0), (papers.ReadAt, papers.Paying.Method, papers.Paying.Payer, papers.Coupons.Rows.Count + papers.Discounts.Rows.Count + papers.Statements.Rows.Count));
    }

    [Fact]
    public async Task Read_TheCredentialIsReplacedMeanwhile_KeepsNothingOfWhatMayBeAnotherOperators()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/coupons", Delay = TimeSpan.FromSeconds(10) });

        var reading = RefreshAsync(evenIfFresh: true);
        await scene.Portal.StruckAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = 'OP9999999999' WHERE Coverage = 'jp'");
        while (!reading.IsCompleted)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(reading, Task.Delay(10, Watchdog.Token));
        }

        await reading;
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        Assert.Equal((0, 0, 0), (db.AccountCoupons.Count(), db.AccountDiscounts.Count(), db.AccountStatements.Count()));
        Assert.All(db.PaymentReadings, row => Assert.Equal((false, ""), (row.HasMethod, row.Payer)));
    }

    [Theory]
    [InlineData("en", "no longer at Soracom")]
    [InlineData("ja", "SORACOM での提供終了")]
    public async Task Statement_ThatTheVendorTellsNoMore_IsShownWithoutAFile_AndSaysSo(string language, string gone)
    {
        await RefreshAsync(evenIfFresh: true);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE AccountStatements SET StatementId = 'forgotten' WHERE StatementId = (SELECT MAX(StatementId) FROM AccountStatements)");
        scene.Clock.Advance(TimeSpan.FromHours(2));
        var papers = (await RefreshAsync(evenIfFresh: true))!;
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.Equal(papers.Statements.Rows.Count, page.FindAll("[aria-labelledby=statements] tbody tr").Count));
        Assert.Equal(papers.Statements.Rows.Count - 1, page.FindAll("[aria-labelledby=statements] a[download]").Count);
        Assert.Single(page.FindAll("[aria-labelledby=statements] tbody tr"), row => row.TextContent.Contains(gone, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_ReadsPaymentsDaily_ThoughNobodyLooks()
    {
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM VendorCredentials WHERE Coverage = 'g' OR TenantId <> $tenant", ("$tenant", scene.Tenant.TenantId.ToString().ToUpperInvariant()));
        var worker = scene.Portal.Get<BillingWorker>();
        async Task<DateTimeOffset?> AfterAsync(double hours)
        {
            scene.Clock.Advance(TimeSpan.FromHours(hours));
            await worker.RunOnceAsync(Watchdog.Token);
            await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
            return db.PaymentReadings.Single().ReadAt;
        }

        var first = await AfterAsync(0);
        Assert.Equal(scene.Clock.GetUtcNow(), first);
        Assert.Equal(first, await AfterAsync(23));
        Assert.Equal(first!.Value.AddHours(25), await AfterAsync(2));
    }

    private Task<PaymentPapers?> RefreshAsync(bool evenIfFresh) => scene.Portal.Get<PaymentRecords>().RefreshAsync(scene.Tenant, SoracomCoverage.Japan, evenIfFresh, Watchdog.Token);

    private IRenderedComponent<PaymentsPage> Open(ComponentScene circuit) => circuit.Render<PaymentsPage>(parameters => parameters
        .AddCascadingValue(scene.Tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Payments(PortalScene.Aoba, SoracomCoverage.Japan)}")
        .Add(opened => opened.Slug, PortalScene.Aoba));
}
