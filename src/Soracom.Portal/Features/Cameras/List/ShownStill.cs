using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>What a card shows in the place of a camera's picture.</summary>
/// <param name="Taking">Whether a picture is on its way.</param>
/// <param name="Address">Where the browser has the picture; null while there is none.</param>
/// <param name="At">The moment that it shows.</param>
/// <param name="Error">Why the last try brought none; null when it did.</param>
public sealed record ShownStill(bool Taking, string? Address = null, DateTimeOffset? At = null, PortalError? Error = null)
{
    /// <summary>No picture was asked for.</summary>
    public static readonly ShownStill None = new(Taking: false);

    /// <summary>What whoever goes ahead agrees to, where nobody could tell what is left of the quota; null where that is not what was in the way.</summary>
    public CameraAgreed? Ahead => (Error as CameraQuotaUnreadError)?.Now;

    /// <summary>What whoever asks for a picture now has seen that it costs: beside it, or when it was refused for that.</summary>
    /// <param name="quota">The camera's quota as the page knows it; null where it does not.</param>
    public CameraAgreed Agreed(CameraQuota? quota) => (Error as CameraCostMovedError)?.Now ?? CameraAgreed.Of(quota, CameraStills.Cost);
}
