using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports.Planning;

/// <summary>Splits what was recorded into what the vendor exports at once.</summary>
internal static class ExportPlanner
{
    /// <summary>The longest video that the vendor exports at once.</summary>
    public static readonly TimeSpan LongestPiece = TimeSpan.FromMinutes(15);

    /// <summary>Shorter recordings are not exported.</summary>
    public static readonly TimeSpan ShortestPiece = TimeSpan.FromSeconds(1);

    /// <summary>An archive holds several recordings. Those that are so near to each other come in one, since each export takes its time.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(10);

    /// <summary>The most recordings in an archive.</summary>
    private const int MostInArchive = 50;

    /// <summary>Pieces of video, in the order of time.</summary>
    /// <param name="wanted">What was recorded and is wanted, in the order of time.</param>
    /// <param name="recorded">All that was recorded, in the order of time: an archive holds, and is charged for, what of that lies in it.</param>
    /// <param name="archive">Whether a piece is an archive, which may hold several recordings; otherwise each is one video of one recording.</param>
    /// <param name="costFactor">How often each second is charged.</param>
    /// <returns>The pieces: none is longer than <see cref="LongestPiece"/>, and all but tiny recordings are in them.</returns>
    public static IReadOnlyList<PlannedPiece> Video(IReadOnlyList<Period> wanted, IReadOnlyList<Period> recorded, bool archive, int costFactor)
    {
        var pieces = new List<Period>();
        var held = 0;
        foreach (var piece in wanted.Where(part => part.Length >= ShortestPiece).SelectMany(Split))
        {
            if (archive && held < MostInArchive && pieces is [.., var last] && piece.From - last.To <= Near && piece.To - last.From <= LongestPiece)
            {
                pieces[^1] = last with { To = piece.To };
                held++;
            }
            else
            {
                pieces.Add(piece);
                held = 1;
            }
        }

        if (!archive)
        {
            return [.. pieces.Select(piece => new PlannedPiece(piece, piece.Seconds * costFactor))];
        }

        // Both are in the order of time: each piece's recordings follow those of the one before.
        var planned = new List<PlannedPiece>(pieces.Count);
        var first = 0;
        foreach (var piece in pieces)
        {
            while (first < recorded.Count && recorded[first].To <= piece.From)
            {
                first++;
            }

            var parts = recorded.Skip(first).TakeWhile(part => part.From < piece.To).Select(part => part.Within(piece)).Where(part => part.Length >= ShortestPiece).ToList();
            planned.Add(new PlannedPiece(piece, Period.SecondsOf(parts) * costFactor) { Recorded = parts is [var all] && all == piece ? null : parts });
        }

        return planned;
    }

    /// <summary>Moments for stills: the beginning of the period and every so much later, where something was recorded then.</summary>
    /// <param name="recorded">What was recorded and is wanted, in the order of time.</param>
    /// <param name="wanted">The period.</param>
    /// <param name="every">How far apart they are.</param>
    /// <returns>The moments, each of which costs as much as a second of video.</returns>
    public static IEnumerable<PlannedPiece> Stills(IReadOnlyList<Period> recorded, Period wanted, TimeSpan every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.FromSeconds(1));
        foreach (var part in recorded)
        {
            // The first of the steps from the period's beginning that is not before this part.
            var steps = Math.Max(0, (part.From - wanted.From + every - TimeSpan.FromTicks(1)).Ticks / every.Ticks);
            for (var moment = wanted.From + (steps * every); moment < part.To; moment += every)
            {
                yield return new PlannedPiece(new Period(moment, moment), 1);
            }
        }
    }

    /// <summary>Parts of even length, so that no tiny rest is left, beginning at whole seconds from the recording's beginning.</summary>
    private static IEnumerable<Period> Split(Period part)
    {
        var count = (int)((part.Length.Ticks + LongestPiece.Ticks - 1) / LongestPiece.Ticks);
        for (var i = 0; i < count; i++)
        {
            yield return new Period(At(i), i == count - 1 ? part.To : At(i + 1));
        }

        DateTimeOffset At(int i) => part.From + TimeSpan.FromSeconds(Math.Ceiling(part.Length.TotalSeconds * i / count));
    }
}
