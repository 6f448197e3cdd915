using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.Groups.Configuration;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups;

/// <summary>One group: what it is, and sections below it. What the page shows is what its address says.</summary>
public sealed partial class GroupPage : IDisposable
{
    private const int LongestId = 40;

    private readonly CancellationTokenSource leaving = new();
    private CancellationToken left;
    private Loader<GroupDesk> state = null!;
    private GroupPlace place = null!;
    private GroupView view = new();
    private GroupPlace? loaded;
    private GroupDesk? desk;
    private GroupGlance? glance;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The group id.</summary>
    [Parameter]
    public required string GroupId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private GroupDeskServices Services { get; set; } = null!;

    [Inject]
    private RememberedGroups Memory { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    // Of an address anything may be asked; a group id has 36 characters.
    private string Title => glance is { Name: var name } && !Names.IsBlank(name) ? name
        : GroupId.Length <= LongestId ? GroupId
        : string.Concat(GroupId.AsSpan(0, LongestId), "…");

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        state.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        state = new Loader<GroupDesk>(Clock);
        left = leaving.Token;
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        view = GroupView.Parse(Location);
        var coverage = SoracomCoverages.TryParseWireName(new QueryReader(Location).Text("coverage"), out var named) ? named : SoracomCoverage.Japan;
        if (place is null || (place.Slug, place.Coverage, place.GroupId) != (Slug, coverage, GroupId))
        {
            place = new GroupPlace(Slug, coverage, GroupId);
            glance = null;
        }

        if (RendererInfo.IsInteractive && loaded != place)
        {
            await LoadAsync();
        }
    }

    private async Task LeaveAsync()
    {
        await RefreshAsync();
        if (glance is { GoneAt: not null })
        {
            Navigation.NavigateTo(PortalUrls.Groups(Slug));
        }
    }

    private async Task RefreshAsync()
    {
        place = place with { Reading = place.Reading + 1 };
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = loaded = place;
        var next = desk = new GroupDesk(Services, Tenant, asked);
        await RememberAsync();
        if (await state.LoadAsync(async token => await next.LoadAsync(token) switch
        {
            null => next,
            VendorError { Kind: VendorErrorKind.NotFound } => new GroupMissingError(),
            var error => error,
        }))
        {
            await RememberAsync();
        }
    }

    private async Task RememberAsync()
    {
        var asked = place;
        var known = await Memory.FindAsync(Tenant, asked.Coverage, asked.GroupId, left);
        if (asked == place)
        {
            glance = known;
            StateHasChanged();
        }
    }
}
