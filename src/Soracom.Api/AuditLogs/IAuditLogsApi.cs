using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.AuditLogs;

/// <summary>What the vendor keeps on record of calls and of remote access. How long depends on the account's contracts.</summary>
public interface IAuditLogsApi
{
    /// <summary>Vendor operation getApiAuditLogs: one page of the calls of the account's API.</summary>
    /// <param name="apiKind">Filters by <see cref="ApiAuditLogEntry.ApiKind"/>.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="limit">The most entries a page holds, 1 to 1000.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getApiAuditLogs"), Get("/audit_logs/api")]
    Task<SoracomPage<ApiAuditLogEntry>> GetApiAuditLogsAsync(
        [Query("api_kind")] string? apiKind = null,
        [Query("from_epoch_ms")] UnixMilliseconds? from = null,
        [Query("to_epoch_ms")] UnixMilliseconds? to = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getNapterAuditLogs: one page of what happened to remote access.</summary>
    /// <param name="resourceType">One of <see cref="NapterAuditLogResource"/>.</param>
    /// <param name="resourceId">An IMSI.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="limit">The most entries a page holds, 1 to 1000.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getNapterAuditLogs"), Get("/audit_logs/napter")]
    Task<SoracomPage<NapterAuditLogEntry>> GetNapterAuditLogsAsync(
        [Query("resource_type"), WireValues(typeof(NapterAuditLogResource))] string? resourceType = null,
        [Query("resource_id")] string? resourceId = null,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);
}
