using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Exports.Pages;

/// <summary>One export: how it goes, what came of it, and its files.</summary>
public sealed partial class ExportPage : IDisposable
{
    /// <summary>How often it is read anew while it is under way.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private PieceQuery query = PieceQuery.All;
    private ExportView? view;
    private PortalError? error;
    private FootageNeed? need;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The export.</summary>
    [Parameter]
    public required string ExportId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: which pieces it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private FootageExports Footage { get; set; } = null!;

    [Inject]
    private FootageRetries Retries { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Texts { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Title => view is null ? Texts["Exports.One"] : Names.InText(view.Export.CameraName);

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
        query = PieceQuery.Parse(Location);
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
                if (view is not null && !busy && (view.Export.State == FootageExportState.Running || view.Counts.Out > 0))
                {
                    await LoadAsync();
                    StateHasChanged();
                }
            },
            left);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private string Address(PieceQuery pieces) => PortalUrls.Export(Slug, view!.Export.Id, pieces);

    private async Task LoadAsync()
    {
        var asked = query;
        var read = await Footage.GetAsync(Tenant, Guid.TryParse(ExportId, out var known) ? known : Guid.Empty, asked, left);
        // Unless something else was asked for meanwhile.
        if (asked == query)
        {
            view = read.Error is null ? read.Value : null;
            error = read.Error ?? (view is null ? null : error);
            // Asked for once a pause: the vendor counts what is asked.
            need = view?.Export is not { State: FootageExportState.Paused, Trouble: ExportTrouble.Quota } paused ? null
                : need is null && await Retries.NeedAsync(Tenant, paused.Id, left) is { Error: null } told ? told.Value : need;
        }
    }

    private Task PauseAsync() => ActAsync((id, token) => Footage.PauseAsync(Tenant, id, token));

    private Task ResumeAsync() => ActAsync((id, token) => Footage.ResumeAsync(Tenant, id, token));

    private async Task RetryAsync()
    {
        var cost = await Retries.CostAsync(Tenant, view!.Export.Id, left);
        string[] what =
        [
            cost.Cost > 0 ? Texts["Exports.Retry.Cost", Times.Span(Texts, TimeSpan.FromSeconds(cost.Cost))].Value : "",
            cost.Free > 0 ? Texts["Exports.Retry.Free", Number(cost.Free)].Value : "",
            cost.Unknown > 0 ? Texts["Exports.Retry.What", Number(cost.Unknown)].Value : "",
        ];
        if (await Confirm.AskAsync(Texts["Exports.Retry.Title"], string.Join(' ', what.Where(part => part.Length > 0)), Texts["Exports.Retry", Number(view.Counts.Lost)]))
        {
            await ActAsync((id, token) => Retries.RetryAsync(Tenant, id, token));
        }
    }

    private async Task CancelAsync()
    {
        if (await Confirm.AskAsync(Texts["Exports.Cancel.Title"], Texts["Exports.Cancel.What", Number(view!.Counts[FootagePieceState.Waiting])], Texts["Exports.Cancel"], danger: true))
        {
            await ActAsync((id, token) => Footage.CancelAsync(Tenant, id, token));
        }
    }

    private async Task RemoveAsync()
    {
        if (await Confirm.AskAsync(Texts["Exports.Remove.Title"], Texts["Exports.Remove.What", ByteSizes.Text(view!.Counts.Bytes), Times.Span(Texts, TimeSpan.FromSeconds(view.Counts.Charged))], Texts["Exports.Remove"], danger: true))
        {
            await ActAsync((id, token) => Footage.RemoveAsync(Tenant, id, token));
        }
    }

    private async Task ActAsync(Func<Guid, CancellationToken, Task<Result<FootageExport>>> act)
    {
        if (busy)
        {
            // A second click that was on its way before the button was gone.
            return;
        }

        busy = true;
        try
        {
            error = (await act(view!.Export.Id, left)).Error;
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
