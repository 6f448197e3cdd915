using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <summary>Something that a camera has noticed (wire: SoraCamEvent).</summary>
public sealed record CameraEvent
{
    public required string EventId { get; init; }

    public string? DeviceId { get; init; }

    /// <summary>Such as <c>atomCamV2</c>.</summary>
    public string? DeviceType { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    public CameraEventInfo? EventInfo { get; init; }
}

/// <summary>What kind of camera tells of the event in what way.</summary>
public sealed record CameraEventInfo
{
    /// <summary>Which member holds the details: <c>atomEventV1</c>.</summary>
    public string? InfoType { get; init; }

    public AtomEvent? AtomEventV1 { get; init; }
}

/// <summary>The details of an event.</summary>
public sealed record AtomEvent
{
    /// <summary>One of <see cref="CameraEventType"/>.</summary>
    [WireValues(typeof(CameraEventType))]
    public string? Type { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Null while it goes on.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Address of a picture of the beginning, good for a while; whoever knows it can see the picture.</summary>
    public string? Picture { get; init; }

    /// <summary>Address of the video, likewise; null for motion of a camera with a motion licence.</summary>
    public string? Movie { get; init; }

    /// <summary>One of <see cref="EventRecordingStatus"/>.</summary>
    [WireValues(typeof(EventRecordingStatus))]
    public string? RecordingStatus { get; init; }

    /// <summary>What was seen, such as <c>person</c>.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Leaves out the addresses.</summary>
    public override string ToString() => $"{nameof(AtomEvent)} {Type} {StartTime:O}";
}

/// <summary>Wire: SoraCamRecordingsAndEventsList.</summary>
public sealed record RecordingsAndEvents
{
    public IReadOnlyList<RecordingPeriod>? Records { get; init; }

    public IReadOnlyList<EventPeriod>? Events { get; init; }
}

/// <summary>A time without gaps in which a camera recorded.</summary>
public sealed record RecordingPeriod
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Null while it records.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? EndTime { get; init; }
}

/// <summary>A time in which something happened.</summary>
public sealed record EventPeriod
{
    /// <summary>One of <see cref="CameraEventType"/>.</summary>
    [WireValues(typeof(CameraEventType))]
    public string? Type { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Null while it goes on.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? EndTime { get; init; }
}

/// <summary>Recorded video to be played (wire: SoraCamStreamingVideo).</summary>
public sealed record CameraStream
{
    /// <summary>One entry for each recording in the range; the newest video is always one.</summary>
    public IReadOnlyList<StreamEntry>? PlayList { get; init; }

    /// <summary>Until when the addresses are good.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? ExpiryTime { get; init; }
}

/// <summary>Wire: SoraCamPlayListEntry.</summary>
public sealed record StreamEntry
{
    /// <summary>Address of an MPEG-DASH manifest; whoever knows it can see the video.</summary>
    public string? Url { get; init; }

    /// <summary>Null for the newest video.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? From { get; init; }

    /// <summary>Null for the newest video.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? To { get; init; }

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => $"{nameof(StreamEntry)} {From:O} {To:O}";
}
