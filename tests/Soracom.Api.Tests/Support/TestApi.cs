using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Api.Http;

namespace Soracom.Api.Tests.Support;

/// <summary>A client of a server on this machine, with a clock that stands still and strict wire models.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    /// <summary>Longer than any wait between tries, shorter than any time limit.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(12);

    private readonly ServiceProvider provider;

    public TestApi(Uri address, Action<SoracomApiOptions>? configure = null, Action<IHttpClientBuilder>? http = null)
        : this(address, address, configure, http)
    {
    }

    public TestApi(
        Uri japan, Uri global, Action<SoracomApiOptions>? configure = null, Action<IHttpClientBuilder>? http = null, FakeTime? clock = null)
    {
        Clock = clock ?? new FakeTime();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        var builder = services.AddSoracomApi(options =>
        {
            options.JapanEndpoint = japan;
            options.GlobalEndpoint = global;
            options.RefuseUnknownMembers = true;
            configure?.Invoke(options);
        });
        http?.Invoke(builder);
        provider = services.BuildServiceProvider(validateScopes: true);
        Factory = provider.GetRequiredService<ISoracomClientFactory>();
    }

    public FakeTime Clock { get; }

    public LogCapture Logs { get; } = new();

    public IServiceProvider Services => provider;

    public ISoracomClientFactory Factory { get; }

    /// <summary>A client of the account that <see cref="Account"/> makes.</summary>
    public ISoracomClient Client => Factory.For(Account());

    public static SoracomAccount Account(string key = "credential:1", SoracomCoverage coverage = SoracomCoverage.Japan) =>
        new(key, coverage, _ => new(new AuthKeyCredential("keyId-test", "secret-test")));

    /// <summary>An area made up for a test, called as the account that <see cref="Account"/> makes.</summary>
    public T Area<T>(CallPriority priority = CallPriority.Interactive)
        where T : class =>
        Area<T>(priority, new AccountSessionSource(provider.GetRequiredService<SoracomSessions>(), Account()));

    /// <summary>The same without signing in.</summary>
    public T AnonymousArea<T>()
        where T : class =>
        Area<T>(CallPriority.Interactive, new FixedSessionSource(null));

    /// <summary>Moves the clock over every wait of a call until it has ended, well or badly.</summary>
    /// <returns>How long the waits were in all.</returns>
    public Task<TimeSpan> RideOutAsync(Task call, CancellationToken cancellationToken) => RideOutAsync(call, LongestDelay, cancellationToken);

    /// <summary>The same over waits of up to <paramref name="longestDelay"/>, which has to be below every time limit.</summary>
    public async Task<TimeSpan> RideOutAsync(Task call, TimeSpan longestDelay, CancellationToken cancellationToken)
    {
        var began = Clock.GetUtcNow();
        while (!call.IsCompleted)
        {
            var delay = Clock.TimerWithinAsync(longestDelay, cancellationToken);
            if (await Task.WhenAny(call, delay) == delay)
            {
                Clock.Advance(await delay);
            }
        }

        return Clock.GetUtcNow() - began;
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        Logs.Dispose();
    }

    private T Area<T>(CallPriority priority, ISessionSource sessions)
        where T : class
    {
        var caller = new Caller
        {
            Coverage = SoracomCoverage.Japan,
            Priority = priority,
            Language = SoracomLanguage.English,
            AccountKey = Account().Key,
            Sessions = sessions,
        };
        return Api.Http.Area<T>.Create(provider.GetRequiredService<RequesterFactory>().Create(caller));
    }
}
