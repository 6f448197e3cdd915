using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>Recordings of a SIM's traffic (vendor tag Sim). Unknown SIM IDs and session ids are 404.</summary>
public interface IPacketCapturesApi
{
    /// <summary>Vendor operation listSimPacketCaptureSessions: one page of a SIM's captures.</summary>
    /// <param name="simId">The SIM.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most captures a page holds; the vendor's default is 10.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSimPacketCaptureSessions"), Get("/sims/{sim_id}/packet_capture_sessions")]
    Task<SoracomPage<PacketCapture>> ListSimPacketCaptureSessionsAsync(
        [Path("sim_id")] string simId,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createSimPacketCaptureSession: asks for a capture. 400 when it can't be made.</summary>
    [SoracomOperation("createSimPacketCaptureSession"), Post("/sims/{sim_id}/packet_capture_sessions")]
    Task<PacketCapture> CreateSimPacketCaptureSessionAsync(
        [Path("sim_id")] string simId, [Body] PacketCaptureOrder order, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSimPacketCaptureSession: one capture, with its address once it is done.</summary>
    [SoracomOperation("getSimPacketCaptureSession"), Get("/sims/{sim_id}/packet_capture_sessions/{session_id}")]
    Task<PacketCapture> GetSimPacketCaptureSessionAsync(
        [Path("sim_id")] string simId, [Path("session_id")] string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteSimPacketCaptureSession: deletes a capture and its file; answers what it was. 400 while it goes on.</summary>
    [SoracomOperation("deleteSimPacketCaptureSession"), Delete("/sims/{sim_id}/packet_capture_sessions/{session_id}")]
    Task<PacketCapture> DeleteSimPacketCaptureSessionAsync(
        [Path("sim_id")] string simId, [Path("session_id")] string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation stopSimPacketCaptureSession: ends a capture early. 400 unless it is <see cref="PacketCaptureStatus.Capturing"/>.</summary>
    [SoracomOperation("stopSimPacketCaptureSession"), Post("/sims/{sim_id}/packet_capture_sessions/{session_id}/stop")]
    Task<PacketCapture> StopSimPacketCaptureSessionAsync(
        [Path("sim_id")] string simId, [Path("session_id")] string sessionId, CancellationToken cancellationToken = default);
}

/// <summary>A capture to be made (wire: PacketCaptureSessionRequest).</summary>
public sealed record PacketCaptureOrder
{
    /// <summary>Seconds, 30 to 86,400.</summary>
    public required int Duration { get; init; }

    /// <summary>The beginning of the file's name: up to 100 letters, digits, and -_</summary>
    public string? Prefix { get; init; }
}

/// <summary>A capture of a SIM's traffic (wire: PacketCaptureSession).</summary>
public sealed record PacketCapture
{
    public string? SessionId { get; init; }

    /// <summary>One of <see cref="PacketCaptureStatus"/>.</summary>
    [WireValues(typeof(PacketCaptureStatus))]
    public string? Status { get; init; }

    /// <summary>Seconds.</summary>
    public int? Duration { get; init; }

    public string? Prefix { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? StartedTime { get; init; }

    public DateTimeOffset? EndedTime { get; init; }

    /// <summary>Where the file is, once it is done. A signed address: whoever knows it can read the file.</summary>
    public string? Url { get; init; }

    /// <summary>Why it failed, when it did.</summary>
    public string? FailedReason { get; init; }

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => $"{nameof(PacketCapture)} {{ SessionId = {SessionId}, Status = {Status} }}";
}

/// <summary>Values of <see cref="PacketCapture.Status"/>.</summary>
public static class PacketCaptureStatus
{
    public const string Requested = "REQUESTED";
    public const string Accepted = "ACCEPTED";
    public const string Capturing = "CAPTURING";

    /// <summary>Ended before its time.</summary>
    public const string Stopped = "STOPPED";

    /// <summary>The file is being made.</summary>
    public const string PostProcessing = "POST_PROCESSING";

    public const string Done = "DONE";
    public const string Failed = "FAILED";
}
