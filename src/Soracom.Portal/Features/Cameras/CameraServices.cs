using Microsoft.Extensions.DependencyInjection.Extensions;
using Soracom.Portal.Features.Cameras.Changes;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Shared.Palette;

namespace Soracom.Portal.Features.Cameras;

/// <summary>Puts the cameras together.</summary>
internal static class CameraServices
{
    /// <summary>Adds what reads and changes cameras.</summary>
    public static IServiceCollection AddCameras(this IServiceCollection services) => services
        .AddSingleton<CameraList>()
        .AddSingleton<IPaletteSource, CameraPalette>()
        .AddSingleton<IPortfolioPaletteSource, CameraPalette>()
        .AddSingleton<CameraPast>()
        .AddSingleton<CameraEvents>()
        .AddSingleton<CameraStills>()
        .AddSingleton<CameraReader>()
        .AddSingleton<CameraAllowance>()
        .AddSingleton<CameraChanges>()
        .AddSingleton<CameraPlayback>()
        .AddSingleton<PlaybackBook>()
        .AddPlayerScript();

    /// <summary>A test may say that it is there, or not.</summary>
    private static IServiceCollection AddPlayerScript(this IServiceCollection services)
    {
        services.TryAddSingleton(host => PlayerScript.Of(host.GetRequiredService<IWebHostEnvironment>()));
        return services;
    }
}
