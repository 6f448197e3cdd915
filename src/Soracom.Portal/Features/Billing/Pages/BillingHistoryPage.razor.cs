using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Charts;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Billing.Pages;

/// <summary>All months of an account that the portal has ever seen.</summary>
public sealed partial class BillingHistoryPage : IDisposable
{
    /// <summary>Columns of the chart: three years, so that the same month is seen thrice.</summary>
    private const int MostColumns = 36;

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private SoracomCoverage coverage;
    private IReadOnlyList<BillStanding>? standings;
    private BillView? view;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private Bills Bills { get; set; } = null!;

    private BillStanding? Standing => standings?.FirstOrDefault(standing => standing.Coverage == coverage);

    /// <summary>The newest months of the newest one's currency, in the order of time. Only to be drawn.</summary>
    private List<ChartColumn> Columns =>
    [
        .. view!.Months.Where(month => month.Currency == view.Months[0].Currency).Take(MostColumns).Select((month, index) => new ChartColumn(
            BillWords.Month(month.Month),
            [Drawn(month.Amount), Drawn(month.Forecast - month.CouponAmount - month.Amount)],
            // Not below the last one: it would stand out.
            index % 3 == 2 ? BillMonths.Of(month.Month).FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture) : null)).Reverse(),
    ];

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => left = gone.Token;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            standings ??= await Bills.StandingAsync(Tenant, left);
            var query = BillQuery.Parse(Location);
            coverage = query.Coverage ?? (standings is [var first, ..] ? first.Coverage : default);
            view = await Bills.MonthAsync(Tenant, coverage, BillQuery.Newest with { Coverage = coverage }, left);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private static double Drawn(decimal? amount) => (double)Math.Max(0, amount ?? 0);

    private string Text(double amount)
    {
        var currency = view!.Months[0].Currency;
        return MoneyText.Of(new Money(decimal.Round((decimal)amount, currency == Currencies.Yen ? 0 : 2), currency));
    }
}
