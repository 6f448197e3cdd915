using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Actions;

/// <summary>What can be done with one SIM, in the order in which it is offered.</summary>
public enum SimAct
{
    /// <summary>Give it another name.</summary>
    Rename,

    /// <summary>Set its tags.</summary>
    Tags,

    /// <summary>Put it into another group.</summary>
    Group,

    /// <summary>Give it another status.</summary>
    Status,

    /// <summary>Give it another speed class.</summary>
    SpeedClass,

    /// <summary>Set when it expires.</summary>
    Expiry,

    /// <summary>Lock it to a device.</summary>
    ImeiLock,

    /// <summary>End its session.</summary>
    EndSession,

    /// <summary>Ping its device.</summary>
    Ping,

    /// <summary>Send it a short message.</summary>
    Sms,

    /// <summary>Send a command to its device.</summary>
    Command,

    /// <summary>Have it report of its device.</summary>
    LocalInfo,

    /// <summary>Add a subscription.</summary>
    AddSubscription,

    /// <summary>Renew its Arc credentials.</summary>
    ArcCredentials,

    /// <summary>Turn termination protection on or off.</summary>
    Protection,

    /// <summary>Terminate it.</summary>
    Terminate,
}

/// <summary>Which acts belong together, whom they are for, and what stands against them.</summary>
internal static class SimActs
{
    /// <summary>The acts, in their groups; each group's name is its key in the resources.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<SimAct> Acts)> Groups { get; } =
    [
        ("Labels", [SimAct.Rename, SimAct.Tags, SimAct.Group]),
        ("Connection", [SimAct.Status, SimAct.SpeedClass, SimAct.Expiry, SimAct.ImeiLock, SimAct.EndSession]),
        ("Device", [SimAct.Ping, SimAct.Sms, SimAct.Command, SimAct.LocalInfo]),
        ("Subscriptions", [SimAct.AddSubscription, SimAct.ArcCredentials]),
        ("End", [SimAct.Protection, SimAct.Terminate]),
    ];

    /// <summary>Whether an act is one or more changes of settings.</summary>
    public static bool IsChange(SimAct act) => !IsOrder(act) && act is not (SimAct.EndSession or SimAct.Ping or SimAct.Sms or SimAct.Command or SimAct.LocalInfo);

    /// <summary>Whether an act orders something.</summary>
    public static bool IsOrder(SimAct act) => act is SimAct.AddSubscription or SimAct.ArcCredentials;

    /// <summary>What a person needs for an act on a SIM.</summary>
    public static Permission Needs(SimAct act, InventorySim sim) => act switch
    {
        SimAct.Rename or SimAct.Tags or SimAct.Group => Permission.SimsEdit,
        SimAct.Ping or SimAct.Sms or SimAct.Command or SimAct.LocalInfo => Permission.SimsCommand,
        SimAct.AddSubscription or SimAct.ArcCredentials => Permission.SimsAdd,
        SimAct.Protection => new SimProtectionChange(On: sim.TerminationEnabled).Needs,
        SimAct.Terminate => Permission.SimsTerminate,
        _ => Permission.SimsConnectivity,
    };

    /// <summary>Why a SIM as it is does not allow an act, whatever is chosen in it; null when it may.</summary>
    public static Obstacle? ObstacleFor(SimAct act, InventorySim row, Sim sim) => act switch
    {
        SimAct.Rename or SimAct.Tags => null,
        SimAct.Terminate => new SimTermination().ObstacleFor(row),
        _ when row.Status == SimStatus.Terminated => new Obstacle("Terminated"),
        SimAct.SpeedClass when SimPlans.SpeedClassesOf(row) is [] => new Obstacle("SpeedFixed", SimPlans.Primary(row)!),
        SimAct.EndSession or SimAct.Ping or SimAct.Command when !row.Online => new Obstacle("Offline"),
        SimAct.Sms or SimAct.LocalInfo when sim.Capabilities?.Sms == false => new Obstacle("NoSms"),
        SimAct.AddSubscription when SimPlans.AdditionsTo(sim).Count == 0 => new Obstacle("NoAddition"),
        SimAct.ArcCredentials when !SimPlans.HasArc(sim) => new Obstacle("NoArc"),
        _ => null,
    };

    public static string Icon(SimAct act) => act switch
    {
        SimAct.Rename => "scroll-text",
        SimAct.Tags => "copy",
        SimAct.Group => "layers",
        SimAct.Status => "circle-dot",
        SimAct.SpeedClass => "chevrons-up-down",
        SimAct.Expiry => "hourglass",
        SimAct.ImeiLock or SimAct.Protection => "lock",
        SimAct.EndSession => "unplug",
        SimAct.Ping or SimAct.Sms => "radio-tower",
        SimAct.Command => "chevron-right",
        SimAct.LocalInfo => "info",
        SimAct.AddSubscription => "plus",
        SimAct.ArcCredentials => "key-round",
        _ => "circle-x",
    };
}
