using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>What each role may do, and the roles of the tenant's own.</summary>
public sealed partial class RolesPage
{
    private IReadOnlyList<CustomRoleSummary>? custom;
    private PortalError? error;
    private string? notice;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private CustomRoles List { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private bool MayManage => Tenant.May(Permission.MembersManage);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync() => custom = await List.ListAsync(Tenant, CancellationToken.None);

    private async Task RemoveAsync(CustomRoleSummary role)
    {
        if (busy || !await Confirm.AskAsync(Words["Roles.Remove.Title"], Words["Roles.Remove.What", Names.InText(role.Name)], Words["Roles.Remove"], danger: true))
        {
            return;
        }

        (busy, error, notice) = (true, null, null);
        try
        {
            var removed = await List.RemoveAsync(Tenant, role.Id, CancellationToken.None);
            error = removed.Error;
            notice = removed.Error is null ? Words["Roles.Removed", Names.InText(removed.Value)].Value : null;
            custom = await List.ListAsync(Tenant, CancellationToken.None);
        }
        finally
        {
            busy = false;
        }
    }
}
