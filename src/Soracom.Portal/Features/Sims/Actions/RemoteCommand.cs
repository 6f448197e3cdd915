using System.Buffers;
using System.Globalization;
using System.Text;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Actions;

/// <summary>How a command reaches a device.</summary>
public enum RemoteProtocol
{
    /// <summary>A call of its web server.</summary>
    Http,

    /// <summary>A command in its shell.</summary>
    Ssh,

    /// <summary>Text to a TCP port, and what comes back.</summary>
    Tcp,

    /// <summary>Text to a UDP port; nothing comes back.</summary>
    Udp,
}

/// <summary>
/// A command for a device, as it was typed. A class, not a record: a record's text form would show the password. Lives as long as the dialog.
/// </summary>
internal sealed class RemoteCommand
{
    private static readonly SearchValues<char> HeaderNameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public RemoteProtocol Protocol { get; set; }

    public int Port { get; set; } = 80;

    public string Method { get; set; } = DeviceHttpMethod.Get;

    public string Path { get; set; } = "/";

    public bool Tls { get; set; }

    /// <summary>Whether any certificate will do: devices sign their own.</summary>
    public bool AnyCertificate { get; set; }

    /// <summary>Headers of a call, one a line: its name, a colon, its value.</summary>
    public string Headers { get; set; } = "";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The body of a call, the command of a shell, or what is sent to a port.</summary>
    public string Text { get; set; } = "";

    /// <summary>Where a protocol's server listens by custom.</summary>
    public static int PortOf(RemoteProtocol protocol) => protocol switch { RemoteProtocol.Http => 80, RemoteProtocol.Ssh => 22, _ => 23080 };

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public InputError? Wrong() =>
        Port is < 1 or > 65535 ? new InputError("CommandPort")
        : Protocol == RemoteProtocol.Http && (!Path.StartsWith('/') || Path.Any(char.IsControl)) ? new InputError("CommandPath")
        : Protocol == RemoteProtocol.Http && HeaderLines.Any(line => !IsHeader(line)) ? new InputError("CommandHeaders")
        : Protocol == RemoteProtocol.Ssh && User.Length == 0 ? new InputError("CommandUser")
        : Protocol != RemoteProtocol.Http && Text.Length == 0 ? new InputError("CommandEmpty")
        : Encoding.UTF8.GetByteCount(Text) > Most ? new InputError("CommandTooLong", Most)
        : null;

    private IEnumerable<string> HeaderLines => Headers.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private int Most => Protocol == RemoteProtocol.Udp ? SimDevices.MostUdpBytes : SimDevices.MostCommandBytes;

    public async Task<DeviceAnswer> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken)
    {
        switch (Protocol)
        {
            case RemoteProtocol.Http:
                var call = new DeviceHttpCall { Method = Method, Path = Path, Port = Port, Ssl = Tls, SkipVerify = Tls && AnyCertificate ? true : null, Headers = HeadersToSend(), Body = Text.Length == 0 ? null : Text };
                var http = await client.SimMessages.SendDownlinkHttpAsync(simId, call, cancellationToken);
                return new DeviceAnswer(http.StatusCode?.ToString(CultureInfo.InvariantCulture), Read(http.Body, http.IsBase64Encoded), null);
            case RemoteProtocol.Ssh:
                var login = Password.Length == 0 ? SshLogin.None : SshLogin.Password(Password);
                var shell = await client.SimMessages.SendDownlinkSshAsync(simId, new DeviceCommand { Username = User, Authentication = login, Command = Text, Port = Port }, cancellationToken);
                return new DeviceAnswer(shell.Exitcode?.ToString(CultureInfo.InvariantCulture), Read(shell.Stdout, shell.IsStdoutBase64Encoded), Read(shell.Stderr, shell.IsStderrBase64Encoded));
            case RemoteProtocol.Tcp:
                var tcp = await client.SimMessages.SendDownlinkTcpAsync(simId, new TcpPayload { Port = Port, Payload = Text, Timeout = 10 }, cancellationToken);
                return new DeviceAnswer(null, Read(tcp.Data, tcp.DataEncoding == BinaryEncoding.Base64), null);
            default:
                await client.SimMessages.SendDownlinkUdpAsync(simId, new UdpPayload { Port = Port, Payload = Text }, cancellationToken);
                return new DeviceAnswer(null, null, null);
        }
    }

    /// <summary>Whether a line is a header: a name of the characters that HTTP allows, a colon, and a value without control characters.</summary>
    private static bool IsHeader(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        && line.AsSpan(0, colon).IndexOfAnyExcept(HeaderNameCharacters) < 0
        && !line.Any(char.IsControl);

    /// <summary>The headers; null for none. Of two lines with one name, the later counts.</summary>
    private Dictionary<string, string>? HeadersToSend()
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parts in HeaderLines.Select(line => line.Split(':', 2)))
        {
            headers[parts[0]] = parts[1].Trim();
        }

        return headers.Count == 0 ? null : headers;
    }

    /// <summary>Text where it is text; bytes that are none stay in base 64.</summary>
    private static string? Read(string? data, bool? base64)
    {
        if (data is null || base64 != true)
        {
            return data;
        }

        var bytes = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, bytes, out var length))
        {
            return data;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.Contains('\uFFFD', StringComparison.Ordinal) || text.Any(character => char.IsControl(character) && character is not ('\r' or '\n' or '\t')) ? data : text;
    }
}

/// <summary>What a device answered.</summary>
/// <param name="Code">The status of a call, or the exit code of a command.</param>
/// <param name="Output">What it sent or printed.</param>
/// <param name="Errors">What it printed as errors.</param>
internal sealed record DeviceAnswer(string? Code, string? Output, string? Errors);
