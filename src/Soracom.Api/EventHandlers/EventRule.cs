using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.EventHandlers;

/// <summary>What a handler waits for (wire: RuleConfig).</summary>
public sealed record EventRule
{
    /// <summary>One of <see cref="EventRuleType"/>.</summary>
    [WireValues(typeof(EventRuleType))]
    public required string Type { get; init; }

    public required EventRuleProperties Properties { get; init; }
}

/// <summary>The particulars of a rule; which of them there are depends on its type (wire: RuleConfigProperty). Numbers travel as text.</summary>
public sealed record EventRuleProperties
{
    /// <summary>When the rule is looked at again after it has come true.</summary>
    [WireValues(typeof(EventMoment))]
    public required string InactiveTimeoutDateConst { get; init; }

    /// <summary>So many minutes later, 0 to 525600; not with <see cref="EventMoment.Never"/>.</summary>
    [JsonConverter(typeof(LooseTextConverter))]
    public string? InactiveTimeoutOffsetMinutes { get; init; }

    /// <summary>In MiB, 1 to 2147483647.</summary>
    [JsonConverter(typeof(LooseTextConverter))]
    public string? LimitTotalTrafficMegaByte { get; init; }

    /// <summary>In yen (Japan) or dollars, 1 to 2147483647.</summary>
    [JsonConverter(typeof(LooseTextConverter))]
    public string? LimitTotalAmount { get; init; }

    /// <summary>Whether the first SIM for which the rule comes true counts for all of the target.</summary>
    [WireValues(typeof(EventFlag)), JsonConverter(typeof(LooseTextConverter))]
    public string? RunOnceAmongTarget { get; init; }

    [WireValues(typeof(EventSourceStatus))]
    public string? SourceStatus { get; init; }

    [WireValues(typeof(EventTargetStatus))]
    public string? TargetStatus { get; init; }

    [WireValues(typeof(EventSpeedClass))]
    public string? TargetSpeedClass { get; init; }

    [WireValues(typeof(OtaStatus))]
    public string? TargetOtaStatus { get; init; }

    [WireValues(typeof(SessionEventStatus))]
    public string? SessionStatus { get; init; }

    /// <summary>Whether only sessions with an IMEI count.</summary>
    public bool? HasImei { get; init; }
}
