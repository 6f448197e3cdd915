using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;
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
    private IReadOnlyList<CustomRoleSummary> custom = [];
    private GroupGrantList? groups;
    private (Guid PersonId, GivenRole Role)? chosen;
    private (Guid PersonId, DateTimeOffset? Until)? limited;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private MemberList List { get; set; } = null!;

    [Inject]
    private CustomRoles CustomRoles { get; set; } = null!;

    [Inject]
    private GroupGrants GroupGrants { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool MayManage => Tenant.May(Permission.MembersManage);

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        custom = await CustomRoles.ListAsync(Tenant, CancellationToken.None);
        groups = MayManage ? await GroupGrants.ListAsync(Tenant, CancellationToken.None) : null;
        members = await List.ListAsync(Tenant, CancellationToken.None);
    }

    private string NameOf(MemberSummary member) => Roles.Name(Words, member.Role.Preset, member.CustomRole);

    private string NameOf(GivenRole role) => Roles.Name(Words, role.Preset, custom.FirstOrDefault(own => own.Id == role.CustomRoleId)?.Name);

    private GivenRole ChosenFor(MemberSummary member) => chosen is { } choice && choice.PersonId == member.PersonId ? choice.Role : member.Role;

    // Arrow keys pass through the roles one by one: choosing changes nothing yet.
    private void Choose(MemberSummary member, GivenRole role) => chosen = role != member.Role ? (member.PersonId, role) : null;

    private async Task ChangeAsync(MemberSummary member)
    {
        var role = ChosenFor(member);
        var question = Words["Members.Change.What", Names.InText(member.Name), NameOf(member), NameOf(role)];
        if (await Confirm.AskAsync(Words["Members.Change.Title"], question, Words["Members.Change"]))
        {
            await RunAsync(async () => Say(
                await List.ChangeRoleAsync(Tenant, member.PersonId, member.Role, role, CancellationToken.None),
                changed => Words["Members.Changed", Names.InText(member.Name), NameOf(changed)]));
        }

        // What was chosen stays for the time after the sign-in.
        chosen = error is FreshSignInError ? chosen : null;
    }

    private DateTimeOffset? UntilFor(MemberSummary member) => limited is { } choice && choice.PersonId == member.PersonId ? choice.Until : member.Until;

    private string Day(DateTimeOffset? until) => MemberDays.Text(until, Tenant.Tenant.OwnTimeZone);

    // Choosing changes nothing yet; a year that is being typed is no day.
    private void Limit(MemberSummary member, string? day)
    {
        if (MemberDays.TryRead(day, Tenant.Tenant.OwnTimeZone, out var until))
        {
            limited = until == member.Until ? null : (member.PersonId, until);
        }
    }

    private async Task LimitAsync(MemberSummary member)
    {
        var until = UntilFor(member);
        await RunAsync(async () => Say(
            await List.LimitAsync(Tenant, member.PersonId, member.Until, until, CancellationToken.None),
            changed => changed is null ? Words["Members.Endless", Names.InText(member.Name)] : Words["Members.Limited", Names.InText(member.Name), Day(changed)]));
        limited = error is FreshSignInError ? limited : null;
    }

    private async Task RemoveAsync(MemberSummary member)
    {
        var question = Words["Members.Remove.What", Names.InText(member.Name), Names.InText(Tenant.Tenant.Name)].Value + (member.Group is null && groups is not { Grants.Count: > 0 } ? string.Empty : $" {Words["Members.Remove.Groups"]}");
        if (await Confirm.AskAsync(Words["Members.Remove.Title"], question, Words["Members.Remove"], danger: true))
        {
            await RunAsync(async () => Say(await List.RemoveAsync(Tenant, member.PersonId, CancellationToken.None), _ => Words["Members.Removed", Names.InText(member.Name)]));
        }
    }

    private async Task ShowSessionsAsync(MemberSummary member) => await Dialogs.OpenAsync<MemberSessionsForm>(
        Words["Members.SessionsOf", Names.InText(member.Name)],
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(MemberSessionsForm.Tenant)] = Tenant,
            [nameof(MemberSessionsForm.Member)] = member,
        },
        new DialogOptions { Width = "min(52rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, AutoFocusFirstElement = true });

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
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
