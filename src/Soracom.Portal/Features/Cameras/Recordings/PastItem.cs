using Soracom.Api.SoraCam;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>What there is to find in a camera's past.</summary>
public enum PastKind
{
    /// <summary>It recorded.</summary>
    Recording,

    /// <summary>Something moved.</summary>
    Motion,

    /// <summary>Something was heard.</summary>
    Sound,

    /// <summary>It noticed something else.</summary>
    Other,
}

/// <summary>A recording or an event.</summary>
/// <param name="Kind">Which.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end; null while it goes on.</param>
public readonly record struct PastItem(PastKind Kind, DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>The kind behind one of the vendor's types of events.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The kind.</returns>
    public static PastKind KindOf(string? type) => type switch
    {
        CameraEventType.Motion => PastKind.Motion,
        CameraEventType.Sound => PastKind.Sound,
        _ => PastKind.Other,
    };

    /// <summary>Its time as far as it has come.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The period; never turned round.</returns>
    public Period Until(DateTimeOffset now)
    {
        var end = To ?? now;
        return new Period(From, end > From ? end : From);
    }
}
