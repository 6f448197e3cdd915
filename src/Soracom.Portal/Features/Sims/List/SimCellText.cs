using System.Globalization;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>What a column says of a SIM in a file: the vendor's own values, and times in UTC.</summary>
internal static class SimCellText
{
    /// <summary>The text of a cell, as it is; a file has it by <see cref="Soracom.Portal.Shared.Text.CsvText.Harmless"/>.</summary>
    public static string Of(InventorySim sim, SimColumn column) => column switch
    {
        SimColumn.SimId => sim.SimId,
        SimColumn.Name => sim.Name,
        SimColumn.Iccid => sim.Iccids,
        SimColumn.Imsi => sim.Imsis,
        SimColumn.Msisdn => sim.Msisdns,
        SimColumn.Imei => sim.Imei,
        SimColumn.SerialNumber => sim.SerialNumber,
        SimColumn.IpAddress => sim.IpAddress,
        SimColumn.Group => sim.GroupName.Length > 0 ? sim.GroupName : sim.GroupId,
        SimColumn.Tags => TagsText.Format(InventoryRow.TagsOf(sim)),
        SimColumn.Status => sim.Status,
        SimColumn.Session => sim.Online ? SimSession.Online : SimSession.Offline,
        SimColumn.Subscription => sim.Subscriptions,
        SimColumn.ModuleType => sim.ModuleType,
        SimColumn.SpeedClass => sim.SpeedClass,
        SimColumn.LastHeard => Time(sim.LastHeardAt),
        SimColumn.Expiry => Time(sim.ExpiresAt),
        SimColumn.Created => Time(sim.CreatedAt),
        SimColumn.Modified => Time(sim.ModifiedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "No such column."),
    };

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
