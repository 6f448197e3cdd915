using System.Globalization;
using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>A column of the SIM list.</summary>
/// <param name="Column">What it shows, and sorts by.</param>
/// <param name="LabelKey">Key of its name.</param>
/// <param name="Width">Its least width in rem.</param>
/// <param name="Share">Its share of the room that is left; 0 for a fixed width.</param>
public sealed record SimListColumn(SimColumn Column, string LabelKey, double Width, int Share = 0)
{
    /// <summary>Every column that can be shown, in their order.</summary>
    public static readonly IReadOnlyList<SimListColumn> All =
    [
        new(SimColumn.Name, "Sim.Name", 11.5, 3),
        new(SimColumn.Status, "Sim.Status", 7.75),
        new(SimColumn.Session, "Sim.Session", 7),
        new(SimColumn.Imsi, "Sim.Imsi", 8.5),
        new(SimColumn.Iccid, "Sim.Iccid", 11.5),
        new(SimColumn.Msisdn, "Sim.Msisdn", 8.5),
        new(SimColumn.SimId, "Sim.Id", 11.5),
        new(SimColumn.Group, "Sim.Group", 5.5, 2),
        new(SimColumn.Subscription, "Sim.Subscription", 6.25),
        new(SimColumn.SpeedClass, "Sim.SpeedClass", 7.5),
        new(SimColumn.ModuleType, "Sim.ModuleType", 7.5),
        new(SimColumn.Imei, "Sim.Imei", 9.5),
        new(SimColumn.SerialNumber, "Sim.SerialNumber", 9.5),
        new(SimColumn.IpAddress, "Sim.IpAddress", 8.5),
        new(SimColumn.Tags, "Sim.Tags", 6.25, 3),
        new(SimColumn.LastHeard, "Sim.LastHeard", 6.25),
        new(SimColumn.Expiry, "Sim.Expiry", 7.5),
        new(SimColumn.Created, "Sim.Created", 7.5),
        new(SimColumn.Modified, "Sim.Modified", 7.5),
    ];

    /// <summary>What is shown until somebody chooses otherwise.</summary>
    public static readonly IReadOnlyList<SimListColumn> Default = Of(
        [SimColumn.Name, SimColumn.Status, SimColumn.Session, SimColumn.Imsi, SimColumn.Group, SimColumn.Subscription, SimColumn.Tags, SimColumn.LastHeard]);

    /// <summary>Width of the column of boxes to tick, in rem.</summary>
    private const double Pick = 2.25;

    /// <summary>Least width of the column that says whose a SIM is, in rem.</summary>
    private const double Tenant = 8;

    /// <summary>In a narrow window, whose a SIM is stands on a line of its own.</summary>
    private const string NarrowRow = "--narrow-row:4.5rem;";

    /// <summary>Columns in the list's order.</summary>
    internal static IReadOnlyList<SimListColumn> Of(IReadOnlyCollection<SimColumn> chosen) => [.. All.Where(column => chosen.Contains(column.Column))];

    /// <summary>Reads the names of columns; what is none is left out, and the name is always among them.</summary>
    /// <param name="names">Names with points between them; null or empty for the usual columns.</param>
    internal static IReadOnlyList<SimListColumn> Parse(string? names)
    {
        var chosen = (names ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries);
        var columns = All.Where(column => chosen.Contains(column.Column.ToString(), StringComparer.Ordinal)).ToList();
        return columns.Count == 0 ? Default : Of([SimColumn.Name, .. columns.Select(column => column.Column)]);
    }

    /// <summary>The names of columns, as <see cref="Parse"/> reads them.</summary>
    internal static string Names(IReadOnlyList<SimListColumn> columns) => string.Join('.', columns.Select(column => column.Column.ToString()));

    /// <summary>The widths of columns as the style of a list.</summary>
    internal static string Style(IReadOnlyList<SimListColumn> columns, bool withTenant)
    {
        var tracks = string.Join(' ', columns.Select(column => column.Track));
        return string.Create(CultureInfo.InvariantCulture, $"{(withTenant ? NarrowRow : null)}--columns:{Pick}rem {(withTenant ? $"minmax({Tenant}rem, 2fr) " : null)}{tracks};--least:{Pick + (withTenant ? Tenant : 0) + columns.Sum(column => column.Width)}rem");
    }

    private string Track => Share > 0
        ? string.Create(CultureInfo.InvariantCulture, $"minmax({Width}rem, {Share}fr)")
        : string.Create(CultureInfo.InvariantCulture, $"{Width}rem");
}
