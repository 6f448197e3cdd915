using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Start;

/// <summary>The tenants that one may enter.</summary>
public sealed partial class TenantsPage
{
    private IReadOnlyList<ReachableTenant>? tenants;
    private bool isReseller;
    private string text = string.Empty;

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    [Inject]
    private ResellerAccess Resellers { get; set; } = null!;

    private IEnumerable<ReachableTenant> Matching => tenants?.Where(entry =>
        TextMatch.Contains(entry.Tenant.Name, text) || TextMatch.Contains(entry.Tenant.Slug, text)) ?? [];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        isReseller = Person is not null && (await Resellers.OpenAllAsync(Person, CancellationToken.None)).Count > 0;
        tenants = Person is null ? [] : await Access.ListAsync(Person, CancellationToken.None);
    }
}
