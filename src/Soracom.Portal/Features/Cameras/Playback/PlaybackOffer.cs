using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>What can be played next of a chosen period, and what it uses of the quota.</summary>
/// <param name="Period">From what to what; <see cref="CameraPlayback.Longest"/> at most.</param>
/// <param name="Cost">What it uses.</param>
/// <param name="IsExact">Whether it uses just that; otherwise it may be less, for not all is known that was recorded.</param>
internal sealed record PlaybackOffer(Period Period, TimeSpan Cost, bool IsExact)
{
    /// <summary>What can be played from a moment on.</summary>
    /// <param name="chosen">The chosen period.</param>
    /// <param name="recorded">What was recorded of it, as far as that was read, in the order of time.</param>
    /// <param name="isRead">Whether all of it was read.</param>
    /// <param name="from">From when on.</param>
    /// <returns>The offer; null where there is nothing (more).</returns>
    public static PlaybackOffer? Of(Period chosen, IReadOnlyList<Period> recorded, bool isRead, DateTimeOffset from)
    {
        var rest = chosen with { From = from > chosen.From ? from : chosen.From };
        var there = recorded.Select(one => one.Within(rest)).Where(one => one.Length > TimeSpan.Zero).ToList();
        if (isRead)
        {
            if (there.Count == 0)
            {
                return null;
            }

            // Silence is not worth one of the vendor's fifteen minutes.
            rest = rest with { From = there[0].From };
        }

        if (rest.Length <= TimeSpan.Zero)
        {
            return null;
        }

        var played = rest.Length > CameraPlayback.Longest ? rest with { To = rest.From + CameraPlayback.Longest } : rest;
        var seconds = isRead ? there.Select(one => one.Within(played)).Where(one => one.Length > TimeSpan.Zero).Sum(one => one.Seconds) : played.Seconds;
        return new PlaybackOffer(played, TimeSpan.FromSeconds(seconds), isRead);
    }
}
