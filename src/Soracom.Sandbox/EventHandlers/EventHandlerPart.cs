using System.Text.Json.Serialization;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>The event handlers of a coverage.</summary>
internal sealed class EventHandlerPart() : Part<EventHandlerState>(EventHandlerStateJson.Default.EventHandlerState)
{
    private readonly KeyedList<EventHandler> handlers = new(handler => handler.HandlerId);

    public EventHandler? Find(string handlerId) => handlers.Find(handlerId);

    public List<EventHandler> FindAll(Func<EventHandler, bool> matches) => handlers.FindAll(matches);

    public void Put(EventHandler handler) => handlers.Put(handler);

    public void Remove(string handlerId) => handlers.Remove(handlerId);

    /// <summary>A handler for the account, one for the first group and one for a SIM, where there are such.</summary>
    public override void Seed()
    {
        var random = Home.Random("event handlers");
        var data = Home.Account.Data(Home.Coverage ?? throw new InvalidOperationException("Event handlers are of a coverage."));
        Put(Make(random, "今月の料金の通知", "targetOperatorId", Home.Account.OperatorId, "MonthlyChargeRule",
            [("limitTotalAmount", "\"500\""), ("inactiveTimeoutDateConst", "\"BEGINNING_OF_NEXT_MONTH\"")],
            ("SendMailToOperatorAction", [("executionDateTimeConst", "\"IMMEDIATELY\""), ("title", "\"料金\""), ("message", "\"今月の料金が上限を超えました。\"")])));
        if (data.Groups(null, 1, matches: null).Items is [{ } group, ..])
        {
            Put(Make(random, "1 日 100 MiB で速度を下げる", "targetGroupId", group.GroupId, "SimDailyTotalTrafficRule",
                [("limitTotalTrafficMegaByte", "\"100\""), ("inactiveTimeoutDateConst", "\"BEGINNING_OF_NEXT_DAY\"")],
                ("ChangeSpeedClassAction", [("executionDateTimeConst", "\"IMMEDIATELY\""), ("speedClass", "\"s1.minimum\"")]),
                ("ChangeSpeedClassAction", [("executionDateTimeConst", "\"BEGINNING_OF_NEXT_DAY\""), ("speedClass", "\"s1.standard\"")])));
        }

        if (data.Sims(null, 1).Items is [{ } sim, ..])
        {
            Put(Make(random, "IMEI ロックの失敗の通知", "targetSimId", sim.SimId, "SimImeiMismatchedRule",
                [("inactiveTimeoutDateConst", "\"IMMEDIATELY\"")],
                ("ExecuteWebRequestAction",
                [
                    ("executionDateTimeConst", "\"IMMEDIATELY\""), ("url", "\"https://hooks.example/imei\""), ("httpMethod", "\"POST\""), ("contentType", "\"application/json\""),
                    ("headers", """{"X-From":"event handler"}"""), ("body", "\"{\\\"sim\\\":\\\"${simId}\\\"}\""),
                ])) with
            { Status = "inactive" });
        }
    }

    protected override EventHandlerState Save() => new(handlers.FindAll(_ => true));

    protected override void Load(EventHandlerState saved) => saved.Handlers.ForEach(Put);

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

/// <param name="Handlers">In the order of their ids.</param>
internal sealed record EventHandlerState(List<EventHandler> Handlers);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EventHandlerState))]
internal sealed partial class EventHandlerStateJson : JsonSerializerContext;
