using RestEase;
using Soracom.Api.Http;
using Soracom.Api.Sims;

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

    /// <summary>
    /// Vendor operation createGroup. 400 when the configuration is larger than 8 KB or names a namespace that is not one of
    /// <see cref="GroupNamespace"/>.
    /// </summary>
    [SoracomOperation("createGroup"), Post("/groups")]
    Task<Group> CreateGroupAsync([Body] NewGroup group, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteGroup. What becomes of its SIMs the vendor doesn't document. 404 when there is no such group.</summary>
    [SoracomOperation("deleteGroup"), Delete("/groups/{group_id}")]
    Task DeleteGroupAsync([Path("group_id")] string groupId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation putConfigurationParameters: sets keys of a namespace, each with its whole value. Older definitions warned
    /// that keys left out go back to their defaults: a caller who gives all keys of the namespace is right either way. 400 when the
    /// configuration would be larger than 8 KB, 404 when there is no such group.
    /// </summary>
    /// <param name="groupId">The group.</param>
    /// <param name="configurationNamespace">One of <see cref="GroupNamespace"/>.</param>
    /// <param name="settings">Keys and values.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("putConfigurationParameters", Effect = CallEffect.Repeatable), Put("/groups/{group_id}/configuration/{namespace}")]
    Task<Group> PutConfigurationParametersAsync(
        [Path("group_id")] string groupId,
        [Path("namespace"), WireValues(typeof(GroupNamespace))] string configurationNamespace,
        [Body] IReadOnlyList<GroupSetting> settings,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation deleteConfigurationNamespace: all keys of a namespace. 400 when the group has none of it, 404 when there is
    /// no such group.
    /// </summary>
    [SoracomOperation("deleteConfigurationNamespace"), Delete("/groups/{group_id}/configuration/{namespace}")]
    Task DeleteConfigurationNamespaceAsync(
        [Path("group_id")] string groupId,
        [Path("namespace"), WireValues(typeof(GroupNamespace))] string configurationNamespace,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation deleteConfigurationParameter: one key of a namespace. Any key will do, addresses such as
    /// <c>tcp://beam.soracom.io:8023</c> too. 404 when there is no such group or key.
    /// </summary>
    [SoracomOperation("deleteConfigurationParameter"), Delete("/groups/{group_id}/configuration/{namespace}/{name}")]
    Task DeleteConfigurationParameterAsync(
        [Path("group_id")] string groupId,
        [Path("namespace"), WireValues(typeof(GroupNamespace))] string configurationNamespace,
        [Path("name")] string name,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSubscribersInGroup: one page of the group's SIMs. 404 when there is no such group.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="limit">The most SIMs a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>, an IMSI; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSubscribersInGroup"), Get("/groups/{group_id}/subscribers")]
    Task<SoracomPage<Sim>> ListSubscribersInGroupAsync(
        [Path("group_id")] string groupId,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation putGroupTags: sets these tags and leaves the others. 404 when there is no such group.</summary>
    [SoracomOperation("putGroupTags", Effect = CallEffect.Repeatable), Put("/groups/{group_id}/tags")]
    Task<Group> PutGroupTagsAsync([Path("group_id")] string groupId, [Body] IReadOnlyList<Tag> tags, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteGroupTag. 404 when there is no such group or tag.</summary>
    [SoracomOperation("deleteGroupTag"), Delete("/groups/{group_id}/tags/{tag_name}")]
    Task DeleteGroupTagAsync([Path("group_id")] string groupId, [Path("tag_name")] string tagName, CancellationToken cancellationToken = default);
}
