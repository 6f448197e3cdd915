using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Data;

/// <summary>Looks again and again, for as long as a page is open, whether there is something new to show.</summary>
internal static class PageWatch
{
    /// <summary>Looks until the page is left, its tenant's circuit ends, or the right to look goes.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="interval">How often.</param>
    /// <param name="tenant">The tenant that the page is of.</param>
    /// <param name="look">Looks, and shows what is new.</param>
    /// <param name="left">The page is left.</param>
    /// <returns>A task that ends when nobody looks any more.</returns>
    public static async Task RunAsync(TimeProvider clock, TimeSpan interval, TenantContext tenant, Func<Task> look, CancellationToken left)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(left))
            {
                await look();
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
        }
    }
}
