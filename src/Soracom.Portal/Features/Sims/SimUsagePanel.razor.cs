using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Sims.Usage;
using Soracom.Portal.Shared.Charts;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Usage;

namespace Soracom.Portal.Features.Sims;

/// <summary>How much a SIM sent and received, as a chart or a table.</summary>
public sealed partial class SimUsagePanel
{
    private UsageQuery query = new();

    [Inject]
    private SimUsage Usage { get; set; } = null!;

    private string Zone => Tenant.Tenant.OwnTimeZone;

    private DateOnly Day => UsageRange.DayOf(query, Clock.GetUtcNow(), Zone);

    /// <inheritdoc />
    protected override UsageQuery Parse(string uri)
    {
        query = UsageQuery.Parse(uri);
        // How it is drawn is no reason to read it again.
        return query with { AsTable = false, Split = UsageSplit.Direction };
    }

    /// <inheritdoc />
    protected override Task<Result<UsageReport>> ReadAsync(CancellationToken cancellationToken) =>
        Usage.ReadAsync(Tenant, Place.Coverage, Place.SimId, View, cancellationToken);

    /// <inheritdoc />
    protected override bool IsEmpty(UsageReport value) => value.SpeedClasses.Count == 0;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private IReadOnlyList<string> SeriesOf(UsageReport report) =>
        query.Split == UsageSplit.SpeedClass ? report.SpeedClasses : [L["Usage.Up"], L["Usage.Down"]];

    private List<ChartColumn> ColumnsOf(UsageReport report) =>
    [
        .. report.Slots.Select(slot => new ChartColumn(
            UsageNames.Of(query.Period, slot.Start, Zone),
            query.Split == UsageSplit.SpeedClass ? [.. report.SpeedClasses.Select(speedClass => (double)slot.Of(speedClass).Both)] : [slot.Total.Up, slot.Total.Down],
            UsageLabels.Mark(query, slot.Start, Zone))),
    ];

    private void Pick(string day) =>
        Navigation.NavigateTo(Place.To(query with { Day = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var picked) ? picked : null }), replace: true);
}
