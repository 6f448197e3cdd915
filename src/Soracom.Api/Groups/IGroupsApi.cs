using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Groups;

/// <summary>Groups of SIMs and the configuration that their members share.</summary>
public interface IGroupsApi
{
    /// <summary>Vendor operation listGroups: one page of the groups, all of them or those with a tag.</summary>
    /// <param name="tagName">Filters by this tag, by its exact name; needs <paramref name="tagValue"/>.</param>
    /// <param name="tagValue">The tag's value, or its beginning, see <paramref name="tagValueMatchMode"/>.</param>
    /// <param name="tagValueMatchMode">One of <see cref="TagValueMatchMode"/>; the vendor's default is exact.</param>
    /// <param name="limit">The most groups a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listGroups"), Get("/groups")]
    Task<SoracomPage<Group>> ListGroupsAsync(
        [Query("tag_name")] string? tagName = null,
        [Query("tag_value")] string? tagValue = null,
        [Query("tag_value_match_mode"), WireValues(typeof(TagValueMatchMode))] string? tagValueMatchMode = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getGroup: one group with its configuration. 404 when there is none of that id.</summary>
    [SoracomOperation("getGroup"), Get("/groups/{group_id}")]
    Task<Group> GetGroupAsync([Path("group_id")] string groupId, CancellationToken cancellationToken = default);
}
