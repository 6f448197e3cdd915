using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.DataEntries;

/// <summary>Something that a device has sent (wire: DataEntry).</summary>
public sealed record DataEntry
{
    /// <summary>With the resource, what names the entry.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>JSON is a document within this string; other things are Base64 in <c>{"payload":"..."}</c>.</summary>
    public string? Content { get; init; }

    public string? ContentType { get; init; }

    public string? Category { get; init; }

    /// <summary>One of <see cref="DataResourceType"/>.</summary>
    [WireValues(typeof(DataResourceType))]
    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }
}

/// <summary>Something that has sent data (wire: DataResourceMetadata).</summary>
public sealed record DataResource
{
    /// <summary>One of <see cref="DataResourceType"/>.</summary>
    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>Names of members of what it sends.</summary>
    public IReadOnlyList<string>? AttributeNames { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedTime { get; init; }
}

/// <summary>What can send data.</summary>
public static class DataResourceType
{
    /// <summary>An IMSI.</summary>
    public const string Subscriber = "Subscriber";

    /// <summary>A SIM ID.</summary>
    public const string Sim = "Sim";

    public const string LoraDevice = "LoraDevice";
    public const string SigfoxDevice = "SigfoxDevice";

    /// <summary>An Inventory device.</summary>
    public const string Device = "Device";

    /// <summary>A camera.</summary>
    public const string SoraCam = "SoraCam";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<DataEntry>))]
[JsonSerializable(typeof(List<DataResource>))]
internal sealed partial class DataEntriesJson : JsonSerializerContext;
