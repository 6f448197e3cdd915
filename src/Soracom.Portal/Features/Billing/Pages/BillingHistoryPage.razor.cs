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
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken left;
    private SoracomCoverage coverage;
    private BillLooking looking = null!;
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

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<BillStanding>? Standings => looking.Standings;

    private BillStanding? Standing => looking.Of(coverage);

    /// <summary>The newest months, in the order of time, each of them: one without an amount in the newest one's currency is missing, and did not cost nothing. Only to be drawn.</summary>
    private List<ChartColumn> Columns
    {
        get
        {
            var known = view!.Months.Where(month => month.Currency == view.Months[0].Currency).ToDictionary(month => month.Month);
            var (newest, oldest) = (BillMonths.Of(view.Months[0].Month), known.Keys.Min());
            return
            [
                .. Enumerable.Range(0, MostColumns).Select(back => newest.AddMonths(-back)).Where(month => month.Number() >= oldest).Select((month, index) => new ChartColumn(
                    BillWords.Month(month),
                    known.GetValueOrDefault(month.Number()) is { Amount: { } amount } bill ? bill.ForecastAt(view.At) is { } whole ? [Drawn(amount), Drawn(whole - bill.CouponAmount - amount)] : [Drawn(amount)] : [double.NaN],
                    // Not below the last one: it would stand out.
                    index % 3 == 2 ? month.FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture) : null)).Reverse(),
            ];
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        left = gone.Token;
        looking = new BillLooking(Bills, Tenant, Clock, async () => { await ShowAsync(); StateHasChanged(); }, left);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            if (Standings is null)
            {
                await looking.LoadAsync();
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }

        var asked = BillQuery.Parse(Location).Coverage ?? (Standings is [var first, ..] ? first.Coverage : default);
        var other = asked != coverage && view is not null;
        coverage = asked;
        await ShowAsync();
        opened.TrySetResult();
        if (other)
        {
            await looking.ReadAsync(coverage, evenIfFresh: false);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await opened.Task;
            await looking.WatchAsync(() => coverage);
        }
    }

    private async Task ShowAsync()
    {
        var asked = coverage;
        try
        {
            var answer = await Bills.MonthAsync(Tenant, asked, BillQuery.Newest with { Coverage = asked }, left);
            if (asked == coverage)
            {
                view = answer;
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private static double Drawn(decimal? amount) => (double)Math.Max(0, amount ?? 0);

    private string Text(double amount)
    {
        if (double.IsNaN(amount))
        {
            return L["Billing.NoFigure"];
        }

        var currency = view!.Months[0].Currency;
        return MoneyText.Of(new Money(decimal.Round((decimal)amount, currency == Currencies.Yen ? 0 : 2), currency));
    }
}
