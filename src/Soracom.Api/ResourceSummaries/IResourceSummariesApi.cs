using System.Text.Json.Serialization;
using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.ResourceSummaries;

/// <summary>Counts of what an account has.</summary>
public interface IResourceSummariesApi
{
    /// <summary>Vendor operation getResourceSummary. 404 for another type.</summary>
    /// <param name="resourceSummaryType">One of <see cref="ResourceSummaryType"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getResourceSummary"), Get("/resource_summaries/{resource_summary_type}")]
    Task<ResourceSummary> GetResourceSummaryAsync(
        [Path("resource_summary_type"), WireValues(typeof(ResourceSummaryType))] string resourceSummaryType, CancellationToken cancellationToken = default);
}

/// <summary>Counts of a type (wire: ResourceSummary).</summary>
public sealed record ResourceSummary
{
    /// <summary>One of <see cref="ResourceSummaries.ResourceSummaryType"/>.</summary>
    public string? ResourceSummaryType { get; init; }

    public IReadOnlyList<ResourceSummaryItem>? ResourceSummaryItems { get; init; }
}

/// <summary>Counts of one moment (wire: ResourceSummaryItem).</summary>
public sealed record ResourceSummaryItem
{
    public IReadOnlyList<ResourceSummaryDimension>? Dimensions { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? UpdatedTime { get; init; }

    public IReadOnlyList<ResourceSummaryValue>? Values { get; init; }
}

/// <summary>What counts are of (wire: ResourceSummaryItemDimension).</summary>
public sealed record ResourceSummaryDimension
{
    public string? Name { get; init; }

    public string? Value { get; init; }
}

/// <summary>A count (wire: ResourceSummaryItemValue).</summary>
public sealed record ResourceSummaryValue
{
    /// <summary>Of SIMs by status: readySims, activeSims, inactiveSims, standbySims, suspendedSims.</summary>
    public string? Name { get; init; }

    public decimal? Value { get; init; }
}

/// <summary>Types of counts.</summary>
public static class ResourceSummaryType
{
    public const string SimsPerStatus = "simsPerStatus";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ResourceSummary))]
internal sealed partial class ResourceSummariesJson : JsonSerializerContext;
