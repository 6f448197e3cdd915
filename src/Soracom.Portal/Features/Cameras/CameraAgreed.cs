using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras;

/// <summary>What somebody has seen that something costs, and agreed to: it is not begun for more.</summary>
/// <param name="Cost">What it uses of the camera's quota.</param>
/// <param name="Billed">What of that is beyond what is free, and is charged for.</param>
public sealed record CameraAgreed(TimeSpan Cost, TimeSpan Billed)
{
    /// <summary>Whether it was seen that nobody could tell what is left: it is begun then even where that can't be told.</summary>
    public bool Unread { get; init; }

    /// <summary>What a page has shown.</summary>
    /// <param name="quota">The camera's quota as the page knows it; null where it does not, and has told of no charge.</param>
    /// <param name="cost">What it uses.</param>
    public static CameraAgreed Of(CameraQuota? quota, TimeSpan cost) => new(cost, quota?.BilledOf(cost) ?? TimeSpan.Zero);
}
