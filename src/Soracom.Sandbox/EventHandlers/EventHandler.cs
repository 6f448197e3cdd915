using System.Text.Json;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>An event handler. It is kept and never fires, as on the vendor's own sandbox. Immutable.</summary>
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
