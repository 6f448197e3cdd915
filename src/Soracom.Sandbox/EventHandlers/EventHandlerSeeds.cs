using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>The event handlers that demo accounts have.</summary>
internal static class EventHandlerSeeds
{
    /// <summary>A handler for the account, one for the first group and one for a SIM, where there are such.</summary>
    public static IEnumerable<EventHandler> Of(PartHome home, CoverageData data)
    {
        var random = home.Random("event handlers");
        yield return Make(random, "今月の料金の通知", "targetOperatorId", home.Account.OperatorId, "MonthlyChargeRule",
            [("limitTotalAmount", "\"500\""), ("inactiveTimeoutDateConst", "\"BEGINNING_OF_NEXT_MONTH\"")],
            ("SendMailToOperatorAction", [("executionDateTimeConst", "\"IMMEDIATELY\""), ("title", "\"料金\""), ("message", "\"今月の料金が上限を超えました。\"")]));
        if (data.Groups(null, 1, matches: null).Items is [{ } group, ..])
        {
            yield return Make(random, "1 日 100 MiB で速度を下げる", "targetGroupId", group.GroupId, "SimDailyTotalTrafficRule",
                [("limitTotalTrafficMegaByte", "\"100\""), ("inactiveTimeoutDateConst", "\"BEGINNING_OF_NEXT_DAY\"")],
                ("ChangeSpeedClassAction", [("executionDateTimeConst", "\"IMMEDIATELY\""), ("speedClass", "\"s1.minimum\"")]),
                ("ChangeSpeedClassAction", [("executionDateTimeConst", "\"BEGINNING_OF_NEXT_DAY\""), ("speedClass", "\"s1.standard\"")]));
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
