using System.Globalization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
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
        Detail = string.Join("; ", new[] { What(door), Endpoint(door), door.Ticket, door.Reason, more }.Where(part => !string.IsNullOrEmpty(part))),
    };

    /// <summary>A door's public address, in one; empty before it is known.</summary>
    public static string Endpoint(RemoteDoor door) => door.IpAddress is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{door.IpAddress}:{door.Port}");

    private static string What(RemoteDoor door) => string.Create(
        CultureInfo.InvariantCulture, $"port {door.DevicePort}{(door.Tls ? ", TLS" : "")}, {door.DurationSeconds / 60.0:0.#} min, from {door.SourceRanges}");
}
