using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Who connected to a tenant's devices from where and when. What it shows is what its address says.</summary>
public sealed partial class RemoteLogPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private RemoteLogQuery query = RemoteLogQuery.All;
    private RemoteLogContent? shown;
    private IReadOnlyList<RemoteOpener> people = [];
    private IReadOnlyList<RemoteLogStanding> standings = [];
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
    private RemoteLog Log { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

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
        standings = await Log.StandingAsync(Tenant, left);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = RemoteLogQuery.Parse(Location);
        await ShowAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What the portal has is there already; what is new comes after it. The first, static rendering asks nobody.
        if (firstRender)
        {
            await ReadAsync(evenIfRecent: false);
            StateHasChanged();
        }
    }

    private void Go(RemoteLogQuery changed) => Navigation.NavigateTo(PortalUrls.RemoteAccessLog(Slug, changed), replace: true);

    private async Task ShowAsync()
    {
        var asked = query;
        try
        {
            var answer = await Log.ListAsync(Tenant, asked, left);
            var openers = await Log.PeopleAsync(Tenant, left);

            // Unless something else was asked for meanwhile.
            if (asked == query)
            {
                (shown, people) = (answer, openers);
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private async Task ReadAsync(bool evenIfRecent)
    {
        if (reading)
        {
            return;
        }

        reading = true;
        StateHasChanged();
        try
        {
            standings = await Log.RefreshAsync(Tenant, evenIfRecent, left);
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
        }
    }
}
