using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports;

/// <summary>Exports of footage: what one would come to, beginning it, how all stand, and pausing and ending them.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="worker">Works on them.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class FootageExports(PortalDatabase database, TenantSoracom soracom, ExportWorker worker, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most pieces of one export: a month of video without a break, and more.</summary>
    public const int MostPieces = 6_000;

    private static readonly FootagePieceState[] Open = [FootagePieceState.Waiting, FootagePieceState.Asked, FootagePieceState.Exporting];

    /// <summary>What a request would come to; nothing is begun.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The plan; an <see cref="InputError"/>, a <see cref="NothingRecordedError"/> or a <see cref="VendorError"/>.</returns>
    public async Task<Result<ExportPlan>> PlanAsync(TenantContext tenant, SoracomCoverage coverage, ExportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(request);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        var now = clock.GetUtcNow();
        if (request.Fault(now) is { } fault)
        {
            return fault;
        }

        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => ReadAsync(client.SoraCam, request, token), cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var (camera, usage, recordings) = read.Value;
        var recorded = Footage.Of(recordings, request.Period, now);
        IReadOnlyList<PlannedPiece> pieces = [.. request.Pieces(recorded).Take(MostPieces + 1)];
        if (pieces.Count is 0 or > MostPieces)
        {
            return pieces.Count == 0 ? new NothingRecordedError() : new InputError("ExportPieces", MostPieces);
        }

        await using var db = database.ForTenant(tenant.TenantId);
        var quota = (CameraQuota.Of(usage) ?? new CameraQuota(CameraQuota.Free, TimeSpan.Zero, TimeSpan.Zero)) with { Reserved = await ReservedAsync(db, coverage, request.DeviceId, now, cancellationToken) };
        return new ExportPlan(camera.Name ?? camera.DeviceId, pieces, recorded, Footage.Gaps(recorded, request.Period), quota);
    }

    /// <summary>Begins an export, and sets its quota aside.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; what <see cref="PlanAsync"/> answers, or a <see cref="QuotaError"/>.</returns>
    public async Task<Result<FootageExport>> BeginAsync(TenantContext tenant, SoracomCoverage coverage, ExportRequest request, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var planned = await PlanAsync(tenant, coverage, request, cancellationToken);
        if (planned.Error is { } error)
        {
            return error;
        }

        var begun = await database.InTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                var name = coverage.ToWireName();
                if (await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(token) is not { } operatorId)
                {
                    return new VendorError(VendorErrorKind.NoCredential, coverage);
                }

                // Two requests at once have read the same usage; what the other has set aside since is seen here.
                var quota = planned.Value.Quota with { Reserved = await ReservedAsync(db, coverage, request.DeviceId, readAt, token) };
                if (TimeSpan.FromSeconds(planned.Value.Cost) > quota.Left)
                {
                    return (Result<FootageExport>)new QuotaError(planned.Value.Cost, (long)quota.Left.TotalSeconds);
                }

                var export = Row(tenant, coverage, operatorId, request, planned.Value.CameraName, (await db.FootageExports.MaxAsync(row => (int?)row.Number, token) ?? 0) + 1);
                db.FootageExports.Add(export);
                db.FootagePieces.AddRange(planned.Value.Pieces.Select((piece, place) => new FootagePiece
                {
                    TenantId = tenant.TenantId,
                    ExportId = export.Id,
                    Number = place + 1,
                    From = piece.Period.From,
                    To = piece.Period.To,
                    Cost = piece.Cost,
                    State = FootagePieceState.Waiting,
                }));
                audit.Add(db, tenant, Act(AuditActions.FootageRequested, export, $", {request.From:u} - {request.To:u}, {planned.Value.Cost} s"));
                await db.SaveChangesAsync(token);
                return export;
            },
            cancellationToken);
        if (begun.Error is null)
        {
            worker.Ask(tenant.TenantId, begun.Value.Id);
        }

        return begun;
    }

    /// <summary>One export with its pieces.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; a <see cref="GoneError"/> where there is none.</returns>
    public async Task<Result<ExportView>> GetAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(export => export.Id == exportId, cancellationToken) is { } found
            ? new ExportView(found, await db.FootagePieces.AsNoTracking().Where(piece => piece.ExportId == exportId).OrderBy(piece => piece.Number).ToListAsync(cancellationToken))
            : new GoneError();
    }

    /// <summary>Pauses an export: what the vendor was asked for is still fetched, nothing more is asked for.</summary>
    public Task<Result<FootageExport>> PauseAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken) => ActAsync(
        tenant, exportId, AuditActions.FootagePaused, FootageExportState.Running, export => (export.State, export.Trouble) = (FootageExportState.Paused, null), cancellationToken);

    /// <summary>Goes on with a paused export, from now on on behalf of whoever says so.</summary>
    public Task<Result<FootageExport>> ResumeAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken) => ActAsync(
        tenant,
        exportId,
        AuditActions.FootageResumed,
        FootageExportState.Paused,
        export =>
        {
            (export.State, export.Trouble, export.NotBefore, export.Tries) = (FootageExportState.Running, null, null, 0);
            (export.OwnerId, export.OwnerName, export.Language) = (tenant.Actor.PersonId, tenant.Actor.Name, CultureInfo.CurrentUICulture.Name);
        },
        cancellationToken);

    /// <summary>Ends an export: what waits is left out and what is there stays. A piece that the vendor was asked for is still fetched, since it is paid for.</summary>
    public Task<Result<FootageExport>> CancelAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken) => ActAsync(
        tenant,
        exportId,
        AuditActions.FootageCancelled,
        state: null,
        export => (export.State, export.Trouble, export.NotBefore, export.FinishedAt) = (FootageExportState.Cancelled, null, null, clock.GetUtcNow()),
        cancellationToken);

    private static async Task<(Camera Camera, ExportUsage Usage, IReadOnlyList<RecordingPeriod> Recordings)> ReadAsync(ISoraCamApi cameras, ExportRequest request, CancellationToken cancellationToken)
    {
        var camera = await cameras.GetSoraCamDeviceAsync(request.DeviceId, cancellationToken);
        var usage = await cameras.GetSoraCamDeviceExportUsageAsync(request.DeviceId, cancellationToken);
        var recordings = new List<RecordingPeriod>();
        string? key = null;
        try
        {
            do
            {
                var page = await cameras.ListSoraCamDeviceRecordingsAndEventsAsync(
                    request.DeviceId, key, new UnixMilliseconds(request.From), new UnixMilliseconds(request.To), SortOrder.Ascending, cancellationToken);
                recordings.AddRange(page.Content.Records ?? []);
                key = page.NextKey;
            }
            while (key is not null);
        }
        catch (Soracom.Api.Errors.SoracomNotFoundException)
        {
            // The vendor's way of saying that nothing was recorded then.
        }

        return (camera, usage, recordings);
    }

    /// <summary>What exports under way have set aside of a camera's quota. What was settled since the usage was read counts too: the reading does not hold it yet.</summary>
    private static async Task<TimeSpan> ReservedAsync(PortalDbContext db, SoracomCoverage coverage, string deviceId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        return TimeSpan.FromSeconds(await db.FootagePieces
            .Where(piece => db.FootageExports.Any(export => export.Id == piece.ExportId && export.Coverage == name && export.DeviceId == deviceId)
                && (Open.Contains(piece.State) || (piece.IsCharged && piece.At >= since)))
            .SumAsync(piece => piece.Cost, cancellationToken));
    }

    private static AuditAct Act(string action, FootageExport export, string detail = "") => new(action, AuditOutcome.Succeeded)
    {
        ObjectId = export.DeviceId,
        Detail = string.Create(CultureInfo.InvariantCulture, $"#{export.Number}{detail}"),
    };

    private FootageExport Row(TenantContext tenant, SoracomCoverage coverage, string operatorId, ExportRequest request, string cameraName, int number) => new()
    {
        TenantId = tenant.TenantId,
        Number = number,
        Coverage = coverage.ToWireName(),
        OperatorId = operatorId,
        DeviceId = request.DeviceId,
        CameraName = cameraName,
        From = request.From,
        To = request.To,
        Kind = request.Kind,
        Archive = request.Kind == FootageKind.Video && request.Archive,
        AudioCodec = request.Kind == FootageKind.Video ? request.AudioCodec : "",
        WideAngle = request.Kind == FootageKind.Stills && request.WideAngle,
        EverySeconds = request.Kind == FootageKind.Stills ? request.EverySeconds : null,
        HarvestFolder = request.HarvestFolder,
        Reason = request.Reason.Trim(),
        State = FootageExportState.Running,
        OwnerId = tenant.Actor.PersonId,
        OwnerName = tenant.Actor.Name,
        Language = CultureInfo.CurrentUICulture.Name,
        CreatedAt = clock.GetUtcNow(),
    };

    private async Task<Result<FootageExport>> ActAsync(
        TenantContext tenant, Guid exportId, string action, FootageExportState? state, Action<FootageExport> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        var done = await database.InTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.FootageExports.SingleOrDefaultAsync(row => row.Id == exportId, token) is not { } export)
                {
                    return (Result<FootageExport>)new GoneError();
                }

                if (state is { } needed ? export.State != needed : export.State is FootageExportState.Done or FootageExportState.Cancelled)
                {
                    return new ExportMovedError();
                }

                change(export);
                if (export.State == FootageExportState.Cancelled)
                {
                    await db.FootagePieces.Where(piece => piece.ExportId == exportId && piece.State == FootagePieceState.Waiting)
                        .ExecuteUpdateAsync(set => set.SetProperty(piece => piece.State, FootagePieceState.Skipped).SetProperty(piece => piece.At, clock.GetUtcNow()), token);
                }

                audit.Add(db, tenant, Act(action, export));
                await db.SaveChangesAsync(token);
                return export;
            },
            cancellationToken);
        if (done.Error is null)
        {
            worker.Ask(tenant.TenantId, exportId);
        }

        return done;
    }
}

/// <summary>An export with its pieces.</summary>
/// <param name="Export">The export.</param>
/// <param name="Pieces">Its pieces, in the order of time.</param>
internal sealed record ExportView(FootageExport Export, IReadOnlyList<FootagePiece> Pieces);
