using System.Text.Json;
using static Soracom.Api.Tests.Sandbox.EventHandlers.EventScene;

namespace Soracom.Api.Tests.Sandbox.EventHandlers;

/// <summary>What makes handlers fire, how often, and for whom.</summary>
public sealed class EventFiringTests
{
    [Fact]
    public async Task SpeedClass_ThatChanges_IsToldOf_WithTheOldAndTheNewOne()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.SpeedAsync(sim, "s1.slow");
        await scene.HandlerAsync(Of(sim), Rule("SimSpeedClassAttributeRule"), Mail("${simId} ${imsi}: ${oldSpeedClass} > ${newSpeedClass} ${other}"));

        await scene.SpeedAsync(sim, "s1.fast");
        await scene.DoAsync(sim, "disable_termination");

        Assert.Equal([$"{sim} {await scene.ImsiAsync(sim)}: s1.slow > s1.fast ${{other}}"], await scene.MailsAsync());
    }

    [Theory]
    [InlineData("SimSpeedClassAttributeRule", "targetSpeedClass", "s1.fast", 1)]
    [InlineData("SubscriberSpeedClassAttributeRule", "targetSpeedClass", "s1.4xfast", 0)]
    [InlineData("SimStatusAttributeRule", "targetStatus", "inactive", 1)]
    [InlineData("SimStatusAttributeRule", "sourceStatus", "active", 1)]
    [InlineData("SimStatusAttributeRule", "sourceStatus", "suspended", 0)]
    [InlineData("SubscriberStatusAttributeRule", "targetStatus", "terminated", 0)]
    public async Task Change_IsToldOf_OnlyWhenItIsTheOneThatTheRuleNames(string rule, string property, string value, int times)
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.SpeedAsync(sim, "s1.slow");
        await scene.HandlerAsync(("targetImsi", await scene.ImsiAsync(sim)), Rule(rule, "IMMEDIATELY", (property, value)), Mail("${oldStatus} > ${newStatus}"));

        await scene.SpeedAsync(sim, "s1.fast");
        await scene.DoAsync(sim, "deactivate");

        Assert.Equal(times, (await scene.MailsAsync()).Count);
    }

    [Theory]
    [InlineData("IMMEDIATELY", null, 0, true)]
    [InlineData("IMMEDIATELY", "60", 59, false)]
    [InlineData("IMMEDIATELY", "60", 60, true)]
    [InlineData("BEGINNING_OF_NEXT_DAY", null, (13 * 60) - 1, false)]
    [InlineData("BEGINNING_OF_NEXT_DAY", null, 13 * 60, true)]
    [InlineData("BEGINNING_OF_NEXT_DAY", "5", 13 * 60, false)]
    [InlineData("AFTER_ONE_DAY", null, (24 * 60) - 1, false)]
    [InlineData("AFTER_ONE_DAY", null, 24 * 60, true)]
    [InlineData("BEGINNING_OF_NEXT_MONTH", null, (30 * 24 * 60) - (11 * 60) - 1, false)]
    [InlineData("BEGINNING_OF_NEXT_MONTH", null, (30 * 24 * 60) - (11 * 60), true)]
    [InlineData("NEVER", null, 400 * 24 * 60, false)]
    public async Task Handler_ThatHasFired_FiresForThatSimAgain_FromTheMomentThatItNames(string again, string? offset, int minutes, bool fires)
    {
        await using var scene = await StartAsync(clock: new FakeTime(new DateTimeOffset(2026, 4, 1, 11, 0, 0, TimeSpan.Zero)));
        var sims = await scene.FindAsync("subscription=plan-K2&status=active");
        await scene.SpeedAsync(sims[0], "s1.slow");
        (string, string)[] others = offset is null ? [] : [("inactiveTimeoutOffsetMinutes", offset)];
        await scene.HandlerAsync(scene.Account, Rule("SimSpeedClassAttributeRule", again, others), Mail("${simId}"));
        await scene.SpeedAsync(sims[0], "s1.fast");
        await scene.SendAsync(HttpMethod.Get, "/v1/sims?limit=1");

        scene.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await scene.SpeedAsync(sims[0], "s1.slow");

        Assert.Equal(fires ? [sims[0], sims[0]] : [sims[0]], await scene.MailsAsync());
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 2)]
    public async Task Handler_ThatRunsOnceAmongItsTarget_FiresForTheFirstSimOnly(string once, int times)
    {
        await using var scene = await StartAsync();
        var sims = await scene.FindAsync("subscription=plan-K2&status=active");
        await scene.HandlerAsync(scene.Account, Rule("SimStatusAttributeRule", "AFTER_ONE_DAY", ("runOnceAmongTarget", once)), Mail("${simId}"));

        await scene.DoAsync(sims[0], "suspend");
        await scene.DoAsync(sims[1], "suspend");

        Assert.Equal(sims[..times], await scene.MailsAsync());
    }

    [Fact]
    public async Task Handler_ThatIsOff_ForAnotherSim_OrIgnoresThisOne_DoesNothing()
    {
        await using var scene = await StartAsync();
        var sims = await scene.FindAsync("subscription=plan-K2&status=active");
        var off = await scene.HandlerAsync(Of(sims[0]), Rule("SimStatusAttributeRule"), Mail("off"));
        var read = (await scene.SendAsync(HttpMethod.Get, $"/v1/event_handlers/{off}")).Json;
        var settings = read.EnumerateObject().ToDictionary(member => member.Name, member => member.Name == "status" ? JsonElement.Parse("\"inactive\"") : member.Value);
        await scene.SendAsync(HttpMethod.Put, $"/v1/event_handlers/{off}", settings);
        await scene.HandlerAsync(Of(sims[1]), Rule("SimStatusAttributeRule"), Mail("other"));
        var ignoring = await scene.HandlerAsync(scene.Account, Rule("SimStatusAttributeRule"), Mail("ignoring"));
        await scene.SendAsync(HttpMethod.Post, $"/v1/event_handlers/{ignoring}/subscribers/{await scene.ImsiAsync(sims[0])}/ignore");
        await scene.HandlerAsync(Of(sims[0]), Rule("SimStatusAttributeRule"), Mail("heard"));

        await scene.DoAsync(sims[0], "suspend");

        Assert.Equal(["heard"], await scene.MailsAsync());
    }

    [Fact]
    public async Task GroupHandler_IsForTheSimsThatAreInItsGroupAtThatTime()
    {
        await using var scene = await StartAsync();
        var sims = await scene.FindAsync("subscription=plan-K2&status=active");
        var group = (await scene.SendAsync(HttpMethod.Post, "/v1/groups", new { tags = new { name = "watched" } }))["groupId"]!;
        await scene.HandlerAsync(("targetGroupId", group), Rule("SimStatusAttributeRule"), Mail("${simId}"));

        await scene.DoAsync(sims[0], "deactivate");
        await scene.DoAsync(sims[0], "set_group", new { groupId = group });
        await scene.DoAsync(sims[0], "activate");
        await scene.DoAsync(sims[1], "deactivate");

        Assert.Equal([sims[0]], await scene.MailsAsync());
    }

    [Theory]
    [InlineData("Created", true, "s1")]
    [InlineData("Deleted", true, "s1")]
    [InlineData("Created", false, "")]
    public async Task Session_ThatBeginsOrEnds_IsToldOf_WhereTheGroupWantsIt(string status, bool enabled, string expected)
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        var group = (await scene.SendAsync(HttpMethod.Post, "/v1/groups", new { tags = new { name = "events" } }))["groupId"]!;
        await scene.SendAsync(HttpMethod.Put, $"/v1/groups/{group}/configuration/SoracomAir", new[] { new { key = "sessionEventEnabled", value = enabled } });
        await scene.DoAsync(sim, "set_group", new { groupId = group });
        await scene.HandlerAsync(Of(sim), Rule("SubscriberSessionStatusRule", "IMMEDIATELY", ("sessionStatus", status), ("hasImei", "true")), Mail("s1"));

        await scene.DoAsync(sim, "delete_session");
        scene.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(expected, string.Concat(await scene.MailsAsync()));
    }

    [Fact]
    public async Task Expiry_IsToldOfAtItsTime_EvenWhenNothingElseIsDone()
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.HandlerAsync(Of(sim), Rule("SimExpiredRule"), Mail("SIM"));
        await scene.HandlerAsync(Of(sim), Rule("SubscriberExpiredRule"), Mail("subscriber"));
        await scene.DoAsync(sim, "set_expiry_time", new { expiryTime = scene.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds(), expiryAction = "doNothing" });

        scene.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(await scene.MailsAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["SIM", "subscriber"], (await scene.MailsAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("490154203237518", 1)]
    [InlineData(null, 0)]
    public async Task Device_ThatTheSimIsNotLockedTo_IsToldOfWhenItTries(string? imei, int times)
    {
        await using var scene = await StartAsync();
        var sim = await scene.OnlineSimAsync();
        await scene.HandlerAsync(Of(sim), Rule("SimImeiMismatchedRule", "AFTER_ONE_DAY"), Mail("locked out"));
        await scene.DoAsync(sim, "set_imei_lock", imei is null ? new { } : new { imei });

        await scene.DoAsync(sim, "delete_session");
        scene.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(times, (await scene.MailsAsync()).Count);
    }

    [Fact]
    public async Task AddedSubscription_IsToldOf_WhenItsDeliveryBeginsAndWhenItIsThere()
    {
        await using var scene = await StartAsync();
        var sim = (await scene.FindAsync("subscription=plan01s&status=active&session_status=ONLINE", global: true))[0];
        foreach (var status in new[] { "started", "finished", "failed" })
        {
            var handler = new
            {
                name = status,
                status = "active",
                targetSimId = sim,
                ruleConfig = Rule("SimSubscriptionStatusRule", "NEVER", ("targetOtaStatus", status)),
                actionConfigList = new[] { Mail(status) },
            };
            Assert.Equal(201, (await scene.SendAsync(HttpMethod.Post, "/v1/event_handlers", handler, global: true)).Status);
        }

        var iccid = (await scene.SimAsync(sim, global: true)).GetProperty("profiles").EnumerateObject().First().Name;
        Assert.Equal(200, (await scene.SendAsync(HttpMethod.Post, $"/v1/sims/{sim}/profiles/{iccid}/add_subscription", new { subscription = "planX1" }, global: true)).Status);
        Assert.Equal(["started"], await scene.MailsAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(["started", "finished"], await scene.MailsAsync());
    }

    [Fact]
    public async Task Silence_AndWhatIsPlanned_OutliveARestart()
    {
        var folder = Directory.CreateTempSubdirectory("event-handlers-");
        try
        {
            var (path, clock) = (Path.Combine(folder.FullName, "state"), new FakeTime());
            string sim;
            await using (var first = await StartAsync(path, clock))
            {
                sim = await first.OnlineSimAsync();
                await first.SpeedAsync(sim, "s1.slow");
                await first.HandlerAsync(
                    Of(sim), Rule("SimSpeedClassAttributeRule", "AFTER_ONE_DAY"), Mail("told"), Action("SuspendAction", "AFTER_ONE_DAY", ("executionOffsetMinutes", "30")));
                await first.SpeedAsync(sim, "s1.fast");
                Assert.Equal(["told"], await first.MailsAsync());
            }

            await using var again = await StartAsync(path, clock, keepsHandlers: true);
            await again.SpeedAsync(sim, "s1.slow");
            Assert.Empty(await again.MailsAsync());
            Assert.Equal("active", (await again.SimAsync(sim)).GetProperty("status").GetString());
            clock.Advance(TimeSpan.FromMinutes((24 * 60) + 30));

            Assert.Equal("suspended", (await again.SimAsync(sim)).GetProperty("status").GetString());
            Assert.Equal(["SendMailAction", "SuspendAction"], (await again.DoneAsync()).Select(done => done.Action));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
