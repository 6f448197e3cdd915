using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.EventHandlers;

/// <summary>What a handler does (wire: ActionConfig).</summary>
public sealed record EventAction
{
    /// <summary>One of <see cref="EventActionType"/>.</summary>
    [WireValues(typeof(EventActionType))]
    public required string Type { get; init; }

    public required EventActionProperties Properties { get; init; }
}

/// <summary>The particulars of an action; which of them there are depends on its type (wire: ActionConfigProperty). Numbers travel as text.</summary>
public sealed record EventActionProperties
{
    /// <summary>When it is done.</summary>
    [WireValues(typeof(EventMoment))]
    public required string ExecutionDateTimeConst { get; init; }

    /// <summary>So many minutes later, 0 to 525600.</summary>
    [JsonConverter(typeof(LooseTextConverter))]
    public string? ExecutionOffsetMinutes { get; init; }

    [WireValues(typeof(EventSpeedClass))]
    public string? SpeedClass { get; init; }

    /// <summary>A mail address.</summary>
    public string? To { get; init; }

    /// <summary>Of a mail.</summary>
    public string? Title { get; init; }

    /// <summary>Of a mail. Variables such as <c>${imsi}</c> are filled in.</summary>
    public string? Message { get; init; }

    public string? Url { get; init; }

    [WireValues(typeof(EventHttpMethod))]
    public string? HttpMethod { get; init; }

    public string? ContentType { get; init; }

    /// <summary>An object by the definition; a string that holds one in every example of it.</summary>
    public JsonElement? Headers { get; init; }

    /// <summary>Of a web request. Variables are filled in.</summary>
    public string? Body { get; init; }

    /// <summary>Of AWS Lambda.</summary>
    public string? Endpoint { get; init; }

    public string? FunctionName { get; init; }

    /// <summary>Of the credential set for AWS.</summary>
    public string? CredentialsId { get; init; }

    public string? Parameter1 { get; init; }

    public string? Parameter2 { get; init; }

    public string? Parameter3 { get; init; }

    public string? Parameter4 { get; init; }

    public string? Parameter5 { get; init; }

    /// <summary>Replaced by <see cref="CredentialsId"/>.</summary>
    public string? AccessKey { get; init; }

    /// <summary>Replaced by <see cref="CredentialsId"/>.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>Not its content: that may be secret.</summary>
    public override string ToString() => nameof(EventActionProperties);
}
