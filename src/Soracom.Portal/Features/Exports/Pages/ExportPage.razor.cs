using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Exports;
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

    /// <summary>How often what it needs of the quota is read anew: the vendor counts what is asked.</summary>
    private static readonly TimeSpan NeedInterval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private PieceQuery query = PieceQuery.All;
    private ExportView? view;
    private PortalError? error;
    private FootageNeed? need;
    private DateTimeOffset neededAt;
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
            await TellNeedAsync();
        }
    }

    private async Task TellNeedAsync()
    {
        if (view?.Export is not { State: FootageExportState.Running or FootageExportState.Paused } open)
        {
            need = null;
            return;
        }

        if (neededAt == default || Clock.GetUtcNow() - neededAt >= NeedInterval)
        {
            neededAt = Clock.GetUtcNow();
            // It is not waited for with the page.
            StateHasChanged();
            need = await Retries.NeedAsync(Tenant, open.Id, left) is { Error: null } told ? told.Value : null;
        }
    }

    private Task PauseAsync() => ActAsync((id, token) => Footage.PauseAsync(Tenant, id, token));

    private async Task ResumeAsync()
    {
        var told = await Retries.NeedAsync(Tenant, view!.Export.Id, left);
        if (told.Error is not null)
        {
            error = told.Error;
            return;
        }

        var now = told.Value;
        string[] what = [Texts["Exports.Resume.Cost", ExportWords.Seconds(Texts, now.Needed)], ExportWords.Billed(Texts, now.Billed, now.Left is null)];
        if (now.Billed == 0 || await Confirm.AskAsync(Texts["Exports.Resume.Title"], string.Join(' ', what), Texts["Jobs.Resume"]))
        {
            await ActAsync((id, token) => Retries.ResumeAsync(Tenant, id, now.Shown, token));
        }
    }

    private async Task RetryAsync()
    {
        var told = await Retries.CostAsync(Tenant, view!.Export.Id, left);
        if (told.Error is not null)
        {
            error = told.Error;
            return;
        }

        var cost = told.Value;
        string[] what =
        [
            cost.Charged > 0 ? Texts[cost.IsLeast ? "Exports.Retry.Charged.Least" : "Exports.Retry.Charged", ExportWords.Seconds(Texts, cost.Charged)].Value : "",
            cost.Doubtful > 0 ? Texts["Exports.Retry.Doubtful", ExportWords.Seconds(Texts, cost.Doubtful)].Value : "",
            cost.Cost > 0 ? Texts["Exports.Retry.Cost", ExportWords.Seconds(Texts, cost.Cost)].Value : "",
            cost.Rest > 0 ? Texts["Exports.Retry.Rest", ExportWords.Seconds(Texts, cost.Rest)].Value : "",
            ExportWords.Billed(Texts, cost.Billed, cost.IsUnread),
            cost.Free > 0 ? Texts["Exports.Retry.Free", Number(cost.Free)].Value : "",
            cost.Unknown > 0 ? Texts["Exports.Retry.What", Number(cost.Unknown)].Value : "",
        ];
        if (await Confirm.AskAsync(Texts["Exports.Retry.Title"], string.Join(' ', what.Where(part => part.Length > 0)), Texts["Exports.Retry", Number(view.Counts.ToRetry(view.Export))]))
        {
            await ActAsync((id, token) => Retries.RetryAsync(Tenant, id, cost.Shown, token));
        }
    }

    private async Task CancelAsync()
    {
        var counts = view!.Counts;
        var used = Texts[counts.MayBeCharged > 0 || counts.Out > 0 ? "Exports.Charged.Least" : "Exports.Charged", ExportWords.Seconds(Texts, counts.Charged)];
        if (await Confirm.AskAsync(Texts["Exports.Cancel.Title"], $"{Texts["Exports.Cancel.What", Number(counts[FootagePieceState.Waiting])].Value} {used.Value}", Texts["Exports.Cancel"], danger: true))
        {
            await ActAsync((id, token) => Footage.CancelAsync(Tenant, id, token));
        }
    }

    private async Task RemoveAsync()
    {
        var what = Texts[view!.Counts.MayBeCharged > 0 ? "Exports.Remove.What.Least" : "Exports.Remove.What", ByteSizes.Text(view.Counts.Bytes), ExportWords.Seconds(Texts, view.Counts.Charged)];
        if (await Confirm.AskAsync(Texts["Exports.Remove.Title"], what, Texts["Exports.Remove"], danger: true))
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
            neededAt = default;
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
