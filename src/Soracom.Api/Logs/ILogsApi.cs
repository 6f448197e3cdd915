using System.Text.Json;
using System.Text.Json.Serialization;
using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Logs;

/// <summary>What went wrong in the vendor's services on the way from and to devices.</summary>
public interface ILogsApi
{
    /// <summary>Vendor operation getLogs: one page of the errors.</summary>
    /// <param name="resourceType">One of <see cref="LogResourceType"/>.</param>
    /// <param name="resourceId">An IMSI or a device's id, as the type says.</param>
    /// <param name="service">One of <see cref="LogService"/>.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="limit">The most entries a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getLogs"), Get("/logs")]
    Task<SoracomPage<LogEntry>> GetLogsAsync(
        [Query("resource_type"), WireValues(typeof(LogResourceType))] string? resourceType = null,
        [Query("resource_id")] string? resourceId = null,
        [Query("service"), WireValues(typeof(LogService))] string? service = null,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);
}

/// <summary>An error of a service (wire: LogEntry).</summary>
public sealed record LogEntry
{
    public string? OperatorId { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>One of <see cref="Logs.LogLevel"/>.</summary>
    [WireValues(typeof(LogLevel))]
    public string? LogLevel { get; init; }

    /// <summary>One of <see cref="LogService"/>.</summary>
    [WireValues(typeof(LogService))]
    public string? Service { get; init; }

    /// <summary>One of <see cref="LogResourceType"/>.</summary>
    [WireValues(typeof(LogResourceType))]
    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>An object whose members depend on the service.</summary>
    public JsonElement? Body { get; init; }
}

/// <summary>Values of <see cref="LogEntry.LogLevel"/>.</summary>
public static class LogLevel
{
    public const string Debug = "debug";
    public const string Info = "info";
    public const string Warning = "warning";
    public const string Error = "error";
}

/// <summary>Services that keep a log.</summary>
public static class LogService
{
    public const string Air = "Air";
    public const string Beam = "Beam";
    public const string Funk = "Funk";
    public const string Funnel = "Funnel";
    public const string Harvest = "Harvest";
    public const string Napter = "Napter";
    public const string Orbit = "Orbit";
    public const string Unified = "Unified";
}

/// <summary>What a log is about.</summary>
public static class LogResourceType
{
    /// <summary>An IMSI.</summary>
    public const string Subscriber = "Subscriber";

    /// <summary>An Inventory device.</summary>
    public const string Device = "Device";

    public const string LoraDevice = "LoraDevice";
    public const string SigfoxDevice = "SigfoxDevice";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<LogEntry>))]
internal sealed partial class LogsJson : JsonSerializerContext;
