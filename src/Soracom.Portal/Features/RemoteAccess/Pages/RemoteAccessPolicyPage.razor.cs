using Microsoft.AspNetCore.Components;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.RemoteAccess.Pages;

/// <summary>What has to be so for a door to be opened: everybody who sees doors reads it, an owner changes it.</summary>
public sealed partial class RemoteAccessPolicyPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private Loader<IReadOnlyList<PolicyGroup>> groups = null!;
    private CancellationToken left;
    private RemoteAccessPolicy? policy;
    private RemoteAccessPolicy? present;
    private IReadOnlyList<PolicyRole> ownRoles = [];
    private IReadOnlyList<PolicyPerson> people = [];
    private PortalError? error;
    private bool saved;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private RemoteAccessPolicies Policies { get; set; } = null!;

    [Inject]
    private OpenerChoices Choices { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool May => Tenant.May(Permission.RemoteAccessRules);

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        groups.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        (left, groups) = (gone.Token, new Loader<IReadOnlyList<PolicyGroup>>(Clock));
        var choices = await Choices.PeopleAsync(Tenant, left);
        ownRoles = await Choices.RolesAsync(Tenant, left);
        (policy, people) = (await Policies.GetAsync(Tenant, left), choices);
        await LoadGroupsAsync();
    }

    private async Task LoadGroupsAsync()
    {
        var loading = groups.LoadAsync(token => Choices.GroupsAsync(Tenant, token));
        StateHasChanged();
        await loading;
    }

    private async Task SaveAsync()
    {
        if (busy || !May)
        {
            return;
        }

        (busy, saved) = (true, false);
        try
        {
            var put = await Policies.PutAsync(Tenant, policy!, CancellationToken.None);
            error = put.Error;
            present = put.Error is ConflictError ? await Policies.GetAsync(Tenant, left) : null;
            if (put.Error is null)
            {
                (policy, saved) = (put.Value, true);
            }
        }
        finally
        {
            busy = false;
        }
    }

    /// <summary>What somebody else saved meanwhile is gone on with; what was typed here is not kept.</summary>
    private void Take() => (policy, present, error) = (present, null, null);

    /// <summary>What was typed here is saved over it.</summary>
    private Task OverwriteAsync()
    {
        (policy!.Version, present) = (present!.Version, null);
        return SaveAsync();
    }
}
