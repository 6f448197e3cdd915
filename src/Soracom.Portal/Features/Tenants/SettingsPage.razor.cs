using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Tenants;

/// <summary>A tenant's name, time zone and language, and how the portal looks to its people.</summary>
public sealed partial class SettingsPage
{
    private TenantDetails? former;
    private BrandDetails brand = BrandDetails.None;
    private BrandView behind = BrandView.Own;
    private PortalError? error;
    private string name = string.Empty;
    private string zone = string.Empty;
    private string language = string.Empty;
    private bool saved;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private TenantSettings Settings { get; set; } = null!;

    [Inject]
    private BrandSettings Brands { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        (brand, behind) = await Brands.LookAsync(Tenant, CancellationToken.None);
        Show(await Settings.LookAsync(Tenant, CancellationToken.None));
    }

    private async Task<BrandDetails> LookAtBrandAsync() => (await Brands.LookAsync(Tenant, CancellationToken.None)).Own;

    private void Show(TenantDetails details) => (former, name, zone, language) = (details, details.Name, details.TimeZone, details.Language ?? string.Empty);

    private async Task SaveAsync()
    {
        if (busy)
        {
            return;
        }

        (busy, saved, error) = (true, false, null);
        try
        {
            var changed = await Settings.ChangeAsync(Tenant, former!, new TenantDetails(name, zone, language.Length == 0 ? null : language), CancellationToken.None);
            error = changed.Error;
            if (changed.Error is null)
            {
                Show(changed.Value);
                saved = true;
            }
            else if (changed.Error is ConflictError)
            {
                // What was typed stays; another try is meant to overwrite what is there by now.
                former = await Settings.LookAsync(Tenant, CancellationToken.None);
            }
        }
        finally
        {
            busy = false;
        }
    }
}
