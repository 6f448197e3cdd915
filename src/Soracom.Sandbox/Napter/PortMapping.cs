using System.Globalization;

namespace Soracom.Sandbox.Napter;

/// <summary>A way into a device. Immutable; times are Unix milliseconds.</summary>
internal sealed record PortMapping
{
    /// <summary>The public address.</summary>
    public required string IpAddress { get; init; }

    public required int Port { get; init; }

    public required PortMappingTarget Target { get; init; }

    /// <summary>Life in seconds.</summary>
    public required int Duration { get; init; }

    public required long CreatedTime { get; init; }

    public required IReadOnlyList<string> IpRanges { get; init; }

    public bool TlsRequired { get; init; }

    /// <summary>What people outside will do with it, in the order of time.</summary>
    public IReadOnlyList<Visit> Visits { get; init; } = [];

    /// <summary>Connections that are open.</summary>
    public IReadOnlyList<Visit> Open { get; init; } = [];

    /// <summary>Whether it has run out: nobody gets through any more, but lists still have it for a while.</summary>
    public bool Expired { get; init; }

    /// <summary>Whether somebody can really connect to it, see <see cref="Doors"/>; nobody is made up then.</summary>
    public bool Listens { get; init; }

    /// <summary>How long lists have it once it has run out, in seconds.</summary>
    public int StaysSeconds { get; init; }

    /// <summary>Names it.</summary>
    public string Endpoint => EndpointOf(IpAddress, Port);

    public long ExpiredTime => CreatedTime + (Duration * 1000L);

    /// <summary>The next moment at which something happens to it.</summary>
    public DateTimeOffset NextDue => DateTimeOffset.FromUnixTimeMilliseconds(
        Expired ? ExpiredTime + (StaysSeconds * 1000L) : Visits.Count > 0 && Visits[0].Time < ExpiredTime ? Visits[0].Time : ExpiredTime);

    /// <summary>Whether its address is no public one but the listener's own.</summary>
    public bool IsItsListener => IpAddress == "127.0.0.1";

    public string Hostname => IsItsListener ? "localhost" : $"{IpAddress.Replace('.', '-')}.napter.soracom.io";

    public static string EndpointOf(string ipAddress, int port) => string.Create(CultureInfo.InvariantCulture, $"{ipAddress}:{port}");
}

/// <summary>What a mapping leads to.</summary>
/// <param name="SimId">The SIM.</param>
/// <param name="Imsi">The subscription whose session is used.</param>
/// <param name="Strategy">How it was named.</param>
/// <param name="Address">The device's.</param>
/// <param name="Port">The device's.</param>
internal sealed record PortMappingTarget(string SimId, string Imsi, string Strategy, string Address, int Port)
{
    public const string ByImsi = "IMSI_PRIORITIZED";
    public const string OverAir = "AIR_PRIORITIZED";
    public const string OverArc = "ARC_PRIORITIZED";
    public const string OverAny = "DYNAMIC";

    public static string[] Strategies { get; } = [OverAir, OverArc, OverAny, ByImsi];

    public bool IsByImsi => Strategy == ByImsi;
}

/// <summary>Something that somebody outside does.</summary>
/// <param name="Time">When, in Unix milliseconds.</param>
/// <param name="Type">As in the audit log.</param>
/// <param name="ConnectionId">The same for all of one connection.</param>
/// <param name="Address">From where.</param>
/// <param name="Port">From where.</param>
internal sealed record Visit(long Time, string Type, string ConnectionId, string Address, int Port);

/// <summary>A line of the audit log.</summary>
/// <param name="Time">In Unix milliseconds.</param>
/// <param name="Type">As on the wire.</param>
/// <param name="ConnectionId">Of a connection, or of the mapping.</param>
/// <param name="Target">Where the mapping leads to.</param>
/// <param name="Tls">Whether it wants TLS.</param>
/// <param name="From">Of a connection: from where.</param>
internal sealed record NapterEvent(long Time, string Type, string ConnectionId, PortMappingTarget Target, bool Tls, Visit? From);
