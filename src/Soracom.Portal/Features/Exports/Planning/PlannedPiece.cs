using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports.Planning;

/// <summary>One export at the vendor: a stretch of video, or a still of a moment.</summary>
/// <param name="Period">What of; empty for a still.</param>
/// <param name="Cost">What of the camera's monthly quota it uses, in seconds.</param>
public readonly record struct PlannedPiece(Period Period, long Cost)
{
    /// <summary>What was recorded of it where that is not all of it, as in an archive of several recordings; null where it is.</summary>
    public IReadOnlyList<Period>? Recorded { get; init; }
}
