using RestEase;
using Soracom.Api.Http;
using Soracom.Api.Sims;
using Soracom.Api.Subscribers;

namespace Soracom.Api.Query;

/// <summary>
/// Searches besides <see cref="ISimsApi.SearchSimsAsync"/>, which says how values are matched. 400 for values of less than two
/// characters.
/// </summary>
public interface IQueryApi
{
    /// <summary>Vendor operation searchSubscribers: deprecated by the vendor in favour of searchSims.</summary>
    /// <param name="name">Parts of names.</param>
    /// <param name="group">Parts of group names.</param>
    /// <param name="imsi">Parts of IMSIs.</param>
    /// <param name="msisdn">Parts of MSISDNs.</param>
    /// <param name="iccid">Parts of ICCIDs.</param>
    /// <param name="serialNumber">Parts of serial numbers.</param>
    /// <param name="tag">Parts of the value of any tag.</param>
    /// <param name="subscription">Subscriptions, matched whole.</param>
    /// <param name="moduleType">Values of <see cref="ModuleType"/>.</param>
    /// <param name="limit">The most subscribers a page holds; the vendor's default is 10, its limit 100.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="searchType">One of <see cref="SearchType"/>; the vendor's default is and.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("searchSubscribers"), Get("/query/subscribers")]
    Task<SoracomPage<Subscriber>> SearchSubscribersAsync(
        [Query("name")] IReadOnlyCollection<string>? name = null,
        [Query("group")] IReadOnlyCollection<string>? group = null,
        [Query("imsi")] IReadOnlyCollection<string>? imsi = null,
        [Query("msisdn")] IReadOnlyCollection<string>? msisdn = null,
        [Query("iccid")] IReadOnlyCollection<string>? iccid = null,
        [Query("serial_number")] IReadOnlyCollection<string>? serialNumber = null,
        [Query("tag")] IReadOnlyCollection<string>? tag = null,
        [Query("subscription")] IReadOnlyCollection<string>? subscription = null,
        [Query("module_type")] IReadOnlyCollection<string>? moduleType = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("search_type"), WireValues(typeof(SearchType))] string? searchType = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation searchSubscriberTrafficVolumeRanking: the subscribers with the most traffic, or the least.</summary>
    /// <param name="from">The beginning of the period.</param>
    /// <param name="to">Its end.</param>
    /// <param name="limit">10 to 500; the vendor's default is 10.</param>
    /// <param name="order">One of <see cref="SortOrder"/>; the vendor's default is the most traffic first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("searchSubscriberTrafficVolumeRanking"), Get("/query/subscribers/traffic_volume/ranking")]
    Task<IReadOnlyList<TrafficRank>> SearchSubscriberTrafficVolumeRankingAsync(
        [Query("from")] UnixMilliseconds from,
        [Query("to")] UnixMilliseconds to,
        [Query("limit")] int? limit = null,
        [Query("order"), WireValues(typeof(SortOrder))] string? order = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation searchDevices: devices of Inventory.</summary>
    /// <param name="name">Parts of names.</param>
    /// <param name="group">Parts of group names.</param>
    /// <param name="groupId">Group ids.</param>
    /// <param name="deviceId">Parts of device ids.</param>
    /// <param name="tag">Parts of the value of any tag.</param>
    /// <param name="imsi">Parts of the IMSI that a device was set up with.</param>
    /// <param name="imei">Parts of the IMEI that a device was set up with.</param>
    /// <param name="limit">The most devices a page holds; the vendor's default is 10, its limit 100.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="searchType">One of <see cref="SearchType"/>; the vendor's default is and.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("searchDevices"), Get("/query/devices")]
    Task<SoracomPage<Device>> SearchDevicesAsync(
        [Query("name")] IReadOnlyCollection<string>? name = null,
        [Query("group")] IReadOnlyCollection<string>? group = null,
        [Query("group_id")] IReadOnlyCollection<string>? groupId = null,
        [Query("deviceId")] IReadOnlyCollection<string>? deviceId = null,
        [Query("tag")] IReadOnlyCollection<string>? tag = null,
        [Query("imsi")] IReadOnlyCollection<string>? imsi = null,
        [Query("imei")] IReadOnlyCollection<string>? imei = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("search_type"), WireValues(typeof(SearchType))] string? searchType = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation searchSigfoxDevices.</summary>
    /// <param name="name">Parts of names.</param>
    /// <param name="group">Parts of group names.</param>
    /// <param name="groupId">Group ids.</param>
    /// <param name="deviceId">Parts of device ids.</param>
    /// <param name="tag">Parts of the value of any tag.</param>
    /// <param name="status">One of <see cref="SigfoxStatus"/>.</param>
    /// <param name="registration">One of <see cref="SigfoxRegistration"/>.</param>
    /// <param name="limit">The most devices a page holds; the vendor's default is 10, its limit 100.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="searchType">One of <see cref="SearchType"/>; the vendor's default is and.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("searchSigfoxDevices"), Get("/query/sigfox_devices")]
    Task<SoracomPage<SigfoxDevice>> SearchSigfoxDevicesAsync(
        [Query("name")] IReadOnlyCollection<string>? name = null,
        [Query("group")] IReadOnlyCollection<string>? group = null,
        [Query("group_id")] IReadOnlyCollection<string>? groupId = null,
        [Query("deviceId")] IReadOnlyCollection<string>? deviceId = null,
        [Query("tag")] IReadOnlyCollection<string>? tag = null,
        [Query("status"), WireValues(typeof(SigfoxStatus))] string? status = null,
        [Query("registration"), WireValues(typeof(SigfoxRegistration))] string? registration = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("search_type"), WireValues(typeof(SearchType))] string? searchType = null,
        CancellationToken cancellationToken = default);
}
