using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Napter;

/// <summary>A way into a device from outside, for some time (wire: PortMapping). Whoever is within the source ranges and knows the endpoint gets through.</summary>
public sealed record PortMapping
{
    public string? OperatorId { get; init; }

    /// <summary>The public address; with <see cref="Port"/> it names the entry.</summary>
    public string? IpAddress { get; init; }

    public int? Port { get; init; }

    public string? Hostname { get; init; }

    /// <summary>Address and port.</summary>
    public string? Endpoint { get; init; }

    public PortMappingDestination? Destination { get; init; }

    public PortMappingSource? Source { get; init; }

    /// <summary>Life in seconds.</summary>
    public int? Duration { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? ExpiredTime { get; init; }

    public bool? Expired { get; init; }

    /// <summary>Whether the connection from outside is encrypted with TLS up to the vendor.</summary>
    public bool? TlsRequired { get; init; }

    /// <summary>The rendezvous point, <c>default</c> or a region.</summary>
    public string? Placement { get; init; }

    /// <summary>Only of entries made for an IMSI.</summary>
    public string? Imsi { get; init; }

    /// <summary>Only of entries made for a SIM ID.</summary>
    public string? SimId { get; init; }
}

/// <summary>Where an entry leads (wire: PortMappingDestination).</summary>
public sealed record PortMappingDestination
{
    /// <summary>Wins over <see cref="Imsi"/> when both are given.</summary>
    public string? SimId { get; init; }

    public string? Imsi { get; init; }

    /// <summary>The port that the device listens on.</summary>
    public required int Port { get; init; }

    /// <summary>One of <see cref="NapterService"/>, to be given with <see cref="SimId"/>; not in answers.</summary>
    [WireValues(typeof(NapterService))]
    public string? Service { get; init; }

    /// <summary>One of <see cref="DestinationChoosingStrategy"/>; only in answers.</summary>
    [WireValues(typeof(DestinationChoosingStrategy))]
    public string? DestinationChoosingStrategy { get; init; }
}

/// <summary>Who is let in (wire: PortMappingSource).</summary>
public sealed record PortMappingSource
{
    /// <summary>IPv4 ranges such as <c>203.0.113.5/32</c>.</summary>
    public IReadOnlyList<string>? IpRanges { get; init; }
}

/// <summary>Which of a SIM's sessions an entry leads to.</summary>
public static class NapterService
{
    /// <summary>The cellular one.</summary>
    public const string Air = "air";

    /// <summary>The one of the virtual SIM or subscription.</summary>
    public const string Arc = "arc";
}

/// <summary>How an entry's destination was named when it was made.</summary>
public static class DestinationChoosingStrategy
{
    public const string AirPrioritized = "AIR_PRIORITIZED";
    public const string ArcPrioritized = "ARC_PRIORITIZED";

    /// <summary>By SIM ID alone: any session that is online.</summary>
    public const string Dynamic = "DYNAMIC";

    public const string ImsiPrioritized = "IMSI_PRIORITIZED";
}
