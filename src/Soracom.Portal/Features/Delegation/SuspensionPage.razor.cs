using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Delegation;

/// <summary>What an owner of a suspended tenant is told about that, and can do: its own pages let nobody in.</summary>
public sealed partial class SuspensionPage
{
    private SuspendedTenant? tenant;
    private PortalError? error;
    private string? ended;
    private string? narrowed;
    private TenantRole? chosen;
    private bool busy;

    /// <summary>The tenant's name in the address: not called as in tenants' own pages, which open the tenant.</summary>
    [Parameter]
    public required string Account { get; set; }

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    [Inject]
    private SuspensionExit Exit { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private string Title => tenant is null ? Words["Suspended.Title"] : ended is null ? Words["Suspended.Named", Names.InText(tenant.Name)] : tenant.Name;

    private IReadOnlyList<TenantRole> Narrower => tenant is null ? [] : new PartnerTerms(tenant.Ceiling).Narrower;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        (error, ended, narrowed) = (null, null, null);
        await LookAsync();
    }

    private async Task LookAsync()
    {
        tenant = Person is null ? null : (await Access.SuspendedAsync(Person, Account, CancellationToken.None)).SingleOrDefault(one => one.IsOwner);
        if (tenant is null)
        {
            // Served again, not one's own, or none at all: the tenant's page says which, to those who may know.
            Navigation.NavigateTo(PortalUrls.Tenant(Account));
        }

        chosen = Narrower.Count > 0 ? Narrower[0] : null;
    }

    private async Task EndAsync()
    {
        var (partner, name) = (Names.InText(tenant!.ResellerName), Names.InText(tenant.Name));
        if (busy || !await Confirm.AskAsync(Words["Delegation.End"], Words["Suspension.End.Ask", partner, name], Words["Delegation.End"], danger: true))
        {
            return;
        }

        await RunAsync(async () =>
        {
            var result = await Exit.EndAsync(Person!, Account, CancellationToken.None);
            error = result.Error;
            if (error is null)
            {
                ended = result.Value;
            }
            else
            {
                await LookAsync();
            }
        });
    }

    // Less is taken back as easily as it was given.
    private Task NarrowAsync() => RunAsync(async () =>
    {
        var partner = Names.InText(tenant!.ResellerName);
        var result = await Exit.NarrowAsync(Person!, Account, new PartnerTerms(tenant.Ceiling), new PartnerTerms(chosen), CancellationToken.None);
        error = result.Error;
        narrowed = error is null ? Words["Suspension.Narrowed", partner, Terms(result.Value.Ceiling)].Value : null;
        await LookAsync();
    });

    private string Terms(TenantRole? ceiling) => ceiling is { } role ? Words["PartnerTerms.As", Roles.Name(Words, role)] : Words["PartnerTerms.Everything"];

    private async Task RunAsync(Func<Task> act)
    {
        (busy, error, narrowed) = (true, null, null);
        try
        {
            await act();
        }
        finally
        {
            busy = false;
        }
    }
}
