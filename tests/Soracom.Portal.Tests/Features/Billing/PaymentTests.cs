using System.Net;
using System.Text.Json;
using Bunit;
using Soracom.Api;
using Soracom.Api.Payments;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Paying;
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
    [InlineData("/v1/payment_methods", 404)]
    [InlineData("/v1/payment_methods", 403)]
    [InlineData("/v1/payment_statements/payer_information", 400)]
    public async Task Page_TheMethodOrThePayerIsNotTold_ShowsTheRest(string path, int status)
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = path, Status = status });
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = Open(circuit);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=statements] tbody tr")));
        Assert.Single(page.FindAll("#paid-with"));
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
    public async Task Read_AMomentLater_AsksTheVendorOnlyWhereSomebodyInsists()
    {
        var records = scene.Portal.Get<PaymentRecords>();
        Assert.Null((await records.ReadAsync(scene.Tenant, SoracomCoverage.Japan, fresh: true, Watchdog.Token)).Error);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await records.ReadAsync(scene.Tenant, SoracomCoverage.Japan, fresh: false, Watchdog.Token)).Error);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/coupons" });

        Assert.Null((await records.ReadAsync(scene.Tenant, SoracomCoverage.Japan, fresh: false, Watchdog.Token)).Error);
        Assert.NotNull((await records.ReadAsync(scene.Tenant, SoracomCoverage.Japan, fresh: true, Watchdog.Token)).Error);
    }

    private IRenderedComponent<PaymentsPage> Open(ComponentScene circuit) => circuit.Render<PaymentsPage>(parameters => parameters
        .AddCascadingValue(scene.Tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Payments(PortalScene.Aoba, SoracomCoverage.Japan)}")
        .Add(opened => opened.Slug, PortalScene.Aoba));
}
