using Soracom.Portal.Features.Cameras.List;

namespace Soracom.Portal.Features.Cameras;

/// <summary>Puts the cameras together.</summary>
internal static class CameraServices
{
    /// <summary>Adds what reads cameras.</summary>
    public static IServiceCollection AddCameras(this IServiceCollection services) => services
        .AddSingleton<CameraList>();
}
