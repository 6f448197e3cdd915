using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.PacketCaptures;

/// <summary>The tag Sim: recordings of traffic.</summary>
internal static partial class PacketCaptureOperations
{
    private const int Shortest = 30;
    private const int Longest = 86_400;
    private const int DefaultLimit = 10;

    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/sims/{sim_id}/packet_capture_sessions", "listSimPacketCaptureSessions", "Sim:listSimPacketCaptureSessions", List),
        new("POST", "/sims/{sim_id}/packet_capture_sessions", "createSimPacketCaptureSession", "Sim:createSimPacketCaptureSession", Create),
        new("GET", "/sims/{sim_id}/packet_capture_sessions/{session_id}", "getSimPacketCaptureSession", "Sim:getSimPacketCaptureSession", call => One(call, Find(call))),
        new("DELETE", "/sims/{sim_id}/packet_capture_sessions/{session_id}", "deleteSimPacketCaptureSession", "Sim:deleteSimPacketCaptureSession", Delete),
        new("POST", "/sims/{sim_id}/packet_capture_sessions/{session_id}/stop", "stopSimPacketCaptureSession", "Sim:stopSimPacketCaptureSession", Stop),
    ];

    /// <summary>The file of a capture: the packets that its made-up device exchanged meanwhile.</summary>
    public static DownloadKind Files { get; } = new("pcap", download =>
    {
        var data = download.Account.Data(download.Coverage);
        var path = download.Key.Split('/');
        return path.Length == 3
            && data.FindSim(path[0]) is { } sim
            && data.Part<PacketCaptureList>().Find(path[0], path[1]) is { } capture
            && capture.StatusAt(download.Now.ToUnixTimeMilliseconds()) == PacketCapture.Done
            ? Answer.Bytes("application/vnd.tcpdump.pcap", PcapFile.Make(sim, capture))
            : throw new VendorException(SimErrors.NoSuchCapture);
    });

    private static Answer List(Call call)
    {
        var simId = SimTurn.BySimId(call).Sim.SimId;
        var limit = Math.Min(call.Query.Integer("limit", 1, int.MaxValue) ?? DefaultLimit, call.Options.PageSize);
        var page = call.Data.Part<PacketCaptureList>().Of(simId, call.LastEvaluatedKey(), limit);
        return Answer.Page(call, page, (json, capture) => Write(json, call, capture));
    }

    private static Answer Create(Call call)
    {
        var turn = SimTurn.BySimId(call);
        var body = call.Body.Object();
        var seconds = body.Integer("duration", Shortest, Longest) ?? throw new VendorException(VendorErrors.Required, "duration");
        var prefix = body.Text("prefix");
        var time = call.Now.ToUnixTimeMilliseconds();
        if (prefix is not null && !FilePrefix().IsMatch(prefix))
        {
            throw new VendorException(SimErrors.BadPrefix);
        }

        if (!StatusMachine.Connects(turn.Sim.Status) || turn.Sim.IsVirtual)
        {
            throw new VendorException(SimErrors.CannotCapture, turn.Sim.IsVirtual ? turn.Sim.Type : turn.Sim.Status);
        }

        var captures = call.Data.Part<PacketCaptureList>();
        if (captures.IsBusy(turn.Sim.SimId, time))
        {
            throw new VendorException(SimErrors.IsCapturing);
        }

        var capture = captures.Add(turn.Sim.SimId, time, (int)seconds, prefix);
        Note(turn, capture);
        return One(call, capture);
    }

    private static Answer Stop(Call call)
    {
        var capture = Find(call);
        var time = call.Now.ToUnixTimeMilliseconds();
        if (capture.StatusAt(time) != PacketCapture.Capturing)
        {
            throw new VendorException(SimErrors.NotCapturing);
        }

        var stopped = capture with { Stopped = time };
        call.Data.Part<PacketCaptureList>().Put(stopped);
        Note(SimTurn.BySimId(call), stopped);
        return One(call, stopped);
    }

    private static Answer Delete(Call call)
    {
        var capture = Find(call);
        if (call.Now.ToUnixTimeMilliseconds() < capture.Ended)
        {
            throw new VendorException(SimErrors.IsCapturing);
        }

        call.Data.Part<PacketCaptureList>().Remove(capture);
        return One(call, capture);
    }

    private static PacketCapture Find(Call call) =>
        call.Data.Part<PacketCaptureList>().Find(SimTurn.BySimId(call).Sim.SimId, call.Path["session_id"]) ?? throw new VendorException(SimErrors.NoSuchCapture);

    /// <summary>The SIM shows when it was last recorded.</summary>
    private static void Note(SimTurn turn, PacketCapture capture) => turn.Save(
        turn.Sim with { Details = (turn.Sim.Details ?? new SimDetails()) with { PcapStartTime = capture.Started, PcapEndTime = capture.Ended } }, modifies: false);

    private static Answer One(Call call, PacketCapture capture) => Answer.Ok(json => Write(json, call, capture));

    private static void Write(Utf8JsonWriter json, Call call, PacketCapture capture)
    {
        var time = call.Now.ToUnixTimeMilliseconds();
        var status = capture.StatusAt(time);
        json.WriteStartObject();
        json.WriteString("sessionId", capture.SessionId);
        json.WriteString("status", status);
        json.WriteNumber("duration", capture.Seconds);
        json.WriteString("prefix", capture.Prefix ?? "");
        json.WriteString("createdTime", Iso(capture.Created));
        if (time >= capture.Started)
        {
            json.WriteString("startedTime", Iso(capture.Started));
        }

        if (time >= capture.Ended)
        {
            json.WriteString("endedTime", Iso(capture.Ended));
        }

        if (status == PacketCapture.Done)
        {
            json.WriteString("url", call.Link(Files.Name, $"{capture.SimId}/{capture.SessionId}/{NameOf(capture)}", LinkLife));
        }

        json.WriteEndObject();
    }

    private static string NameOf(PacketCapture capture) => string.Create(
        CultureInfo.InvariantCulture, $"{capture.Prefix}{(string.IsNullOrEmpty(capture.Prefix) ? "" : "_")}{capture.SimId}_{capture.Started}.pcap");

    private static string Iso(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9A-Za-z_\-]{0,100}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilePrefix();
}
