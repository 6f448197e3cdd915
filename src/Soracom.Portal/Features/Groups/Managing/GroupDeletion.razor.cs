using Microsoft.AspNetCore.Components;
using Radzen;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups.Managing;

/// <summary>Says what is in a group before it is deleted. With SIMs in it, it has to be told twice: once that it is to go all the same, and then by its name.</summary>
public sealed partial class GroupDeletion : IDisposable
{
    private Loader<GroupMembers> loader = null!;
    private PortalError? problem;
    private string typed = "";
    private bool told;
    private bool busy;

    /// <summary>The group.</summary>
    [Parameter]
    [EditorRequired]
    public required LabelledGroup Group { get; set; }

    /// <summary>The tenant.</summary>
    [Parameter]
    [EditorRequired]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private GroupManager Manager { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Label => GroupManager.LabelOf(Group.GroupId, Group.Name);

    private bool IsTyped => string.Equals(typed.Trim(), Label.Trim(), StringComparison.Ordinal);

    /// <inheritdoc />
    public void Dispose() => loader.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        loader = new Loader<GroupMembers>(Clock);
        return LoadAsync();
    }

    private Task<bool> LoadAsync() => loader.LoadAsync(token => Manager.MembersAsync(Tenant, Group.Coverage, Group.GroupId, token));

    private async Task DeleteAsync(GroupMembers members)
    {
        if (busy || (members.Any && !(told && IsTyped)))
        {
            return;
        }

        (problem, busy) = (null, true);
        try
        {
            var deleted = await Manager.DeleteAsync(Tenant, Group.Coverage, Group.GroupId, told ? typed : null, CancellationToken.None);
            problem = deleted.Error;
            if (problem is GroupInUseError)
            {
                // SIMs came in since it was looked at: what was confirmed was something else.
                told = false;
                await LoadAsync();
            }
        }
        finally
        {
            busy = false;
        }

        if (problem is null)
        {
            Dialogs.Close(true);
        }
    }
}
