using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Napter;

/// <summary>
/// Remote access on demand: a public address and port that lead to a device, for some hours. Permissions know two operations that make one:
/// whoever denies only the older is bypassed by the newer.
/// </summary>
public interface INapterApi
{
    /// <summary>Vendor operation listPortMappings: one page of all entries.</summary>
    /// <param name="limit">The most entries a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listPortMappings"), Get("/port_mappings")]
    Task<SoracomPage<PortMapping>> ListPortMappingsAsync(
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation createPortMapping: an entry for the SIM ID or IMSI of the destination. Refused when the SIM is offline; the
    /// vendor doesn't document how.
    /// </summary>
    [SoracomOperation("createPortMapping"), Post("/port_mappings")]
    Task<PortMapping> CreatePortMappingAsync([Body] NewPortMapping portMapping, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listPortMappingsForSim: the entries made for a SIM ID. 404 when there are none.</summary>
    [SoracomOperation("listPortMappingsForSim"), Get("/port_mappings/sims/{sim_id}")]
    Task<IReadOnlyList<PortMapping>> ListPortMappingsForSimAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation createPortMappingForSim: the same as createPortMapping with the SIM ID in the path, where conditions of
    /// permissions can see it.
    /// </summary>
    [SoracomOperation("createPortMappingForSim"), Post("/port_mappings/sims/{sim_id}")]
    Task<PortMapping> CreatePortMappingForSimAsync(
        [Path("sim_id")] string simId, [Body] NewSimPortMapping portMapping, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listPortMappingsForSubscriber: the entries made for an IMSI, not those for its SIM ID. 404 when there are none.</summary>
    [SoracomOperation("listPortMappingsForSubscriber"), Get("/port_mappings/subscribers/{imsi}")]
    Task<IReadOnlyList<PortMapping>> ListPortMappingsForSubscriberAsync([Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deletePortMapping. Open connections end. 404 when there is no such entry.</summary>
    [SoracomOperation("deletePortMapping"), Delete("/port_mappings/{ip_address}/{port}")]
    Task DeletePortMappingAsync([Path("ip_address")] string ipAddress, [Path("port")] string port, CancellationToken cancellationToken = default);
}
