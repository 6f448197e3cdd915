using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Groups;

/// <summary>A group of SIMs (wire: Group).</summary>
public sealed record Group
{
    public required string GroupId { get; init; }

    public string? OperatorId { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>What real answers call <see cref="CreatedTime"/> a second time; not in the vendor's definition.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What real answers call <see cref="LastModifiedTime"/> a second time; not in the vendor's definition.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedAt { get; init; }

    /// <summary>
    /// Settings by namespace (SoracomAir, SoracomBeam, ...) and key. Most layouts are not public, so values stay as they
    /// came. They may hold passwords: not for logs.
    /// </summary>
    [AllowNull]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Configuration
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>.Empty;
    } = ReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>.Empty;

    /// <summary>Tags by name; the tag <c>name</c> is the group's display name.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Tags
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, string>.Empty;
    } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The display name; empty when it has none.</summary>
    [JsonIgnore]
    public string Name => Tags.GetValueOrDefault("name", "");
}

/// <summary>Values of listGroups' <c>tag_value_match_mode</c>.</summary>
public static class TagValueMatchMode
{
    public const string Exact = "exact";
    public const string Prefix = "prefix";
}
