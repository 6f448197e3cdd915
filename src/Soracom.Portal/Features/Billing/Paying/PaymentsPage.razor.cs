using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>Coupons with their balance, long term discounts, and statements of payments with their files.</summary>
public sealed partial class PaymentsPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private Loader<PaymentPapers> papers = null!;
    private SoracomCoverage coverage;
    private SoracomCoverage? loaded;
    private IReadOnlyList<BillStanding>? standings;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private PaymentRecords Records { get; set; } = null!;

    [Inject]
    private Bills Bills { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private Loadable<PaymentPapers> State => papers.State;

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        papers.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        left = gone.Token;
        papers = new Loader<PaymentPapers>(Clock);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            standings ??= await Bills.StandingAsync(Tenant, left);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }

        coverage = BillQuery.Parse(Location).Coverage ?? (standings is [var first, ..] ? first.Coverage : default);

        // The first, static rendering asks nobody.
        if (RendererInfo.IsInteractive && loaded != coverage)
        {
            loaded = coverage;
            await LoadAsync(fresh: false);
        }
    }

    private async Task LoadAsync(bool fresh)
    {
        var asked = coverage;
        try
        {
            await papers.LoadAsync(token => Records.ReadAsync(Tenant, asked, fresh, token));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more, or may.
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
        }
    }
}
