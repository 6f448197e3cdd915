using System.Globalization;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Exports;

/// <summary>
/// What the page for a new export has chosen so far. Its text form is the page's query string, so that what was chosen is a link and survives a
/// reload; the reason is not in it, as addresses are seen by many.
/// </summary>
public sealed record ExportDraft
{
    /// <summary>The usual distance of stills, in seconds.</summary>
    public const int UsualEvery = 60;

    /// <summary>The coverage; null where the tenant has only one, or it is not chosen.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>The camera; empty before it is chosen.</summary>
    public string Camera { get; init; } = string.Empty;

    /// <summary>The beginning, UTC; null before it is chosen.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end, UTC; null before it is chosen.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Video or stills.</summary>
    public FootageKind Kind { get; init; }

    /// <summary>Whether video comes as archives.</summary>
    public bool Archive { get; init; }

    /// <summary>Whether video comes with MP3 sound.</summary>
    public bool Mp3 { get; init; }

    /// <summary>Whether stills are corrected for the wide angle.</summary>
    public bool WideAngle { get; init; }

    /// <summary>How far apart stills are, in seconds.</summary>
    public int Every { get; init; } = UsualEvery;

    /// <summary>Whether what other exports hold is asked for again.</summary>
    public bool Again { get; init; }

    /// <summary>The folder of the account's Harvest Files; null for the portal's store.</summary>
    public string? Harvest { get; init; }

    /// <summary>The end of what was wanted before it was made to fit into one export, UTC; null where it was not.</summary>
    public DateTimeOffset? Rest { get; init; }

    /// <summary>The export that was begun of what comes before; null where none was.</summary>
    public Guid? After { get; init; }

    /// <summary>What is left of what was wanted once this is begun; null where nothing is.</summary>
    /// <param name="begun">The export.</param>
    public ExportDraft? RestOf(Guid begun) => Rest is { } rest && To is { } to && rest > to ? this with { From = to, To = rest, Rest = null, After = begun } : null;

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The draft.</returns>
    public static ExportDraft Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new ExportDraft
        {
            Coverage = SoracomCoverages.TryParseWireName(address.Text("coverage"), out var coverage) ? coverage : null,
            Camera = address.Text("camera") is { Length: <= FootageExport.DeviceIdLength } camera ? camera : string.Empty,
            From = PeriodAddress.Moment(address.Text("from")),
            To = PeriodAddress.Moment(address.Text("to")),
            Kind = address.Text("kind") == "stills" ? FootageKind.Stills : FootageKind.Video,
            Archive = address.Text("archive") == "1",
            Mp3 = address.Text("sound") == "mp3",
            WideAngle = address.Text("wide") == "1",
            Every = int.TryParse(address.Text("every"), NumberStyles.None, CultureInfo.InvariantCulture, out var every) ? every : UsualEvery,
            Again = address.Text("again") == "1",
            Rest = PeriodAddress.Moment(address.Text("rest")),
            After = Guid.TryParse(address.Text("after"), out var after) ? after : null,
            Harvest = address.Text("harvest") is { Length: > 0 and <= FootageExport.HarvestFolderLength } folder ? folder : null,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("camera", Camera.Length == 0 ? null : Camera)
        .Add("from", From is { } from ? PeriodAddress.Of(from) : null)
        .Add("to", To is { } to ? PeriodAddress.Of(to) : null)
        .Add("kind", Kind == FootageKind.Stills ? "stills" : null)
        .Add("archive", Kind == FootageKind.Video && Archive ? "1" : null)
        .Add("sound", Kind == FootageKind.Video && Mp3 ? "mp3" : null)
        .Add("wide", Kind == FootageKind.Stills && WideAngle ? "1" : null)
        .Add("every", Kind == FootageKind.Stills && Every != UsualEvery ? Every.ToString(CultureInfo.InvariantCulture) : null)
        .Add("again", Again ? "1" : null)
        .Add("harvest", Harvest)
        .Add("rest", Rest is { } rest ? PeriodAddress.Of(rest) : null)
        .Add("after", After?.ToString("N"))
        .ToString();

    /// <summary>The request; null before a camera and a period are chosen.</summary>
    /// <param name="reason">Why.</param>
    public ExportRequest? Request(string reason) => Camera.Length == 0 || From is not { } from || To is not { } to ? null : new ExportRequest
    {
        DeviceId = Camera,
        From = from,
        To = to,
        Kind = Kind,
        Archive = Archive,
        AudioCodec = Mp3 ? ExportAudioCodec.Mp3 : ExportAudioCodec.Pcm,
        WideAngle = WideAngle,
        EverySeconds = Every,
        HarvestFolder = Harvest,
        LeaveOut = !Again,
        Reason = reason,
    };
}
