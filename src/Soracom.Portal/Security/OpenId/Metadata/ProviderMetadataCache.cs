namespace Soracom.Portal.Security.OpenId.Metadata;

/// <summary>
/// Keeps the metadata for a day, loads it once however many ask, and keeps the old while the provider cannot be reached.
/// </summary>
/// <param name="provider">Names the provider in the log: its section of the configuration.</param>
/// <param name="load">Asks the provider.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ProviderMetadataCache(
    string provider, Func<CancellationToken, Task<ProviderMetadata>> load, TimeProvider clock, ILogger logger) : IProviderMetadataSource
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The shortest time between two loads that unknown keys, or a provider that fails, can bring about.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private ProviderMetadata? current;
    private DateTimeOffset due = DateTimeOffset.MinValue;
    private DateTimeOffset refreshAllowed = DateTimeOffset.MinValue;
    private Task<ProviderMetadata>? loading;

    public Task<ProviderMetadata> GetAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return current is not null && clock.GetUtcNow() < due
                ? Task.FromResult(current)
                : JoinLoad().WaitAsync(cancellationToken);
        }
    }

    public Task<ProviderMetadata> RefreshAsync(ProviderMetadata seen, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!ReferenceEquals(current, seen) && current is not null)
            {
                return Task.FromResult(current);
            }

            var now = clock.GetUtcNow();
            if (now < refreshAllowed)
            {
                return Task.FromResult(seen);
            }

            refreshAllowed = now + ShortestInterval;
            return JoinLoad().WaitAsync(cancellationToken);
        }
    }

    // A load that is under way serves everybody, so it outlives the request that began it; the backchannel's timeout bounds it.
    private Task<ProviderMetadata> JoinLoad() => loading ??= Task.Run(LoadAsync, CancellationToken.None);

    private async Task<ProviderMetadata> LoadAsync()
    {
        try
        {
            var loaded = await load(CancellationToken.None);
            lock (gate)
            {
                due = clock.GetUtcNow() + Lifetime;
                return current = loaded;
            }
        }
        catch (OpenIdSignInException failure) when (current is not null)
        {
            LogKept(logger, failure, provider, failure.Message);
            lock (gate)
            {
                due = clock.GetUtcNow() + ShortestInterval;
                return current;
            }
        }
        finally
        {
            lock (gate)
            {
                loading = null;
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The metadata of the identity provider {Provider} could not be loaded again, the old is kept: {Detail}")]
    private static partial void LogKept(ILogger logger, Exception exception, string provider, string detail);
}
