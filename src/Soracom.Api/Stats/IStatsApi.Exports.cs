using RestEase;
using Soracom.Api.Files;
using Soracom.Api.Http;

namespace Soracom.Api.Stats;

/// <content>Exports as CSV, which changes nothing that the account's owner could see.</content>
public partial interface IStatsApi
{
    /// <summary>Vendor operation exportAirStats: a file with the traffic of all SIMs, terminated ones included.</summary>
    /// <param name="operatorId">The caller's own operator.</param>
    /// <param name="request">Which periods.</param>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportAirStats", Effect = CallEffect.Repeatable), Post("/stats/air/operators/{operator_id}/export")]
    Task<FileExport> ExportAirStatsAsync(
        [Path("operator_id")] string operatorId,
        [Body] StatsExportRequest request,
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation exportBeamStats: a file with Beam's requests of all SIMs.</summary>
    /// <param name="operatorId">The caller's own operator.</param>
    /// <param name="request">Which periods.</param>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportBeamStats", Effect = CallEffect.Repeatable), Post("/stats/beam/operators/{operator_id}/export")]
    Task<FileExport> ExportBeamStatsAsync(
        [Path("operator_id")] string operatorId,
        [Body] StatsExportRequest request,
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation exportFunkStats: a file with calls of functions by all SIMs.</summary>
    /// <param name="operatorId">The caller's own operator.</param>
    /// <param name="request">Which periods.</param>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportFunkStats", Effect = CallEffect.Repeatable), Post("/stats/funk/operators/{operator_id}/export")]
    Task<FileExport> ExportFunkStatsAsync(
        [Path("operator_id")] string operatorId,
        [Body] StatsExportRequest request,
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation exportFunnelStats: a file with data that all SIMs sent on to cloud services.</summary>
    /// <param name="operatorId">The caller's own operator.</param>
    /// <param name="request">Which periods.</param>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportFunnelStats", Effect = CallEffect.Repeatable), Post("/stats/funnel/operators/{operator_id}/export")]
    Task<FileExport> ExportFunnelStatsAsync(
        [Path("operator_id")] string operatorId,
        [Body] StatsExportRequest request,
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation exportHarvestStats: a file with data of all SIMs that Harvest stored.</summary>
    /// <param name="operatorId">The caller's own operator.</param>
    /// <param name="request">Which periods.</param>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportHarvestStats", Effect = CallEffect.Repeatable), Post("/stats/harvest/operators/{operator_id}/export")]
    Task<FileExport> ExportHarvestStatsAsync(
        [Path("operator_id")] string operatorId,
        [Body] StatsExportRequest request,
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null,
        CancellationToken cancellationToken = default);
}
