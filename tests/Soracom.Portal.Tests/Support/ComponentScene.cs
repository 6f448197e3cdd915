using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Tests.Support;

/// <summary>A circuit for components: the portal's texts, a clock that stands still, no browser.</summary>
internal sealed class ComponentScene : BunitContext
{
    // Only a test that fails waits for so long.
    static ComponentScene() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public ComponentScene(Action<BunitServiceProvider>? add = null)
        : this(new FakeTime(), add)
    {
    }

    /// <summary>
    /// A circuit of a whole portal: with its services, by its clock. One that waits between looks needs a clock of its own, which no
    /// worker's timer is on: then a test can tell when it has begun to wait.
    /// </summary>
    public ComponentScene(PortalScene scene, Action<BunitServiceProvider>? add = null, FakeTime? clock = null)
        : this(clock ?? scene.Clock, services =>
        {
            services.AddFallbackServiceProvider(new PortalServices(scene.Services));
            add?.Invoke(services);
        })
    {
    }

    private ComponentScene(FakeTime clock, Action<BunitServiceProvider>? add)
    {
        Clock = clock;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddScoped<Confirm>();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<AntiforgeryStateProvider, NoAntiforgery>();
        add?.Invoke(Services);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public FakeTime Clock { get; }

    /// <summary>The portal's own singletons; what belongs to a circuit is this circuit's.</summary>
    private sealed class PortalServices(IServiceProvider portal) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType.Namespace?.StartsWith("Soracom.Portal", StringComparison.Ordinal) == true ? portal.GetService(serviceType) : null;
    }

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
