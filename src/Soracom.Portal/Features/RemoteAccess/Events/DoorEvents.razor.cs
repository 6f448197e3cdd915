using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Who came to one door, from where and when. Read again while it is open.</summary>
public sealed partial class DoorEvents : IDisposable
{
    /// <summary>How often it is read anew while the door is open.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private RemoteLogContent? shown;
    private IReadOnlyList<RemoteLogStanding> standings = [];
    private bool reading;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    [EditorRequired]
    public required string Slug { get; set; }

    /// <summary>The door.</summary>
    [Parameter]
    [EditorRequired]
    public required RemoteDoor Door { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private RemoteLog Log { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private RemoteLogQuery Query => RemoteLogQuery.All with { Door = Door.Id };

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
        shown = await Log.ListAsync(Tenant, Query, left);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        // What the portal has is there already; what is new comes after it. The first, static rendering asks nobody.
        await ReadAsync(evenIfRecent: false);
        StateHasChanged();
        await PageWatch.RunAsync(
            Clock,
            Interval,
            Tenant,
            async () =>
            {
                if (Door.EndedAt is null || Door.EndedAt > Clock.GetUtcNow() - (4 * Interval))
                {
                    await ReadAsync(evenIfRecent: false);
                    StateHasChanged();
                }
            },
            left);
    }

    private async Task ReadAsync(bool evenIfRecent)
    {
        if (reading)
        {
            return;
        }

        reading = true;
        try
        {
            standings = [.. (await Log.RefreshAsync(Tenant, evenIfRecent, left)).Where(standing => standing.Coverage.ToWireName() == Door.Coverage)];
            shown = await Log.ListAsync(Tenant, Query, left);
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
