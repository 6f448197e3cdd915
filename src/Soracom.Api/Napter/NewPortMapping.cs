using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Napter;

/// <summary>An entry to be made (wire: CreatePortMappingRequest).</summary>
public sealed record NewPortMapping
{
    public required PortMappingDestination Destination { get; init; }

    /// <summary>Life in seconds, at most 28,800 (8 hours). The vendor's default is not documented.</summary>
    public int? Duration { get; init; }

    /// <summary>Who is let in; the caller's own address when null.</summary>
    public PortMappingSource? Source { get; init; }

    /// <summary>True where the device speaks plain HTTP; false for SSH, remote desktops and HTTPS.</summary>
    public bool? TlsRequired { get; init; }
}

/// <summary>An entry to be made for a SIM that the path names (wire: CreatePortMappingRequestForSim).</summary>
public sealed record NewSimPortMapping
{
    public required SimPortMappingDestination Destination { get; init; }

    /// <summary>Life in seconds, at most 28,800 (8 hours). The vendor's default is not documented.</summary>
    public int? Duration { get; init; }

    /// <summary>Who is let in; the caller's own address when null.</summary>
    public PortMappingSource? Source { get; init; }

    /// <summary>True where the device speaks plain HTTP; false for SSH, remote desktops and HTTPS.</summary>
    public bool? TlsRequired { get; init; }
}

/// <summary>A port of the SIM that the path names (wire: PortMappingDestinationForSim).</summary>
public sealed record SimPortMappingDestination
{
    public required int Port { get; init; }

    /// <summary>One of <see cref="NapterService"/>.</summary>
    [WireValues(typeof(NapterService))]
    public string? Service { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<PortMapping>))]
[JsonSerializable(typeof(IReadOnlyList<PortMapping>))]
[JsonSerializable(typeof(NewPortMapping))]
[JsonSerializable(typeof(NewSimPortMapping))]
internal sealed partial class NapterJson : JsonSerializerContext;
