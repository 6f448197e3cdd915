namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>A port that devices listen on by custom.</summary>
/// <param name="Name">What listens there.</param>
/// <param name="Port">The port.</param>
/// <param name="Tls">Whether the way up to the vendor is to be encrypted, as what listens there does not do so itself.</param>
public sealed record DevicePort(string Name, int Port, bool Tls)
{
    /// <summary>Those that are offered.</summary>
    public static IReadOnlyList<DevicePort> Usual { get; } =
        [new("SSH", 22, Tls: false), new("HTTP", 80, Tls: true), new("HTTPS", 443, Tls: false), new("RDP", 3389, Tls: false), new("VNC", 5900, Tls: false)];
}
