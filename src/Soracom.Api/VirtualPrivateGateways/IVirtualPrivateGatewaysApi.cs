using RestEase;
using Soracom.Api.Groups;
using Soracom.Api.Http;

namespace Soracom.Api.VirtualPrivateGateways;

/// <summary>Virtual private gateways: private networks that SIMs connect through.</summary>
public interface IVirtualPrivateGatewaysApi
{
    /// <summary>Vendor operation listVirtualPrivateGateways: one page of the gateways, all of them or those with a tag.</summary>
    /// <param name="tagName">Filters by this tag, by its exact name; needs <paramref name="tagValue"/>.</param>
    /// <param name="tagValue">The tag's value, or its beginning, see <paramref name="tagValueMatchMode"/>.</param>
    /// <param name="tagValueMatchMode">One of <see cref="TagValueMatchMode"/>; the vendor's default is exact.</param>
    /// <param name="limit">The most gateways a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listVirtualPrivateGateways"), Get("/virtual_private_gateways")]
    Task<SoracomPage<VirtualPrivateGateway>> ListVirtualPrivateGatewaysAsync(
        [Query("tag_name")] string? tagName = null,
        [Query("tag_value")] string? tagValue = null,
        [Query("tag_value_match_mode"), WireValues(typeof(TagValueMatchMode))] string? tagValueMatchMode = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);
}
