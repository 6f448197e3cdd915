using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.AuditLogs;

/// <summary>A call of the vendor's API (wire: APIAuditLogEntry).</summary>
public sealed record ApiAuditLogEntry
{
    /// <summary>What was called, for example <c>/v1/auth</c>.</summary>
    public string? ApiKind { get; init; }

    /// <summary>The path as it was called.</summary>
    public string? RequestPath { get; init; }

    public string? OperatorId { get; init; }

    /// <summary>A SAM user; empty for the root user.</summary>
    public string? UserName { get; init; }

    public string? RemoteIpAddress { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? RequestedTimeEpochMs { get; init; }

    /// <summary>What the definition's example calls <see cref="RequestedTimeEpochMs"/>.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? RequestedTimeEpocMs { get; init; }

    /// <summary>The HTTP status of the answer; in the definition's example only.</summary>
    public int? StatusCode { get; init; }
}

/// <summary>Something that happened to a way into a device (wire: NapterAuditLogEntry).</summary>
public sealed record NapterAuditLogEntry
{
    public string? OperatorId { get; init; }

    public string? Imsi { get; init; }

    /// <summary>The same for all that happens to one connection.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>One of <see cref="NapterAuditLogType"/>, or a value that the vendor has added since.</summary>
    [WireValues(typeof(NapterAuditLogType))]
    public string? Type { get; init; }

    /// <summary>Of a connection; null for what happens to the entry itself.</summary>
    public NapterAuditLogDirection? Direction { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    public bool? Tls { get; init; }
}

/// <summary>From where to where (wire: NapterAuditLogDirection).</summary>
public sealed record NapterAuditLogDirection
{
    [JsonPropertyName("sourceIPAddress")]
    public string? SourceIpAddress { get; init; }

    public long? SourcePort { get; init; }

    [JsonPropertyName("destinationIPAddress")]
    public string? DestinationIpAddress { get; init; }

    public long? DestinationPort { get; init; }
}

/// <summary>Values of <see cref="NapterAuditLogEntry.Type"/>.</summary>
public static class NapterAuditLogType
{
    /// <summary>Somebody reached the public port.</summary>
    public const string Access = "ACCESS";

    /// <summary>Somebody from outside the source ranges did.</summary>
    public const string Denied = "DENIED";

    public const string Connected = "CONNECTED";
    public const string Closed = "CLOSED";

    /// <summary>The device does not listen.</summary>
    public const string Refused = "REFUSED";

    /// <summary>The entry was made.</summary>
    public const string Created = "CREATED";

    public const string Deleted = "DELETED";
    public const string Expired = "EXPIRED";
}

/// <summary>Values of getNapterAuditLogs' <c>resource_type</c>.</summary>
public static class NapterAuditLogResource
{
    /// <summary>An IMSI.</summary>
    public const string Subscriber = "Subscriber";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<ApiAuditLogEntry>))]
[JsonSerializable(typeof(List<NapterAuditLogEntry>))]
internal sealed partial class AuditLogsJson : JsonSerializerContext;
