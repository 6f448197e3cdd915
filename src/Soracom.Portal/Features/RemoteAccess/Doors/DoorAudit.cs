using System.Globalization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>What the audit trail says of doors.</summary>
internal static class DoorAudit
{
    /// <summary>An act with a door.</summary>
    /// <param name="action">What is done.</param>
    /// <param name="door">The door.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="more">What else there is to say.</param>
    public static AuditAct Act(string action, RemoteDoor door, AuditOutcome outcome = AuditOutcome.Succeeded, string? more = null) => new(action, outcome)
    {
        ObjectId = door.SimId,
        ObjectName = door.SimName,
        Detail = string.Join("; ", new[] { What(door), Endpoint(door), more }.Where(part => !string.IsNullOrEmpty(part))),
        Reason = Why(door.Ticket, door.Reason),
    };

    /// <summary>What somebody asked for, and what stood against it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reasons">What stood against it.</param>
    public static string Refused(DoorRequest request, IReadOnlyList<PolicyReason> reasons) => string.Join(
        "; ",
        new[] { What(request.DevicePort, request.Tls, request.Duration.TotalMinutes, request.Sources.ToString()), string.Join(", ", reasons.Select(reason => reason.Rule)) }
            .Where(part => part.Length > 0));

    /// <summary>Why a door is asked for: the ticket and the reason, as far as they were given.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="reason">The reason.</param>
    public static string Why(string? ticket, string? reason) => string.Join("; ", new[] { ticket, reason }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>A door's public address, in one; empty before it is known.</summary>
    public static string Endpoint(RemoteDoor door) => door.IpAddress is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{door.IpAddress}:{door.Port}");

    private static string What(RemoteDoor door) => What(door.DevicePort, door.Tls, door.DurationSeconds / 60.0, door.SourceRanges);

    private static string What(int port, bool tls, double minutes, string sources) =>
        string.Create(CultureInfo.InvariantCulture, $"port {port}{(tls ? ", TLS" : "")}, {minutes:0.#} min, from {sources}");
}
