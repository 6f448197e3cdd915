using System.Text;
using System.Text.Json;
using Soracom.Sandbox;
using Soracom.Sandbox.Payments;

namespace Soracom.Api.Tests.Sandbox.Payments;

public sealed class PaymentTests
{
    private readonly FakeTime clock = new();

    [Fact]
    public async Task Month_IsPaidAWeekAfterItIsClosed_ByATransactionWithAStatement()
    {
        await using var host = await StartAsync(DemoFleets.Aoba);
        var pair = await host.SignInAsync(host.Aoba);
        clock.Advance(new DateTimeOffset(2026, 4, 3, 0, 0, 0, TimeSpan.Zero) - clock.GetUtcNow());
        var charging = await host.GetAsync("/v1/bills/202603", await host.SignInAsync(host.Aoba));
        clock.Advance(TimeSpan.FromDays(8));
        pair = await host.SignInAsync(host.Aoba);
        var paid = await host.GetAsync("/v1/bills/202603", pair);
        var transaction = await host.GetAsync($"/v1/payment_history/transactions/{paid["paymentTransactionId"]}", pair);
        var statement = (await host.GetAsync("/v1/payment_statements", pair)).Json.GetProperty("paymentStatementsList")[0];

        Assert.Equal(("charging", "paid"), (charging["paymentStatus"], paid["paymentStatus"]));
        Assert.False(charging.Json.TryGetProperty("paymentTransactionId", out _));
        var amount = transaction.Json.GetProperty("amount");
        Assert.Equal(("success", Amount(paid.Json)), (transaction["status"], amount.GetProperty("totalAmount").GetDecimal()));
        Assert.Equal(amount.GetProperty("totalAmount").GetDecimal(), amount.GetProperty("subTotalAmount").GetDecimal() + amount.GetProperty("taxAmount").GetDecimal());
        Assert.Equal(("202603", Amount(paid.Json)), (statement.GetProperty("chargedYearMonths")[0].GetString(), Amount(statement)));
        Assert.Equal(new DateTimeOffset(2026, 4, 9, 3, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), statement.GetProperty("paymentDateTime").GetInt64());
    }

    [Fact]
    public async Task Statement_IsAPdf_WhoseTableOfOffsetsIsRight()
    {
        await using var host = await StartAsync(DemoFleets.Aoba);
        var pair = await host.SignInAsync(host.Aoba);
        var id = (await host.GetAsync("/v1/payment_statements", pair)).Json.GetProperty("paymentStatementsList")[0].GetProperty("paymentStatementId").GetString();
        var url = new Uri((await host.PostAsync($"/v1/payment_statements/{id}/export", body: null, pair))["url"]!);

        var file = await host.GetAsync(url.AbsolutePath);

        Assert.Equal("application/pdf", file.Header("Content-Type"));
        Assert.StartsWith("%PDF-1.4\n", file.Text, StringComparison.Ordinal);
        var table = file.Text[file.Text.LastIndexOf("xref\n0", StringComparison.Ordinal)..].Split('\n');
        Assert.All(Enumerable.Range(1, 7), number => Assert.StartsWith($"{number} 0 obj", file.Text[int.Parse(table[number + 2][..10], System.Globalization.CultureInfo.InvariantCulture)..], StringComparison.Ordinal));
        Assert.Contains(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(host.Aoba.Name)), file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_ThatFailed_PaysWhatIsOwedOnceItIsActivated()
    {
        await using var host = await StartAsync(DemoFleets.Aoba);
        var pair = await host.SignInAsync(host.Aoba);
        Fail(host, "card_declined");
        var failing = await host.GetAsync("/v1/payment_methods/current", pair);
        var owed = Bills(await host.GetAsync("/v1/bills", pair));

        var activated = await host.SendAsync(HttpMethod.Post, "/v1/payment_methods/current/activate", pair, body: null);

        var paid = Bills(await host.GetAsync("/v1/bills", pair));
        var working = await host.GetAsync("/v1/payment_methods/current", pair);
        Assert.Equal("card_declined", failing["errorCode"]);
        Assert.Equal("fail", owed[0].GetProperty("paymentStatus").GetString());
        Assert.Equal("{}", activated.Text);
        Assert.DoesNotContain("errorCode", working.Members);
        Assert.All(paid, bill => Assert.Equal("paid", bill.GetProperty("paymentStatus").GetString()));
        Assert.Equal(owed.Select(Amount), paid.Select(Amount));
    }

    [Fact]
    public async Task LargestDemoAccount_HasACardThatFails()
    {
        await using var host = await StartAsync(DemoFleets.Metro);

        var method = await host.GetAsync("/v1/payment_methods/current", await host.SignInAsync(host.Server.Operators[0]));

        Assert.Equal("incorrect_expiry", method["errorCode"]);
    }

    [Fact]
    public async Task AccountThatPaysByInvoice_HasNoMethod_AndItsClaimsAreCollectedByAThirdParty()
    {
        await using var host = await StartAsync(DemoFleets.Nagisa);
        var pair = await host.SignInAsync(host.Nagisa);

        (await host.GetAsync("/v1/payment_methods/current", pair)).Refused(404);
        (await host.PostAsync("/v1/payment_methods/current/activate", body: null, pair)).Refused(404);
        var bills = Bills(await host.GetAsync("/v1/bills", pair));
        Assert.All(bills, bill => Assert.Equal("delegated_to_third_party", bill.GetProperty("paymentStatus").GetString()));
    }

    [Fact]
    public async Task Payer_IsReplacedAsAWhole_OnBothCoverages_AndBadOnesChangeNothing()
    {
        await using var host = await StartAsync(DemoFleets.Metro);
        var pair = await host.SignInAsync(host.Server.Operators[0]);
        (await host.GetAsync("/v1/payment_statements/payer_information", pair)).Refused(400);

        var created = await host.PostAsync("/v1/payment_statements/payer_information", new { companyName = "Metro Metering", fullName = "Ada" }, pair);
        (await host.PostAsync("/v1/payment_statements/payer_information", new { fullName = " " }, pair)).Refused(400);
        (await host.PostAsync("/v1/payment_statements/payer_information", new { fullName = new string('x', 201) }, pair)).Refused(400);
        (await host.PostAsync("/v1/payment_statements/payer_information", """{"fullName":1}""", pair)).Refused(400);

        var read = await host.GetAsync("/v1/payment_statements/payer_information", pair, global: true);
        Assert.Equal((201, ""), (created.Status, created.Text));
        Assert.Equal(("Metro Metering", "Ada"), (read["companyName"], read["fullName"]));
    }

    [Fact]
    public async Task Coupon_IsRegisteredOnce_TakenOffTheNextBill_AndItsRestIsLeft()
    {
        await using var host = await StartAsync(DemoFleets.Aoba);
        var pair = await host.SignInAsync(host.Aoba);
        var before = Balances(await host.GetAsync("/v1/coupons", pair));

        var registered = await host.PostAsync("/v1/coupons/AOBA2026AUTUMN00/register", body: null, pair);
        (await host.PostAsync("/v1/coupons/AOBA2026AUTUMN00/register", body: null, pair)).Refused(400);
        clock.Advance(TimeSpan.FromDays(5));
        pair = await host.SignInAsync(host.Aoba);
        var bill = (await host.GetAsync("/v1/bills/202603", pair)).Json;
        var after = Balances(await host.GetAsync("/v1/coupons", pair));

        Assert.Equal(2000, registered.Json.GetProperty("balance").GetDecimal());
        Assert.True(bill.GetProperty("appliedCouponAmount").GetDecimal() > 0);
        Assert.Equal(before + 2000 - after, bill.GetProperty("appliedCouponAmount").GetDecimal());
    }

    [Fact]
    public async Task LongTermDiscounts_ExpireAfterAYear_AndAreForgottenHalfAYearLater()
    {
        await using var host = await StartAsync(DemoFleets.Aoba);
        var contracts = await ContractsAsync(host);

        clock.Advance(TimeSpan.FromDays(120));
        var left = await ContractsAsync(host);

        Assert.Equal(["expired", "active"], contracts.Select(contract => contract.GetProperty("status").GetString()));
        Assert.Equal([contracts[1].GetProperty("contractId").GetString()], left.Select(contract => contract.GetProperty("contractId").GetString()));
    }

    [Fact]
    public async Task WhatWasChanged_OutlivesARestart_AndABillStaysClosed()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-payments-");
        try
        {
            var options = new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], StateFile = Path.Combine(folder.FullName, "state") };
            string bills;
            await using (var host = await SandboxHost.StartAsync(options))
            {
                var pair = await host.SignInAsync(host.Aoba);
                await host.PostAsync("/v1/coupons/AOBA2026AUTUMN00/register", body: null, pair);
                await host.PostAsync("/v1/payment_statements/payer_information", new { fullName = "佐藤" }, pair);
                await host.PostAsync("/_control/clock", new { advance = "P40D" });
                bills = (await host.GetAsync("/v1/bills", await host.SignInAsync(host.Aoba))).Text;
            }

            await using var again = await SandboxHost.StartAsync(options);
            var next = await again.SignInAsync(again.Aoba);
            Assert.Equal(bills, (await again.GetAsync("/v1/bills", next)).Text);
            Assert.Equal("佐藤", (await again.GetAsync("/v1/payment_statements/payer_information", next))["fullName"]);
            Assert.Equal(3, (await again.GetAsync("/v1/coupons", next)).Json.GetProperty("couponList").GetArrayLength());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Lets the payments of the last forty days have failed.</summary>
    private void Fail(SandboxHost host, string code)
    {
        var account = host.Server.World.Find(host.Aoba.OperatorId)!;
        account.Run(clock.GetUtcNow(), changing: true, () =>
        {
            account.Part<PaymentPart>().Fail(code, clock.GetUtcNow().AddDays(-40));
            return true;
        });
    }

    private static decimal Amount(JsonElement json) => json.GetProperty("amount").GetDecimal();

    private static List<JsonElement> Bills(Reply reply) => [.. reply.Json.GetProperty("billList").EnumerateArray()];

    private static decimal Balances(Reply reply) => reply.Json.GetProperty("couponList").EnumerateArray().Sum(coupon => coupon.GetProperty("balance").GetDecimal());

    private static async Task<List<JsonElement>> ContractsAsync(SandboxHost host) =>
        [.. (await host.GetAsync("/v1/volume_discounts", await host.SignInAsync(host.Aoba))).Json.GetProperty("volumeDiscountList").EnumerateArray()];

    private Task<SandboxHost> StartAsync(string fleet) => SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [fleet] });
}
