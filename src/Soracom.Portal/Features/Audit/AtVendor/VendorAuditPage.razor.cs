using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Audit.AtVendor;

/// <summary>The vendor's own record of the calls of the tenant's accounts. What it shows is what its address says; it is fetched when the page is open, not before.</summary>
public sealed partial class VendorAuditPage : IDisposable
{
    private static readonly VendorError NoCredential = new(VendorErrorKind.NoCredential, SoracomCoverage.Japan);

    private VendorAuditQuery query = VendorAuditQuery.All;
    private Loader<VendorAuditPageContent> log = null!;
    private IReadOnlyList<SoracomCoverage>? coverages;
    private bool isOpen;

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
    private VendorAuditLog Log { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // A coverage that the tenant has no credential for says so itself.
    private SoracomCoverage Coverage => query.Coverage ?? coverages![0];

    /// <inheritdoc />
    public void Dispose() => log.Dispose();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        log = new Loader<VendorAuditPageContent>(Clock);
        coverages = await Log.CoveragesAsync(Tenant, CancellationToken.None);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = VendorAuditQuery.Parse(Location);
        if (isOpen)
        {
            await LoadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The first, static rendering asks nobody.
        if (!isOpen && coverages is not null)
        {
            isOpen = true;
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        if (coverages is not { Count: > 0 })
        {
            return;
        }

        var asked = query;
        await log.LoadAsync(token => Log.ReadAsync(Tenant, Coverage, asked, token), page => page.Calls.Count == 0 && page.Next is null && asked.After is null, asked.IsFiltered);
    }

    private void PickCoverage(ChangeEventArgs pick) => Go(query with { Coverage = SoracomCoverages.TryParseWireName(pick.Value as string ?? string.Empty, out var coverage) ? coverage : null });

    // A year that is being typed is a day already to the browser, and no reason to clear the field.
    private void Pick(string day, Func<DateOnly?, VendorAuditQuery> with)
    {
        var picked = AuditQuery.ParseDay(day);
        if (picked is not null || day.Length == 0)
        {
            Go(with(picked));
        }
    }

    private void Go(VendorAuditQuery changed) => Navigation.NavigateTo(PortalUrls.AuditAtVendor(Slug, changed with { After = null }), replace: true);
}
