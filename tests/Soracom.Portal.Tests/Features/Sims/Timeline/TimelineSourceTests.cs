using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Timeline;

namespace Soracom.Portal.Tests.Features.Sims.Timeline;

public sealed class TimelineSourceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Statuses_EachIsHeldAgainstTheOneBeforeItOfTheSameSubscription()
    {
        var source = new TimelineSource(TimelineKind.Status).WithStatuses([Entry(9, "a", "active"), Entry(8, "b", "ready"), Entry(7, "a", "ready")], nextKey: null);

        Assert.True(source.HasEnded);
        Assert.Equal(
            [("active", "ready"), ("ready", null), ("ready", null)],
            source.Waiting.Cast<TimelineItem.Status>().Select(item => (item.Entry.Status, item.Before?.Status)));
    }

    [Fact]
    public void Statuses_WhoseForerunnerIsOnTheNextPage_WaitForIt()
    {
        var first = new TimelineSource(TimelineKind.Status).WithStatuses([Entry(9, "a", "suspended"), Entry(8, "a", "active")], "key");

        Assert.Equal("suspended", Assert.IsType<TimelineItem.Status>(Assert.Single(first.Waiting)).Entry.Status);
        Assert.Equal(("key", false), (first.NextKey, first.HasEnded));

        var second = first with { Waiting = [] };
        second = second.WithStatuses([Entry(3, "a", "ready")], nextKey: null);

        Assert.Equal(
            [("active", "ready"), ("ready", null)],
            second.Waiting.Cast<TimelineItem.Status>().Select(item => (item.Entry.Status, item.Before?.Status)));
    }

    [Fact]
    public void Statuses_WithoutATime_AreLeftOut() =>
        Assert.Empty(new TimelineSource(TimelineKind.Status).WithStatuses([new SimStatusEntry { Status = "active" }], nextKey: null).Waiting);

    private static SimStatusEntry Entry(int minute, string imsi, string status) => new() { Imsi = imsi, Status = status, ApplyTime = Noon.AddMinutes(minute) };
}
