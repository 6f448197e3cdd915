using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports;

/// <summary>An export that holds, or is to hold, some of what is asked for again.</summary>
/// <param name="Export">The export.</param>
/// <param name="Parts">What it holds of the period, in the order of time.</param>
/// <param name="IsUnderWay">Whether some of that is yet to come.</param>
public sealed record FootageThere(FootageExport Export, IReadOnlyList<Period> Parts, bool IsUnderWay)
{
    /// <summary>Why it is not the same as what is asked for; empty where it is.</summary>
    public IReadOnlyList<FootageDifference> Differences { get; init; } = [];

    /// <summary>The most that it holds of the period, where it can't be counted on for that; null where it can.</summary>
    public TimeSpan? AtMost { get; init; }

    /// <summary>How much it holds of the period; nothing for stills, which are moments.</summary>
    public TimeSpan Length => Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);
}

/// <summary>Why an export of the same period is not the same as what is asked for.</summary>
public enum FootageDifference
{
    /// <summary>Its sound is in another format.</summary>
    Sound,

    /// <summary>One comes as archives, the other as plain files.</summary>
    Archive,

    /// <summary>One is corrected for the wide angle, the other is not.</summary>
    WideAngle,

    /// <summary>It was put into a folder of Harvest Files, where others may have removed it.</summary>
    InHarvest,

    /// <summary>It is in the portal's store, and is asked for into Harvest Files.</summary>
    InPortal,

    /// <summary>It is paused, and this part of it waits.</summary>
    Paused,

    /// <summary>Its video is shorter than what was recorded.</summary>
    TooShort,

    /// <summary>Its video does not tell how long it is, or is not whole.</summary>
    Unread,

    /// <summary>No answer told it: it was found in the vendor's list, and may be somebody else's.</summary>
    Found,
}
