using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Shared.Layout;

/// <summary>Shows the open tenant and leads to the others; asks for them when it is unfolded.</summary>
public sealed partial class TenantSwitcher
{
    private IReadOnlyList<ReachableTenant>? tenants;
    private string text = string.Empty;

    /// <summary>The tenant that is open; null on a page that belongs to none.</summary>
    [Parameter]
    public TenantContext? Tenant { get; set; }

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    private IEnumerable<ReachableTenant> Matching => tenants?.Where(entry =>
        TextMatch.Contains(entry.Tenant.Name, text) || TextMatch.Contains(entry.Tenant.Slug, text)) ?? [];

    private async Task Load()
    {
        if (Person is not null)
        {
            tenants = await Access.ListAsync(Person, CancellationToken.None);
        }
    }
}
