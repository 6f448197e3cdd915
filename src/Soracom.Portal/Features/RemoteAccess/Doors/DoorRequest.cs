using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>A door that somebody asks for.</summary>
public sealed record DoorRequest
{
    /// <summary>The shortest that a door is open.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>How long a door is open where nobody says otherwise.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    /// <summary>Names the request: sent twice, it is one door.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The SIM.</summary>
    public required string SimId { get; init; }

    /// <summary>The port that the device listens on.</summary>
    public required int DevicePort { get; init; }

    /// <summary>How long.</summary>
    public TimeSpan Duration { get; init; } = Usual;

    /// <summary>Whether the way up to the vendor is to be encrypted with TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>Who is let in.</summary>
    public required SourceRanges Sources { get; init; }

    /// <summary>Why; empty when it is not said.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The ticket; empty when none is named.</summary>
    public string Ticket { get; init; } = string.Empty;

    /// <summary>What no policy could allow; null when nothing is wrong.</summary>
    internal InputError? Wrong() =>
        SimId.Length == 0 ? new InputError("DoorSim")
        : DevicePort is < 1 or > ushort.MaxValue ? new InputError("DoorPort", ushort.MaxValue)
        : Duration < Shortest || Duration > RemoteDoor.Longest || Duration.Ticks % TimeSpan.TicksPerSecond != 0 ? new InputError("DoorDuration", (int)RemoteDoor.Longest.TotalHours)
        : Sources.Networks.Count == 0 ? new InputError("DoorSources")
        : Reason.Length > RemoteDoor.ReasonLength || Ticket.Length > RemoteDoor.TicketLength ? new InputError("DoorWords", RemoteDoor.ReasonLength, RemoteDoor.TicketLength)
        : null;
}
