using System.Text.Json;
using static Soracom.Api.Tests.Sandbox.SoraCam.CameraScene;

namespace Soracom.Api.Tests.Sandbox.SoraCam;

public sealed class RecordingTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(Continuous)]
    [InlineData(Motion)]
    public async Task Past_WalkedBothWays_IsTheSame_EachOnce_AndNotOlderThanTheLicenceKeeps(int camera)
    {
        await using var scene = await CameraScene.StartAsync();

        var (records, events) = await scene.PastAsync(camera);
        var (backRecords, backEvents) = await scene.PastAsync(camera, "sort=desc");

        Assert.Equal(Texts(records), Texts(backRecords.Reverse()));
        Assert.Equal(Texts(events), Texts(backEvents.Reverse()));
        Assert.All(Pairs(records), pair => Assert.True(End(pair.First) <= Start(pair.Second)));
        Assert.All(Pairs(events), pair => Assert.True(Start(pair.First) < Start(pair.Second)));
        Assert.All(records, record => Assert.True(End(record) > scene.Now - (30 * 24 * Hour)));
        Assert.All(records, record => Assert.InRange(End(record) == long.MaxValue ? 1 : End(record) - Start(record), 1, Hour));
    }

    [Fact]
    public async Task ContinuousCamera_RecordsAllTheTime_ButForGaps_AndGoesOn()
    {
        await using var scene = await CameraScene.StartAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        var (records, events) = await scene.PastAsync(Continuous);
        var gaps = Pairs(records).Select(pair => Start(pair.Second) - End(pair.First)).Where(gap => gap > 0).ToList();

        Assert.InRange(gaps.Count, 2, 60);
        Assert.All(gaps, gap => Assert.InRange(gap, 120_000, 40 * 60_000));
        Assert.Equal(long.MaxValue, End(records[^1]));
        Assert.InRange(events.Count(one => one.GetProperty("type").GetString() == "motion"), 14 * 10, 14 * 100);
        Assert.All(events, one => Assert.Contains(records, record => Start(record) <= Start(one) && Start(one) < End(record)));
    }

    [Fact]
    public async Task MotionCamera_RecordsAroundWhatMoves_AndItsMotionHasNoMovie()
    {
        await using var scene = await CameraScene.StartAsync();

        var (records, events) = await scene.PastAsync(Motion);
        var motion = events.Where(one => one.GetProperty("type").GetString() == "motion").ToList();
        var told = await scene.EventsAsync("listSoraCamDeviceEventsForDevice", [scene.Id(Motion)], "limit=100");

        Assert.Equal(motion.Count, records.Count);
        Assert.All(records.Zip(motion), pair => Assert.True(Start(pair.First) <= Start(pair.Second) && End(pair.Second) <= End(pair.First)));
        Assert.All(told.Select(Details), details => Assert.Equal(
            details.GetProperty("type").GetString() != "motion" && details.GetProperty("recordingStatus").GetString() == "completed",
            details.TryGetProperty("movie", out _)));
    }

    [Fact]
    public async Task Events_OfAllCameras_AreThoseOfEach_InOneOrder()
    {
        await using var scene = await CameraScene.StartAsync();
        var range = $"from={scene.Now - (36 * Hour)}&to={scene.Now - Hour}&limit=7";

        var all = await scene.EventsAsync("listSoraCamDeviceEvents", [], range);
        var ascending = await scene.EventsAsync("listSoraCamDeviceEvents", [], $"{range}&sort=asc");
        var single = new List<JsonElement>();
        for (var camera = 0; camera < 4; camera++)
        {
            single.AddRange(await scene.EventsAsync("listSoraCamDeviceEventsForDevice", [scene.Id(camera)], range));
        }

        Assert.NotEmpty(all);
        Assert.Equal(Ids(ascending), Ids(all.Reverse()));
        Assert.Equal(Ids(single).Order(), Ids(all).Order());
        Assert.Equal(Ids(all).Distinct(), Ids(all));
        Assert.Equal(all.Select(one => one.GetProperty("time").GetInt64()).OrderDescending(), all.Select(one => one.GetProperty("time").GetInt64()));
        Assert.DoesNotContain(all, one => one.GetProperty("deviceId").GetString() == scene.Id(Unlicensed));
    }

    [Fact]
    public async Task Event_HasItsPictureAndMovie_ForAWhile()
    {
        await using var scene = await CameraScene.StartAsync();
        var details = (await scene.EventsAsync("listSoraCamDeviceEventsForDevice", [scene.Id(Continuous)], "limit=100")).Select(Details).First(one => one.TryGetProperty("movie", out _));
        var (picture, movie) = (details.GetProperty("picture").GetString()!, details.GetProperty("movie").GetString()!);

        Assert.Equal([0xFF, 0xD8], (await scene.BytesAsync(picture)).Take(2));
        Assert.Equal("ftyp"u8.ToArray(), (await scene.BytesAsync(movie)).Skip(4).Take(4));
        scene.Clock.Advance(TimeSpan.FromHours(1));
        using var late = await scene.FetchAsync(picture);
        Assert.Equal(403, (int)late.StatusCode);
    }

    [Fact]
    public async Task Event_ThatGoesOn_HasNoEndYet()
    {
        await using var scene = await CameraScene.StartAsync();
        JsonElement found = default;
        for (var step = 0; step < 2000 && found.ValueKind == JsonValueKind.Undefined; step++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(10));
            var newest = (await scene.OnAsync("listSoraCamDeviceEventsForDevice", Continuous, query: "limit=1")).Json[0];
            found = Details(newest).GetProperty("recordingStatus").GetString() == "recording" ? Details(newest) : default;
        }

        Assert.False(found.TryGetProperty("endTime", out _));
        Assert.False(found.TryGetProperty("movie", out _));
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        var over = (await scene.EventsAsync("listSoraCamDeviceEventsForDevice", [scene.Id(Continuous)], $"from={Start(found)}&to={Start(found)}")).Select(Details).Single();
        Assert.True(over.TryGetProperty("endTime", out _));
    }

    [Fact]
    public async Task Sleep_StopsRecording_AndWakingBeginsAnew()
    {
        await using var scene = await CameraScene.StartAsync();
        var slept = scene.Now;
        await scene.OnAsync("setSoraCamDevicePowerState", Continuous, new { powerState = "sleep" });
        scene.Clock.Advance(TimeSpan.FromHours(5));
        var asleep = await scene.OnAsync("listSoraCamDeviceRecordingsAndEvents", Continuous, query: $"from={slept}");
        await scene.OnAsync("setSoraCamDevicePowerState", Continuous, new { powerState = "on" });
        var woken = scene.Now;
        scene.Clock.Advance(TimeSpan.FromMinutes(3));

        var (records, events) = await scene.PastAsync(Continuous);

        asleep.Refused(404);
        Assert.Contains(records, record => End(record) == slept);
        Assert.DoesNotContain(records, record => Start(record) < woken && End(record) > slept);
        Assert.DoesNotContain(events, one => Start(one) >= slept && Start(one) < woken);
        Assert.Equal((woken, long.MaxValue), (Start(records[^1]), End(records[^1])));
    }

    [Fact]
    public async Task Licence_TakenAway_HidesWhatWasRecorded_AndGivenBackShowsIt_ButForTheTimeWithout()
    {
        await using var scene = await CameraScene.StartAsync();
        var (before, _) = await scene.PastAsync(Continuous);
        var taken = scene.Now;
        await scene.OnAsync("unassignSoraCamDeviceAtomCamLicense", Continuous);
        var hidden = await scene.OnAsync("listSoraCamDeviceRecordingsAndEvents", Continuous);
        var events = await scene.OnAsync("listSoraCamDeviceEventsForDevice", Continuous);
        scene.Clock.Advance(TimeSpan.FromHours(3));
        await scene.OnAsync("assignSoraCamDeviceAtomCamLicense", Continuous, new { type = "CR14-SC" });
        scene.Clock.Advance(TimeSpan.FromHours(1));

        var (after, _) = await scene.PastAsync(Continuous, $"sort=asc&from={Start(before[0]) + (5 * Hour)}");

        hidden.Refused(404);
        Assert.Empty(events.Json.EnumerateArray());
        Assert.Contains(Start(before[^2]), after.Select(Start));
        Assert.DoesNotContain(after, record => Start(record) < taken + (3 * Hour) && End(record) > taken);
    }

    [Fact]
    public async Task MotionDetection_TurnedOff_NoticesNothing()
    {
        await using var scene = await CameraScene.StartAsync();
        var off = scene.Now;
        await scene.OnAsync("setSoraCamDeviceAtomCamSettingsMotion", Motion, new { state = "off" });
        await scene.OnAsync("setSoraCamDeviceAtomCamSettingsMotion", Continuous, new { state = "off" });
        scene.Clock.Advance(TimeSpan.FromHours(20));

        var (_, events) = await scene.PastAsync(Continuous);
        var (records, _) = await scene.PastAsync(Motion);

        Assert.DoesNotContain(events, one => Start(one) >= off && one.GetProperty("type").GetString() == "motion");
        Assert.Contains(events, one => Start(one) < off && one.GetProperty("type").GetString() == "motion");
        Assert.All(records, record => Assert.True(Start(record) < off));
        Assert.False((await scene.OnAsync("getSoraCamDevice", Motion)).Json.GetProperty("configuration").GetProperty("motionDetectionEnabled").GetBoolean());
    }

    [Fact]
    public async Task Past_IsTheSameInEverySandboxOfTheSeed()
    {
        await using var one = await CameraScene.StartAsync();
        await using var other = await CameraScene.StartAsync();

        var (first, second) = (await one.PastAsync(Continuous), await other.PastAsync(Continuous));

        Assert.Equal(Texts(first.Records), Texts(second.Records));
        Assert.Equal(Texts(first.Events), Texts(second.Events));
        Assert.Equal((await one.CallAsync("listSoraCamDevices")).Text, (await other.CallAsync("listSoraCamDevices")).Text);
    }

    private static JsonElement Details(JsonElement one) => one.GetProperty("eventInfo").GetProperty("atomEventV1");

    private static IEnumerable<string> Ids(IEnumerable<JsonElement> events) => events.Select(one => one.GetProperty("eventId").GetString()!);

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> items) => items.Select(item => item.GetRawText());

    private static IEnumerable<(JsonElement First, JsonElement Second)> Pairs(IReadOnlyList<JsonElement> items) => items.Zip(items.Skip(1));
}
