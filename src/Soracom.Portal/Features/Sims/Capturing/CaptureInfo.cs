using Soracom.Api.Sims;

namespace Soracom.Portal.Features.Sims.Capturing;

/// <summary>A recording of a SIM's traffic, without the address of its file.</summary>
/// <param name="SessionId">The vendor's id.</param>
/// <param name="Stage">How far it is.</param>
public sealed record CaptureInfo(string SessionId, CaptureStage Stage)
{
    /// <summary>When it was asked for.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, or is to end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For how long it was asked for.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why it failed, in the vendor's words.</summary>
    public string? FailedReason { get; init; }

    /// <summary>Whether it is still to change by itself.</summary>
    public bool IsUnderWay => Stage is CaptureStage.Requested or CaptureStage.Capturing or CaptureStage.Processing;

    /// <summary>What there is to see of a recording; null for one without an id.</summary>
    internal static CaptureInfo? Of(PacketCapture capture) => string.IsNullOrEmpty(capture.SessionId) ? null : new CaptureInfo(capture.SessionId, StageOf(capture.Status))
    {
        RequestedAt = capture.CreatedTime,
        StartedAt = capture.StartedTime,
        EndedAt = capture.EndedTime,
        Duration = capture.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        FailedReason = capture.FailedReason,
    };

    private static CaptureStage StageOf(string? status) => status switch
    {
        PacketCaptureStatus.Requested or PacketCaptureStatus.Accepted => CaptureStage.Requested,
        PacketCaptureStatus.Capturing => CaptureStage.Capturing,
        PacketCaptureStatus.Stopped or PacketCaptureStatus.PostProcessing => CaptureStage.Processing,
        PacketCaptureStatus.Done => CaptureStage.Done,
        PacketCaptureStatus.Failed => CaptureStage.Failed,
        _ => CaptureStage.Unknown,
    };
}

/// <summary>How far a recording is.</summary>
public enum CaptureStage
{
    /// <summary>The vendor says something that is not known here.</summary>
    Unknown,

    /// <summary>It was asked for and has not begun.</summary>
    Requested,

    /// <summary>It goes on, and may be ended.</summary>
    Capturing,

    /// <summary>Its file is being made.</summary>
    Processing,

    /// <summary>Its file is there.</summary>
    Done,

    /// <summary>It came to nothing.</summary>
    Failed,
}

/// <summary>A page of recordings.</summary>
/// <param name="Captures">The recordings, the newest first.</param>
/// <param name="Next">The vendor's key of the page that follows; null at the end.</param>
public sealed record CapturePage(IReadOnlyList<CaptureInfo> Captures, string? Next);
