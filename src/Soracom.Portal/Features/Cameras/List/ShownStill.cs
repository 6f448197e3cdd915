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
}
