using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Delegation;

/// <summary>What the tenant lets its partner do, and what the partner's people did. Its owners narrow and end it here.</summary>
public sealed partial class DelegationPage
{
    private DelegationView? view;
    private TenantRole? chosen;
    private string partner = string.Empty;
    private PortalError? error;
    private string? notice;
    private bool looked;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private Delegations Delegations { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LookAsync();

    private async Task LookAsync()
    {
        view = await Delegations.LookAsync(Tenant, CancellationToken.None);
        (chosen, looked) = (view is null ? PartnerTerms.Ceilings[0] : view.Ceiling, true);
    }

    private string Terms(TenantRole? ceiling) => ceiling is { } role ? Words["PartnerTerms.As", Roles.Name(Words, role)] : Words["PartnerTerms.Everything"];

    private async Task ChangeAsync()
    {
        var (former, terms, name) = (new PartnerTerms(view!.Ceiling), new PartnerTerms(chosen), Names.InText(view.PartnerName));
        // Less is taken back as easily as it was given; more is not.
        if (!terms.IsWithin(former) && !await Confirm.AskAsync(Words["Delegation.Change"], Words["Delegation.Change.Ask", name, Names.InText(Tenant.Tenant.Name), Terms(chosen)], Words["Delegation.Change"]))
        {
            return;
        }

        await RunAsync(async () =>
        {
            var changed = await Delegations.ChangeAsync(Tenant, former, terms, CancellationToken.None);
            error = changed.Error;
            notice = error is null ? Words["Delegation.Changed", name, Terms(changed.Value.Ceiling)].Value : null;
        });
    }

    private async Task EndAsync()
    {
        var name = Names.InText(view!.PartnerName);
        var members = view.People.Where(person => person.IsMember).Select(person => Names.InText(person.Name)).ToList();
        string question = Words["Delegation.End.What", name, Names.InText(Tenant.Tenant.Name)];
        if (members.Count > 0)
        {
            question = $"{question} {Words["Delegation.End.Members", string.Join(", ", members)]}";
        }

        if (await Confirm.AskAsync(Words["Delegation.End"], question, Words["Delegation.End"], danger: true))
        {
            await RunAsync(async () =>
            {
                var ended = await Delegations.EndAsync(Tenant, view.PartnerId, CancellationToken.None);
                error = ended.Error;
                notice = error is null ? Words["Delegation.Ended", Names.InText(ended.Value)].Value : null;
            });
        }
    }

    private async Task GiveAsync()
    {
        var found = await Delegations.FindPartnerAsync(Tenant, partner, CancellationToken.None);
        (error, notice) = (found.Error, null);
        if (error is null && await Confirm.AskAsync(Words["Delegation.Give"], Words["Delegation.Give.Ask", Names.InText(found.Value), Names.InText(Tenant.Tenant.Name), Terms(chosen)], Words["Delegation.Give.Do"]))
        {
            await RunAsync(async () =>
            {
                var given = await Delegations.GiveAsync(Tenant, partner, new PartnerTerms(chosen), CancellationToken.None);
                error = given.Error;
                notice = error is null ? Words["Delegation.Given", Names.InText(given.Value), Terms(chosen)].Value : null;
            });
        }
    }

    private async Task RunAsync(Func<Task> act)
    {
        (busy, error, notice) = (true, null, null);
        try
        {
            await act();
            if (error is not FreshSignInError)
            {
                // What was chosen stays for the time after the sign-in.
                await LookAsync();
            }
        }
        finally
        {
            busy = false;
        }
    }
}
