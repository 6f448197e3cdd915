using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>The event handlers that demo accounts have.</summary>
internal static class EventHandlerSeeds
{
    /// <summary>A handler for the account, one for the first group that it fits and one for a SIM, where there are such.</summary>
    public static IEnumerable<EventHandler> Of(PartHome home, CoverageData data)
    {
        var random = home.Random("event handlers");
        yield return Make(random, "今月の料金の通知", "targetOperatorId", home.Account.OperatorId, "MonthlyChargeRule",
            [("limitTotalAmount", "\"500\""), ("inactiveTimeoutDateConst", "\"BEGINNING_OF_NEXT_MONTH\"")],
            ("SendMailToOperatorAction", [("executionDateTimeConst", "\"IMMEDIATELY\""), ("title", "\"料金\""), ("message", "\"今月の料金が上限を超えました。\"")]));

        // The classes of the plan for large amounts have names of their own, and its SIMs are in groups with others.
        var large = data.Sims(sim => sim.GroupId is not null && sim.PrimarySubscriber.Subscription == "plan-DU").Select(sim => sim.GroupId!).ToHashSet(StringComparer.Ordinal);
        var (limit, slow, usual) = (100, "s1.minimum", "s1.standard");
        var groups = data.Groups(null, 1, group => !large.Contains(group.GroupId)).Items;
        if (groups.Count == 0)
        {
            (limit, slow, usual) = (5000, "u1.slow", "u1.standard");
            groups = data.Groups(null, 1, matches: null).Items;
        }

        if (groups is [{ } group, ..])
        {
            yield return Make(random, $"1 日 {limit} MiB で速度を下げる", "targetGroupId", group.GroupId, "SimDailyTotalTrafficRule",
                [("limitTotalTrafficMegaByte", $"\"{limit}\""), ("inactiveTimeoutDateConst", "\"BEGINNING_OF_NEXT_DAY\"")],
                ("ChangeSpeedClassAction", [("executionDateTimeConst", "\"IMMEDIATELY\""), ("speedClass", $"\"{slow}\"")]),
                ("ChangeSpeedClassAction", [("executionDateTimeConst", "\"BEGINNING_OF_NEXT_DAY\""), ("speedClass", $"\"{usual}\"")]));
        }

        if (data.Sims(null, 1).Items is [{ } sim, ..])
        {
            yield return Make(random, "IMEI ロックの失敗の通知", "targetSimId", sim.SimId, "SimImeiMismatchedRule",
                [("inactiveTimeoutDateConst", "\"IMMEDIATELY\"")],
                ("ExecuteWebRequestAction",
                [
                    ("executionDateTimeConst", "\"IMMEDIATELY\""), ("url", "\"https://hooks.example/imei\""), ("httpMethod", "\"POST\""), ("contentType", "\"application/json\""),
                    ("headers", """{"X-From":"event handler"}"""), ("body", "\"{\\\"sim\\\":\\\"${simId}\\\"}\""),
                ])) with
            { Status = "inactive" };
        }
    }

    private static EventHandler Make(
        SeededRandom random,
        string name,
        string target,
        string targetId,
        string rule,
        (string Name, string Json)[] properties,
        params (string Type, (string Name, string Json)[] Properties)[] actions) => new()
        {
            HandlerId = random.Uuid(),
            Name = name,
            Status = "active",
            Target = target,
            TargetId = targetId,
            Rule = new EventPart(rule, [.. properties.Select(property => new EventValue(property.Name, property.Json))]),
            Actions = [.. actions.Select(action => new EventPart(action.Type, [.. action.Properties.Select(property => new EventValue(property.Name, property.Json))]))],
        };
}
