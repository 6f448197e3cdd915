using Soracom.Api.SoraCam;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Cameras;

/// <summary>The camera has no licence: nothing is recorded, and what was is hidden; nothing was charged.</summary>
public sealed record CameraNoLicenceError() : PortalError("CameraNoLicence")
{
    /// <summary>Whether it is so of a camera.</summary>
    /// <param name="camera">The camera, read by itself: the list of cameras tells no licences.</param>
    internal static bool IsOf(Camera camera) => camera.AppliedLicenses is null or [];
}
