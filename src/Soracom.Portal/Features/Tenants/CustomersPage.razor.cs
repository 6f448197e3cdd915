using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Tenants;

/// <summary>A reseller's customers. What it shows of them is what its address says.</summary>
public sealed partial class CustomersPage
{
    private CustomersQuery query = new();
    private IReadOnlyList<ResellerContext>? resellers;
    private IReadOnlyList<(ResellerContext Reseller, Customer Customer)>? customers;

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private Customers Customers { get; set; } = null!;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => ActAsync(async () =>
    {
        resellers = await OpenAsync();
        var found = new List<(ResellerContext Reseller, Customer Customer)>();
        foreach (var reseller in resellers)
        {
            found.AddRange((await Customers.ListAsync(reseller, CancellationToken.None)).Select(customer => (reseller, customer)));
        }

        WatchOver(resellers.Select(reseller => (reseller, (IReadOnlyCollection<Guid>)[.. found.Where(one => one.Reseller == reseller).Select(one => one.Customer.Id)])));
        customers = found;
    });

    /// <inheritdoc />
    protected override void OnParametersSet() => query = CustomersQuery.Parse(Location);

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private void Go(CustomersQuery changed) => Navigation.NavigateTo(PortalUrls.Customers(changed), replace: true);
}
