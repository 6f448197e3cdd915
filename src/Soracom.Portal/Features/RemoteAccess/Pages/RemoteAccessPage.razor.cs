using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Pages;

/// <summary>The doors to a tenant's devices: those that are open, wherever they were opened, and those that were.</summary>
public sealed partial class RemoteAccessPage : IDisposable
{
    /// <summary>How often what the portal knows is read anew.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How old the vendor's list may be when the page is opened.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    /// <summary>How old the vendor's list may become while the page is open.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource gone = new();
    private readonly Dictionary<SoracomCoverage, Loader<IReadOnlyList<ForeignDoor>>> elsewhere = [];
    private CancellationToken left;
    private DoorBoard? board;
    private DateTimeOffset lookedAt;
    private PortalError? error;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private RemoteDoors Doors { get; set; } = null!;

    [Inject]
    private DoorClosing Closing { get; set; } = null!;

    [Inject]
    private KillSwitch Kill { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Texts { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        foreach (var list in elsewhere.Values)
        {
            list.Dispose();
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized() => left = gone.Token;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        if (elsewhere.Count == 0)
        {
            foreach (var coverage in await Soracom.CoveragesAsync(Tenant, left))
            {
                elsewhere.Add(coverage, new Loader<IReadOnlyList<ForeignDoor>>(Clock));
            }
        }

        await LookElsewhereAsync(Recent);
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
                if (board is not null && !busy)
                {
                    await LoadAsync();
                    StateHasChanged();
                    if (Clock.GetUtcNow() - lookedAt >= Elsewhere)
                    {
                        await LookElsewhereAsync(Elsewhere);
                        StateHasChanged();
                    }
                }
            },
            left);
    }

    private async Task LoadAsync() => board = await Doors.ListAsync(Tenant, left);

    private async Task LookElsewhereAsync(TimeSpan age)
    {
        lookedAt = Clock.GetUtcNow();
        await Task.WhenAll(elsewhere.Keys.Select(coverage => LookElsewhereAsync(coverage, age)));
    }

    private Task<bool> LookElsewhereAsync(SoracomCoverage coverage) => LookElsewhereAsync(coverage, TimeSpan.Zero);

    private Task<bool> LookElsewhereAsync(SoracomCoverage coverage, TimeSpan age) =>
        elsewhere[coverage].LoadAsync(token => Doors.ElsewhereAsync(Tenant, coverage, age, token), list => list.Count == 0);

    private async Task RefreshAsync()
    {
        await LoadAsync();
        await LookElsewhereAsync(TimeSpan.Zero);
    }

    private async Task CloseAsync(RemoteDoor door)
    {
        if (await Confirm.AskAsync(Texts["Door.Close.Title"], Texts["Door.Close.What", DoorWords.Port(door.DevicePort), Names.InText(door.SimName.Length > 0 ? door.SimName : door.SimId), Names.InText(door.OpenerName)], Texts["Door.Close"], danger: true))
        {
            await ActAsync(async () => (await Closing.CloseAsync(Tenant, door.Id, left)).Error);
        }
    }

    private async Task CloseForeignAsync(ForeignDoor door)
    {
        if (await Confirm.AskAsync(Texts["Door.Close.Title"], Texts["Door.CloseElsewhere.What", door.Endpoint], Texts["Door.Close"], danger: true))
        {
            await ActAsync(async () => (await Closing.CloseElsewhereAsync(Tenant, door, left)).Error);
            await LookElsewhereAsync(door.Coverage);
        }
    }

    private async Task<KillReport> CloseAllAsync(bool others)
    {
        busy = true;
        try
        {
            var report = await Kill.CloseAllAsync(Tenant, others, left);
            await LoadAsync();
            await LookElsewhereAsync(TimeSpan.Zero);
            return report;
        }
        finally
        {
            busy = false;
            StateHasChanged();
        }
    }

    private async Task ActAsync(Func<Task<PortalError?>> act)
    {
        if (busy)
        {
            // A second click that was on its way before the button was gone.
            return;
        }

        busy = true;
        try
        {
            error = await act();
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
