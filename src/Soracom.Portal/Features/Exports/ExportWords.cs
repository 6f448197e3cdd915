using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Exports;

/// <summary>Exports in words.</summary>
internal static class ExportWords
{
    /// <summary>An export's coverage.</summary>
    public static SoracomCoverage CoverageOf(FootageExport export) =>
        SoracomCoverages.TryParseWireName(export.Coverage, out var coverage) ? coverage : throw new InvalidOperationException($"{export.Coverage} is no coverage.");

    /// <summary>A stretch of time: its day once where it ends on the same.</summary>
    public static string Period(DateTimeOffset from, DateTimeOffset to, string zone)
    {
        var (begin, end) = (Times.Local(from, zone), Times.Local(to, zone));
        var last = begin.Date == end.Date ? end.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : end.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{begin.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} – {last}";
    }

    /// <summary>What is exported, and how.</summary>
    public static string Format(IStringLocalizer<Strings> words, FootageExport export) => export switch
    {
        { Kind: FootageKind.Stills, WideAngle: true } => words["Exports.Format.StillsWide", export.EverySeconds ?? 0],
        { Kind: FootageKind.Stills } => words["Exports.Format.Stills", export.EverySeconds ?? 0],
        { Archive: true, AudioCodec: ExportAudioCodec.Mp3 } => words["Exports.Format.ArchiveMp3"],
        { Archive: true } => words["Exports.Format.Archive"],
        { AudioCodec: ExportAudioCodec.Mp3 } => words["Exports.Format.VideoMp3"],
        _ => words["Exports.Format.Video"],
    };

    /// <summary>Why an export is not the same as what is asked for.</summary>
    public static string Differences(IStringLocalizer<Strings> words, IEnumerable<FootageDifference> differences) =>
        string.Join(" ", differences.Select(difference => words[$"FootageDifference.{difference}"].Value));

    /// <summary>A part of a quota: quotas are counted in hours, however many.</summary>
    public static string Quota(IStringLocalizer<Strings> words, TimeSpan span) => span < TimeSpan.FromDays(1) ? Times.Span(words, span)
        : span.Minutes == 0 ? words["Camera.Hours", ((long)span.TotalHours).ToString("N0", CultureInfo.CurrentCulture)]
        : words["Camera.HoursMinutes", ((long)span.TotalHours).ToString("N0", CultureInfo.CurrentCulture), span.Minutes];

    /// <summary>The same of seconds.</summary>
    public static string Seconds(IStringLocalizer<Strings> words, long seconds) => Quota(words, TimeSpan.FromSeconds(seconds));

    /// <summary>What of something is charged for; empty where nothing is.</summary>
    public static string Billed(IStringLocalizer<Strings> words, long seconds) =>
        seconds == 0 ? "" : $"{words["Exports.Billed", Seconds(words, seconds), (int)CameraQuota.Free.TotalHours].Value} {words["CameraPrices.NotTold"].Value}";

    /// <summary>The same where the vendor may not tell what is left of the quota: all of it may be charged for then.</summary>
    public static string Billed(IStringLocalizer<Strings> words, long seconds, bool isUnread) =>
        isUnread && seconds > 0 ? $"{words["Exports.QuotaNotTold", Seconds(words, seconds), (int)CameraQuota.Free.TotalHours].Value} {words["CameraPrices.NotTold"].Value}" : Billed(words, seconds);

    /// <summary>Why an export stopped or waits, or a piece could not be had.</summary>
    public static string Trouble(IStringLocalizer<Strings> words, string trouble) => words[$"ExportTrouble.{trouble}"];

    /// <summary>How an export's state looks.</summary>
    public static (string Kind, string Icon) Badge(FootageExport export, PieceCounts counts) => export.State switch
    {
        FootageExportState.Running => ("info", "refresh-cw"),
        FootageExportState.Paused => ("warn", "pause"),
        FootageExportState.Cancelled => ("", "ban"),
        _ when export.RemovedAt is not null => ("", "archive"),
        _ when counts.Got == counts.Total => counts.IsDoubted ? ("warn", "triangle-alert") : ("good", "circle-check"),
        _ when counts.Got == 0 && counts[FootagePieceState.Unknown] == counts.Total => ("warn", "circle-alert"),
        _ when counts.Got == 0 => ("bad", "circle-x"),
        _ => ("warn", "triangle-alert"),
    };

    /// <summary>An export's state: one that ended says whether all was had, and whether nobody can vouch for some of it.</summary>
    public static string State(IStringLocalizer<Strings> words, FootageExport export, PieceCounts counts) => export switch
    {
        { RemovedAt: not null } => words["ExportState.Removed"],
        // That nobody knows is not that it failed: it may have been charged.
        { State: FootageExportState.Done } when counts.Got == 0 && counts[FootagePieceState.Unknown] == counts.Total && counts.Total > 0 => words["PieceState.Unknown"],
        { State: FootageExportState.Done } when counts.Got == 0 => words["ExportState.Failed"],
        { State: FootageExportState.Done } when counts.Got < counts.Total => words["ExportState.Partly"],
        { State: FootageExportState.Done } when counts.IsDoubted => words["ExportState.Marked"],
        _ => words[$"ExportState.{export.State}"],
    };

    /// <summary>How far it is; one that has ended says how much was had.</summary>
    public static string Progress(IStringLocalizer<Strings> words, FootageExport export, PieceCounts counts) =>
        export.FinishedAt is null ? words["Exports.Pieces", Number(counts.Settled), Number(counts.Total)] : words["Exports.Had", Number(counts.Got), Number(counts.Total)];

    /// <summary>The same for whoever hears the page: in steps of ten while it is under way, so that they are told ten times and not a thousand.</summary>
    public static string Spoken(IStringLocalizer<Strings> words, FootageExport export, PieceCounts counts) => export.FinishedAt is not null
        ? $"{State(words, export, counts)}, {Progress(words, export, counts)}"
        : words["Jobs.Spoken", State(words, export, counts), counts.Total == 0 ? 100 : counts.Settled * 10 / counts.Total * 10];

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>How a piece's state looks.</summary>
    public static (string Kind, string Icon) Badge(FootagePieceState state) => state switch
    {
        FootagePieceState.Fetched or FootagePieceState.Delivered => ("good", "circle-check"),
        FootagePieceState.Asked or FootagePieceState.Exporting => ("info", "refresh-cw"),
        FootagePieceState.Failed => ("bad", "circle-x"),
        FootagePieceState.Unknown => ("warn", "circle-alert"),
        FootagePieceState.Skipped => ("", "ban"),
        _ => ("", "clock"),
    };
}
