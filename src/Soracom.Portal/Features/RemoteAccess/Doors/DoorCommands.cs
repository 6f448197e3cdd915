using System.Globalization;
using Soracom.Portal.Data.RemoteAccess;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>What to do with a door that is open: commands to copy, and addresses to open.</summary>
internal static class DoorCommands
{
    private const int Ssh = 22;
    private const int Rdp = 3389;
    private const int Vnc = 5900;
    private static readonly int[] Http = [80, 8000, 8080];
    private static readonly int[] Https = [443, 8443];

    /// <summary>Whether there is a file for remote desktops: their programs do no TLS of the vendor's around their own.</summary>
    public static bool HasRdpFile(RemoteDoor door, DateTimeOffset now) =>
        door is { State: RemoteDoorState.Open, IpAddress: not null, Tls: false, DevicePort: Rdp } && !DoorSteps.IsOver(door, now);

    /// <summary>The address to open in a browser; null where the device is none for that.</summary>
    public static string? Link(RemoteDoor door) =>
        Http.Contains(door.DevicePort) && !door.Tls ? Url("http", door)
        : Http.Contains(door.DevicePort) || (Https.Contains(door.DevicePort) && !door.Tls) ? Url("https", door)
        : null;

    /// <summary>The commands, the one that fits the port best first.</summary>
    public static IReadOnlyList<string> Of(RemoteDoor door)
    {
        if (door.IpAddress is null)
        {
            return [];
        }

        var host = HostOf(door);
        var port = door.Port!.Value.ToString(CultureInfo.InvariantCulture);
        var proxy = door.Tls ? "-o ProxyCommand=\"openssl s_client -quiet -connect %h:%p -servername %h\" " : string.Empty;
        IEnumerable<string> commands = door.DevicePort switch
        {
            Ssh => [$"ssh {proxy}-p {port} user@{host}", $"scp {proxy}-P {port} file user@{host}:"],
            Vnc when !door.Tls => [$"vncviewer {host}::{port}"],
            _ when Link(door) is { } link => [$"curl {(Https.Contains(door.DevicePort) ? "-k " : "")}{link}"],
            _ when door.Tls => [],
            _ => [$"nc {host} {port}"],
        };
        return door.Tls ? [.. commands, $"openssl s_client -connect {host}:{port} -servername {host}"]
            : Https.Contains(door.DevicePort) ? [.. commands, $"openssl s_client -connect {host}:{port}"]
            : [.. commands];
    }

    /// <summary>The file that a remote desktop's program opens.</summary>
    public static string RdpFile(RemoteDoor door) =>
        string.Create(CultureInfo.InvariantCulture, $"full address:s:{door.IpAddress}:{door.Port}\r\nprompt for credentials:i:1\r\nauthentication level:i:2\r\n");

    // The vendor's certificate is of its hosts' names; without TLS the address does, and needs nobody to resolve it.
    private static string HostOf(RemoteDoor door) => door.Tls && door.Hostname is { Length: > 0 } name ? name : door.IpAddress!;

    private static string? Url(string scheme, RemoteDoor door) => door.IpAddress is null ? null : string.Create(CultureInfo.InvariantCulture, $"{scheme}://{HostOf(door)}:{door.Port}/");
}
