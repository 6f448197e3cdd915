using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims;

/// <summary>Why a SIM was found, where its row in the list does not show it anyway.</summary>
internal static class SimMatch
{
    /// <summary>An id or address that holds what was searched for; none where a column of the row holds it too.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="sim">The SIM.</param>
    /// <param name="terms">What was searched for.</param>
    /// <param name="shown">The columns that are shown.</param>
    /// <returns>What it is, and its value; null when there is none.</returns>
    public static (string Label, string Value)? Unseen(IStringLocalizer<Strings> words, InventorySim sim, IReadOnlyList<string> terms, IReadOnlyCollection<SimColumn> shown)
    {
        if (terms.Count == 0)
        {
            return null;
        }

        (SimColumn Column, string Label, IReadOnlyList<string> Values)[] places =
        [
            (SimColumn.Name, "Sim.Name", [sim.Name]),
            (SimColumn.SimId, "Sim.Id", [sim.SimId]),
            (SimColumn.Imsi, "Sim.Imsi", InventoryRow.Split(sim.Imsis)),
            (SimColumn.Iccid, "Sim.Iccid", InventoryRow.Split(sim.Iccids)),
            (SimColumn.Msisdn, "Sim.Msisdn", InventoryRow.Split(sim.Msisdns)),
            (SimColumn.Imei, "Sim.Imei", [sim.Imei]),
            (SimColumn.SerialNumber, "Sim.SerialNumber", [sim.SerialNumber]),
            (SimColumn.IpAddress, "Sim.IpAddress", [sim.IpAddress]),
            (SimColumn.Group, "Sim.Group", [sim.GroupName, sim.GroupId]),
            (SimColumn.Tags, "Sim.Tags", [.. InventoryRow.TagsOf(sim).Select(tag => $"{tag.Key}={tag.Value}")]),
        ];
        // The name stands beside the SIM id in every row.
        return places.Any(place => (place.Column is SimColumn.Name or SimColumn.SimId || shown.Contains(place.Column)) && place.Values.Any(Holds))
            ? null
            : places.SelectMany(place => place.Values.Where(Holds).Select(value => ((string, string)?)(words[place.Label].Value, value))).FirstOrDefault();

        bool Holds(string value) => terms.Any(term => Folding.Fold(value).Contains(term, StringComparison.Ordinal));
    }
}
