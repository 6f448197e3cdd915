using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>Who belongs to the tenant, and as what.</summary>
public sealed partial class MembersPage
{
    private IReadOnlyList<MemberSummary>? members;
    private PortalError? error;
    private string? notice;
    private bool busy;
    private int reading;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private MemberList List { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private bool MayManage => Tenant.May(Permission.MembersManage);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync() => members = await List.ListAsync(Tenant, CancellationToken.None);

    private async Task ChangeAsync(MemberSummary member, ChangeEventArgs change)
    {
        if (Enum.TryParse<TenantRole>(change.Value as string, out var role) && Enum.IsDefined(role))
        {
            await RunAsync(async () => Say(
                await List.ChangeRoleAsync(Tenant, member.PersonId, role, CancellationToken.None),
                changed => Words["Members.Changed", member.Name, Roles.Name(Words, changed)]));
        }
    }

    private async Task RemoveAsync(MemberSummary member)
    {
        if (await Confirm.AskAsync(Words["Members.Remove.Title"], Words["Members.Remove.What", member.Name, Tenant.Tenant.Name], Words["Members.Remove"], danger: true))
        {
            await RunAsync(async () => Say(await List.RemoveAsync(Tenant, member.PersonId, CancellationToken.None), _ => Words["Members.Removed", member.Name]));
        }
    }

    private void Say<T>(Result<T> result, Func<T, string> words)
    {
        error = result.Error;
        notice = result.Error is null ? words(result.Value) : null;
    }

    private async Task RunAsync(Func<Task> act)
    {
        busy = true;
        error = null;
        notice = null;
        try
        {
            await act();
            // New rows, so that the choice of a role that was refused is not left standing.
            reading++;
            members = await List.ListAsync(Tenant, CancellationToken.None);
        }
        finally
        {
            busy = false;
        }
    }
}
