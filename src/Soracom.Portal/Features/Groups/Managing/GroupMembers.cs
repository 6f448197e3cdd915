using Soracom.Portal.Shared.Sims;

namespace Soracom.Portal.Features.Groups.Managing;

/// <summary>Which SIMs are in a group.</summary>
/// <param name="Count">How many the vendor has told of; there may be more, see <paramref name="More"/>.</param>
/// <param name="More">Whether the vendor has more than it was asked for.</param>
/// <param name="First">What the first of them are called; empty for whoever may not see SIMs.</param>
/// <param name="Told">Those by status.</param>
/// <param name="Remembered">All by status as they are remembered; null where that is not known.</param>
public sealed record GroupMembers(int Count, bool More, IReadOnlyList<string> First, StatusCounts Told, StatusCounts? Remembered)
{
    /// <summary>The most that are told by name.</summary>
    public const int MostNamed = 10;

    /// <summary>Whether there is any, as far as anybody knows.</summary>
    public bool Any => Count > 0 || Remembered is { Total: > 0 };

    /// <summary>How many there are at least.</summary>
    public int AtLeast => Math.Max(Count, Remembered?.Total ?? 0);

    /// <summary>By status: as the vendor told where it told all.</summary>
    public StatusCounts ByStatus => More || Count == 0 ? Remembered ?? Told : Told;
}
