using System.Net;
using System.Net.Sockets;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Napter;

/// <summary>What a caller asks for, read and checked.</summary>
internal static class PortMappingRequest
{
    private const int MostSeconds = 8 * 60 * 60;
    private const string Air = "air";
    private const string Arc = "arc";

    /// <summary>The mapping without its address.</summary>
    /// <param name="call">The call.</param>
    /// <param name="simId">The SIM that the path names, if it does.</param>
    public static (PortMapping Mapping, Sim Sim) Read(Call call, string? simId)
    {
        var body = call.Body.Object();
        var destination = body.Object("destination") ?? throw new VendorException(VendorErrors.Required, "destination");
        var port = (int)(destination.Integer("port", 1, ushort.MaxValue) ?? throw new VendorException(VendorErrors.Required, "port"));
        var service = destination.Choice("service", Air, Arc);
        var (named, imsi) = (destination.Text("simId"), destination.Text("imsi"));

        // It is for answers; in a request it tells nothing that the rest doesn't.
        destination.Choice("destinationChoosingStrategy", PortMappingTarget.Strategies);
        simId ??= named;
        imsi = simId is null ? imsi ?? throw new VendorException(NapterErrors.NoDestination) : null;
        var sim = (simId is not null ? call.Data.FindSim(simId) : call.Data.FindSimByImsi(imsi!)) ?? throw new VendorException(VendorErrors.NoSuchSim);
        var strategy = (imsi, service) switch
        {
            (not null, _) => PortMappingTarget.ByImsi,
            (_, Air) => PortMappingTarget.OverAir,
            (_, Arc) => PortMappingTarget.OverArc,
            _ => PortMappingTarget.OverAny,
        };
        var mapping = new PortMapping
        {
            IpAddress = "",
            Port = 0,
            Target = TargetOf(sim, strategy, port, imsi) ?? throw new VendorException(NapterErrors.Offline) { Status = call.Options.Undocumented.NapterTargetOffline },
            Duration = (int)(body.Integer("duration", 1, MostSeconds) ?? call.Options.Undocumented.NapterSeconds),
            CreatedTime = call.Now.ToUnixTimeMilliseconds(),
            StaysSeconds = (int)call.Options.Undocumented.ExpiredNapterStays.TotalSeconds,
            IpRanges = body.Object("source")?.Texts("ipRanges") is { Count: > 0 } ranges ? [.. ranges.Select(Checked)] : [$"{Caller(call)}/32"],
            TlsRequired = body.Flag("tlsRequired") ?? false,
        };
        return (mapping, sim);
    }

    /// <summary>The session that a mapping leads to; null when the one that is wanted is not open.</summary>
    public static PortMappingTarget? TargetOf(Sim sim, string strategy, int port, string? imsi = null)
    {
        var subscribers = sim.Profiles.SelectMany(profile => profile.Subscribers).ToList();
        var arc = subscribers.Find(subscriber => subscriber.Subscription == Sims.Subscriptions.Arc);
        var air = subscribers.Find(subscriber => subscriber != arc);
        var wantsArc = strategy == PortMappingTarget.OverArc || (imsi is not null && imsi == arc?.Imsi);
        var wantsAir = strategy == PortMappingTarget.OverAir || (imsi is not null && !wantsArc);
        if (!wantsArc && air is not null && sim is { Online: true, Session: { } session })
        {
            return new PortMappingTarget(sim.SimId, imsi ?? air.Imsi, strategy, Dotted(session.Address), port);
        }

        // A virtual SIM is online or not; a virtual subscription beside a card's has a session of its own.
        return !wantsAir && arc is not null && sim.ArcSession is { } tunnel && (sim.Online || air is not null)
            ? new PortMappingTarget(sim.SimId, imsi ?? arc.Imsi, strategy, Dotted(tunnel.ClientAddress), port)
            : null;
    }

    private static string Dotted(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";

    private static string Checked(string range) =>
        range.Count(character => character == '.') == 3 && IPNetwork.TryParse(range, out var network) && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            ? range
            : throw new VendorException(NapterErrors.BadRange, range);

    private static IPAddress Caller(Call call)
    {
        var address = call.Facts.Address switch
        {
            { AddressFamily: AddressFamily.InterNetwork } four => four,
            { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
            _ => IPAddress.Loopback,
        };
        return call.World.Doors?.Outside(address) ?? address;
    }
}
