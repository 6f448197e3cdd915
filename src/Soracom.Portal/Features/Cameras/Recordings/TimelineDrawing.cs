using System.Globalization;
using System.Text;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>
/// A period as it is drawn: in columns, each of which is there or not, and runs of which are one shape. However much there is in it, what
/// is sent to the browser has a size that the columns set.
/// </summary>
public sealed record TimelineDrawing
{
    /// <summary>How many columns it has: about as many as a wide window has pixels.</summary>
    public const int Columns = 1_440;

    /// <summary>Where something was recorded; an SVG path from 0 to <see cref="Columns"/> and from 0 to 1.</summary>
    public required string Recorded { get; init; }

    /// <summary>Where something was noticed, by kind.</summary>
    public required IReadOnlyDictionary<PastKind, string> Events { get; init; }

    /// <summary>Where nothing was recorded though the time has come.</summary>
    public required string Gaps { get; init; }

    /// <summary>What was not read yet.</summary>
    public required IReadOnlyList<Period> Unread { get; init; }

    /// <summary>Where in the period the time is, from 0 to 1: what has not come yet begins there.</summary>
    public required double Now { get; init; }

    /// <summary>Draws a period.</summary>
    /// <param name="window">The period.</param>
    /// <param name="book">What was read.</param>
    /// <param name="now">The time.</param>
    internal static TimelineDrawing Of(Period window, PastBook book, DateTimeOffset now)
    {
        var past = window with { To = now < window.To ? now > window.From ? now : window.From : window.To };
        var recorded = book.Recorded(past, now);
        var unread = book.Missing(past);
        var items = book.In(window, now);
        return new TimelineDrawing
        {
            Recorded = Path(window, recorded),
            Gaps = past.Length > TimeSpan.Zero ? Path(window, Footage.Without(Footage.Gaps(recorded, past), unread)) : "",
            Unread = unread,
            Events = items.Where(item => item.Kind != PastKind.Recording).GroupBy(item => item.Kind).ToDictionary(group => group.Key, group => Path(window, group.Select(item => item.Until(now)))),
            Now = Math.Clamp(Share(window, now), 0, 1),
        };
    }

    /// <summary>Where in a period a moment is: 0 at its beginning, 1 at its end, beyond them outside.</summary>
    /// <param name="window">The period.</param>
    /// <param name="moment">The moment.</param>
    /// <returns>The share.</returns>
    public static double Share(Period window, DateTimeOffset moment) => (double)(moment - window.From).Ticks / window.Length.Ticks;

    /// <summary>One shape for each run of columns that periods touch. What is shorter than a column has one.</summary>
    private static string Path(Period window, IEnumerable<Period> periods)
    {
        var path = new StringBuilder();
        var (first, end) = (0, 0);
        foreach (var (from, to) in periods.OrderBy(period => period.From))
        {
            var start = Math.Clamp((int)Math.Floor(Share(window, from) * Columns), 0, Columns - 1);
            var stop = Math.Clamp((int)Math.Ceiling(Share(window, to) * Columns), start + 1, Columns);
            if (start > end)
            {
                Draw();
                first = start;
            }

            end = Math.Max(end, stop);
        }

        Draw();
        return path.ToString();

        void Draw()
        {
            if (end > first)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{first} 0H{end}V1H{first}Z");
            }
        }
    }
}
