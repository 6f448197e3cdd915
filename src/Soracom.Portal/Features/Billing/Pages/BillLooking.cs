using Soracom.Api;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Billing.Pages;

/// <summary>
/// How fresh the bills are that a page shows. It has them read while the page is open: each coverage by itself, as those of one need not wait for
/// those of another.
/// </summary>
/// <param name="bills">The tenant's bills.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="clock">The clock.</param>
/// <param name="show">Shows what there is by now.</param>
/// <param name="left">The page is left.</param>
internal sealed class BillLooking(Bills bills, TenantContext tenant, TimeProvider clock, Func<Task> show, CancellationToken left)
{
    /// <summary>How often is looked whether somebody else has read them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly HashSet<SoracomCoverage> reading = [];

    /// <summary>How fresh bills are, of each coverage that there is a credential for; null before it is known.</summary>
    public IReadOnlyList<BillStanding>? Standings { get; private set; }

    /// <summary>How fresh those of a coverage are; null without a credential.</summary>
    public BillStanding? Of(SoracomCoverage coverage) => Standings?.FirstOrDefault(standing => standing.Coverage == coverage);

    /// <summary>Whether those of a coverage are being read.</summary>
    public bool IsReading(SoracomCoverage coverage) => reading.Contains(coverage);

    /// <summary>Whether those of a coverage are on their way for the first time: then that there are none yet says nothing.</summary>
    public bool IsFirst(SoracomCoverage coverage) => Of(coverage) is { ReadAt: null, Failure: null } || (IsReading(coverage) && Of(coverage) is { ReadAt: null });

    /// <summary>Learns how fresh they are.</summary>
    public async Task LoadAsync() => Standings = await bills.StandingAsync(tenant, left);

    /// <summary>Has those of a coverage read, where they are old; whoever else reads them is waited for.</summary>
    /// <param name="coverage">The coverage.</param>
    /// <param name="evenIfFresh">Whether to read whatever their age.</param>
    public async Task ReadAsync(SoracomCoverage coverage, bool evenIfFresh)
    {
        if (Of(coverage) is null || !reading.Add(coverage))
        {
            return;
        }

        try
        {
            await show();
            Standings = await bills.RefreshAsync(tenant, coverage, evenIfFresh, left);
            while (Of(coverage) is { IsBeingRead: true })
            {
                await show();
                await Task.Delay(Pause, clock, left);
                Standings = await bills.StandingAsync(tenant, left);
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more, or may.
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
        }
        finally
        {
            reading.Remove(coverage);
        }

        if (!left.IsCancellationRequested && !tenant.Ended.IsCancellationRequested)
        {
            await show();
        }
    }

    /// <summary>Has them read now and whenever they have become old, until the page is left.</summary>
    /// <param name="coverage">Which coverage is shown just then.</param>
    public async Task WatchAsync(Func<SoracomCoverage> coverage)
    {
        await ReadAsync(coverage(), evenIfFresh: false);
        await PageWatch.RunAsync(clock, BillingOptions.LookEvery, tenant, () => ReadAsync(coverage(), evenIfFresh: false), left);
    }
}
