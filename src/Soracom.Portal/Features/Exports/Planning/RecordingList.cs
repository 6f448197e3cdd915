using Soracom.Api;
using Soracom.Api.SoraCam;

namespace Soracom.Portal.Features.Exports.Planning;

/// <summary>When a camera recorded, as far as the vendor's list of it was read.</summary>
/// <param name="Recordings">The recordings, the oldest first.</param>
/// <param name="CutAt">Up to when it was read where the list is too long; null where all of it was.</param>
internal sealed record RecordingList(IReadOnlyList<RecordingPeriod> Recordings, DateTimeOffset? CutAt)
{
    /// <summary>The most pages that are read: what comes in more is more than a request may have pieces.</summary>
    public const int MostPages = 200;

    /// <summary>Reads a list page by page.</summary>
    /// <param name="read">Reads the page at a key, the oldest first; null for the first page.</param>
    /// <returns>What was recorded. Where the vendor finds nothing, there is nothing.</returns>
    public static async Task<RecordingList> ReadAsync(Func<string?, Task<SoracomPaged<RecordingsAndEvents>>> read)
    {
        var recordings = new List<RecordingPeriod>();
        DateTimeOffset? known = null;
        try
        {
            string? key = null;
            for (var page = 1; ; page++)
            {
                var part = await read(key);
                if (page > MostPages && part.NextKey is not null)
                {
                    // One page more than is spoken of: a period that ends where this was cut is read to its end.
                    return new RecordingList(recordings, known ?? DateTimeOffset.MinValue);
                }

                recordings.AddRange(part.Content.Records ?? []);
                known = Latest(known, part.Content);
                if (part.NextKey is null)
                {
                    return new RecordingList(recordings, CutAt: null);
                }

                key = part.NextKey;
            }
        }
        catch (Soracom.Api.Errors.SoracomNotFoundException)
        {
            // The vendor's way of saying that nothing was recorded then.
            return new RecordingList(recordings, CutAt: null);
        }
    }

    /// <summary>When the latest began that a page tells of: all before it is known.</summary>
    private static DateTimeOffset? Latest(DateTimeOffset? known, RecordingsAndEvents content) =>
        (content.Records ?? []).Select(record => record.StartTime).Concat((content.Events ?? []).Select(happening => happening.StartTime)).Append(known).Max();
}
