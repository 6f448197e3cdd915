using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// Runs in a portal's process before the portal does, where a test has asked for it (DOTNET_STARTUP_HOOKS): has the portal, as it is built, go
/// by a test's clock.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "The runtime looks for it there.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FollowedClock.Variable) is { Length: > 0 } start)
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(start));
        }
    }

    private sealed class Listeners(string start) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host })
            {
                var mine = FollowedClock.At(start);
                host.ConfigureServices(services => services
                    .AddSingleton<TimeProvider>(mine)
                    .AddHostedService(provider => new Follower(mine, provider.GetRequiredService<IHostApplicationLifetime>())));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    /// <summary>Follows once the portal is up: on a slow machine the time of its start would be long by a clock that is moved fast.</summary>
    private sealed class Follower(FakeTime mine, IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(() => FollowedClock.Follow(mine));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
