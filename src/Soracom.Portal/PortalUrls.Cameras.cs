using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal;

/// <content>Addresses of cameras, their recordings and exports.</content>
public static partial class PortalUrls
{
    /// <summary>A part of what is played: its manifest, beside which its files are.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="id">What is played.</param>
    /// <param name="part">The part, from 0.</param>
    /// <returns>The address.</returns>
    public static string Playback(string slug, string id, int part) => string.Create(CultureInfo.InvariantCulture, $"/t/{Segment(slug)}/cameras/playback/{Segment(id)}/{part}/manifest.mpd");

    /// <summary>A tenant's cameras.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string Cameras(string slug, CameraQuery? query = null) => $"/t/{Segment(slug)}/cameras{query?.ToQueryString()}";

    /// <summary>One section of a camera's page.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="tab">The section; the first by default.</param>
    /// <returns>The address.</returns>
    public static string Camera(string slug, SoracomCoverage coverage, string deviceId, CameraTab tab = CameraTab.Recordings) =>
        $"/t/{Segment(slug)}/cameras/{Segment(deviceId)}{new QueryWriter().Add("coverage", coverage.ToWireName()).Add(CameraPlace.TabParameter, tab == CameraTab.Recordings ? null : tab.ToString().ToLowerInvariant())}";

    /// <summary>What of a camera's past is in sight, and what of it is chosen.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="view">The view.</param>
    /// <returns>The address.</returns>
    public static string Camera(string slug, SoracomCoverage coverage, string deviceId, RecordingsView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var query = new QueryWriter().Add("coverage", coverage.ToWireName());
        view.Write(query);
        return $"/t/{Segment(slug)}/cameras/{Segment(deviceId)}{query}";
    }

    /// <summary>Where an export of footage is asked for.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="period">What of; chosen there where it is null.</param>
    /// <returns>The address.</returns>
    public static string NewExport(string slug, SoracomCoverage coverage, string deviceId, Period? period = null) =>
        NewExport(slug, new ExportDraft { Coverage = coverage, Camera = deviceId, From = period?.From, To = period?.To });

    /// <summary>A tenant's exports of footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">Which; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string Exports(string slug, ExportQuery? query = null) => $"/t/{Segment(slug)}/exports{query?.ToQueryString()}";

    /// <summary>The exports of one camera's footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="deviceId">The camera.</param>
    /// <returns>The address.</returns>
    public static string ExportsOfCamera(string slug, string deviceId) => Exports(slug, ExportQuery.All with { Camera = deviceId });

    /// <summary>Where an export of footage is planned.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="draft">What is chosen already; nothing by default.</param>
    /// <returns>The address.</returns>
    public static string NewExport(string slug, ExportDraft? draft = null) => $"/t/{Segment(slug)}/exports/new{draft?.ToQueryString()}";

    /// <summary>A tenant's rules for exports of footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string ExportRules(string slug) => $"/t/{Segment(slug)}/exports/rules";

    /// <summary>One export of footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="pieces">Which of its pieces; the first of all by default.</param>
    /// <returns>The address.</returns>
    public static string Export(string slug, Guid exportId, PieceQuery? pieces = null) => $"/t/{Segment(slug)}/exports/{exportId}{pieces?.ToQueryString()}";

    /// <summary>All of an export's pieces as one file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <returns>The address.</returns>
    public static string ExportZip(string slug, Guid exportId) => $"/t/{Segment(slug)}/exports/{exportId}/footage.zip";

    /// <summary>What says what an export is and holds, as a file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <returns>The address.</returns>
    public static string ExportManifest(string slug, Guid exportId) => $"/t/{Segment(slug)}/exports/{exportId}/manifest.json";

    /// <summary>One piece of an export as a file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="number">The piece.</param>
    /// <returns>The address.</returns>
    public static string ExportPiece(string slug, Guid exportId, int number) => string.Create(CultureInfo.InvariantCulture, $"/t/{Segment(slug)}/exports/{exportId}/pieces/{number}");
}
