using System.Text.Json.Serialization;

namespace Soracom.Sandbox.EventHandlers;

/// <param name="Handlers">In the order of their ids.</param>
/// <param name="Memory">What they remember; null in a state of an earlier version, whose handlers did nothing.</param>
internal sealed record EventHandlerState(List<EventHandler> Handlers, EventMemory? Memory = null);

/// <param name="Planned">What is still to be done.</param>
/// <param name="Silent">Until when handlers do not fire again, by their ids and SIM IDs.</param>
/// <param name="Log">What was done, the oldest first.</param>
/// <param name="Looked">When sums were looked at last.</param>
/// <param name="Hurry">When they are to be looked at out of turn.</param>
/// <param name="Number">How many actions were planned so far.</param>
internal sealed record EventMemory(
    List<PlannedAction> Planned,
    Dictionary<string, Dictionary<string, DateTimeOffset>> Silent,
    List<EventRecord> Log,
    DateTimeOffset Looked,
    DateTimeOffset? Hurry,
    long Number);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(EventHandlerState))]
internal sealed partial class EventHandlerStateJson : JsonSerializerContext;
