using Microsoft.AspNetCore.Components;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Exports.Pages;

/// <summary>The tenant's exports of footage, the newest first.</summary>
public sealed partial class ExportsPage : IDisposable
{
    /// <summary>How often the list is read anew while something is under way.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private ExportQuery query = ExportQuery.All;
    private IReadOnlyList<ExportLine>? exports;
    private StoreUse? use;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: which exports it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private FootageExports Footage { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => left = gone.Token;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        query = ExportQuery.Parse(Location);
        return LoadAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        await PageWatch.RunAsync(
            Clock,
            Interval,
            Tenant,
            async () =>
            {
                if (exports is not null && exports.Any(line => line.Export.State == FootageExportState.Running || line.Counts.Out > 0))
                {
                    await LoadAsync();
                    StateHasChanged();
                }
            },
            left);
    }

    private string CameraName(string deviceId) => exports!.FirstOrDefault(line => line.Export.DeviceId == deviceId)?.Export.CameraName ?? deviceId;

    private async Task LoadAsync()
    {
        var asked = query;
        var read = await Footage.ListAsync(Tenant, asked, left);
        var used = await Footage.UseAsync(Tenant, left);
        // Unless something else was asked for meanwhile.
        if (asked == query)
        {
            (exports, use) = (read, used);
        }
    }
}
