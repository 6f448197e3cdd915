using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>Who is invited, and a form to invite somebody. A link is shown once, to whoever made it.</summary>
public sealed partial class InvitationsCard : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource left = new();
    private IReadOnlyList<InvitationSummary>? invitations;
    private MadeInvitation? made;
    private PortalError? error;
    private string? notice;
    private string email = string.Empty;
    private GivenRole role = new(TenantRole.Viewer);
    private string? day;
    private string? language;
    private string? shown;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    [EditorRequired]
    public required string Slug { get; set; }

    /// <summary>The tenant's own roles.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<CustomRoleSummary> Custom { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private Invitations List { get; set; } = null!;

    [Inject]
    private Outbox Outbox { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private bool IsMailOnItsWay => invitations?.Any(invitation => invitation.Mail?.State == MailState.Waiting) == true;

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Outbox.IsOn)
        {
            _ = PageWatch.RunAsync(Clock, LookEvery, Tenant, LookAsync, left.Token);
        }
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // The page around it draws it anew whenever it likes; only another tenant has other invitations.
        if (shown == Slug)
        {
            return;
        }

        (shown, language) = (Slug, Tenant.Tenant.Language ?? Languages.Present);
        invitations = await List.ListAsync(Tenant, CancellationToken.None);
    }

    private string Link(MadeInvitation invitation) => Navigation.ToAbsoluteUri(PortalUrls.Join(invitation.Code)).AbsoluteUri;

    private Task InviteAsync() => RunAsync(async () =>
    {
        if (!MemberDays.TryRead(day, Tenant.Tenant.OwnTimeZone, out var until))
        {
            error = new InputError("InvitationUntil");
            return;
        }

        var invited = await List.InviteAsync(Tenant, email, role, until, language!, CancellationToken.None);
        Show(invited);
        if (invited.Error is null)
        {
            (email, day) = (string.Empty, null);
        }
    });

    private Task RenewAsync(InvitationSummary invitation) => RunAsync(async () => Show(await List.RenewAsync(Tenant, invitation.Id, CancellationToken.None)));

    private async Task RevokeAsync(InvitationSummary invitation)
    {
        if (await Confirm.AskAsync(Words["Invitations.Revoke"], Words["Invitations.Revoke.What", Names.InText(invitation.Email)], Words["Invitations.Revoke"], danger: true))
        {
            await RunAsync(async () =>
            {
                var revoked = await List.RevokeAsync(Tenant, invitation.Id, CancellationToken.None);
                error = revoked.Error;
                notice = error is null ? Words["Invitations.Revoked", Names.InText(revoked.Value)].Value : null;
            });
        }
    }

    private Task LookAsync() => InvokeAsync(async () =>
    {
        if (IsMailOnItsWay && !busy)
        {
            invitations = await List.ListAsync(Tenant, left.Token);
            StateHasChanged();
        }
    });

    private void Show(Result<MadeInvitation> result)
    {
        error = result.Error;
        made = result.Error is null ? result.Value : null;
    }

    private async Task RunAsync(Func<Task> act)
    {
        if (busy)
        {
            return;
        }

        (busy, error, notice, made) = (true, null, null, null);
        try
        {
            await act();
            invitations = await List.ListAsync(Tenant, CancellationToken.None);
        }
        finally
        {
            busy = false;
        }
    }
}
