using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api.AuditLogs;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>What happened at doors, in words and as cells of a file.</summary>
internal static class RemoteEventWords
{
    /// <summary>What happened, in the user's words; the vendor's own where it is a new one.</summary>
    public static string Type(IStringLocalizer<Strings> words, string type) => RemoteLogQuery.KnownTypes.Contains(type, StringComparer.Ordinal) ? words[$"RemoteEvent.{type}"] : type;

    /// <summary>The look of a badge: its class and its icon.</summary>
    public static (string Kind, string Icon) Look(string type) => type switch
    {
        NapterAuditLogType.Connected => ("good", "plug"),
        NapterAuditLogType.Denied => ("bad", "ban"),
        NapterAuditLogType.Refused => ("warn", "circle-x"),
        NapterAuditLogType.Created => ("info", "plus"),
        NapterAuditLogType.Access => ("info", "arrow-right"),
        NapterAuditLogType.Closed => ("", "unplug"),
        NapterAuditLogType.Expired => ("", "hourglass"),
        NapterAuditLogType.Deleted => ("", "x"),
        _ => ("", "circle-dot"),
    };

    /// <summary>From where; null of what happened to a door itself.</summary>
    public static string? From(RemoteAccessEvent happened) =>
        happened.SourceAddress.Length == 0 ? null
        : happened.SourcePort is { } port ? string.Create(CultureInfo.InvariantCulture, $"{happened.SourceAddress}:{port}")
        : happened.SourceAddress;

    /// <summary>The first line of a file.</summary>
    public static IEnumerable<string> Headers(IStringLocalizer<Strings> words) =>
    [
        words["RemoteLog.Csv.Time"], words["RemoteLog.What"], words["Sim.Id"], words["RemoteLog.Csv.SimName"], "IMSI", words["Coverage.Label"], words["RemoteLog.Csv.Address"],
        words["RemoteLog.Csv.Port"], words["RemoteLog.Csv.DeviceAddress"], words["RemoteLog.Csv.DevicePort"], "TLS", words["RemoteLog.Csv.Connection"], words["RemoteLog.Csv.Origin"],
        words["RemoteLog.Opener"], words["RemoteLog.Csv.Door"], words["RemoteLog.Csv.Reason"], words["RemoteLog.Csv.Ticket"],
    ];

    /// <summary>A line of a file.</summary>
    public static IEnumerable<string> Cells(IStringLocalizer<Strings> words, RemoteLogLine line)
    {
        var (happened, door) = line;
        return
        [
            happened.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), happened.Type, happened.SimId, happened.SimName, happened.Imsi, happened.Coverage,
            happened.SourceAddress, Number(happened.SourcePort), happened.DeviceAddress, Number(happened.DevicePort), happened.Tls is { } tls ? words[tls ? "Yes" : "No"] : "",
            happened.ConnectionId, words[$"RemoteOrigin.{happened.Origin}"], happened.OpenerName, happened.DoorId?.ToString() ?? "", door?.Reason ?? "", door?.Ticket ?? "",
        ];
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
