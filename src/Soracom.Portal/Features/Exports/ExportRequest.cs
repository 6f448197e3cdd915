using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Exports;

/// <summary>Footage that somebody asks for.</summary>
public sealed record ExportRequest
{
    /// <summary>The longest period: longer than any licence keeps recordings.</summary>
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(92);

    /// <summary>The camera.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The beginning, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Video or stills.</summary>
    public FootageKind Kind { get; init; }

    /// <summary>Whether video comes as archives rather than as plain files.</summary>
    public bool Archive { get; init; }

    /// <summary>One of <see cref="ExportAudioCodec"/>, for video.</summary>
    public string AudioCodec { get; init; } = ExportAudioCodec.Pcm;

    /// <summary>Whether stills are corrected for the wide angle.</summary>
    public bool WideAngle { get; init; }

    /// <summary>How far apart stills are, in seconds.</summary>
    public int EverySeconds { get; init; } = 60;

    /// <summary>The folder of the account's Harvest Files that it is put into instead of the portal's store; null for the store.</summary>
    public string? HarvestFolder { get; init; }

    /// <summary>Whether what other exports hold already is left out.</summary>
    public bool LeaveOut { get; init; }

    /// <summary>What somebody has seen that it costs, and agreed to; null for any.</summary>
    public FootageAgreed? Agreed { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The period.</summary>
    public Period Period => new(From, To);

    /// <summary>What of the period has come: of the rest nothing is recorded yet.</summary>
    /// <param name="now">The time.</param>
    public Period Come(DateTimeOffset now) => Period with { To = To < now ? To : now };

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="now">The time.</param>
    public PortalError? Fault(DateTimeOffset now) =>
        To <= From ? new InputError("ExportPeriod")
        : From >= now ? new InputError("ExportFuture")
        : To - From > LongestPeriod ? new ExportTooLongError(LongestPeriod.Days, From + LongestPeriod)
        : Kind == FootageKind.Stills && EverySeconds is < 1 or > 86_400 ? new InputError("ExportEvery")
        : Kind == FootageKind.Video && AudioCodec is not (ExportAudioCodec.Pcm or ExportAudioCodec.Mp3) ? new InputError("ExportCodec")
        : Reason.Length > FootageExport.ReasonLength ? new InputError("ExportReason", FootageExport.ReasonLength)
        : HarvestFolder?.Length > FootageExport.HarvestFolderLength ? new InputError("ExportFolder", FootageExport.HarvestFolderLength)
        : null;

    /// <summary>The pieces of what was recorded.</summary>
    /// <param name="recorded">What was recorded of the period.</param>
    /// <param name="without">What is left out.</param>
    public IEnumerable<PlannedPiece> Pieces(IReadOnlyList<Period> recorded, IReadOnlyList<FootageThere> without)
    {
        var parts = without.SelectMany(there => there.Parts);
        if (Kind == FootageKind.Video)
        {
            // The vendor charges each second of a video with MP3 sound twice.
            return ExportPlanner.Video(Footage.Without(recorded, parts), recorded, Archive, AudioCodec == ExportAudioCodec.Mp3 ? 2 : 1);
        }

        var moments = parts.Select(part => part.From).ToHashSet();
        return ExportPlanner.Stills(recorded, Period, TimeSpan.FromSeconds(EverySeconds)).Where(piece => !moments.Contains(piece.Period.From));
    }
}

/// <summary>What somebody has seen that something costs, and agreed to: it does not cost more than that.</summary>
/// <param name="Cost">What it may use of the camera's quota, in seconds.</param>
/// <param name="Billed">What of that may be beyond what is free, and is charged for, in seconds.</param>
public sealed record FootageAgreed(long Cost, long Billed)
{
    /// <summary>Whether it was seen that the vendor does not tell what is left: it is begun then even where that is so.</summary>
    public bool Unread { get; init; }

    /// <summary>Whether that is enough for what something costs by now.</summary>
    /// <param name="cost">What it uses, in seconds.</param>
    /// <param name="quota">The camera's quota, without what it uses itself; null where the vendor tells none.</param>
    internal bool Covers(long cost, CameraQuota? quota) => cost <= Cost && (quota is null ? Unread : quota.BilledOf(TimeSpan.FromSeconds(cost)) <= TimeSpan.FromSeconds(Billed));
}

/// <summary>What a request would come to.</summary>
/// <param name="CameraName">The camera's name.</param>
/// <param name="Pieces">The pieces, in the order of time.</param>
/// <param name="Recorded">What was recorded of the period.</param>
/// <param name="Gaps">Where nothing was, of what has come.</param>
/// <param name="There">The exports that hold some of it already, the same as it is asked for.</param>
/// <param name="Quota">The camera's quota; null where the vendor tells none: nobody knows then what is left, nor what is charged for.</param>
public sealed record ExportPlan(
    string CameraName, IReadOnlyList<PlannedPiece> Pieces, IReadOnlyList<Period> Recorded, IReadOnlyList<Period> Gaps, IReadOnlyList<FootageThere> There, CameraQuota? Quota)
{
    /// <summary>The exports that hold some of it otherwise than it is asked for: nothing is left out for them.</summary>
    public IReadOnlyList<FootageThere> Other { get; init; } = [];

    /// <summary>Where the period ends that can be exported by now: at its own end, or when it was planned, UTC, to the second.</summary>
    internal DateTimeOffset End { get; init; }

    /// <summary>The vendor's ids of exports under way that the quota's usage holds already.</summary>
    internal IReadOnlyCollection<string> Counted { get; init; } = [];

    /// <summary>What of the period has not come yet: it is no gap, and it is not exported; null where all has.</summary>
    public Period? NotYet { get; init; }

    /// <summary>Whether there are more exports of it, older ones, that were not looked at.</summary>
    public bool IsCut { get; init; }

    /// <summary>What it uses of the quota, in seconds.</summary>
    public long Cost => Pieces.Sum(piece => piece.Cost);

    /// <summary>Whether other exports hold no more of it than was known when it was planned.</summary>
    internal bool HasAllOf(IReadOnlyList<FootageThere> there) => there.All(one => There.Any(known => known.Export.Id == one.Export.Id && known.Length >= one.Length && known.Parts.Count >= one.Parts.Count));

    /// <summary>Whether the quota suffices for it, as far as anybody knows.</summary>
    public bool Fits => !(TimeSpan.FromSeconds(Cost) > Quota?.Left);

    /// <summary>How much of the cost is beyond what is free, and charged for: all of it may be where nobody knows.</summary>
    public TimeSpan Billed => Quota?.BilledOf(TimeSpan.FromSeconds(Cost)) ?? TimeSpan.FromSeconds(Cost);

    /// <summary>What whoever has seen it, and begins it, agrees to.</summary>
    public FootageAgreed Shown => new(Cost, (long)Billed.TotalSeconds) { Unread = Quota is null };

    /// <summary>How much was recorded of the period.</summary>
    public TimeSpan RecordedLength => Length(Recorded);

    /// <summary>How much was not.</summary>
    public TimeSpan GapLength => Length(Gaps);

    /// <summary>Whether it is of video rather than of stills.</summary>
    public bool IsVideo => Pieces.Count > 0 ? Pieces[0].Period.Length > TimeSpan.Zero : There.Any(there => there.Export.Kind == FootageKind.Video);

    private static TimeSpan Length(IReadOnlyList<Period> parts) => parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);
}
