using System.Collections.Frozen;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Changes;

/// <summary>What the subscriptions allow, as the vendor documents it. Of one that it added since nothing is known: then the vendor decides.</summary>
public static class SimPlans
{
    private static readonly string[] Standard = [SpeedClass.Minimum, SpeedClass.Slow, SpeedClass.Standard, SpeedClass.Fast, SpeedClass.FourTimesFast];

    private static readonly FrozenDictionary<string, IReadOnlyList<string>> SpeedClasses = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["plan-D"] = Standard,
        ["plan-DU"] = [SpeedClass.UploadStandard, SpeedClass.UploadSlow],
        ["plan-K"] = Standard,
        ["plan-K2"] = Standard,
        ["plan-KM1"] = [],
        ["plan01s"] = Standard,
        ["plan01s-low_data_volume"] = Standard,
        ["planP1"] = Standard,
        ["planX1"] = Standard,
        ["planX2"] = Standard,
        ["planX3"] = Standard,
        ["planX3-EU"] = Standard,
        ["planXM1"] = Standard,
        ["plan-US"] = [.. Standard, SpeedClass.EightTimesFast],
        ["planArc01"] = [],
    }.ToFrozenDictionary();

    /// <summary>Those that can be chosen at all, slow to fast.</summary>
    public static IReadOnlyList<string> AllSpeedClasses { get; } = [.. Standard, SpeedClass.EightTimesFast, SpeedClass.UploadSlow, SpeedClass.UploadStandard];

    /// <summary>The subscription that a SIM's settings belong to; null when it is unknown.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The subscription.</returns>
    public static string? Primary(InventorySim sim)
    {
        ArgumentNullException.ThrowIfNull(sim);
        return InventoryRow.Split(sim.Subscriptions) is [var first, ..] ? first : null;
    }

    /// <summary>Whether the SIM has no card.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>True when it has none.</returns>
    public static bool IsVirtual(InventorySim sim)
    {
        ArgumentNullException.ThrowIfNull(sim);
        return string.Equals(sim.ModuleType, ModuleType.Virtual, StringComparison.Ordinal);
    }

    /// <summary>Whether SIMs of a subscription can be put on standby.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <returns>True where they can, or nothing is known.</returns>
    public static bool HasStandby(string subscription) => subscription is not ("plan-D" or "plan-K" or "planArc01");

    /// <summary>The speed classes to choose from; null where nothing is known of the subscription.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The speed classes, slow to fast; none where there is but one.</returns>
    public static IReadOnlyList<string>? SpeedClassesOf(InventorySim sim) => Primary(sim) is { } plan ? SpeedClasses.GetValueOrDefault(plan) : null;

    /// <summary>The subscriptions that can be added to a SIM: Arc's to any that has none, cellular ones to one whose primary is plan01s.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The subscriptions.</returns>
    public static IReadOnlyList<string> AdditionsTo(Sim sim)
    {
        ArgumentNullException.ThrowIfNull(sim);
        var has = sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Values).Where(one => one.Status != SimStatus.Terminated).Select(one => one.Subscription).ToHashSet(StringComparer.Ordinal);
        string[] cellular = sim.PrimarySubscriber?.Subscription == "plan01s"
            ? [AddedSubscription.PlanP1, AddedSubscription.PlanX1, AddedSubscription.PlanX2, AddedSubscription.PlanX3, AddedSubscription.PlanUsMax]
            : [];
        return [.. cellular.Append(AddedSubscription.Arc).Where(one => !has.Contains(one))];
    }

    /// <summary>Whether a SIM can connect over WireGuard.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>True when it has an Arc subscription.</returns>
    public static bool HasArc(Sim sim)
    {
        ArgumentNullException.ThrowIfNull(sim);
        return sim.Profiles.Values.Any(profile => profile.Subscribers.Values.Any(one => one.Subscription == AddedSubscription.Arc && one.Status != SimStatus.Terminated));
    }

    /// <summary>Why a SIM can't have a speed class.</summary>
    /// <param name="sim">The SIM.</param>
    /// <param name="speedClass">The speed class.</param>
    /// <returns>The obstacle; null when none is known.</returns>
    internal static Obstacle? SpeedObstacle(InventorySim sim, string speedClass) => SpeedClassesOf(sim) switch
    {
        null => null,
        [] => new Obstacle("SpeedFixed", Primary(sim)!),
        var classes when classes.Contains(speedClass, StringComparer.Ordinal) => null,
        var classes => new Obstacle("NoSpeedClass", Primary(sim)!, string.Join(", ", classes)),
    };
}
