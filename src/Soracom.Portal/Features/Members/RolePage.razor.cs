using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Features.Members;

/// <summary>One of the tenant's own roles: its name, and what it permits.</summary>
public sealed partial class RolePage
{
    /// <summary>Stands in the address where the role is yet to be made.</summary>
    private const string New = "new";

    private readonly HashSet<Permission> chosen = [];
    private IReadOnlyList<CustomRoleSummary> others = [];
    private CustomRoleSummary? former;
    private PortalError? error;
    private string name = string.Empty;
    private string? opened;
    private bool looked;
    private bool saved;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The role's id in the address, or that there is none yet.</summary>
    [Parameter]
    public required string RoleId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private CustomRoles List { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private bool IsNew => RoleId == New;

    private string Title => IsNew ? Words["Roles.New"] : former?.Name ?? Words["Roles.Title"];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (opened == RoleId)
        {
            return;
        }

        (opened, looked, saved, error) = (RoleId, false, false, null);
        await LookAsync();
        name = former?.Name ?? string.Empty;
        Take(former?.Permissions.Permissions ?? Enumerable.Empty<Permission>());
        looked = true;
    }

    private async Task LookAsync()
    {
        var roles = await List.ListAsync(Tenant, CancellationToken.None);
        former = roles.FirstOrDefault(role => string.Equals(role.Id.ToString(), RoleId, StringComparison.OrdinalIgnoreCase));
        others = [.. roles.Where(role => role != former)];
    }

    private void BeginFrom(string? key)
    {
        if (GivenRole.Read(key) is { } role)
        {
            Take(others.FirstOrDefault(own => own.Id == role.CustomRoleId)?.Permissions.Permissions ?? RolePermissions.Of(role.Preset));
        }
    }

    private void Take(IEnumerable<Permission> permissions)
    {
        chosen.Clear();
        chosen.UnionWith(permissions.Except(RolePermissions.OfOwnersAlone));
    }

    // Whoever changes something sees it; who does not see it changes nothing.
    private void Choose(Permission permission, bool isOn)
    {
        if (isOn)
        {
            chosen.UnionWith(PermissionFamily.Completed(new PermissionSet([permission])).Permissions);
        }
        else
        {
            chosen.RemoveWhere(other => other == permission || PermissionFamily.NeedsOf(other).Contains(permission));
        }
    }

    private async Task SaveAsync()
    {
        if (busy)
        {
            return;
        }

        (busy, saved, error) = (true, false, null);
        try
        {
            var permissions = new PermissionSet(chosen);
            if (former is null)
            {
                error = (await List.MakeAsync(Tenant, name, permissions, CancellationToken.None)).Error;
                if (error is null)
                {
                    Navigation.NavigateTo(PortalUrls.Roles(Slug));
                }
            }
            else if (former.Members == 0 || await Confirm.AskAsync(Words["Roles.Save"], Question(former, permissions), Words["Roles.Save"]))
            {
                var changed = await List.ChangeAsync(Tenant, former, name, permissions, CancellationToken.None);
                (error, saved) = (changed.Error, changed.Error is null);
                if (error is null or ConflictError or GoneError)
                {
                    // After a conflict what was chosen stays; another try is meant to overwrite what is there by now.
                    await LookAsync();
                }
            }
        }
        finally
        {
            busy = false;
        }
    }

    private string Question(CustomRoleSummary role, PermissionSet permissions)
    {
        var (added, taken) = (permissions.Permissions.Except(role.Permissions.Permissions).Order().ToList(), role.Permissions.Permissions.Except(permissions.Permissions).Order().ToList());
        return string.Join(
            ' ',
            new[]
            {
                added.Count > 0 ? Words["Roles.Save.Adds", InWords(added)].Value : null,
                taken.Count > 0 ? Words["Roles.Save.Takes", InWords(taken)].Value : null,
                Words["Roles.Save.Members", role.Members].Value,
            }.OfType<string>());
    }

    private string InWords(IEnumerable<Permission> permissions) => string.Join(Words["Roles.And"], permissions.Select(permission => Words[$"Permission.{permission}"].Value));
}
