using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Subscribers;

/// <summary>The tag Subscriber: the older half of the API, which names SIMs by IMSI. What it does to them is the same as by SIM ID.</summary>
internal static class SubscriberOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/subscribers", "listSubscribers", "Subscriber:listSubscribers", SubscriberList.List),
        new("POST", "/subscribers/export", "exportSubscribers", "Subscriber:exportSubscribers", call => ExportOperations.Export(call, SubscribersFile.Kind.Name, SubscribersFile.KeyOf(call.Now))),
        new("POST", "/subscribers/msisdn/{msisdn}/send_sms", "sendSmsByMsisdn", "Subscriber:sendSmsByMsisdn", call => SimMessageOperations.SendSms(ByMsisdn(call))),
        new("GET", "/subscribers/{imsi}", "getSubscriber", "Subscriber:getSubscriber", call => One(call, SimTurn.ByImsi(call).Sim)),
        new("POST", "/subscribers/{imsi}/register", "registerSubscriber", "Subscriber:registerSubscriber", Register),
        new("PUT", "/subscribers/{imsi}/bundles", "putBundles", "Subscriber:putBundles", call => One(call, SimActions.PutBundles(SimTurn.ByImsi(call)))),
        new("PUT", "/subscribers/{imsi}/tags", "putSubscriberTags", "Subscriber:putTags", call => One(call, SimActions.PutTags(SimTurn.ByImsi(call)))),
        new("DELETE", "/subscribers/{imsi}/tags/{tag_name}", "deleteSubscriberTag", "Subscriber:deleteTag", DeleteTag),
        new("GET", "/subscribers/{imsi}/events/sessions", "listSessionEvents", "Subscriber:listSessionEvents", call => SimHistoryOperations.Sessions(SimTurn.ByImsi(call))),
        new("POST", "/subscribers/{imsi}/send_sms", "sendSms", "Subscriber:sendSms", call => SimMessageOperations.SendSms(SimTurn.ByImsi(call))),
        new("POST", "/subscribers/{imsi}/report_local_info", "reportLocalInfo", "Subscriber:reportLocalInfo", call => SimMessageOperations.ReportLocalInfo(SimTurn.ByImsi(call))),
        new("POST", "/subscribers/{imsi}/downlink/ping", "subscriberDownlinkPingToUserEquipment", "Subscriber:subscriberDownlinkPingToUserEquipment",
            call => SimMessageOperations.Ping(SimTurn.ByImsi(call))),
        .. SimActions.All.Select(action => new Operation(
            "POST", $"/subscribers/{{imsi}}/{action.Verb}", action.ByImsi, $"Subscriber:{action.ByImsi}", call => One(call, action.Act(SimTurn.ByImsi(call))))),
        .. TransferOperations.All,
    ];

    private static Answer Register(Call call)
    {
        var imsi = call.Path["imsi"];
        var sim = SimRegistration.Register(call, call.Data.FindSimByImsi(imsi), one => one.FindSubscriber(imsi) is not null);
        var operatorId = call.Account.OperatorId;
        return Answer.Created(json => SubscriberJson.Write(json, sim, sim.FindSubscriber(imsi)!, operatorId));
    }

    private static Answer DeleteTag(Call call)
    {
        SimActions.DeleteTag(SimTurn.ByImsi(call));
        return Answer.NoContent;
    }

    private static SimTurn ByMsisdn(Call call)
    {
        var msisdn = call.Path["msisdn"];
        for (var i = 0; i < call.Data.SimCount; i++)
        {
            var sim = call.Data.SimAt(i);
            foreach (var profile in sim.Profiles)
            {
                if (profile.Subscribers.FirstOrDefault(one => one.Msisdn == msisdn) is { } subscriber)
                {
                    return new SimTurn(call, sim, subscriber.Imsi);
                }
            }
        }

        throw new VendorException(VendorErrors.NoSuchSim);
    }

    private static Answer One(Call call, Sim sim)
    {
        var (subscriber, operatorId) = (sim.FindSubscriber(call.Path["imsi"])!, call.Account.OperatorId);
        return Answer.Ok(json => SubscriberJson.Write(json, sim, subscriber, operatorId));
    }
}
