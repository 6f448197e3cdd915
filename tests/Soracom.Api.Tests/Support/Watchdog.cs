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

    public static CancellationToken Token => Sources.GetOrAdd(TestContext.Current.Test?.UniqueID ?? "", static _ => Start()).Token;

    private static CancellationTokenSource Start()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Limit);
        return source;
    }
}
