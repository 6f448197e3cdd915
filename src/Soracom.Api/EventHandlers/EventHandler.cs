using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.EventHandlers;

/// <summary>What is to be done when something happens to SIMs (wire: EventHandlerModel).</summary>
public sealed record EventHandler
{
    public required string HandlerId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>One of <see cref="EventHandlerStatus"/>.</summary>
    [WireValues(typeof(EventHandlerStatus))]
    public required string Status { get; init; }

    /// <summary>All SIMs of the account, when this is set; one of the four targets is.</summary>
    public string? TargetOperatorId { get; init; }

    /// <summary>All SIMs of the group.</summary>
    public string? TargetGroupId { get; init; }

    public string? TargetImsi { get; init; }

    public string? TargetSimId { get; init; }

    public required EventRule RuleConfig { get; init; }

    public required IReadOnlyList<EventAction> ActionConfigList { get; init; }
}

/// <summary>A handler to be made, or what one is to be from now on (wire: CreateEventHandlerRequest).</summary>
public sealed record EventHandlerSettings
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>One of <see cref="EventHandlerStatus"/>.</summary>
    [WireValues(typeof(EventHandlerStatus))]
    public required string Status { get; init; }

    /// <summary>All SIMs of the account. Exactly one of the four targets is to be given.</summary>
    public string? TargetOperatorId { get; init; }

    /// <summary>All SIMs of the group.</summary>
    public string? TargetGroupId { get; init; }

    public string? TargetImsi { get; init; }

    public string? TargetSimId { get; init; }

    public required EventRule RuleConfig { get; init; }

    public required IReadOnlyList<EventAction> ActionConfigList { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<EventHandler>))]
[JsonSerializable(typeof(EventHandlerSettings))]
internal sealed partial class EventHandlersJson : JsonSerializerContext;
