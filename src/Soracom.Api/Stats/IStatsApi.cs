using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Stats;

/// <summary>
/// How much SIMs and services were used. All times are whole seconds, in UTC; a range is widened to whole months, days or slots of five minutes. What reaches back
/// further than is kept, 18 months by month and day and 32 days by minutes, is not in the answer.
/// </summary>
public partial interface IStatsApi
{
    /// <summary>Vendor operation getAirStatsOfSim: a SIM's traffic by speed class. A terminated SIM has none to be seen.</summary>
    /// <param name="simId">The SIM.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="StatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getAirStatsOfSim"), Get("/stats/air/sims/{sim_id}")]
    Task<IReadOnlyList<AirStats>> GetAirStatsOfSimAsync(
        [Path("sim_id")] string simId,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(StatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getAirStats: the same by IMSI.</summary>
    /// <param name="imsi">The IMSI.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="StatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getAirStats"), Get("/stats/air/subscribers/{imsi}")]
    Task<IReadOnlyList<AirStats>> GetAirStatsAsync(
        [Path("imsi")] string imsi,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(StatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation getAirStatsOfGroup: the traffic of all SIMs of a group, three months back by month and seven days by day; 400 beyond.
    /// </summary>
    /// <param name="groupId">The group.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="SummedStatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getAirStatsOfGroup"), Get("/stats/air/groups/{group_id}")]
    Task<IReadOnlyList<SummedAirStats>> GetAirStatsOfGroupAsync(
        [Path("group_id")] string groupId,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(SummedStatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getAirStatsOfOperator: the traffic of all SIMs of the account, as far back as of a group; 400 beyond.</summary>
    /// <param name="operatorId">The caller's own operator.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="SummedStatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getAirStatsOfOperator"), Get("/stats/air/operators/{operator_id}")]
    Task<IReadOnlyList<SummedAirStats>> GetAirStatsOfOperatorAsync(
        [Path("operator_id")] string operatorId,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(SummedStatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getBeamStats: requests that Beam took in and sent out, by protocol.</summary>
    /// <param name="imsi">The IMSI.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="StatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getBeamStats"), Get("/stats/beam/subscribers/{imsi}")]
    Task<IReadOnlyList<BeamStats>> GetBeamStatsAsync(
        [Path("imsi")] string imsi,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(StatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getFunkStats: calls of functions.</summary>
    /// <param name="imsi">The IMSI.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="StatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getFunkStats"), Get("/stats/funk/subscribers/{imsi}")]
    Task<IReadOnlyList<FunkStats>> GetFunkStatsAsync(
        [Path("imsi")] string imsi,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(StatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getFunnelStats: data sent on to cloud services.</summary>
    /// <param name="imsi">The IMSI.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="StatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getFunnelStats"), Get("/stats/funnel/subscribers/{imsi}")]
    Task<IReadOnlyList<FunnelStats>> GetFunnelStatsAsync(
        [Path("imsi")] string imsi,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(StatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getHarvestStats: data that Harvest stored.</summary>
    /// <param name="imsi">The IMSI.</param>
    /// <param name="from">Within the first period.</param>
    /// <param name="to">Within the last period.</param>
    /// <param name="period">One of <see cref="StatsPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getHarvestStats"), Get("/stats/harvest/subscribers/{imsi}")]
    Task<IReadOnlyList<HarvestStats>> GetHarvestStatsAsync(
        [Path("imsi")] string imsi,
        [Query("from")] UnixSeconds from,
        [Query("to")] UnixSeconds to,
        [Query("period"), WireValues(typeof(StatsPeriod))] string period,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getHarvestExportedDataStats: how much of Harvest's data was exported in a month.</summary>
    /// <param name="operatorId">The caller's own operator.</param>
    /// <param name="yearMonth">yyyyMM; the present one when it is left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getHarvestExportedDataStats"), Get("/stats/harvest/operators/{operator_id}")]
    Task<ExportedDataStats> GetHarvestExportedDataStatsAsync(
        [Path("operator_id")] string operatorId, [Query("year_month")] string? yearMonth = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getNapterAuditLogsExportedDataStats: how much of Napter's audit log was exported in a month.</summary>
    /// <param name="yearMonth">yyyyMM; the present one when it is left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getNapterAuditLogsExportedDataStats"), Get("/stats/napter/audit_logs")]
    Task<ExportedDataStats> GetNapterAuditLogsExportedDataStatsAsync(
        [Query("year_month")] string? yearMonth = null, CancellationToken cancellationToken = default);
}
