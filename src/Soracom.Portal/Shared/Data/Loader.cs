using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Data;

/// <summary>
/// Loads what a page shows. A new request cancels the one before, and an answer that comes late is dropped: the page
/// never shows the result of an earlier question.
/// </summary>
/// <typeparam name="T">What is loaded.</typeparam>
/// <param name="clock">The clock.</param>
public sealed class Loader<T>(TimeProvider clock) : IDisposable
{
    private CancellationTokenSource current = new();
    private bool disposed;

    /// <summary>What there is to show.</summary>
    public Loadable<T> State { get; private set; } = new Loadable<T>.Loading();

    /// <summary>Asks anew.</summary>
    /// <param name="load">Asks.</param>
    /// <param name="isEmpty">Whether an answer holds nothing; never by default.</param>
    /// <param name="filtered">Whether the question had a filter.</param>
    /// <returns>True when <see cref="State"/> is this question's answer; false when another was asked meanwhile.</returns>
    public async Task<bool> LoadAsync(Func<CancellationToken, Task<Result<T>>> load, Func<T, bool>? isEmpty = null, bool filtered = false)
    {
        ArgumentNullException.ThrowIfNull(load);
        if (disposed)
        {
            return false;
        }

        // Replaced before it is cancelled, so that the question before knows that it was overtaken; not disposed, as that may
        // still be linking to its token.
        var before = current;
        var mine = current = new CancellationTokenSource();
        State = new Loadable<T>.Loading();
        await before.CancelAsync();
        if (mine != current || disposed)
        {
            return false;
        }

        try
        {
            var result = await load(mine.Token);
            if (mine != current || disposed)
            {
                return false;
            }

            State = result.Error is { } error ? new Loadable<T>.Failed(error)
                : isEmpty is not null && isEmpty(result.Value) ? new Loadable<T>.Empty(filtered, clock.GetUtcNow())
                : new Loadable<T>.Ready(result.Value, clock.GetUtcNow());
            return true;
        }
        catch (OperationCanceledException) when (mine != current || disposed)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            current.Cancel();
            current.Dispose();
        }
    }
}
