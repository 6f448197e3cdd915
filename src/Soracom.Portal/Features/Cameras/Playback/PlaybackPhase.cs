namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>How far playing is.</summary>
public enum PlaybackPhase
{
    /// <summary>Nothing is played.</summary>
    Idle,

    /// <summary>The vendor is asked.</summary>
    Starting,

    /// <summary>The browser fetches it.</summary>
    Loading,

    /// <summary>It is seen.</summary>
    Playing,

    /// <summary>It was seen to its end.</summary>
    Ended,
}
