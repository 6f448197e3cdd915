using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Audit;

/// <summary>Who did what in a tenant. What it shows is what its address says.</summary>
public sealed partial class AuditPage
{
    private AuditQuery query = AuditQuery.All;
    private AuditPageContent? shown;
    private IReadOnlyList<AuditPerson> people = [];

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
    private AuditLog Log { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => people = await Log.PeopleAsync(Tenant, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var asked = query = AuditQuery.Parse(Location);
        var answer = await Log.ListAsync(Tenant, asked, CancellationToken.None);

        // Unless something else was asked for meanwhile.
        if (asked == query)
        {
            shown = answer;
        }
    }

    private void Go(AuditQuery changed) => Navigation.NavigateTo(PortalUrls.Audit(Slug, changed), replace: true);
}
