using System.Text.Json;
using Soracom.Sandbox.EventHandlers;
using static Soracom.Api.Tests.Sandbox.EventHandlers.EventScene;

namespace Soracom.Api.Tests.Sandbox.EventHandlers;

/// <summary>What handlers do once they have fired.</summary>
public sealed class EventActionTests
{
    [Theory]
    [InlineData("DeactivationAction", "inactive")]
    [InlineData("StandbyAction", "standby")]
    [InlineData("SuspendAction", "suspended")]
    [InlineData("ActivationAction", "active")]
    public async Task StatusAction_ReallyChangesTheSim_AndItsHistory(string action, string status)
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.DoAsync(sim, status == "active" ? "suspend" : "activate");
        await scene.HandlerAsync(Of(sim), Rule("SimSpeedClassAttributeRule", "NEVER"), Action(action));

        await scene.SpeedAsync(sim, "s1.4xfast");
        var history = (await scene.SendAsync(HttpMethod.Get, $"/v1/sims/{sim}/statuses/history?limit=1")).Json[0];

        Assert.Equal(status, (await scene.SimAsync(sim)).GetProperty("status").GetString());
        Assert.Equal(status, history.GetProperty("status").GetString());
        Assert.Equal([new Done(action, sim, "done", status)], await scene.DoneAsync());
    }

    [Fact]
    public async Task SpeedClass_GoesDownAtOnce_AndUpAgainWithTheNextDay()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.SpeedAsync(sim, "s1.fast");
        scene.Clock.Advance(TimeSpan.FromHours(10));
        await scene.HandlerAsync(
            Of(sim),
            Rule("SimDailyTotalTrafficRule", "BEGINNING_OF_NEXT_DAY", ("limitTotalTrafficMegaByte", "1000000")),
            Action("ChangeSpeedClassAction", "IMMEDIATELY", ("speedClass", "s1.minimum")),
            Action("ChangeSpeedClassAction", "BEGINNING_OF_NEXT_DAY", ("speedClass", "s1.standard"), ("executionOffsetMinutes", "5")));

        await scene.TransferAsync(sim, 1_000_000);
        Assert.Equal("s1.minimum", await SpeedAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes((14 * 60) + 4));
        Assert.Equal("s1.minimum", await SpeedAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("s1.standard", await SpeedAsync());

        async Task<string?> SpeedAsync() => (await scene.SimAsync(sim)).GetProperty("speedClass").GetString();
    }

    [Fact]
    public async Task ActionsThatDoNotFitTheSim_AreRefused_AndChangeNothing()
    {
        await using var scene = await StartAsync();
        var sim = (await scene.FindAsync("subscription=plan-KM1"))[0];
        var before = (await scene.SimAsync(sim)).GetRawText();
        await scene.HandlerAsync(
            Of(sim),
            Rule("SimExpiredRule"),
            Action("ChangeSpeedClassAction", "IMMEDIATELY", ("speedClass", "s1.fast")),
            Action("SendMailAction"),
            Action("SuspendAction", "NEVER"));
        await scene.DoAsync(sim, "set_expiry_time", new { expiryTime = scene.Clock.GetUtcNow().AddSeconds(5).ToUnixTimeMilliseconds(), expiryAction = "doNothing" });

        scene.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("ChangeSpeedClassAction", "refused"), ("SendMailAction", "refused")], (await scene.DoneAsync()).Select(done => (done.Action, done.Outcome)));
        Assert.Equal(JsonElement.Parse(before).GetProperty("status").GetString(), (await scene.SimAsync(sim)).GetProperty("status").GetString());
        Assert.Equal(JsonElement.Parse(before).GetProperty("speedClass").GetString(), (await scene.SimAsync(sim)).GetProperty("speedClass").GetString());
    }

    [Fact]
    public async Task RequestsToOthers_AreNoted_WithoutHeadersAndKeys()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.HandlerAsync(
            Of(sim),
            Rule("SimStatusAttributeRule"),
            Action("ExecuteWebRequestAction", "IMMEDIATELY", ("url", "https://hooks.example/${simId}"), ("httpMethod", "POST"), ("contentType", "text/plain"), ("headers", "{\"Authorization\":\"s3cret\"}"), ("body", "${newStatus}")),
            Action("InvokeAWSLambdaAction", "IMMEDIATELY", ("endpoint", "https://lambda.example"), ("functionName", "f"), ("accessKey", "s3cret"), ("secretAccessKey", "s3cret"), ("parameter1", "${oldStatus}"), ("parameter2", "p2")));

        await scene.DoAsync(sim, "suspend");

        Assert.Equal(
            [
                new Done("ExecuteWebRequestAction", sim, "noted", $"POST https://hooks.example/{sim} suspended"),
                new Done("InvokeAWSLambdaAction", sim, "noted", "https://lambda.example f active p2"),
            ],
            await scene.DoneAsync());
    }

    [Fact]
    public async Task MailToTheOperator_GoesToItsAddress()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.HandlerAsync(Of(sim), Rule("SimStatusAttributeRule"), Action("SendMailToOperatorAction", "IMMEDIATELY", ("title", "t"), ("message", "m")));

        await scene.DoAsync(sim, "suspend");
        await scene.MailsAsync();
        var mail = Assert.Single((await scene.Host.GetAsync("/_control/mail")).Json.EnumerateArray());

        Assert.Equal((scene.Host.Aoba.Email, "t"), (mail.GetProperty("to").GetString(), mail.GetProperty("subject").GetString()));
    }

    [Fact]
    public async Task ImeiLock_LocksTheSimToTheDeviceThatHasConnected()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        var group = (await scene.SendAsync(HttpMethod.Post, "/v1/groups", new { tags = new { name = "events" } }))["groupId"]!;
        await scene.SendAsync(HttpMethod.Put, $"/v1/groups/{group}/configuration/SoracomAir", new[] { new { key = "sessionEventEnabled", value = true } });
        await scene.DoAsync(sim, "set_group", new { groupId = group });
        await scene.HandlerAsync(
            Of(sim), Rule("SubscriberSessionStatusRule", "IMMEDIATELY", ("sessionStatus", "Created"), ("hasImei", "true")), Action("ImeiLockAction"));

        await scene.DoAsync(sim, "delete_session");
        scene.Clock.Advance(TimeSpan.FromSeconds(20));
        var locked = await scene.SimAsync(sim);

        Assert.Equal(locked.GetProperty("sessionStatus").GetProperty("imei").GetString(), locked.GetProperty("imeiLock").GetProperty("imei").GetString());
    }

    [Fact]
    public async Task HandlersThatSetOffEachOther_ComeToAnEnd()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.SpeedAsync(sim, "s1.slow");
        await scene.HandlerAsync(
            Of(sim), Rule("SimSpeedClassAttributeRule", "IMMEDIATELY", ("targetSpeedClass", "s1.fast")), Action("ChangeSpeedClassAction", "IMMEDIATELY", ("speedClass", "s1.slow")));
        await scene.HandlerAsync(
            Of(sim), Rule("SimSpeedClassAttributeRule", "IMMEDIATELY", ("targetSpeedClass", "s1.slow")), Action("ChangeSpeedClassAction", "IMMEDIATELY", ("speedClass", "s1.fast")));

        await scene.SpeedAsync(sim, "s1.fast");
        var done = await scene.DoneAsync();

        Assert.Equal(Enumerable.Repeat("done", EventHandlerPart.LongestChain).Append("refused"), done.Select(one => one.Outcome).Order(StringComparer.Ordinal));
        Assert.Equal(done.Count, (await scene.DoneAsync()).Count);
    }

    [Fact]
    public async Task HandlerThatIsDeleted_TakesAlongWhatItHadPlanned()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        var handler = await scene.HandlerAsync(Of(sim), Rule("SimSpeedClassAttributeRule"), Action("SuspendAction", "AFTER_ONE_DAY"));
        await scene.SpeedAsync(sim, "s1.4xfast");

        await scene.SendAsync(HttpMethod.Delete, $"/v1/event_handlers/{handler}");
        scene.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("active", (await scene.SimAsync(sim)).GetProperty("status").GetString());
        Assert.Empty(await scene.DoneAsync());
    }
}
