using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.DataEntries;

/// <summary>What devices have sent to Harvest Data; kept for 40 days, or 731 with a contract.</summary>
public interface IDataEntriesApi
{
    /// <summary>Vendor operation getDataEntries: one page of what a resource has sent, the newest first unless told otherwise.</summary>
    /// <param name="resourceType">One of <see cref="DataResourceType"/>.</param>
    /// <param name="resourceId">An IMSI, a SIM ID and so on, as the type says.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is desc.</param>
    /// <param name="limit">The most entries a page holds, 1 to 1000; the vendor's default is 10.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getDataEntries"), Get("/data/{resource_type}/{resource_id}")]
    Task<SoracomPage<DataEntry>> GetDataEntriesAsync(
        [Path("resource_type"), WireValues(typeof(DataResourceType))] string resourceType,
        [Path("resource_id")] string resourceId,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getDataEntriesByCategory: the same for all resources whose data are of a category.</summary>
    /// <param name="category">The category.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is desc.</param>
    /// <param name="limit">The most entries a page holds, 1 to 1000; the vendor's default is 10.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getDataEntriesByCategory"), Get("/data/categories/{category}")]
    Task<SoracomPage<DataEntry>> GetDataEntriesByCategoryAsync(
        [Path("category")] string category,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getDataEntry: what a resource sent at that very millisecond. 404 when that is nothing.</summary>
    [SoracomOperation("getDataEntry"), Get("/data/{resource_type}/{resource_id}/{time}")]
    Task<DataEntry> GetDataEntryAsync(
        [Path("resource_type"), WireValues(typeof(DataResourceType))] string resourceType,
        [Path("resource_id")] string resourceId,
        [Path("time")] UnixMilliseconds time,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteDataEntry.</summary>
    [SoracomOperation("deleteDataEntry"), Delete("/data/{resource_type}/{resource_id}/{time}")]
    Task DeleteDataEntryAsync(
        [Path("resource_type"), WireValues(typeof(DataResourceType))] string resourceType,
        [Path("resource_id")] string resourceId,
        [Path("time")] UnixMilliseconds time,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listDataResourceMetadata: one page of the resources that have sent data.</summary>
    /// <param name="resourceType">One of <see cref="DataResourceType"/>; all when null.</param>
    /// <param name="limit">The most resources a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listDataResourceMetadata"), Get("/data/metadata/resources")]
    Task<SoracomPage<DataResource>> ListDataResourceMetadataAsync(
        [Query("resource_type"), WireValues(typeof(DataResourceType))] string? resourceType = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listDataSourceResources: the same under its older name.</summary>
    /// <param name="resourceType">One of <see cref="DataResourceType"/>; all when null.</param>
    /// <param name="limit">The most resources a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listDataSourceResources"), Get("/data/resources")]
    Task<SoracomPage<DataResource>> ListDataSourceResourcesAsync(
        [Query("resource_type"), WireValues(typeof(DataResourceType))] string? resourceType = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);
}
