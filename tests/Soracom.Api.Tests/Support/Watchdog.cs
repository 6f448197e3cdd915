using System.Collections.Concurrent;

namespace Soracom.Api.Tests.Support;

/// <summary>
/// The token that tests of the client pass on. A call that waits for a clock that nobody moves would wait for ever: this ends
/// the test instead, by its name. No test comes near the limit otherwise.
/// </summary>
internal static class Watchdog
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<string, CancellationTokenSource> Sources = new();

    public static CancellationToken Token => Source.Token;

    private static CancellationTokenSource Source => Sources.GetOrAdd(TestContext.Current.Test?.UniqueID ?? "", static _ => Start());

    /// <summary>Gives a test that is long by its nature more than the others have.</summary>
    public static void Allow(TimeSpan limit) => Source.CancelAfter(limit);

    private static CancellationTokenSource Start()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Limit);
        return source;
    }
}
