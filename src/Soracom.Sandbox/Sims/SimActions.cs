using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>Something that can be done to a SIM by a POST, and that answers the SIM as it is then.</summary>
/// <param name="Verb">The path's last segment.</param>
/// <param name="BySimId">The operation's id for a SIM that is named by its SIM ID, as in its permission.</param>
/// <param name="ByImsi">The same for one that is named by an IMSI.</param>
/// <param name="Act">Checks, changes, and gives the SIM as it is then.</param>
internal sealed record SimAction(string Verb, string BySimId, string ByImsi, Func<SimTurn, Sim> Act);

/// <summary>All of them, as a table that both halves of the API are made of.</summary>
internal static partial class SimActions
{
    private static readonly string[] ExpiryActions = ["doNothing", "deleteSession", "deactivate", "suspend", "terminate"];

    public static IReadOnlyList<SimAction> All { get; } =
    [
        new("activate", "activateSim", "activateSubscriber", Activate),
        new("deactivate", "deactivateSim", "deactivateSubscriber", turn => Move(turn, StatusMachine.Inactive)),
        new("set_to_standby", "setSimToStandby", "setSubscriberToStandby", turn => Move(turn, StatusMachine.Standby)),
        new("suspend", "suspendSim", "suspendSubscriber", turn => Move(turn, StatusMachine.Suspended)),
        new("terminate", "terminateSim", "terminateSubscriber", turn => Move(turn, StatusMachine.Terminated)),
        new("enable_termination", "enableSimTermination", "enableTermination", turn => turn.Save(turn.Sim with { TerminationEnabled = true })),
        new("disable_termination", "disableSimTermination", "disableTermination", turn => turn.Save(turn.Sim with { TerminationEnabled = false })),
        new("set_group", "setSimGroup", "setGroup", SetGroup),
        new("unset_group", "unsetSimGroup", "unsetGroup", UnsetGroup),
        new("update_speed_class", "updateSimSpeedClass", "updateSpeedClass", UpdateSpeedClass),
        new("set_expiry_time", "setSimExpiryTime", "setExpiryTime", SetExpiry),
        new("unset_expiry_time", "unsetSimExpiryTime", "unsetExpiryTime", UnsetExpiry),
        new("set_imei_lock", "setSimImeiLock", "setImeiLock", SetImeiLock),
        new("unset_imei_lock", "unsetSimImeiLock", "unsetImeiLock", turn => turn.Save(turn.Sim with { LockedImei = null })),
        new("delete_session", "deleteSimSession", "deleteSubscriberSession", DeleteSession),
    ];

    /// <summary>Sets tags and leaves the others alone.</summary>
    public static Sim PutTags(SimTurn turn) => turn.Save(turn.Sim with
    {
        Tags = turn.Call.Body.ObjectArray().Aggregate(turn.Sim.Tags, (tags, tag) => tags.With(tag.RequiredText("tagName"), tag.RequiredText("tagValue"))),
    });

    /// <summary>Takes the tag of the path's <c>tag_name</c> away.</summary>
    public static Sim DeleteTag(SimTurn turn)
    {
        var tagName = turn.Call.Path["tag_name"];
        return turn.Sim.Tags.Find(tagName) is not null
            ? turn.Save(turn.Sim with { Tags = turn.Sim.Tags.Without(tagName) })
            : throw new VendorException(VendorErrors.NoSuchTag);
    }

    /// <summary>Gives the subscription other bundles: one at most, of those that its plan lets one choose.</summary>
    public static Sim PutBundles(SimTurn turn)
    {
        var bundles = turn.Call.Body.TextArray();
        var subscriber = turn.Subscriber;
        if (bundles.Count > 1 || bundles.Any(bundle => !subscriber.Plan.Bundles.Contains(bundle, StringComparer.Ordinal)) || subscriber.Plan.Bundles.Count == 0)
        {
            throw new VendorException(SimErrors.NoBundle, subscriber.Subscription, string.Join(", ", bundles));
        }

        return turn.Save(turn.Sim.WithSubscriber(subscriber.Imsi, one => one with { Bundles = bundles }));
    }

    private static Sim Activate(SimTurn turn)
    {
        var sim = Move(turn, StatusMachine.Active);
        turn.Life.Reconnect(sim, turn.Now);
        return sim;
    }

    private static Sim Move(SimTurn turn, string to)
    {
        var moved = StatusMachine.Move(turn.Sim, to, turn.Now, turn.Undocumented);
        return moved == turn.Sim ? moved : turn.Save(moved);
    }

    private static Sim SetGroup(SimTurn turn)
    {
        var groupId = turn.Call.Body.Object().RequiredText("groupId");
        return turn.Call.Data.FindGroup(groupId) is { } group
            ? turn.Save(turn.Sim with { GroupId = group.GroupId })
            : throw new VendorException(VendorErrors.NoSuchGroup) { Status = turn.Undocumented.UnknownGroup };
    }

    /// <summary>By IMSI it is an error when there is nothing to leave.</summary>
    private static Sim UnsetGroup(SimTurn turn) => turn.Imsi is null || turn.Sim.GroupId is not null
        ? turn.Save(turn.Sim with { GroupId = null })
        : throw new VendorException(VendorErrors.NoSuchGroup);

    private static Sim UpdateSpeedClass(SimTurn turn)
    {
        var wanted = turn.Call.Body.Object().RequiredText("speedClass");
        var (subscription, classes) = (turn.Sim.PrimarySubscriber.Subscription, turn.Sim.PrimarySubscriber.Plan.SpeedClasses);
        return classes.FirstOrDefault(one => one == wanted) is { } speedClass
            ? turn.Save(turn.Sim with { SpeedClass = speedClass })
            : throw new VendorException(SimErrors.NoSpeedClass, subscription, wanted);
    }

    private static Sim SetExpiry(SimTurn turn)
    {
        var body = turn.Call.Body.Object();
        var time = TimeOf(body);
        var action = body.Choice("expiryAction", ExpiryActions);
        return action == "terminate" && !turn.Sim.TerminationEnabled
            ? throw new VendorException(SimErrors.Protected) { Status = turn.Undocumented.TerminationProtected }
            : turn.Save(turn.Sim with { ExpiryTime = time, ExpiryAction = action });
    }

    /// <summary>One of the vendor's own libraries sends the number as a string.</summary>
    private static long TimeOf(JsonFields body)
    {
        var latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        if (body.Value("expiryTime") is { ValueKind: JsonValueKind.String } text)
        {
            return long.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= latest
                ? time
                : throw new VendorException(VendorErrors.NotAnInteger, "expiryTime");
        }

        return body.Integer("expiryTime", 0, latest) ?? throw new VendorException(VendorErrors.Required, "expiryTime");
    }

    private static Sim UnsetExpiry(SimTurn turn) => turn.Sim.ExpiryTime is not null
        ? turn.Save(turn.Sim with { ExpiryTime = null, ExpiryAction = null })
        : throw new VendorException(SimErrors.NoExpiry);

    private static Sim SetImeiLock(SimTurn turn)
    {
        if (turn.Call.Body.OptionalObject().Text("imei") is not { } imei)
        {
            return turn.Sim is { Online: true, Session.Imei: { } present }
                ? turn.Save(turn.Sim with { LockedImei = present })
                : throw new VendorException(SimErrors.NoImei);
        }

        return Imei().IsMatch(imei) ? turn.Save(turn.Sim with { LockedImei = imei }) : throw new VendorException(SimErrors.BadImei);
    }

    /// <summary>The device notices, and connects again.</summary>
    private static Sim DeleteSession(SimTurn turn)
    {
        if (!turn.Sim.Online)
        {
            throw new VendorException(SimErrors.Offline) { Status = turn.Undocumented.SessionOffline };
        }

        turn.Life.Plan(new SimMoment(SimMomentKind.Connect, turn.Sim.SimId), turn.Now + SimMoments.Reconnection);
        return turn.Save(SimSessions.End(turn.Sim, turn.Now), modifies: false);
    }

    [GeneratedRegex(@"^[0-9]{15}(\|ANONYMOUS)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Imei();
}
