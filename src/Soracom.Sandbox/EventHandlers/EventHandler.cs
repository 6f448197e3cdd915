using System.Text.Json;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>
/// An event handler. What makes it fire is in <see cref="EventRules"/>, what it does then in <see cref="EventActions"/>. On the vendor's own
/// sandbox none ever fires; here they do, as on the service. Immutable.
/// </summary>
internal sealed record EventHandler
{
    public required string HandlerId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Status { get; init; }

    /// <summary>The member that names the target.</summary>
    public required string Target { get; init; }

    public required string TargetId { get; init; }

    public required EventPart Rule { get; init; }

    public required IReadOnlyList<EventPart> Actions { get; init; }

    /// <summary>IMSIs that it leaves alone.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether it is on.</summary>
    public bool IsActive => Status == "active";

    /// <summary>Whether it is for a SIM. One that is for an IMSI is for the SIM that has it.</summary>
    public bool Watches(Sim sim) => !Ignored.Any(imsi => sim.FindSubscriber(imsi) is not null) && Target switch
    {
        "targetImsi" => sim.FindSubscriber(TargetId) is not null,
        "targetSimId" => sim.SimId == TargetId,
        "targetGroupId" => sim.GroupId == TargetId,
        _ => true,
    };

    /// <summary>The subscription of a SIM that it is about: its own target, or the primary one.</summary>
    public string ImsiOf(Sim sim) => Target == "targetImsi" ? TargetId : sim.PrimarySubscriber.Imsi;

    public static void Write(Utf8JsonWriter json, EventHandler handler)
    {
        json.WriteStartObject();
        json.WriteString("handlerId", handler.HandlerId);
        json.WriteString(handler.Target, handler.TargetId);
        json.WriteString("name", handler.Name);
        if (handler.Description is { } description)
        {
            json.WriteString("description", description);
        }

        json.WriteString("status", handler.Status);
        json.WritePropertyName("ruleConfig");
        handler.Rule.Write(json);
        json.WriteStartArray("actionConfigList");
        foreach (var action in handler.Actions)
        {
            action.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>A rule or an action.</summary>
/// <param name="Type">As on the wire.</param>
/// <param name="Properties">As they came.</param>
internal sealed record EventPart(string Type, IReadOnlyList<EventValue> Properties)
{
    /// <summary>The value of a property as JSON text; null when there is none.</summary>
    public string? Find(string name) => Properties.FirstOrDefault(property => property.Name == name)?.Json;

    /// <summary>The value of a property that is text; null when there is none.</summary>
    public string? Text(string name) => Find(name) is { } json && JsonElement.Parse(json) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WriteStartObject("properties");
        foreach (var (name, value) in Properties)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <param name="Name">Of a property.</param>
/// <param name="Json">Its value as JSON text.</param>
internal sealed record EventValue(string Name, string Json);
