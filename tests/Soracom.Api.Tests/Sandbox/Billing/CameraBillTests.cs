using System.Globalization;
using Soracom.Sandbox;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.SoraCam;

namespace Soracom.Api.Tests.Sandbox.Billing;

/// <summary>What cameras cost.</summary>
public sealed class CameraBillTests
{
    private static readonly CameraPrices Prices = new()
    {
        ContinuousMonth = 1000,
        ContinuousMonthPerDay = 10,
        MotionMonth = 500,
        MotionMonthPerDay = 0,
        ExportSecond = 0.5m,
    };

    private readonly FakeTime clock = new();

    [Fact]
    public async Task Licences_AreChargedByTheMonth_WhetherOrNotACameraHasThem()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var packs = (await host.GetAsync("/v1/sora_cam/license_packs", pair)).Json.EnumerateArray().ToList();
        var expected = packs.Sum(pack => pack.GetProperty("quantity").GetInt32() * PriceOf(pack.GetProperty("id").GetString()!));

        Assert.True(packs.Sum(pack => pack.GetProperty("quantity").GetInt32()) > packs.Sum(pack => pack.GetProperty("quantityInUse").GetInt32()));
        Assert.Equal(expected, await CostAsync(host, "202602", "monthlySoraCamLicenseCharge"));
        Assert.Equal(0, await CostAsync(host, "202602", "monthlySoraCamLicenseCharge", global: true));
    }

    [Fact]
    public async Task Licences_ThatAreBoughtAndGivenBack_AreChargedForEachMonthThatTheyWereThere_AndBillsOfThePastStay()
    {
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromDays(10));
        var before = await CostAsync(host, "202602", "monthlySoraCamLicenseCharge");
        await SetAsync(host, "MR90-SC", 0, 4);
        await SetAsync(host, "MR90-SC", 4, 3);
        clock.Advance(TimeSpan.FromDays(25));
        await SetAsync(host, "MR90-SC", 3, 0);
        clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal([before, before + 2000, before + 1500, before], new[]
        {
            await CostAsync(host, "202603", "monthlySoraCamLicenseCharge"),
            await CostAsync(host, "202604", "monthlySoraCamLicenseCharge"),
            await CostAsync(host, "202605", "monthlySoraCamLicenseCharge"),
            await CostAsync(host, "202606", "monthlySoraCamLicenseCharge"),
        });
    }

    [Fact]
    public async Task Exports_AreChargedBeyondSeventyTwoHours_AlsoWhenTheCameraIsGone()
    {
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromHours(2));
        var pair = await host.SignInAsync(host.Aoba);
        var camera = (await host.GetAsync("/v1/sora_cam/devices", pair)).Json[0].GetProperty("deviceId").GetString()!;
        Assert.Equal(0, await CostAsync(host, "202604", "monthlySoraCamExportCharge"));

        Export(host, camera, (72 * 3600) + 1000);
        var used = (await host.GetAsync($"/v1/sora_cam/devices/{camera}/exports/usage", pair)).Json.GetProperty("video").GetProperty("billedSeconds").GetInt64();
        clock.Advance(TimeSpan.FromHours(1));
        var charged = await CostAsync(host, "202604", "monthlySoraCamExportCharge");
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Delete, $"/v1/sora_cam/devices/{camera}", pair)).Status);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.True(used >= 1000);
        Assert.Equal(decimal.Ceiling(used * 0.5m), charged);
        Assert.Equal(charged, await CostAsync(host, "202604", "monthlySoraCamExportCharge"));
    }

    [Fact]
    public async Task Cameras_AreInTheBillAndInItsFile()
    {
        await using var host = await StartAsync();
        await using var without = await StartAsync(new CameraPrices { ContinuousMonth = 0, ContinuousMonthPerDay = 0, MotionMonth = 0, MotionMonthPerDay = 0 });
        var pair = await host.SignInAsync(host.Aoba);
        var url = new Uri((await host.PostAsync("/v1/bills/202602/export", body: null, pair))["url"]!);
        var lines = (await host.GetAsync(url.AbsolutePath)).Text.Split('\n').Where(line => line.Contains("monthlySoraCamLicenseCharge", StringComparison.Ordinal)).ToList();
        var net = await CostAsync(host, "202602", "monthlySoraCamLicenseCharge");

        Assert.NotEmpty(lines);
        Assert.Equal(net, lines.Sum(line => decimal.Parse(line.Split(',')[5], CultureInfo.InvariantCulture)));
        Assert.InRange(await TotalAsync(host) - await TotalAsync(without) - (net * 1.1m), -1, 1);
    }

    private static decimal PriceOf(string licence) =>
        licence.StartsWith("MR", StringComparison.Ordinal) ? 500 : 1000 + (10 * int.Parse(licence[2..^3], CultureInfo.InvariantCulture));

    private static async Task SetAsync(SandboxHost host, string licence, int from, int to) => Assert.Equal(204, (await host.SendAsync(
        HttpMethod.Put, $"/v1/sora_cam/license_packs/{licence}/quantity", await host.SignInAsync(host.Aoba), new { currentQuantity = from, desiredQuantity = to })).Status);

    /// <summary>Uses up a camera's quota as an export would.</summary>
    private void Export(SandboxHost host, string deviceId, long seconds)
    {
        var account = host.Server.World.Find(host.Aoba.OperatorId)!;
        account.Run(clock.GetUtcNow(), changing: true, () =>
        {
            var part = account.Data(Coverage.Japan).Part<SoraCamPart>();
            part.Put(Quota.Charge(part.Get(deviceId), clock.GetUtcNow(), seconds), clock.GetUtcNow());
            return true;
        });
    }

    private static async Task<decimal> CostAsync(SandboxHost host, string month, string item, bool global = false)
    {
        var months = await host.GetAsync("/v1/bills/summaries/bill_items", await host.SignInAsync(host.Aoba), global);
        return months.Json.EnumerateArray().Single(one => one.GetProperty("yearMonth").GetString() == month).GetProperty("costBreakdownList").EnumerateArray()
            .Where(one => one.GetProperty("billItemName").GetString() == item).Sum(one => one.GetProperty("amount").GetDecimal());
    }

    private static async Task<decimal> TotalAsync(SandboxHost host)
    {
        var bill = (await host.GetAsync("/v1/bills/202602", await host.SignInAsync(host.Aoba))).Json;
        return bill.GetProperty("amount").GetDecimal() + bill.GetProperty("appliedCouponAmount").GetDecimal();
    }

    private Task<SandboxHost> StartAsync(CameraPrices? prices = null) => SandboxHost.StartAsync(new SandboxOptions
    {
        Clock = clock,
        Fleets = [DemoFleets.Aoba],
        Undocumented = new UndocumentedAnswers { CameraPrices = prices ?? Prices },
    });
}
