using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Batches;

/// <summary>
/// Many calls of one operation as a job that the vendor runs: with the permissions of whoever made it, one job for each operation at a time,
/// kept for 32 days. Only activateSim, deactivateSim, setSimToStandby, suspendSim, setSimGroup, unsetSimGroup, putSimTags and
/// putVirtualPrivateGatewayIpAddressMapEntry can be called so.
/// </summary>
public interface IBatchesApi
{
    /// <summary>Vendor operation listBatchGroups: one page of the folders of jobs.</summary>
    /// <param name="limit">The most folders a page holds.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listBatchGroups"), Get("/batch_groups")]
    Task<SoracomPage<BatchGroup>> ListBatchGroupsAsync(
        [Query("limit")] int? limit = null, [Query("last_evaluated_key")] string? lastEvaluatedKey = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createBatchGroup.</summary>
    [SoracomOperation("createBatchGroup"), Post("/batch_groups")]
    Task<BatchGroup> CreateBatchGroupAsync([Body] BatchGroupCreation group, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getBatchGroup. 404 when there is none.</summary>
    [SoracomOperation("getBatchGroup"), Get("/batch_groups/{batch_group_id}")]
    Task<BatchGroup> GetBatchGroupAsync([Path("batch_group_id")] string batchGroupId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateBatchGroup: its name, its description, or both. 404 when there is none.</summary>
    [SoracomOperation("updateBatchGroup", Effect = CallEffect.Repeatable), Put("/batch_groups/{batch_group_id}")]
    Task<BatchGroup> UpdateBatchGroupAsync(
        [Path("batch_group_id")] string batchGroupId, [Body] BatchGroupUpdate group, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteBatchGroup, with its jobs. 400 while one of them runs, 404 when there is none.</summary>
    [SoracomOperation("deleteBatchGroup"), Delete("/batch_groups/{batch_group_id}")]
    Task DeleteBatchGroupAsync([Path("batch_group_id")] string batchGroupId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listBatchJobs: one page of a folder's jobs. 404 when there is no such folder.</summary>
    /// <param name="batchGroupId">The folder.</param>
    /// <param name="limit">The most jobs a page holds.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listBatchJobs"), Get("/batch_groups/{batch_group_id}/jobs")]
    Task<SoracomPage<BatchJob>> ListBatchJobsAsync(
        [Path("batch_group_id")] string batchGroupId,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation createBatchJob: makes a job, which begins at once. 400 when its tasks call several operations, or one that can't be
    /// called so, or while another job of the operation runs; 429 when the vendor is busy.
    /// </summary>
    [SoracomOperation("createBatchJob"), Post("/batch_groups/{batch_group_id}/jobs")]
    Task<BatchJob> CreateBatchJobAsync(
        [Path("batch_group_id")] string batchGroupId, [Body] BatchJobCreation job, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getBatchJob: how far a job is. 404 when there is none.</summary>
    [SoracomOperation("getBatchJob"), Get("/batch_groups/{batch_group_id}/jobs/{job_id}")]
    Task<BatchJob> GetBatchJobAsync(
        [Path("batch_group_id")] string batchGroupId, [Path("job_id")] string jobId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listTasksOfBatchJob: one page of a job's tasks. 404 when there is no such job.</summary>
    /// <param name="batchGroupId">The folder.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="limit">The most tasks a page holds.</param>
    /// <param name="status">One of <see cref="BatchTaskStatus"/>; null for all.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listTasksOfBatchJob"), Get("/batch_groups/{batch_group_id}/jobs/{job_id}/tasks")]
    Task<SoracomPage<BatchTask>> ListTasksOfBatchJobAsync(
        [Path("batch_group_id")] string batchGroupId,
        [Path("job_id")] string jobId,
        [Query("limit")] int? limit = null,
        [Query("status"), WireValues(typeof(BatchTaskStatus))] string? status = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);
}
