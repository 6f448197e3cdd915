using Microsoft.AspNetCore.Components;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Members;

/// <summary>Where the link of an invitation leads: says what it offers, and takes it when somebody says so. Whoever only looks uses nothing up.</summary>
public sealed partial class JoinPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private InvitationOffer? offer;
    private PortalError? error;
    private bool looked;
    private bool letsPartner = true;
    private TenantRole? ceiling = TenantRole.Operator;
    private bool busy;

    /// <summary>The link's code.</summary>
    [Parameter]
    public required string Code { get; set; }

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    [Inject]
    private Joining Joining { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (Person is { } person)
        {
            offer = await Joining.LookAsync(person, Code, gone.Token);
            looked = true;
        }
    }

    private async Task AcceptAsync()
    {
        if (busy)
        {
            return;
        }

        busy = true;
        try
        {
            var joined = await Joining.AcceptAsync(Person!, Code, letsPartner ? new PartnerTerms(ceiling) : null, gone.Token);
            error = joined.Error;
            if (error is null)
            {
                Navigation.NavigateTo(PortalUrls.Tenant(joined.Value), replace: true);
            }
        }
        finally
        {
            busy = false;
        }
    }
}
