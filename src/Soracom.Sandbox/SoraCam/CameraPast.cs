namespace Soracom.Sandbox.SoraCam;

/// <summary>A time in which a camera recorded.</summary>
/// <param name="Start">Unix milliseconds.</param>
/// <param name="End">Unix milliseconds: now, while it goes on.</param>
/// <param name="GoesOn">Whether it records.</param>
internal sealed record Recording(long Start, long End, bool GoesOn);

/// <summary>
/// What a camera has recorded and noticed, as of now: what happened before it, as far as it was on, connected and licensed at
/// the time, and as far back as its licence keeps it. Recordings are cut at every full hour, as the service's are.
/// </summary>
internal sealed class CameraPast(Camera camera, int seed, long now)
{
    /// <summary>What a motion licence records before and after the motion itself.</summary>
    private const long Before = 2000;
    private const long After = 8000;

    private (long Hour, CameraHour? Content) last;

    public Camera Camera => camera;

    /// <summary>The oldest time that can be looked at. In the future without a licence.</summary>
    public long Oldest => camera.Licence is { } licence ? now - licence.KeptMilliseconds : long.MaxValue;

    /// <summary>The hours that a range touches, as far as something of them is kept.</summary>
    public static IEnumerable<long> Hours(long from, long to, bool descending)
    {
        var (first, end) = (CameraHour.Floor(from), CameraHour.Floor(to));
        for (var i = 0L; i <= (end - first) / CameraHour.Milliseconds; i++)
        {
            yield return descending ? end - (i * CameraHour.Milliseconds) : first + (i * CameraHour.Milliseconds);
        }
    }

    /// <summary>What it noticed in an hour, in the order of time.</summary>
    public IEnumerable<Happening> EventsOf(long hour) => Noticed(hour).Where(happening => happening.Start >= Oldest);

    public bool IsOver(Happening happening) => happening.End <= now;

    /// <summary>What it recorded in an hour, in the order of time.</summary>
    public IEnumerable<Recording> RecordingsOf(long hour)
    {
        var end = Math.Min(now, hour + CameraHour.Milliseconds);
        foreach (var (span, mode) in camera.Recording.Between(hour, end))
        {
            foreach (var piece in Pieces(hour, span, (RecordingMode)mode).Where(piece => piece.Start < piece.End && piece.End > Oldest))
            {
                yield return new Recording(piece.Start, piece.End, piece.End == now && now < hour + CameraHour.Milliseconds && camera.Recording.At(now) == mode);
            }
        }
    }

    /// <summary>What it recorded in a range, across hours, cut to the range.</summary>
    public IReadOnlyList<Span> Footage(long from, long to)
    {
        var pieces = new List<Span>();
        from = Math.Max(from, Oldest);
        if (from >= Math.Min(to, now))
        {
            return pieces;
        }

        foreach (var recording in Hours(from, Math.Min(to, now), descending: false).SelectMany(RecordingsOf))
        {
            var (start, end) = (Math.Max(from, recording.Start), Math.Min(to, recording.End));
            if (pieces.Count > 0 && pieces[^1].End == start)
            {
                pieces[^1] = pieces[^1] with { End = Math.Max(start, end) };
            }
            else if (start < end)
            {
                pieces.Add(new Span(start, end));
            }
        }

        return pieces;
    }

    /// <summary>When something moved in a range; the same whoever asks when.</summary>
    public IReadOnlyList<Span> MotionIn(long from, long to) =>
    [
        .. Hours(from, to, descending: false)
            .SelectMany(hour => At(hour).Happenings)
            .Where(happening => happening.Type == "motion" && happening.End > from && happening.Start < to)
            .Select(happening => new Span(happening.Start, happening.End)),
    ];

    private IEnumerable<Span> Pieces(long hour, Span span, RecordingMode mode)
    {
        switch (mode)
        {
            case RecordingMode.Continuous when At(hour).Gap is { } gap:
                return [span with { End = Math.Min(span.End, gap.Start) }, span with { Start = Math.Max(span.Start, gap.End) }];
            case RecordingMode.Continuous:
                return [span];
            case RecordingMode.Motion:
                return Noticed(hour)
                    .Where(happening => happening.Type == "motion")
                    .Select(happening => new Span(Math.Max(span.Start, happening.Start - Before), Math.Min(span.End, happening.End + After)));
            default:
                return [];
        }
    }

    private IEnumerable<Happening> Noticed(long hour)
    {
        var content = At(hour);
        return content.Happenings.Where(happening =>
            happening.Start < now
            && camera.Recording.At(happening.Start) != (int)RecordingMode.Nothing
            && !(content.Gap is { } gap && happening.Start >= gap.Start && happening.Start < gap.End)
            && (happening.Type switch
            {
                "motion" => camera.NoticingMotion.At(happening.Start) == 1,
                "sound" => camera.NoticingSound.At(happening.Start) == 1,
                _ => true,
            }));
    }

    private CameraHour At(long hour)
    {
        if (last.Hour != hour || last.Content is null)
        {
            last = (hour, CameraHour.Of(seed, camera, hour));
        }

        return last.Content!;
    }
}
