namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>The portal that stories share which change nothing that others see. Started by the first that needs it.</summary>
public class ThePortal : IAsyncDisposable
{
    private readonly Lazy<Task<PortalHost>> running = new(() => PortalHost.StartAsync(TimeProvider.System));

    /// <summary>The portal.</summary>
    /// <returns>The portal.</returns>
    public Task<PortalHost> GetAsync() => running.Value;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (running.IsValueCreated)
        {
            await (await running.Value).DisposeAsync();
        }
    }
}

/// <summary>The portal that the stories of one class share, one after the other.</summary>
public sealed class ClassPortal : ThePortal;
