using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>SIMs: cellular and virtual ones, whatever the number of their subscriptions.</summary>
public interface ISimsApi
{
    /// <summary>Vendor operation listSims: one page of all SIMs.</summary>
    /// <param name="limit">The most SIMs a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSims"), Get("/sims")]
    Task<SoracomPage<Sim>> ListSimsAsync(
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSim: one SIM by its SIM ID. 404 when there is none.</summary>
    [SoracomOperation("getSim"), Get("/sims/{sim_id}")]
    Task<Sim> GetSimAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation searchSims: SIMs by parts of their ids, names and tags. Letter case does not matter. Each value has at
    /// least two characters, no comma within (the vendor splits at it); 400 otherwise. The index lags changes by seconds. A
    /// parameter that is left out does not filter.
    /// </summary>
    /// <param name="name">Parts of SIM names.</param>
    /// <param name="group">Parts of group names.</param>
    /// <param name="groupId">Group ids.</param>
    /// <param name="simId">Parts of SIM IDs.</param>
    /// <param name="imsi">Parts of IMSIs.</param>
    /// <param name="msisdn">Parts of MSISDNs.</param>
    /// <param name="iccid">Parts of ICCIDs.</param>
    /// <param name="serialNumber">Parts of serial numbers.</param>
    /// <param name="tag">Parts of the value of any tag.</param>
    /// <param name="bundles">Bundles.</param>
    /// <param name="status">Values of <see cref="SimStatus"/>.</param>
    /// <param name="sessionStatus">One of <see cref="SessionStatusFilter"/>; the vendor's default is any.</param>
    /// <param name="subscription">Subscriptions, matched whole; several of them need <see cref="SearchType.Or"/>.</param>
    /// <param name="moduleType">Values of <see cref="ModuleType"/>.</param>
    /// <param name="limit">The most SIMs a page holds; the vendor's default is 10, its limit 100.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="searchType">One of <see cref="SearchType"/>, for parameters and for several values of one; the vendor's default is and.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("searchSims"), Get("/query/sims")]
    Task<SoracomPage<Sim>> SearchSimsAsync(
        [Query("name")] IReadOnlyCollection<string>? name = null,
        [Query("group")] IReadOnlyCollection<string>? group = null,
        [Query("group_id")] IReadOnlyCollection<string>? groupId = null,
        [Query("sim_id")] IReadOnlyCollection<string>? simId = null,
        [Query("imsi")] IReadOnlyCollection<string>? imsi = null,
        [Query("msisdn")] IReadOnlyCollection<string>? msisdn = null,
        [Query("iccid")] IReadOnlyCollection<string>? iccid = null,
        [Query("serial_number")] IReadOnlyCollection<string>? serialNumber = null,
        [Query("tag")] IReadOnlyCollection<string>? tag = null,
        [Query("bundles")] IReadOnlyCollection<string>? bundles = null,
        [Query("status")] IReadOnlyCollection<string>? status = null,
        [Query("session_status"), WireValues(typeof(SessionStatusFilter))] string? sessionStatus = null,
        [Query("subscription")] IReadOnlyCollection<string>? subscription = null,
        [Query("module_type")] IReadOnlyCollection<string>? moduleType = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("search_type"), WireValues(typeof(SearchType))] string? searchType = null,
        CancellationToken cancellationToken = default);
}
