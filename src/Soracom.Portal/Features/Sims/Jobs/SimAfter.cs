using System.Text.Json;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>A SIM as it will be after a change, as far as further changes ask for it.</summary>
internal static class SimAfter
{
    /// <summary>Changes a row that is kept nowhere.</summary>
    public static void Apply(InventorySim sim, SimChange change)
    {
        switch (change)
        {
            case SimNameChange name:
                sim.Name = name.Name;
                break;
            case SimTagChange tag:
                Tag(sim, tags => tags[tag.Key] = tag.Value);
                break;
            case SimTagRemoval tag:
                Tag(sim, tags => tags.Remove(tag.Key));
                break;
            case SimGroupChange group:
                (sim.GroupId, sim.GroupName) = (group.GroupId ?? "", group.GroupName ?? "");
                break;
            case SimStatusChange status:
                sim.Status = status.Status;
                break;
            case SimTermination:
                sim.Status = SimStatus.Terminated;
                break;
            case SimProtectionChange protection:
                sim.TerminationEnabled = !protection.On;
                break;
            case SimSpeedChange speed:
                sim.SpeedClass = speed.SpeedClass;
                break;
            case SimExpiryChange expiry:
                (sim.ExpiresAt, sim.ExpiryAction) = (expiry.At, expiry.ExpiryAction ?? "");
                break;
            case SimImeiLockChange imei:
                sim.ImeiLock = imei.After(sim);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "Say here what it leaves.");
        }
    }

    private static void Tag(InventorySim sim, Action<Dictionary<string, string>> change)
    {
        var tags = InventoryRow.TagsOf(sim).ToDictionary(StringComparer.Ordinal);
        change(tags);
        sim.Tags = tags.Count == 0 ? "" : JsonSerializer.Serialize(tags);
    }
}
