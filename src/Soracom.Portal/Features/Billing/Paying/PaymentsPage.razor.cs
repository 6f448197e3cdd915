using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>Coupons with their balance, long term discounts, and statements of payments with their files, as the portal keeps them.</summary>
public sealed partial class PaymentsPage : IDisposable
{
    /// <summary>How often is looked whether somebody else has read it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource gone = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken left;
    private PaymentPapers? papers;
    private bool isLooked;
    private SoracomCoverage coverage;
    private SoracomCoverage? reading;
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

    private bool IsReading => reading == coverage;

    /// <summary>Whether nothing was ever read.</summary>
    private bool IsEmpty => papers is { Coupons.ReadAt: null, Discounts.ReadAt: null, Statements.ReadAt: null };

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
            var asked = BillQuery.Parse(Location).Coverage ?? (standings is [var first, ..] ? first.Coverage : default);
            var other = isLooked && asked != coverage;
            coverage = asked;
            await ShowAsync();
            opened.TrySetResult();
            if (other)
            {
                await ReadAsync(evenIfFresh: false);
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What the portal has is there already; what is new comes after it. The first, static rendering asks nobody.
        if (firstRender)
        {
            await opened.Task;
            await ReadAsync(evenIfFresh: false);
            await PageWatch.RunAsync(Clock, BillingOptions.LookEvery, Tenant, () => ReadAsync(evenIfFresh: false), left);
        }
    }

    private async Task ShowAsync()
    {
        var asked = coverage;
        var answer = await Records.ReadAsync(Tenant, asked, left);
        if (asked == coverage)
        {
            (papers, isLooked) = (answer, true);
        }
    }

    /// <summary>Has it read where it is old; whoever else reads it is waited for.</summary>
    private async Task ReadAsync(bool evenIfFresh)
    {
        var asked = coverage;
        if (papers is null || reading == asked)
        {
            return;
        }

        reading = asked;
        try
        {
            StateHasChanged();
            var answer = await Records.RefreshAsync(Tenant, asked, evenIfFresh, left);
            while (answer is { IsBeingRead: true } && asked == coverage)
            {
                await Task.Delay(Pause, Clock, left);
                answer = await Records.ReadAsync(Tenant, asked, left);
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more, or may.
            return;
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
            return;
        }
        finally
        {
            reading = reading == asked ? null : reading;
        }

        await ShowAsync();
        StateHasChanged();
    }
}
