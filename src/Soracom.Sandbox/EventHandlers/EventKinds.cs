using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>A type of rule or action.</summary>
/// <param name="Type">On the wire.</param>
/// <param name="Required">The properties that it has to have.</param>
/// <param name="Optional">Those that it may have besides.</param>
internal sealed record EventKind(string Type, string[] Required, string[] Optional)
{
    /// <summary>The moments at which a rule of this type can be looked at again; all when empty.</summary>
    public string[] Moments { get; init; } = [];

    /// <summary>The targets that a handler with such a rule can have; any when empty.</summary>
    public string[] Targets { get; init; } = [];

    /// <summary>Takes type and properties of a rule or action, or refuses them.</summary>
    public static (EventKind Kind, EventPart Part) Read(JsonFields given, IReadOnlyDictionary<string, EventKind> kinds)
    {
        var kind = kinds.GetValueOrDefault(given.RequiredText("type")) ?? throw new VendorException(VendorErrors.NotAChoice, "type", string.Join(", ", kinds.Keys));
        var properties = given.Object("properties") ?? throw new VendorException(VendorErrors.Required, "properties");
        var part = new EventPart(kind.Type, [.. properties.Members
            .Where(member => member.Value.ValueKind != JsonValueKind.Null)
            .DistinctBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => new EventValue(member.Name, kind.Read(member)))]);
        return Array.Find(kind.Required, name => part.Find(name) is null) is { } missing
            ? throw new VendorException(VendorErrors.Required, missing)
            : (kind, part);
    }

    private string Read(JsonProperty member) => Required.Contains(member.Name, StringComparer.Ordinal) || Optional.Contains(member.Name, StringComparer.Ordinal)
        ? EventProperty.All[member.Name].Read(member.Value, member.Name)
        : throw new VendorException(EventErrors.UnknownProperty, Type, member.Name);
}

/// <summary>All types of rules and actions, as tables.</summary>
internal static class EventKinds
{
    private const string Again = "inactiveTimeoutDateConst";
    private const string Later = "inactiveTimeoutOffsetMinutes";
    private const string Once = "runOnceAmongTarget";
    private const string Traffic = "limitTotalTrafficMegaByte";
    private const string When = "executionDateTimeConst";
    private const string Delay = "executionOffsetMinutes";

    private static readonly string[] NotAtOnce = ["BEGINNING_OF_NEXT_MONTH", "BEGINNING_OF_NEXT_DAY", "AFTER_ONE_DAY", "NEVER"];

    public static IReadOnlyDictionary<string, EventKind> Rules { get; } = ByType(
        new("SubscriberFirstTrafficRule", [Again], []) { Moments = ["NEVER"] },
        new("SubscriberDailyTrafficRule", [Traffic, Again], [Later]) { Moments = NotAtOnce },
        new("SubscriberMonthlyTrafficRule", [Traffic, Again], [Later]) { Moments = NotAtOnce },
        new("SubscriberCumulativeTrafficRule", [Traffic, Again], [Later]) { Moments = NotAtOnce },
        new("SubscriberStatusAttributeRule", [Again], ["sourceStatus", "targetStatus", Later, Once]),
        new("SubscriberSessionStatusRule", ["sessionStatus", Again], ["hasImei", Later]),
        new("SimStatusAttributeRule", [Again], ["sourceStatus", "targetStatus", Later, Once]),
        new("SubscriberSpeedClassAttributeRule", [Again], ["targetSpeedClass", Later, Once]),
        new("SimSpeedClassAttributeRule", [Again], ["targetSpeedClass", Later, Once]),
        new("SubscriberExpiredRule", [Again], [Later, Once]),
        new("SimExpiredRule", [Again], [Later, Once]),
        new("SubscriberImeiMismatchedRule", [Again], [Later, Once]),
        new("SimImeiMismatchedRule", [Again], [Later, Once]),
        new("SimDailyTotalTrafficRule", [Traffic, Again], [Later, Once]) { Moments = NotAtOnce },
        new("SimMonthlyTotalTrafficRule", [Traffic, Again], [Later, Once]) { Moments = NotAtOnce },
        new("SimCumulativeTotalTrafficRule", [Traffic, Again], [Later, Once]) { Moments = NotAtOnce },
        new("SimSubscriptionStatusRule", [Again], ["targetOtaStatus", Later, Once]) { Moments = NotAtOnce },
        new("DailyTotalTrafficRule", [Traffic, Again], [Later, Once]) { Moments = NotAtOnce, Targets = ["targetOperatorId", "targetGroupId"] },
        new("MonthlyTotalTrafficRule", [Traffic, Again], [Later, Once]) { Moments = NotAtOnce, Targets = ["targetOperatorId", "targetGroupId"] },
        new("MonthlyChargeRule", ["limitTotalAmount", Again], [Later, Once]) { Targets = ["targetOperatorId"] });

    public static IReadOnlyDictionary<string, EventKind> Actions { get; } = ByType(
        new("SendMailAction", [When], [Delay, "to", "title", "message"]),
        new("SendMailToOperatorAction", [When], [Delay, "title", "message"]),
        new("ChangeSpeedClassAction", [When], [Delay, "speedClass"]),
        new("ActivationAction", [When], [Delay]),
        new("DeactivationAction", [When], [Delay]),
        new("StandbyAction", [When], [Delay]),
        new("SuspendAction", [When], [Delay]),
        new("ExecuteWebRequestAction", [When, "url", "httpMethod", "contentType", "headers"], [Delay, "body"]),
        new("InvokeAWSLambdaAction", [When, "endpoint", "functionName"],
            [Delay, "credentialsId", "accessKey", "secretAccessKey", "parameter1", "parameter2", "parameter3", "parameter4", "parameter5"]),
        new("ImeiLockAction", [When], [Delay]));

    /// <summary>A rule that makes sense for a target.</summary>
    public static EventPart ReadRule(JsonFields given, string target)
    {
        var (kind, rule) = EventKind.Read(given, Rules);
        if (kind.Moments.Length > 0 && !Array.Exists(kind.Moments, moment => rule.Find(Again) == $"\"{moment}\""))
        {
            throw new VendorException(VendorErrors.NotAChoice, Again, string.Join(", ", kind.Moments));
        }

        if (rule.Find(Again) == "\"NEVER\"" && rule.Find(Later) is not null)
        {
            throw new VendorException(EventErrors.OffsetOfNever, Later);
        }

        return kind.Targets.Length == 0 || kind.Targets.Contains(target, StringComparer.Ordinal)
            ? rule
            : throw new VendorException(EventErrors.WrongTarget, kind.Type, target);
    }

    /// <summary>Actions that make sense after a rule.</summary>
    public static IReadOnlyList<EventPart> ReadActions(IReadOnlyList<JsonFields> given, EventPart rule)
    {
        List<EventPart> actions = [.. given.Select(one => EventKind.Read(one, Actions).Part)];
        if (actions.Count == 0)
        {
            throw new VendorException(EventErrors.NoActions);
        }

        foreach (var action in actions)
        {
            if (action.Type == "ImeiLockAction" && (rule.Type != "SubscriberSessionStatusRule" || rule.Find("hasImei") != "true"))
            {
                throw new VendorException(EventErrors.LockNeedsImei);
            }

            // Keys in the action itself are the older way.
            if (action.Type == "InvokeAWSLambdaAction" && action.Find("credentialsId") is null && (action.Find("accessKey") is null || action.Find("secretAccessKey") is null))
            {
                throw new VendorException(VendorErrors.Required, "credentialsId");
            }
        }

        return actions;
    }

    private static Dictionary<string, EventKind> ByType(params EventKind[] kinds) => kinds.ToDictionary(kind => kind.Type, StringComparer.Ordinal);
}
