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
    public ComponentScene(FakeTime? clock = null)
    {
        Clock = clock ?? new FakeTime();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddScoped<Confirm>();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<AntiforgeryStateProvider, NoAntiforgery>();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    /// <summary>A circuit of a whole portal: with its services, by its clock.</summary>
    public ComponentScene(PortalScene scene)
        : this(scene.Clock) =>
        Services.AddFallbackServiceProvider(scene.Services);

    public FakeTime Clock { get; }

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
