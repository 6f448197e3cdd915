using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Billing.Pages;

/// <summary>What a month costs, where it comes from, and what it will come to. What it shows is what its address says.</summary>
public sealed partial class BillingPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken left;
    private BillQuery query = BillQuery.Newest;
    private SoracomCoverage coverage;
    private BillLooking looking = null!;
    private BillView? view;

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

    private IReadOnlyList<BillStanding>? Standings => looking.Standings;

    private BillStanding? Standing => looking.Of(coverage);

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        left = gone.Token;
        looking = new BillLooking(Bills, Tenant, Clock, async () => { await ShowAsync(); StateHasChanged(); }, left);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = BillQuery.Parse(Location);
        try
        {
            if (Standings is null)
            {
                await looking.LoadAsync();
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }

        var asked = query.Coverage ?? (Standings is [var first, ..] ? first.Coverage : default);
        var other = asked != coverage && view is not null;
        coverage = asked;
        await ShowAsync();
        opened.TrySetResult();
        if (other)
        {
            // Another account: its figures may be old.
            await looking.ReadAsync(coverage, evenIfFresh: false);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What the portal has is there already; what is new comes after it. The first, static rendering asks nobody.
        if (firstRender)
        {
            await opened.Task;
            await looking.WatchAsync(() => coverage);
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
}
