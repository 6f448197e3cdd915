namespace Soracom.Api.Tests.Sandbox.Sims;

/// <summary>Short messages to SIMs, and what the card reports when one asks it to.</summary>
public sealed class SmsTests
{
    [Theory]
    [InlineData(1, 160, 202)]
    [InlineData(1, 161, 400)]
    [InlineData(2, 70, 202)]
    [InlineData(2, 71, 400)]
    [InlineData(2, 0, 400)]
    [InlineData(3, 1, 400)]
    public async Task Message_IsAsLongAsItsEncodingAllows(int encodingType, int length, int status)
    {
        await using var scene = await DeviceScene.StartAsync();

        Assert.Equal(status, (await scene.CallAsync("sendSmsToSim", new { encodingType, payload = new string('a', length) })).Status);
    }

    [Fact]
    public async Task Message_InJapanese_NeedsUcs2()
    {
        await using var scene = await DeviceScene.StartAsync();

        (await scene.CallAsync("sendSmsToSim", new { encodingType = 1, payload = "温度" })).Refused(400);
        Assert.Equal(202, (await scene.CallAsync("sendSmsToSim", new { encodingType = 2, payload = "温度" })).Status);
    }

    [Fact]
    public async Task Message_IsAcceptedForADeviceThatIsAway_AndEachHasItsOwnId()
    {
        await using var scene = await DeviceScene.StartAsync();
        var body = new { payload = "hello" };

        var ids = new[] { await scene.CallOfflineAsync("sendSmsToSim", body), await scene.CallAsync("sendSmsToSim", body), await scene.CallAsync("sendSmsToSim", body) }
            .Select(reply => reply["messageId"]).ToList();

        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task Report_OfADeviceThatIsAway_NeverComes()
    {
        await using var scene = await DeviceScene.StartAsync();

        Assert.Equal(202, (await scene.CallAsync("reportSimLocalInfo")).Status);
        Assert.Equal(202, (await scene.CallOfflineAsync("reportSimLocalInfo")).Status);
        scene.Clock.Advance(TimeSpan.FromSeconds(20));

        var sim = await scene.CallAsync("getSim");
        Assert.Equal(sim.Json.GetProperty("sessionStatus").GetProperty("imei").GetString(), sim.Json.GetProperty("localInfo").GetProperty("imei").GetString());
        Assert.Equal("{}", (await scene.CallOfflineAsync("getSim")).Json.GetProperty("localInfo").GetRawText());
    }
}
