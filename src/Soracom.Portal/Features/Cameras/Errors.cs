using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras;

/// <summary>Nothing was recorded at that time; nothing was charged.</summary>
public sealed record CameraNothingRecordedError() : PortalError("CameraNothingRecorded");

/// <summary>The camera's quota of the month is used up; nothing was charged.</summary>
public sealed record CameraQuotaUsedError() : PortalError("CameraQuotaUsed");

/// <summary>What is left of the camera's quota of the month is not enough, as exports under way have set the rest aside; nothing was charged.</summary>
public sealed record CameraQuotaSetAsideError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="left">What is left, in whole minutes.</param>
    public CameraQuotaSetAsideError(int left)
        : base("CameraQuotaSetAside") => Arguments = [left];
}

/// <summary>More of it is charged for by now than was shown; nothing was begun.</summary>
public sealed record CameraCostMovedError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="now">What it costs by now: whoever has read this, and asks again, agrees to it.</param>
    public CameraCostMovedError(CameraAgreed now)
        : base("CameraCostMoved")
    {
        ArgumentNullException.ThrowIfNull(now);
        (Now, Arguments) = (now, [(long)now.Billed.TotalSeconds, (int)CameraQuota.Free.TotalHours]);
    }

    /// <summary>What it costs by now.</summary>
    public CameraAgreed Now { get; }
}

/// <summary>What is left of the camera's quota of the month could not be read, so that nobody can say what is charged for, nor what exports have set aside; nothing was begun.</summary>
public sealed record CameraQuotaUnreadError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="cost">What it uses of the quota.</param>
    public CameraQuotaUnreadError(TimeSpan cost)
        : base("CameraQuotaUnread") => (Now, Arguments) = (new CameraAgreed(cost, cost) { Unread = true }, [(long)cost.TotalSeconds, (int)CameraQuota.Free.TotalHours]);

    /// <summary>What whoever goes ahead all the same agrees to: that all of it may be charged for.</summary>
    public CameraAgreed Now { get; }
}

/// <summary>The camera is not connected: there is no newest footage; nothing was charged.</summary>
public sealed record CameraNotConnectedError() : PortalError("CameraNotConnected");

/// <summary>The camera sleeps: there is no newest footage; nothing was charged.</summary>
public sealed record CameraAsleepError() : PortalError("CameraAsleep");

/// <summary>The vendor's address of what was played has ended; playing on is charged anew.</summary>
public sealed record PlaybackExpiredError() : PortalError("PlaybackExpired");

/// <summary>Nothing came any more of what was played.</summary>
public sealed record PlaybackCutError() : PortalError("PlaybackCut");

/// <summary>What came can't be played by the browser.</summary>
public sealed record PlaybackBrokenError() : PortalError("PlaybackBroken");

/// <summary>The browser could not load what plays footage, or is too old for it.</summary>
public sealed record PlayerUnusableError() : PortalError("PlayerUnusable");

/// <summary>The vendor could not make the picture; nothing was charged.</summary>
public sealed record CameraStillFailedError() : PortalError("CameraStillFailed");

/// <summary>The picture was made, which is charged for, and could not be fetched.</summary>
public sealed record CameraStillLostError() : PortalError("CameraStillLost");
