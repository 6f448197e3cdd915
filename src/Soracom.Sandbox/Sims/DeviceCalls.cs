using System.Globalization;
using System.Text;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// HTTP and SSH calls of devices. Behind each SIM that is online stands the same made-up device: a small Linux gateway with a
/// web page at port 80, 8080 and (TLS, a certificate of its own) 443, and a shell at port 22 that lets everybody in who gives a password
/// or a key. Any other port refuses.
/// </summary>
internal static class DeviceCalls
{
    /// <summary>5 MiB, and the JSON around it.</summary>
    public const int MostBytes = 6 * 1024 * 1024;

    private const int LongestPort = 65_535;
    private const int LongestCommand = 8192;
    private const int CommandNotFound = 127;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"];

    public static int PortOf(JsonFields body, int? standard) =>
        (int)(body.Integer("port", 1, LongestPort) ?? standard ?? throw new VendorException(VendorErrors.Required, "port"));

    /// <exception cref="VendorException">There is nobody at that port.</exception>
    public static void Connect(SimTurn turn, int port, params ReadOnlySpan<int> open)
    {
        if (!turn.Sim.Online)
        {
            throw new VendorException(SimErrors.Unreachable, "offline");
        }

        if (!open.Contains(port))
        {
            throw new VendorException(SimErrors.Unreachable, string.Create(CultureInfo.InvariantCulture, $"connection refused at port {port}"));
        }
    }

    public static Answer Http(SimTurn turn)
    {
        var body = turn.Call.Body.Object();
        var method = body.Choice("method", Methods) ?? throw new VendorException(VendorErrors.Required, "method");
        var path = body.RequiredText("path");
        var tls = body.Flag("ssl") ?? false;
        var verifies = !(body.Flag("skipVerify") ?? false);
        var port = PortOf(body, standard: 80);
        body.Text("host");
        _ = body.Object("headers")?.TextMembers();
        var sent = body.Text("body") ?? "";
        Connect(turn, port, tls ? [443] : [80, 8080]);
        if (tls && verifies)
        {
            throw new VendorException(SimErrors.Unreachable, "the certificate is self-signed");
        }

        var (status, type, content) = Page(turn, method, path.Split('?')[0], sent);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode", status);
            json.WriteStartObject("headers");
            json.WriteString("Content-Type", type);
            json.WriteString("Content-Length", Encoding.UTF8.GetByteCount(content).ToString(CultureInfo.InvariantCulture));
            json.WriteString("Server", "gateway/1.4");
            json.WriteEndObject();
            json.WriteString("body", method == "HEAD" ? "" : content);
            json.WriteBoolean("isBase64Encoded", false);
            json.WriteEndObject();
        });
    }

    public static Answer Ssh(SimTurn turn)
    {
        var body = turn.Call.Body.Object();
        var userName = body.RequiredText("username");
        var command = body.RequiredText("command");
        var port = PortOf(body, standard: 22);
        var login = body.Object("authentication") ?? throw new VendorException(VendorErrors.Required, "authentication");
        var type = login.Choice("type", "password", "publickey", "none") ?? throw new VendorException(VendorErrors.Required, "type");
        var secret = type switch
        {
            "password" => login.Text("passwordCredentialsId") ?? login.Text("password"),
            "publickey" => login.Text("keyCredentialsId") ?? login.Text("key"),
            _ => null,
        };
        if (Encoding.UTF8.GetByteCount(command) > LongestCommand)
        {
            throw new VendorException(SimErrors.BadPayload, "command");
        }

        Connect(turn, port, 22);
        if (string.IsNullOrEmpty(secret) || userName.Length == 0)
        {
            throw new VendorException(SimErrors.Unreachable, "the login was refused");
        }

        var (exitCode, output, problem) = Run(turn, userName, command);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("exitcode", exitCode);
            json.WriteString("stdout", output);
            json.WriteBoolean("isStdoutBase64Encoded", false);
            json.WriteString("stderr", problem);
            json.WriteBoolean("isStderrBase64Encoded", false);
            json.WriteEndObject();
        });
    }

    private static (int Status, string Type, string Content) Page(SimTurn turn, string method, string path, string sent) => (method, path) switch
    {
        ("GET" or "HEAD", "/") => (200, "text/html; charset=utf-8", $"<!doctype html><title>{HostName(turn.Sim)}</title><h1>{HostName(turn.Sim)}</h1>"),
        ("GET" or "HEAD", "/status") => (200, "application/json", $$"""{"host":"{{HostName(turn.Sim)}}","imei":"{{turn.Sim.Session?.Imei}}","uptimeSeconds":{{Uptime(turn)}}}"""),
        ("POST" or "PUT" or "PATCH", "/echo") => (200, "text/plain; charset=utf-8", sent),
        (_, "/" or "/status" or "/echo") => (405, "text/plain; charset=utf-8", "Method Not Allowed\n"),
        _ => (404, "text/plain; charset=utf-8", "Not Found\n"),
    };

    private static (int ExitCode, string Output, string Problem) Run(SimTurn turn, string userName, string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] or ["true"] => (0, "", ""),
            ["false"] => (1, "", ""),
            ["exit", var code] when byte.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exitCode) => (exitCode, "", ""),
            ["echo", .. var text] => (0, $"{string.Join(' ', text)}\n", ""),
            ["hostname"] => (0, $"{HostName(turn.Sim)}\n", ""),
            ["whoami"] => (0, $"{userName}\n", ""),
            ["uname", ..] => (0, $"Linux {HostName(turn.Sim)} 6.6.31 aarch64 GNU/Linux\n", ""),
            ["date"] => (0, turn.Now.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy\n", CultureInfo.InvariantCulture), ""),
            ["uptime"] => (0, $"up {Uptime(turn) / 86_400} days, load average: 0.08, 0.03, 0.01\n", ""),
            [var first, ..] => (CommandNotFound, "", $"sh: {first}: not found\n"),
        };
    }

    private static string HostName(Sim sim) => $"gateway-{sim.SimId[^6..]}";

    private static long Uptime(SimTurn turn) => (turn.Now.ToUnixTimeMilliseconds() - SimSessions.Began(turn.Sim.Session!)) / 1000;
}
