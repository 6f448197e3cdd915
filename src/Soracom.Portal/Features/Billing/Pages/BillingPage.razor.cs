using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Billing.Pages;

/// <summary>What a month costs, where it comes from, and what it will come to. What it shows is what its address says.</summary>
public sealed partial class BillingPage : IDisposable
{
    /// <summary>How often is looked, while the page is open, whether the figures have become old.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private BillQuery query = BillQuery.Newest;
    private SoracomCoverage coverage;
    private IReadOnlyList<BillStanding>? standings;
    private BillView? view;
    private bool reading;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private Bills Bills { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private BillStanding? Standing => standings?.FirstOrDefault(standing => standing.Coverage == coverage);

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        left = gone.Token;
        standings = await Bills.StandingAsync(Tenant, left);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = BillQuery.Parse(Location);
        var asked = query.Coverage ?? (standings is [var first, ..] ? first.Coverage : default);
        var other = asked != coverage && view is not null;
        coverage = asked;
        await ShowAsync();
        if (other)
        {
            // Another account: its figures may be old.
            await ReadAsync(evenIfFresh: false);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What the portal has is there already; what is new comes after it. The first, static rendering asks nobody.
        if (firstRender)
        {
            await ReadAsync(evenIfFresh: false);
            StateHasChanged();
            await PageWatch.RunAsync(Clock, Interval, Tenant, () => ReadAsync(evenIfFresh: false), left);
        }
    }

    private void Go(BillQuery changed) => Navigation.NavigateTo(PortalUrls.Billing(Slug, changed), replace: true);

    private async Task ShowAsync()
    {
        var asked = query;
        try
        {
            var answer = await Bills.MonthAsync(Tenant, coverage, asked, left);

            // Unless something else was asked for meanwhile.
            if (asked == query)
            {
                view = answer;
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private async Task ReadAsync(bool evenIfFresh)
    {
        if (reading || Standing is null)
        {
            return;
        }

        reading = true;
        StateHasChanged();
        try
        {
            standings = await Bills.RefreshAsync(Tenant, coverage, evenIfFresh, left);
            await ShowAsync();
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more, or may.
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
        }
        finally
        {
            reading = false;
            if (!left.IsCancellationRequested)
            {
                StateHasChanged();
            }
        }
    }
}
