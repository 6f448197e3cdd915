using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants;

/// <summary>Where a reseller makes a tenant for a customer.</summary>
public sealed partial class NewTenantPage
{
    private readonly HashSet<SoracomCoverage> coverages = [SoracomCoverage.Japan];
    private IReadOnlyList<ResellerContext>? resellers;
    private PortalError? error;
    private string name = string.Empty;
    private string slug = string.Empty;
    private string zone = "Asia/Tokyo";
    private string language = Languages.Present;
    private int chosen;
    private bool busy;

    [Inject]
    private CustomerTenants Customers { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        resellers = await OpenAsync();
        WatchOver(resellers.Select(reseller => (reseller, (IReadOnlyCollection<Guid>)[])));
    }

    private void Choose(SoracomCoverage coverage, bool isChosen) => _ = isChosen ? coverages.Add(coverage) : coverages.Remove(coverage);

    private async Task AddAsync()
    {
        if (busy)
        {
            return;
        }

        (busy, error) = (true, null);
        try
        {
            await ActAsync(async () =>
            {
                var added = await Customers.AddAsync(resellers![chosen], new NewCustomer(name, slug.Trim(), coverages, zone, language), CancellationToken.None);
                error = added.Error;
                if (error is null)
                {
                    Navigation.NavigateTo(PortalUrls.Tenant(added.Value));
                }
            });
        }
        finally
        {
            busy = false;
        }
    }
}
