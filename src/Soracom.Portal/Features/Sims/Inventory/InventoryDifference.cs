using Soracom.Portal.Data.Sims;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>Whether two readings of one SIM tell different things.</summary>
internal static class InventoryDifference
{
    // All that is told of a SIM: what names it and what the inventory itself notes aside.
    private static readonly Func<InventorySim, object?>[] Told =
    [
        sim => sim.GoneAt, sim => sim.Name, sim => sim.Tags, sim => sim.Iccids, sim => sim.Imsis, sim => sim.Msisdns, sim => sim.Subscriptions, sim => sim.Imei,
        sim => sim.SerialNumber, sim => sim.GroupId, sim => sim.GroupName, sim => sim.Status, sim => sim.SpeedClass, sim => sim.ModuleType, sim => sim.Online,
        sim => sim.SessionId, sim => sim.IpAddress, sim => sim.Cell, sim => sim.LastHeardAt, sim => sim.ExpiresAt, sim => sim.ExpiryAction,
        sim => sim.TerminationEnabled, sim => sim.ImeiLock, sim => sim.CreatedAt, sim => sim.ModifiedAt,
    ];

    /// <summary>Whether there is one.</summary>
    public static bool Between(InventorySim before, InventorySim after) => Told.Any(value => !Equals(value(before), value(after)));

    /// <summary>How many things are compared.</summary>
    internal static int Count => Told.Length;
}
