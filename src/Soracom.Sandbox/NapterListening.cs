using System.Net;

namespace Soracom.Sandbox;

/// <summary>
/// Ways into devices that can really be connected to, on this machine's loopback: behind each that the API makes waits a made-up device that
/// sends back what it is sent. Those of the demo's past have no listener.
/// </summary>
public sealed record NapterListening
{
    /// <summary>
    /// The public IPv4 address that callers and visitors from this machine count as: who is let in when a call names nobody, and what source
    /// ranges are held against.
    /// </summary>
    public IPAddress LoopbackCountsAs { get; init; } = IPAddress.Parse("198.51.100.77");

    /// <summary>
    /// Whether answers name 127.0.0.1 and the listening port, so that whoever is told the endpoint can connect to it. Otherwise they name a public
    /// address as the service does, and <see cref="SandboxServer.FindListener"/> tells where that is in truth.
    /// </summary>
    public bool GivesOutListeners { get; init; }
}
