using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Cameras.Playback;

/// <summary>What can be played next of a chosen period, and what it uses.</summary>
public sealed class PlaybackOfferTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AShortPeriod_IsAllOfIt_AndUsesWhatWasRecorded() =>
        Assert.Equal(new PlaybackOffer(Minutes(0, 10), TimeSpan.FromMinutes(7), IsExact: true), Of(Minutes(0, 10), [Minutes(-5, 3), Minutes(6, 60)], isRead: true));

    [Fact]
    public void Of_ALongPeriod_IsFifteenMinutesOfIt_FromWhereSomethingWasRecorded() =>
        Assert.Equal(new PlaybackOffer(Minutes(20, 35), TimeSpan.FromMinutes(15), IsExact: true), Of(Minutes(0, 60), [Minutes(20, 60)], isRead: true));

    [Fact]
    public void Of_WhatIsNotAllRead_MayBeLess() =>
        Assert.Equal(new PlaybackOffer(Minutes(0, 15), TimeSpan.FromMinutes(15), IsExact: false), Of(Minutes(0, 60), [Minutes(20, 60)], isRead: false));

    [Fact]
    public void Of_TheRest_BeginsWhereItStopped() =>
        Assert.Equal(Minutes(15, 18), Of(Minutes(0, 18), [Minutes(0, 18)], isRead: true, from: 15)!.Period);

    [Fact]
    public void Of_NothingMore_IsNone()
    {
        Assert.Null(Of(Minutes(0, 18), [Minutes(0, 18)], isRead: true, from: 18));
        Assert.Null(Of(Minutes(0, 18), [], isRead: true));
        Assert.Null(Of(Minutes(0, 18), [], isRead: false, from: 18));
    }

    private static PlaybackOffer? Of(Period chosen, Period[] recorded, bool isRead, int from = 0) => PlaybackOffer.Of(chosen, recorded, isRead, Start.AddMinutes(from));

    private static Period Minutes(int from, int to) => new(Start.AddMinutes(from), Start.AddMinutes(to));
}
