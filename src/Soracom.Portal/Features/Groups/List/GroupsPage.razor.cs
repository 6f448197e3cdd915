using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;
using Soracom.Api;
using Soracom.Portal.Features.Groups.Managing;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>A tenant's groups. What the page shows is what its address says; what is known is searched here, without asking anybody.</summary>
public sealed partial class GroupsPage : IDisposable
{
    /// <summary>How often is looked whether the SIMs are known, as long as they are not.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource leaving = new();
    private IReadOnlyList<SoracomCoverage>? coverages;
    private IReadOnlyList<SoracomCoverage> loaded = [];
    private GroupQuery query = GroupQuery.All;
    private Loader<IReadOnlyList<GroupListing>> loader = null!;
    private IReadOnlyList<GroupListing>? listings;
    private IReadOnlyList<ListedGroup> found = [];
    private bool busy;

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
    private GroupList List { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<SoracomCoverage> Searched => [.. (coverages ?? []).Where(coverage => query.Coverage is null || query.Coverage == coverage)];

    private List<ListedGroup> All => [.. (listings ?? []).SelectMany(listing => listing.Groups)];

    private List<GroupListing> Failing => [.. (listings ?? []).Where(listing => listing.Failure is not null)];

    private DateTimeOffset? ReadAt => listings?.Min(listing => listing.ReadAt);

    private bool CountsSims => listings?.Any(listing => listing.SimsAsOf is not null) == true;

    /// <summary>Whether somebody who may know how many SIMs there are can't be told yet.</summary>
    private bool AreSimsUnknown => Tenant.May(Permission.SimsRead) && listings?.Any(listing => listing is { SimsAsOf: null, Groups.Count: > 0 }) == true;

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        loader.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => loader = new Loader<IReadOnlyList<GroupListing>>(Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = GroupQuery.Parse(Location);
        coverages ??= await Soracom.CoveragesAsync(Tenant, CancellationToken.None);
        // The first, static rendering shows the frame; the circuit asks, once.
        if (RendererInfo.IsInteractive && Searched.Count > 0 && !loaded.SequenceEqual(Searched))
        {
            loaded = Searched;
            await LoadAsync(anew: false);
        }
        else
        {
            found = GroupSearch.Find(All, query);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        var left = leaving.Token;
        await PageWatch.RunAsync(
            Clock,
            Interval,
            Tenant,
            async () =>
            {
                if (AreSimsUnknown && !busy && await AreAnyKnownAsync(left))
                {
                    await LoadAsync(anew: false);
                    StateHasChanged();
                }
            },
            left);
    }

    /// <summary>Whether the SIMs of an account have been read since the groups were listed.</summary>
    private async Task<bool> AreAnyKnownAsync(CancellationToken cancellationToken)
    {
        foreach (var listing in listings!.Where(listing => listing.SimsAsOf is null))
        {
            if (await List.AreSimsKnownAsync(Tenant, listing.Coverage, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private void Go(GroupQuery changed) => Navigation.NavigateTo(PortalUrls.Groups(Slug, changed), replace: true);

    private Task RefreshAsync() => LoadAsync(anew: true);

    /// <summary>What was changed here is remembered already.</summary>
    private Task LearnedAsync() => LoadAsync(anew: false);

    private async Task CreateAsync()
    {
        var end = await Dialogs.OpenAsync<GroupForm>(
            Words["Groups.New"],
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(GroupForm.Choices)] = Searched, [nameof(GroupForm.Tenant)] = Tenant },
            new DialogOptions { Width = "min(34rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        if (end is not GroupFormEnd.Nothing)
        {
            await LearnedAsync();
        }
    }

    private async Task LoadAsync(bool anew)
    {
        busy = true;
        StateHasChanged();
        var asked = loaded;
        if (!await loader.LoadAsync(async token =>
        {
            var read = new List<GroupListing>();
            foreach (var coverage in asked)
            {
                read.Add(await List.ReadAsync(Tenant, coverage, anew, token));
            }

            return read;
        }))
        {
            return;
        }

        busy = false;
        listings = ((Loadable<IReadOnlyList<GroupListing>>.Ready)loader.State).Value;
        found = GroupSearch.Find(All, query);
    }
}
