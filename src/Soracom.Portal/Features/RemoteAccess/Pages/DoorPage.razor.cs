using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.RemoteAccess.Pages;

/// <summary>One door: how it stands, how it is used while it is open, and what it was.</summary>
public sealed partial class DoorPage : IDisposable
{
    /// <summary>How often it is read anew until it has ended.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private RemoteDoor? door;
    private PortalError? error;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The door.</summary>
    [Parameter]
    public required string DoorId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private RemoteDoors Doors { get; set; } = null!;

    [Inject]
    private DoorClosing Closing { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Texts { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Title => door is null ? Texts["Door.One"] : Texts["Door.To", DoorWords.Port(door.DevicePort), Names.InText(door.SimName.Length > 0 ? door.SimName : door.SimId)];

    private bool IsUsable => door is { State: RemoteDoorState.Open, IpAddress: not null } && door.ExpiresAt > Clock.GetUtcNow();

    private bool MayClose => door is { EndedAt: null } && !DoorWords.IsToClose(door) && (door.OpenerId == Tenant.Actor.PersonId || Tenant.May(Permission.RemoteAccessClose));

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => left = gone.Token;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

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
                if (door is { EndedAt: null } && !busy)
                {
                    await LoadAsync();
                    StateHasChanged();
                }
            },
            left);
    }

    private async Task LoadAsync()
    {
        var read = await Doors.GetAsync(Tenant, Guid.TryParse(DoorId, out var known) ? known : Guid.Empty, left);
        door = read.Error is null ? read.Value : null;
        error = read.Error ?? error;
    }

    private async Task CloseAsync()
    {
        if (busy || !await Confirm.AskAsync(Texts["Door.Close.Title"], Texts["Door.Close.What", DoorWords.Port(door!.DevicePort), Names.InText(door.SimName.Length > 0 ? door.SimName : door.SimId), Names.InText(door.OpenerName)], Texts["Door.Close"], danger: true))
        {
            return;
        }

        busy = true;
        try
        {
            error = (await Closing.CloseAsync(Tenant, door.Id, left)).Error;
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
