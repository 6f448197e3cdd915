using System.Text.Encodings.Web;
using System.Text.Json;
using Soracom.Api;
using Soracom.Api.Groups;
using Soracom.Portal.Data.Groups;

namespace Soracom.Portal.Features.Groups.Archive;

/// <summary>Between a group as the vendor tells it and its row in the database.</summary>
internal static class GroupRow
{
    /// <summary>The tag that holds the name.</summary>
    public const string NameTag = "name";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A new row.</summary>
    public static InventoryGroup Of(Group group, Guid tenantId, SoracomCoverage coverage, string operatorId, DateTimeOffset readAt, byte[] digest)
    {
        var row = new InventoryGroup
        {
            TenantId = tenantId,
            Coverage = coverage.ToWireName(),
            OperatorId = operatorId,
            GroupId = group.GroupId,
            ReadAt = readAt,
            Name = "",
            Tags = "",
            Namespaces = "",
            Digest = digest,
        };
        Take(row, group, readAt, digest);
        return row;
    }

    /// <summary>Takes in what was read of a group.</summary>
    public static void Take(InventoryGroup row, Group group, DateTimeOffset readAt, byte[] digest)
    {
        (row.ReadAt, row.GoneAt, row.Digest) = (readAt, null, digest);
        (row.Name, row.Tags, row.Namespaces) = (group.Name, TagsOf(group), NamespacesOf(group));
        (row.CreatedAt, row.ModifiedAt) = (CreatedAt(group), ModifiedAt(group));
    }

    /// <summary>Whether a row says what was read.</summary>
    public static bool Says(InventoryGroup row, Group group, byte[] digest) =>
        row.GoneAt is null
        && row.Digest.AsSpan().SequenceEqual(digest)
        && string.Equals(row.Name, group.Name, StringComparison.Ordinal)
        && string.Equals(row.Tags, TagsOf(group), StringComparison.Ordinal)
        && row.CreatedAt == CreatedAt(group)
        && row.ModifiedAt == ModifiedAt(group);

    /// <summary>When the vendor says that a group was last changed.</summary>
    public static DateTimeOffset? ModifiedAt(Group group) => group.LastModifiedTime ?? group.LastModifiedAt;

    /// <summary>The tags of a row, by key.</summary>
    public static IReadOnlyDictionary<string, string> TagsOf(InventoryGroup row) => JsonSerializer.Deserialize<SortedDictionary<string, string>>(row.Tags)!;

    private static DateTimeOffset? CreatedAt(Group group) => group.CreatedTime ?? group.CreatedAt;

    private static string TagsOf(Group group) => JsonSerializer.Serialize(
        new SortedDictionary<string, string>(group.Tags.Where(tag => tag.Key != NameTag).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal), Readable);

    private static string NamespacesOf(Group group) =>
        string.Join(' ', group.Configuration.Where(space => space.Value.Count > 0).Select(space => space.Key).Order(StringComparer.Ordinal));
}
