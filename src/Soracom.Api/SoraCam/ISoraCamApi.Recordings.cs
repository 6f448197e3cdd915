using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <content>What was recorded: events, recordings, streams.</content>
public partial interface ISoraCamApi
{
    /// <summary>Vendor operation listSoraCamDeviceEvents: one page of the events of all cameras, or of one.</summary>
    /// <param name="deviceId">Only this camera's; 400 when the account has no such camera.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most events a page holds: 1 to 100, the vendor's default is 10.</param>
    /// <param name="from">The oldest; without it there is no end to the past but what is kept.</param>
    /// <param name="to">The newest; the vendor's default is now.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSoraCamDeviceEvents"), Get("/sora_cam/devices/events")]
    Task<SoracomPage<CameraEvent>> ListSoraCamDeviceEventsAsync(
        [Query("device_id")] string? deviceId = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSoraCamDeviceEventsForDevice: one page of a camera's events.</summary>
    /// <param name="deviceId">The camera.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most events a page holds: 1 to 100, the vendor's default is 10.</param>
    /// <param name="from">The oldest; without it there is no end to the past but what is kept.</param>
    /// <param name="to">The newest; the vendor's default is now.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSoraCamDeviceEventsForDevice"), Get("/sora_cam/devices/{device_id}/events")]
    Task<SoracomPage<CameraEvent>> ListSoraCamDeviceEventsForDeviceAsync(
        [Path("device_id")] string deviceId,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation listSoraCamDeviceRecordingsAndEvents: when a camera recorded and what happened, one page. The size of a page can't be chosen.
    /// 404 when nothing was recorded in the range.
    /// </summary>
    /// <param name="deviceId">The camera.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPaged{T}.NextKey"/>; null for the first page.</param>
    /// <param name="from">The oldest; the vendor's default is the beginning of what the licence keeps.</param>
    /// <param name="to">The newest; the vendor's default is now.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSoraCamDeviceRecordingsAndEvents"), Get("/sora_cam/devices/{device_id}/recordings_and_events")]
    Task<SoracomPaged<RecordingsAndEvents>> ListSoraCamDeviceRecordingsAndEventsAsync(
        [Path("device_id")] string deviceId,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation getSoraCamDeviceStreamingVideo: addresses that recorded video can be played from (MPEG-DASH). Not what the camera sees at the
    /// moment, and each call costs quota at once: what is asked for, or five minutes. 404 when nothing was recorded then.
    /// </summary>
    /// <param name="deviceId">The camera.</param>
    /// <param name="from">The beginning; without it and <paramref name="to"/>, the newest 300 s.</param>
    /// <param name="to">The end, at most 900 s later.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getSoraCamDeviceStreamingVideo", Effect = CallEffect.Once), Get("/sora_cam/devices/{device_id}/stream")]
    Task<CameraStream> GetSoraCamDeviceStreamingVideoAsync(
        [Path("device_id")] string deviceId,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        CancellationToken cancellationToken = default);
}
