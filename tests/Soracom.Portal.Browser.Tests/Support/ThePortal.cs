namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>The portal that stories share which change nothing that others see. Started by the first that needs it.</summary>
public class ThePortal : IAsyncDisposable
{
    private readonly Lazy<Task<PortalHost>> running = new(() => PortalHost.StartAsync(TimeProvider.System));

    /// <summary>The portal.</summary>
    /// <returns>The portal.</returns>
    public Task<PortalHost> GetAsync() => running.Value;

    /// <summary>Fails where the portal runs and has logged an error since this was asked last.</summary>
    /// <returns>A task that ends when that is known.</returns>
    public async Task AssertNoErrorsAsync()
    {
        if (running.IsValueCreated)
        {
            (await running.Value).AssertNoErrors();
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (running.IsValueCreated)
        {
            try
            {
                await (await running.Value).DisposeAsync();
            }
            catch (Exception failure)
            {
                // The runner prints no more than the type of what fails at the end of a run.
                TestContext.Current.SendDiagnosticMessage("The shared portal did not end well. {0}", failure);
                throw;
            }
        }
    }
}

/// <summary>The portal that the stories of one class share, one after the other.</summary>
public sealed class ClassPortal : ThePortal;
