using System.Text;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// Bytes over TCP and UDP. The made-up device sends back what comes to its port 7, and then closes the connection; port 9 takes
/// everything and says nothing.
/// </summary>
internal static class DeviceBytes
{
    private const int Echo = 7;
    private const int Discard = 9;
    private const int LongestTimeout = 300;
    private const int MostTcpCharacters = 5 * 1024 * 1024;
    private const int MostUdpCharacters = 1472;

    private static readonly string[] Encodings = ["string", "base64", "hex"];

    public static Answer Tcp(SimTurn turn)
    {
        var body = turn.Call.Body.Object();
        var port = DeviceCalls.PortOf(body, standard: null);
        var encoding = body.Choice("payloadEncoding", Encodings) ?? "string";
        var sent = Decode(body.RequiredText("payload"), encoding, "payload", MostTcpCharacters);
        body.Integer("timeout", 1, LongestTimeout);
        var received = Wait(turn, port, sent, body.Object("connectionOptions"));
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("data", Encode(received, encoding));
            json.WriteString("dataEncoding", encoding);
            json.WriteEndObject();
        });
    }

    /// <summary>Nothing tells whether it arrives.</summary>
    public static Answer Udp(SimTurn turn)
    {
        var body = turn.Call.Body.Object();
        DeviceCalls.PortOf(body, standard: null);
        Decode(body.RequiredText("payload"), body.Choice("payloadEncoding", Encodings) ?? "string", "payload", MostUdpCharacters);
        return Answer.NoContent;
    }

    private static byte[] Wait(SimTurn turn, int port, byte[] sent, JsonFields? options)
    {
        var type = options?.Choice("type", "wait_all", "wait_first", "wait_for_pattern", "idle_timeout", "fire_and_forget") ?? "wait_all";
        var pattern = type == "wait_for_pattern"
            ? Decode(options!.Value.RequiredText("terminationPattern"), options.Value.Choice("terminationPatternEncoding", Encodings) ?? "base64", "terminationPattern", MostTcpCharacters)
            : null;
        if (type == "idle_timeout" && options!.Value.Integer("idleTimeout", 1, LongestTimeout) is null)
        {
            throw new VendorException(VendorErrors.Required, "idleTimeout");
        }

        if (type == "fire_and_forget")
        {
            return [];
        }

        DeviceCalls.Connect(turn, port, Echo, Discard);
        var received = port == Echo ? sent : [];
        if (received.Length == 0)
        {
            throw new VendorException(SimErrors.Unreachable, "no answer in time");
        }

        return type switch
        {
            "wait_first" => [],
            "wait_for_pattern" => Until(received, pattern!),
            "idle_timeout" => throw new VendorException(SimErrors.Unreachable, "the connection was closed"),
            _ => received,
        };
    }

    private static byte[] Until(byte[] received, byte[] pattern)
    {
        var found = received.AsSpan().IndexOf(pattern);
        return found >= 0 ? received[..(found + pattern.Length)] : throw new VendorException(SimErrors.Unreachable, "the pattern did not come in time");
    }

    private static byte[] Decode(string text, string encoding, string name, int most)
    {
        if (text.Length > most)
        {
            throw new VendorException(SimErrors.BadPayload, name);
        }

        try
        {
            return encoding switch
            {
                "base64" => Convert.FromBase64String(text),
                "hex" => Convert.FromHexString(text),
                _ => Encoding.UTF8.GetBytes(text),
            };
        }
        catch (FormatException)
        {
            throw new VendorException(SimErrors.BadPayload, name);
        }
    }

    private static string Encode(byte[] bytes, string encoding) => encoding switch
    {
        "base64" => Convert.ToBase64String(bytes),
        "hex" => Convert.ToHexStringLower(bytes),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
