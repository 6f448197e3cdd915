using System.Globalization;
using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.PacketCaptures;

/// <summary>The captures of a coverage's SIMs.</summary>
internal sealed class PacketCaptureList() : Part<PacketCapturesState>(PacketCapturesJson.Default.PacketCapturesState)
{
    // The newest first: ids count down.
    private readonly KeyedList<PacketCapture> captures = new(capture => capture.SessionId);
    private int made;

    public PacketCapture? Find(string simId, string sessionId) => captures.Find(sessionId) is { } found && found.SimId == simId ? found : null;

    public Page<PacketCapture> Of(string simId, string? after, int limit) => captures.PageAfter(after, limit, capture => capture.SimId == simId);

    /// <summary>Whether a capture of the SIM is under way.</summary>
    public bool IsBusy(string simId, long time) =>
        Enumerable.Range(0, captures.Count).Select(i => captures[i]).Any(capture => capture.SimId == simId && time < capture.Ended);

    public PacketCapture Add(string simId, long created, int seconds, string? prefix)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"pcap-{int.MaxValue - made++:D10}");
        var capture = new PacketCapture(id, simId, created, seconds, prefix, Stopped: null);
        captures.Put(capture);
        return capture;
    }

    public void Put(PacketCapture capture) => captures.Put(capture);

    public void Remove(PacketCapture capture) => captures.Remove(capture.SessionId);

    protected override PacketCapturesState Save() => new([.. Enumerable.Range(0, captures.Count).Select(i => captures[i])], made);

    protected override void Load(PacketCapturesState saved)
    {
        saved.Captures.ForEach(captures.Put);
        made = saved.Made;
    }
}

internal sealed record PacketCapturesState(List<PacketCapture> Captures, int Made);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PacketCapturesState))]
internal sealed partial class PacketCapturesJson : JsonSerializerContext;
