using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Sims;

/// <summary>What the SIMs of the inventory call their groups.</summary>
public static class GroupNaming
{
    /// <summary>Takes in that a group is gone: no SIM can be in it. In the tenant's turn; the caller saves the inventory.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="inventory">The inventory; its change number grows where a SIM changes.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the SIMs' rows are changed.</returns>
    public static async Task LeaveGroupAsync(this PortalDbContext db, SimInventory inventory, string groupId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(inventory);
        var number = inventory.ChangeNumber + 1;
        var left = await db.InventorySims
            .Where(sim => sim.Coverage == inventory.Coverage && sim.GroupId == groupId)
            .ExecuteUpdateAsync(set => set.SetProperty(sim => sim.GroupId, "").SetProperty(sim => sim.GroupName, "").SetProperty(sim => sim.ChangeNumber, number), cancellationToken);
        inventory.ChangeNumber = left > 0 ? number : inventory.ChangeNumber;
    }

    /// <summary>Takes in what groups are called now. In the tenant's turn; the caller saves the inventory.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="inventory">The inventory; its change number grows where a SIM changes.</param>
    /// <param name="names">What the groups are called; those that are not named here are called nothing.</param>
    /// <param name="only">The one group that it is about; null for all of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the SIMs' rows are changed.</returns>
    public static async Task RenameGroupsAsync(
        this PortalDbContext db, SimInventory inventory, IReadOnlyDictionary<string, string> names, string? only, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(inventory);
        var known = await db.InventorySims
            .Where(sim => sim.Coverage == inventory.Coverage && (only == null ? sim.GroupId != "" : sim.GroupId == only))
            .Select(sim => new { sim.GroupId, sim.GroupName })
            .Distinct()
            .ToListAsync(cancellationToken);
        var renamed = known
            .Where(group => !string.Equals(group.GroupName, names.GetValueOrDefault(group.GroupId, ""), StringComparison.Ordinal))
            .Select(group => group.GroupId)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (renamed.Count == 0)
        {
            return;
        }

        var number = ++inventory.ChangeNumber;
        foreach (var groupId in renamed)
        {
            var name = names.GetValueOrDefault(groupId, "");
            await db.InventorySims
                .Where(sim => sim.Coverage == inventory.Coverage && sim.GroupId == groupId)
                .ExecuteUpdateAsync(set => set.SetProperty(sim => sim.GroupName, name).SetProperty(sim => sim.ChangeNumber, number), cancellationToken);
        }
    }
}
