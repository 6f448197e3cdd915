using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.RemoteAccess.Sources;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>A new door as it is being filled in.</summary>
public sealed class DoorForm
{
    /// <summary>Names the request for as long as the form is open: pressed twice, it is one door.</summary>
    public Guid RequestId { get; private set; } = Guid.CreateVersion7();

    /// <summary>The device port.</summary>
    public int? Port { get; set; } = DevicePort.Usual[0].Port;

    /// <summary>How long, in minutes.</summary>
    public int Minutes { get; set; } = (int)DoorRequest.Usual.TotalMinutes;

    /// <summary>Whether the way up to the vendor is encrypted with TLS.</summary>
    public bool Tls { get; private set; }

    /// <summary>Whether the person has asked for TLS: then it stays, whatever port is chosen.</summary>
    private bool TlsWanted { get; set; }

    /// <summary>Who is let in, as it was typed.</summary>
    public string Sources { get; set; } = string.Empty;

    /// <summary>Why.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>The ticket.</summary>
    public string Ticket { get; set; } = string.Empty;

    /// <summary>Says by hand whether there is to be TLS.</summary>
    /// <param name="wanted">Whether.</param>
    public void Encrypt(bool wanted) => (Tls, TlsWanted) = (wanted, wanted);

    /// <summary>Chooses a port that devices listen on by custom, and whether TLS goes with it, unless it is required or asked for anyway.</summary>
    /// <param name="usual">The port.</param>
    /// <param name="policy">The policy.</param>
    public void Take(DevicePort usual, RemoteAccessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(policy);
        (Port, Tls) = (usual.Port, usual.Tls || TlsWanted || policy.TlsRequired);
    }

    /// <summary>Takes over what a former door was asked for with. Whom it let in, and why, is taken over from one's own alone: another's address is not where one sits.</summary>
    /// <param name="door">The former door.</param>
    /// <param name="own">Whether the same person opened it.</param>
    public void Take(RemoteDoor door, bool own)
    {
        ArgumentNullException.ThrowIfNull(door);
        (Port, Minutes, Tls) = (door.DevicePort, Math.Max(1, door.DurationSeconds / 60), door.Tls);
        if (own)
        {
            (Sources, Reason, Ticket) = (door.SourceRanges.Replace(" ", Environment.NewLine, StringComparison.Ordinal), door.Reason, door.Ticket);
        }
    }

    /// <summary>Begins with what a policy and whoever fills it in lead to.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="own">The address that the person comes from.</param>
    public void Begin(RemoteAccessPolicy policy, OwnAddress own)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(own);
        Sources = policy.SourceRule == RemoteSourceRule.Fixed ? policy.SourceRanges.Replace(" ", Environment.NewLine, StringComparison.Ordinal) : own.Range ?? string.Empty;
        Minutes = (int)Math.Min(DoorRequest.Usual.TotalMinutes, RemoteAccessJudge.LongestOf(policy).TotalMinutes);
        (Tls, TlsWanted, Reason, Ticket) = (policy.TlsRequired, false, string.Empty, string.Empty);
    }

    /// <summary>What was filled in would not open a door; the next try is another request.</summary>
    public void Renew() => RequestId = Guid.CreateVersion7();

    /// <summary>The request; null where something can't be read.</summary>
    /// <param name="simId">The SIM.</param>
    /// <returns>The request.</returns>
    public DoorRequest? Request(string simId) => Port is { } port and >= 1 and <= ushort.MaxValue && SourceRanges.Parse(Sources, out _) is { } sources
        ? new DoorRequest
        {
            Id = RequestId,
            SimId = simId,
            DevicePort = port,
            Duration = TimeSpan.FromMinutes(Minutes),
            Tls = Tls,
            Sources = sources,
            Reason = Reason,
            Ticket = Ticket,
        }
        : null;
}
