using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Subscribers;

namespace Soracom.Sandbox.Sims;

/// <summary>The tag Sim: what is sent to devices.</summary>
internal static class SimMessageOperations
{
    private const int GsmLength = 160;
    private const int Ucs2Length = 70;
    private const int MostPings = 5;
    private const int LongestPing = 3;

    /// <summary>What GSM 7-bit has besides ASCII letters, digits and the punctuation that they share.</summary>
    private const string GsmExtras = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~]|€";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/sims/{sim_id}/send_sms", "sendSmsToSim", "Sim:sendSmsToSim", call => SendSms(SimTurn.BySimId(call))),
        new("POST", "/sims/{sim_id}/report_local_info", "reportSimLocalInfo", "Sim:reportSimLocalInfo", call => ReportLocalInfo(SimTurn.BySimId(call))),
        new("POST", "/sims/{sim_id}/downlink/ping", "sendDownlinkPing", "Sim:sendDownlinkPing", call => Ping(SimTurn.BySimId(call))),
        new("POST", "/sims/{sim_id}/downlink/http", "sendDownlinkHttp", "Sim:sendDownlinkHttp", call => DeviceCalls.Http(SimTurn.BySimId(call))) { MaxBodyBytes = DeviceCalls.MostBytes },
        new("POST", "/sims/{sim_id}/downlink/ssh", "sendDownlinkSsh", "Sim:sendDownlinkSsh", call => DeviceCalls.Ssh(SimTurn.BySimId(call))),
        new("POST", "/sims/{sim_id}/downlink/tcp", "sendDownlinkTcp", "Sim:sendDownlinkTcp", call => DeviceBytes.Tcp(SimTurn.BySimId(call))) { MaxBodyBytes = DeviceCalls.MostBytes },
        new("POST", "/sims/{sim_id}/downlink/udp", "sendDownlinkUdp", "Sim:sendDownlinkUdp", call => DeviceBytes.Udp(SimTurn.BySimId(call))),
        new("POST", "/sims/{sim_id}/downlink/rtsp", "sendDownlinkRtsp", "Sim:sendDownlinkRtsp", call => DeviceCamera.Rtsp(SimTurn.BySimId(call))),
    ];

    /// <summary>Accepted, whether or not the device is there to receive it.</summary>
    public static Answer SendSms(SimTurn turn)
    {
        if (!turn.Subscriber.Plan.HasSms)
        {
            throw new VendorException(SimErrors.NoSms);
        }

        var body = turn.Call.Body.Object();
        var isGsm = (body.Integer("encodingType", 1, 2) ?? 2) == 1;
        var text = body.RequiredText("payload");
        if (isGsm && !text.All(IsGsm))
        {
            throw new VendorException(SimErrors.NotGsm);
        }

        var longest = isGsm ? GsmLength : Ucs2Length;
        if (text.Length == 0 || text.Length > longest)
        {
            throw new VendorException(SimErrors.TextTooLong, $"{longest}");
        }

        var messageId = turn.Life.Chance().Uuid();
        return new Answer(StatusCodes.Status202Accepted)
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteString("messageId", messageId);
                json.WriteEndObject();
            },
        };
    }

    public static Answer ReportLocalInfo(SimTurn turn)
    {
        SimLocalInfo.Request(turn);
        var (sim, subscriber, operatorId) = (turn.Sim, turn.Subscriber, turn.Call.Account.OperatorId);
        return new Answer(StatusCodes.Status202Accepted) { Json = json => SubscriberJson.Write(json, sim, subscriber, operatorId) };
    }

    /// <summary>A device that is not there makes the ping fail, not the call. The texts' layout is ours: a ping program's own.</summary>
    public static Answer Ping(SimTurn turn)
    {
        var body = turn.Call.Body.Object();
        var count = (int)(body.Integer("numberOfPingRequests", 1, MostPings) ?? 1);
        var timeout = body.Integer("timeoutSeconds", 1, LongestPing) ?? 1;
        var received = turn.Sim.Online ? count : 0;
        var chance = turn.Life.Home.Random($"ping {turn.Sim.SimId} {turn.Now.ToUnixTimeMilliseconds()}");
        List<int> times = [.. Enumerable.Range(0, received).Select(_ => RoundTrip(turn, chance))];
        var stat = $"{count} packets transmitted, {received} received, {100 * (count - received) / count}% packet loss, timeout {timeout}s";
        var rtt = received == 0 ? "" : $"min/avg/max = {times.Min()}/{(int)times.Average()}/{times.Max()} ms";
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", received > 0);
            json.WriteString("rtt", rtt);
            json.WriteString("stat", stat);
            json.WriteEndObject();
        });
    }

    private static int RoundTrip(SimTurn turn, SeededRandom chance) =>
        turn.Sim.Session?.Cell?.RadioType is "NB-IoT" or "GSM" ? chance.Next(600, 2_500) : chance.Next(45, 320);

    private static bool IsGsm(char character) => char.IsAsciiLetterOrDigit(character) || GsmExtras.Contains(character, StringComparison.Ordinal);
}
