using System.Text.Json;
using System.Text.RegularExpressions;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Subscribers;

namespace Soracom.Sandbox.Sims;

/// <summary>The tag Sim: where SIMs come from, and the subscriptions under them.</summary>
internal static partial class SimProfileOperations
{
    private const string Shipped = "shipped";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/sims", "createSim", "Sim:createSim", Create),
        new("POST", "/sims/{sim_id}/register", "registerSim", "Sim:registerSim", Register),
        new("POST", "/sims/{sim_id}/profiles/{iccid}/add_subscription", "addSubscription", "Sim:addSubscription", Add),
        new("POST", "/sims/{sim_id}/profiles/{iccid}/subscribers/{imsi}/cancel_download", "cancelSubscriptionContainerDownload", "Sim:cancelSubscriptionContainerDownload", Cancel),
        new("POST", "/sims/{sim_id}/profiles/{iccid}/subscribers/{imsi}/terminate", "terminateSubscriptionContainer", "Sim:terminateSubscriptionContainer", Terminate),
    ];

    private static Answer Create(Call call)
    {
        var body = call.Body.Object();
        _ = body.Choice("type", "virtual") ?? throw new VendorException(VendorErrors.Required, "type");
        var subscription = body.Choice("subscription", Subscriptions.Arc) ?? throw new VendorException(VendorErrors.Required, "subscription");
        var sim = SimRegistration.Admit(call, call.Data.Part<SimStock>().Make(subscription, "virtual", call.Now));
        var (connected, keys) = ArcSessions.Attach(SimTurn.Of(call, sim), sim.Profiles[0], publicKey: null);
        var operatorId = call.Account.OperatorId;
        return Answer.Created(json => SimJson.Write(json, connected, operatorId, keys.PrivateKey));
    }

    private static Answer Register(Call call)
    {
        var simId = call.Path["sim_id"];
        var sim = SimRegistration.Register(call, call.Data.FindSim(simId), one => one.SimId == simId);
        var operatorId = call.Account.OperatorId;
        return Answer.Created(json => SimJson.Write(json, sim, operatorId));
    }

    private static Answer Add(Call call)
    {
        var turn = SimTurn.BySimId(call);
        var profile = ProfileOf(turn);
        var body = call.Body.OptionalObject();
        var subscription = body.RequiredText("subscription");
        var isArc = subscription == Subscriptions.Arc;
        var type = body.Choice("type", "virtual", "cellular");
        var tag = body.Text("tag");
        body.Flag("enable");
        if (tag is not null && !OtaTag().IsMatch(tag))
        {
            throw new VendorException(SimErrors.BadTag);
        }

        var primary = profile.Subscribers[0];
        if ((!isArc && !primary.Plan.Additions.Contains(subscription, StringComparer.Ordinal))
            || (type is not null && type == "virtual" != isArc)
            || turn.Sim.Status == StatusMachine.Terminated
            || profile.Subscribers.Any(one => one.Subscription == subscription && one.Status != StatusMachine.Terminated))
        {
            throw new VendorException(SimErrors.NotAddable, subscription);
        }

        var added = call.Data.Part<SimStock>().MakeSubscriber(subscription, isArc ? StatusMachine.Active : Shipped);
        var grown = profile with { Subscribers = [.. profile.Subscribers, added] };
        var sim = turn.Save(turn.Sim with { Profiles = [.. turn.Sim.Profiles.Select(one => one == profile ? grown : one)] });
        string? privateKey = null;
        if (isArc)
        {
            (sim, var keys) = ArcSessions.Attach(turn with { Sim = sim }, grown, publicKey: null);
            privateKey = keys.PrivateKey;
        }
        else if (sim.Online)
        {
            turn.Life.Plan(new SimMoment(SimMomentKind.Delivery, sim.SimId, added.Imsi), turn.Now + SimMoments.DeliveryStep);
        }

        var answered = sim.Profiles.Single(one => one.Iccid == profile.Iccid);
        return Answer.Ok(json => SimJson.WriteProfile(json, answered, sim.Status, privateKey));
    }

    private static Answer Cancel(Call call)
    {
        var turn = SimTurn.BySimId(call);
        var (profile, subscriber) = AddedOf(turn);
        if (subscriber.Status != Shipped || turn.Life.Planned(new SimMoment(SimMomentKind.Delivery, turn.Sim.SimId, subscriber.Imsi)) is not null)
        {
            throw new VendorException(SimErrors.DownloadBegun);
        }

        var shrunk = profile with { Subscribers = [.. profile.Subscribers.Where(one => one.Imsi != subscriber.Imsi)] };
        var sim = turn.Save(turn.Sim with { Profiles = [.. turn.Sim.Profiles.Select(one => one == profile ? shrunk : one)] });
        var operatorId = call.Account.OperatorId;
        return Answer.Ok(json => WriteContainers(json, sim, shrunk, operatorId));
    }

    private static Answer Terminate(Call call)
    {
        var turn = SimTurn.BySimId(call);
        var (_, subscriber) = AddedOf(turn);
        if (subscriber.Subscription != Subscriptions.Arc)
        {
            throw new VendorException(SimErrors.NotArc);
        }

        turn.Save(turn.Sim.WithSubscriber(subscriber.Imsi, one => one with { Status = StatusMachine.Terminated }) with { ArcSession = null });
        return Answer.NoContent;
    }

    private static SimProfile ProfileOf(SimTurn turn) =>
        turn.Sim.Profiles.FirstOrDefault(profile => profile.Iccid == turn.Call.Path["iccid"]) ?? throw new VendorException(SimErrors.NoSuchSubscription);

    private static (SimProfile Profile, Subscriber Subscriber) AddedOf(SimTurn turn)
    {
        var profile = ProfileOf(turn);
        return profile.Subscribers.Skip(1).FirstOrDefault(one => one.Imsi == turn.Call.Path["imsi"]) is { } subscriber
            ? (profile, subscriber)
            : throw new VendorException(SimErrors.NoSuchSubscription);
    }

    /// <summary>A place for each subscription. Which network uses which is the card's business: where there is no rule, none is told.</summary>
    private static void WriteContainers(Utf8JsonWriter json, Sim sim, SimProfile profile, string operatorId)
    {
        json.WriteStartObject();
        json.WriteStartArray("containers");
        for (var i = 0; i < profile.Subscribers.Count; i++)
        {
            var subscriber = profile.Subscribers[i];
            json.WriteStartObject();
            json.WriteNumber("containerId", i);
            json.WriteBoolean("downloaded", subscriber.Status is not (Shipped or "delivered"));
            json.WriteStartObject("subscriber");
            json.WritePropertyName(subscriber.Imsi);
            SubscriberJson.Write(json, sim, subscriber, operatorId);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("countryMapping");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    [GeneratedRegex("^[a-zA-Z0-9_:-]{1,64}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtaTag();
}
