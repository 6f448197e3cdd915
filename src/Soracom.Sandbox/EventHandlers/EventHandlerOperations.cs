using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>The tag EventHandler.</summary>
internal static class EventHandlerOperations
{
    /// <summary>The members that name a target, with what listEventHandlers calls them.</summary>
    private static readonly (string Member, string Name)[] Targets =
        [("targetOperatorId", "operator"), ("targetGroupId", "group"), ("targetImsi", "imsi"), ("targetSimId", "sim")];

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/event_handlers", "listEventHandlers", "EventHandler:listEventHandlers", List),
        new("POST", "/event_handlers", "createEventHandler", "EventHandler:createEventHandler", Create),
        new("GET", "/event_handlers/subscribers/{imsi}", "listEventHandlersBySubscriber", "EventHandler:listEventHandlersBySubscriber", ListForImsi),
        new("GET", "/event_handlers/{handler_id}", "getEventHandler", "EventHandler:getEventHandler", Get),
        new("PUT", "/event_handlers/{handler_id}", "updateEventHandler", "EventHandler:updateEventHandler", Update),
        new("DELETE", "/event_handlers/{handler_id}", "deleteEventHandler", "EventHandler:deleteEventHandler", Delete),
        new("POST", "/event_handlers/{handler_id}/subscribers/{imsi}/ignore", "setIgnoreEventHandler", "EventHandler:setIgnoreEventHandler", Ignore),
        new("DELETE", "/event_handlers/{handler_id}/subscribers/{imsi}/ignore", "deleteIgnoreEventHandler", "EventHandler:deleteIgnoreEventHandler", Heed),
    ];

    private static Answer List(Call call)
    {
        var name = call.Query.Choice("target", "", [.. Targets.Select(target => target.Name)]);
        var member = Array.Find(Targets, target => target.Name == name).Member;
        return Answer.List(PartOf(call).FindAll(handler => member is null || handler.Target == member), EventHandler.Write);
    }

    /// <summary>Those for the IMSI itself, its SIM, the SIM's group and the account, but for those that ignore it.</summary>
    private static Answer ListForImsi(Call call)
    {
        var imsi = call.Path["imsi"];
        var sim = call.Data.FindSimByImsi(imsi) ?? throw new VendorException(VendorErrors.NoSuchSim);
        var found = PartOf(call).FindAll(handler => !handler.Ignored.Contains(imsi, StringComparer.Ordinal) && handler.TargetId == handler.Target switch
        {
            "targetImsi" => imsi,
            "targetSimId" => sim.SimId,
            "targetGroupId" => sim.GroupId,
            _ => call.Account.OperatorId,
        });
        return found.Count > 0 ? Answer.List(found, EventHandler.Write) : throw new VendorException(EventErrors.NoHandlers);
    }

    private static Answer Get(Call call)
    {
        var handler = Find(call);
        return Answer.Ok(json => EventHandler.Write(json, handler));
    }

    private static Answer Create(Call call)
    {
        var handler = Read(call, Guid.NewGuid().ToString());
        PartOf(call).Put(handler, call.Now);
        return Answer.Created(json => EventHandler.Write(json, handler));
    }

    /// <summary>Replaces all but the list of those that are ignored. Another status for an unknown id than elsewhere: the definition says so.</summary>
    private static Answer Update(Call call)
    {
        var before = PartOf(call).Find(call.Path["handler_id"])
            ?? throw new VendorException(EventErrors.NoSuchHandler) { Status = StatusCodes.Status400BadRequest };
        PartOf(call).Put(Read(call, before.HandlerId) with { Ignored = before.Ignored }, call.Now);
        return Answer.EmptyOk;
    }

    private static Answer Delete(Call call)
    {
        PartOf(call).Remove(Find(call).HandlerId);
        return Answer.NoContent;
    }

    private static Answer Ignore(Call call)
    {
        var (handler, imsi) = (Find(call), call.Path["imsi"]);
        if (call.Data.FindSimByImsi(imsi) is null)
        {
            throw new VendorException(VendorErrors.NoSuchSim);
        }

        PartOf(call).Ignore(handler, [.. handler.Ignored.Append(imsi).Distinct(StringComparer.Ordinal)]);
        return Answer.EmptyOk;
    }

    private static Answer Heed(Call call)
    {
        var (handler, imsi) = (Find(call), call.Path["imsi"]);
        var ignored = handler.Ignored.Where(one => one != imsi).ToList();
        PartOf(call).Ignore(handler, ignored.Count < handler.Ignored.Count ? ignored : throw new VendorException(EventErrors.NotIgnored));
        return Answer.NoContent;
    }

    private static EventHandler Read(Call call, string handlerId)
    {
        var body = call.Body.Object();
        var targets = Targets.Select(target => (target.Member, Id: body.Text(target.Member))).Where(target => target.Id is not null).ToList();
        if (targets is not [var (member, id)])
        {
            throw new VendorException(EventErrors.OneTarget, string.Join(", ", Targets.Select(target => target.Member)));
        }

        EnsureExists(call, member, id!);
        var rule = EventKinds.ReadRule(body.Object("ruleConfig") ?? throw new VendorException(VendorErrors.Required, "ruleConfig"), member);
        return new EventHandler
        {
            HandlerId = handlerId,
            Name = body.RequiredText("name"),
            Description = body.Text("description"),
            Status = body.Choice("status", "active", "inactive") ?? throw new VendorException(VendorErrors.Required, "status"),
            Target = member,
            TargetId = id!,
            Rule = rule,
            Actions = EventKinds.ReadActions(body.Objects("actionConfigList"), rule),
        };
    }

    private static void EnsureExists(Call call, string member, string id)
    {
        var exists = member switch
        {
            "targetOperatorId" => call.Account.OperatorId == id,
            "targetGroupId" => call.Data.FindGroup(id) is not null,
            "targetImsi" => call.Data.FindSimByImsi(id) is not null,
            _ => call.Data.FindSim(id) is not null,
        };
        if (!exists)
        {
            throw new VendorException(EventErrors.NoSuchTarget, member);
        }
    }

    private static EventHandlerPart PartOf(Call call) => call.Data.Part<EventHandlerPart>();

    private static EventHandler Find(Call call) => PartOf(call).Find(call.Path["handler_id"]) ?? throw new VendorException(EventErrors.NoSuchHandler);
}
