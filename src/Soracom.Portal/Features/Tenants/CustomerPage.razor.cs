using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants;

/// <summary>One of a reseller's customers, from outside its tenant: suspended, resumed, taken along and removed here.</summary>
public sealed partial class CustomerPage
{
    private ResellerContext? reseller;
    private Customer? customer;
    private PortalError? error;
    private string? notice;
    private string? removed;
    private bool looked;
    private bool busy;

    /// <summary>The tenant's name in the address: not called as in tenants' own pages, which open the tenant.</summary>
    [Parameter]
    public required string CustomerSlug { get; set; }

    /// <summary>The key of the error by which taking everything along was just refused; the page knows them by name and says nothing else.</summary>
    [SupplyParameterFromQuery(Name = "refused")]
    private string? Refused { get; set; }

    [Inject]
    private Customers Customers { get; set; } = null!;

    [Inject]
    private CustomerRemoval Removal { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ActAsync(async () =>
    {
        (customer, reseller, removed, looked) = (null, null, null, false);
        foreach (var one in await OpenAsync())
        {
            if (await Customers.FindAsync(one, CustomerSlug, CancellationToken.None) is { } found)
            {
                (customer, reseller) = (found, one);
            }
        }

        WatchOverIt();
        (error, looked) = (customer is null ? null : await RefusalOfAsync(customer), true);
    });

    // What the address says is told only where it is so still.
    private async Task<PortalError?> RefusalOfAsync(Customer refusing) => Refused switch
    {
        "CustomerHolds" when refusing.Ceiling is not null => new InputError("CustomerHolds", Names.InText(refusing.Name)),
        "FilesSuspended" when refusing.SuspendedAt is null => new InputError("FilesSuspended", Names.InText(refusing.Name)),
        "FreshSignIn" => await reseller!.RequireFreshAsync(CancellationToken.None),
        _ => null,
    };

    private async Task SuspendAsync(string reason)
    {
        var name = Names.InText(customer!.Name);
        if (await Confirm.AskAsync(Words["Customers.Suspend"], Words["Customers.Suspend.Ask", name], Words["Customers.Suspend"], danger: true))
        {
            await RunAsync(async () => (await Customers.SuspendAsync(reseller!, customer.Id, reason, CancellationToken.None)).Error, Words["Customers.Suspend.Done", name]);
        }
    }

    private Task ResumeAsync() => RunAsync(
        async () => (await Customers.ResumeAsync(reseller!, customer!.Id, CancellationToken.None)).Error, Words["Customers.Resume.Done", Names.InText(customer!.Name)]);

    private async Task RemoveAsync(string typed)
    {
        var name = Names.InText(customer!.Name);
        if (await Confirm.AskAsync(Words["Offboard.Remove"], Words["Offboard.Remove.Ask", name], Words["Offboard.Remove"], danger: true))
        {
            await RunAsync(
                async () =>
                {
                    // What is removed here is no customer any more before the page has said that.
                    WatchOver([(reseller!, [])]);
                    var result = await Removal.RemoveAsync(reseller!, customer.Id, typed, CancellationToken.None);
                    removed = result is { Error: null, Value: true } ? customer.Name : null;
                    return result.Error;
                },
                done: null);
        }
    }

    private void WatchOverIt()
    {
        IReadOnlyCollection<Guid> shown = customer is null ? [] : [customer.Id];
        WatchOver(reseller is null ? [] : [(reseller, shown)]);
    }

    private async Task RunAsync(Func<Task<PortalError?>> act, string? done)
    {
        (busy, error, notice) = (true, null, null);
        try
        {
            await ActAsync(async () =>
            {
                error = await act();
                notice = error is null ? done : null;
                customer = await Customers.FindAsync(reseller!, CustomerSlug, CancellationToken.None);
                WatchOverIt();
            });
        }
        finally
        {
            busy = false;
        }
    }
}
