using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Charts;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Usage;

namespace Soracom.Portal.Features.Groups.Usage;

/// <summary>How much the SIMs of a group sent and received, as a chart or a table. Which is in the address of the page that it stands on.</summary>
public sealed partial class GroupUsagePanel : IDisposable
{
    private const string PeriodName = "by", ViewName = "view", Table = "table";

    private Loader<UsageReport>? loader;
    private (SoracomCoverage Coverage, string GroupId, UsagePeriod Period)? loaded;
    private UsagePeriod period;
    private bool asTable;

    /// <summary>The tenant's name in addresses.</summary>
    [Parameter]
    [EditorRequired]
    public required string Slug { get; set; }

    /// <summary>The coverage.</summary>
    [Parameter]
    [EditorRequired]
    public SoracomCoverage Coverage { get; set; }

    /// <summary>The group id.</summary>
    [Parameter]
    [EditorRequired]
    public required string GroupId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private GroupUsage Usage { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<string> Series => [L["Usage.Up"], L["Usage.Down"]];

    private Loadable<UsageReport> State => Loader.State;

    private Loader<UsageReport> Loader => loader ??= new Loader<UsageReport>(Clock);

    /// <inheritdoc />
    public void Dispose() => loader?.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var address = new QueryReader(Location);
        period = address.Text(PeriodName) == "month" ? UsagePeriod.Month : UsagePeriod.Day;
        asTable = address.Text(ViewName) == Table;
        if (RendererInfo.IsInteractive && loaded != (Coverage, GroupId, period))
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        loaded = (Coverage, GroupId, period);
        var asked = period;
        await Loader.LoadAsync(token => Usage.ReadAsync(Tenant, Coverage, GroupId, asked, token), report => report.Total.Both == 0);
    }

    private string To(UsagePeriod shown, bool table) => Navigation.GetUriWithQueryParameters(
        Location,
        new Dictionary<string, object?>(StringComparer.Ordinal) { [PeriodName] = shown == UsagePeriod.Month ? "month" : null, [ViewName] = table ? Table : null });

    private List<ChartColumn> ColumnsOf(UsageReport report) =>
    [
        .. report.Slots.Select(slot =>
        {
            var name = UsageNames.Of(period, slot.Start, Tenant.Tenant.TimeZone);
            return new ChartColumn(name, [slot.Total.Up, slot.Total.Down], period == UsagePeriod.Month ? name : UsageNames.Write(slot.Start, "MM-dd"));
        }),
    ];
}
