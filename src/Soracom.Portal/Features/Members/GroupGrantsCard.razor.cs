using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>Which groups of the identity provider give which roles, and whom they let in no more.</summary>
public sealed partial class GroupGrantsCard
{
    private PortalError? error;
    private string? notice;
    private string group = string.Empty;
    private string label = string.Empty;
    private GivenRole role = new(TenantRole.Viewer);
    private (Guid GrantId, GivenRole Role)? chosen;
    private bool busy;

    /// <summary>What groups give.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupGrantList Groups { get; set; }

    /// <summary>The tenant's own roles.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<CustomRoleSummary> Custom { get; set; }

    /// <summary>Called when something was changed: members may have gone or got another role.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private GroupGrants List { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private bool MayMap => Groups.Source != GroupSource.Partner;

    private bool MayAdd => Groups.Source is GroupSource.Known or GroupSource.Unknown;

    private GivenRole ChosenFor(GroupGrantSummary grant) => chosen is { } choice && choice.GrantId == grant.Id ? choice.Role : grant.Role;

    private void Choose(GroupGrantSummary grant, GivenRole given) => chosen = given != grant.Role ? (grant.Id, given) : null;

    private string NameOf(GivenRole given) => Roles.Name(Words, given.Preset, Custom.FirstOrDefault(own => own.Id == given.CustomRoleId)?.Name);

    private async Task AddAsync()
    {
        var question = Words["GroupGrants.Add.What", Names.InText(group.Trim()), NameOf(role), Names.InText(Groups.Issuer)];
        if (!busy && await Confirm.AskAsync(Words["GroupGrants.Add"], question, Words["GroupGrants.Add"]))
        {
            await RunAsync(async () =>
            {
                var made = await List.AddAsync(Tenant, group, label, role, CancellationToken.None);
                Say(made, one => Words["GroupGrants.Added", Names.InText(one.Label)]);
                if (made.Error is null)
                {
                    (group, label) = (string.Empty, string.Empty);
                }
            });
        }
    }

    private async Task ChangeRoleAsync(GroupGrantSummary grant)
    {
        var given = ChosenFor(grant);
        await ChangeAsync(
            new GroupGrantChange(Groups.Seen, grant.Id, GroupGrantStep.Role, given),
            Words["Members.Change.Title"],
            Words["GroupGrants.Change.What", Names.InText(grant.Label), NameOf(grant.Role), NameOf(given)],
            Words["Members.Change"],
            asks: _ => true);

        // What was chosen stays for the time after the sign-in.
        chosen = error is FreshSignInError ? chosen : null;
    }

    // A place that changes nothing for anybody needs no question.
    private Task MoveAsync(GroupGrantSummary grant, GroupGrantStep step) => ChangeAsync(
        new GroupGrantChange(Groups.Seen, grant.Id, step),
        Words["GroupGrants.Move"],
        Words["GroupGrants.Move.What", Names.InText(grant.Label)],
        Words["GroupGrants.Move"],
        asks: effect => effect.Losing + effect.Changing > 0);

    private Task RemoveAsync(GroupGrantSummary grant) => ChangeAsync(
        new GroupGrantChange(Groups.Seen, grant.Id, GroupGrantStep.Remove),
        Words["GroupGrants.Remove"],
        Words["GroupGrants.Remove.What", Names.InText(grant.Label)],
        Words["Members.Remove"],
        asks: _ => true);

    private async Task ChangeAsync(GroupGrantChange change, string title, string what, string yes, Func<GroupGrantEffect, bool> asks)
    {
        if (busy)
        {
            return;
        }

        var preview = await List.PreviewAsync(Tenant, change, CancellationToken.None);
        if (preview.Error is { } problem)
        {
            (error, notice) = (problem, null);
            await OnChange.InvokeAsync();
            return;
        }

        var effect = preview.Value;
        if (!asks(effect) || await Confirm.AskAsync(title, $"{what} {Words["GroupGrants.Effect", effect.Losing, effect.Changing]}", yes, danger: effect.Losing > 0 || change.Step == GroupGrantStep.Remove))
        {
            await RunAsync(async () => Say(await List.ChangeAsync(Tenant, change, CancellationToken.None), done => Words["GroupGrants.Changed", done.Losing, done.Changing]));
        }
    }

    private Task ReadmitAsync(ShutOutPerson person) => RunAsync(async () => Say(await List.ReadmitAsync(Tenant, person.PersonId, CancellationToken.None), name => Words["GroupGrants.Readmitted", Names.InText(name)]));

    private void Say<T>(Result<T> result, Func<T, string> words)
    {
        error = result.Error;
        notice = result.Error is null ? words(result.Value) : null;
    }

    private async Task RunAsync(Func<Task> act)
    {
        if (busy)
        {
            return;
        }

        (busy, error, notice) = (true, null, null);
        try
        {
            await act();
            await OnChange.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
