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
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports;

/// <summary>Requests for footage: what one would come to, and beginning it.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="worker">Works on them.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class FootageRequests(PortalDatabase database, TenantSoracom soracom, ExportWorker worker, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most pieces of one export: a month of video without a break, and more.</summary>
    public const int MostPieces = 6_000;

    /// <summary>The account's cameras, by name (operation listSoraCamDevices).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The cameras, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<CameraName>>> CamerasAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.SoraCam.ListSoraCamDevicesAsync(token), cancellationToken);
        return read.Error is { } error
            ? error
            : Result.Of<IReadOnlyList<CameraName>>([.. read.Value.Select(camera => new CameraName(camera.DeviceId, camera.Name ?? "")).OrderBy(camera => camera.Label, StringComparer.CurrentCulture)]);
    }

    /// <summary>What a request would come to; nothing is begun.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The plan; an <see cref="InputError"/>, a <see cref="CameraNoLicenceError"/>, a <see cref="NothingRecordedError"/>, an <see cref="IExportLimit"/> or a <see cref="VendorError"/>.</returns>
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

        await using var db = database.ForTenantBesideOthers(tenant.TenantId);
        var underWay = await QuotaSetAside.OutAsync(db, coverage, request.DeviceId, cancellationToken);
        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => ReadAsync(client.SoraCam, request, underWay, token), cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var (camera, usage, recordings) = read.Value;
        if (CameraNoLicenceError.IsOf(camera))
        {
            return new CameraNoLicenceError();
        }

        if (recordings.CutAt is { } cut)
        {
            var until = cut > request.From ? cut : request.From;
            return new ExportTooManyRecordingsError(Times.ToTheSecond(until, tenant.Tenant.TimeZone), until);
        }

        // To the second, as what is begun of it then is: a camera that records has recorded more by the time somebody agrees.
        var seen = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var recorded = Footage.Of(recordings.Recordings, request.Period, seen);
        if (recorded.Count == 0)
        {
            return new NothingRecordedError();
        }

        var held = await FootageHeld.OfAsync(db, coverage, request, cancellationToken);
        IReadOnlyList<PlannedPiece> pieces = [.. request.Pieces(recorded, request.LeaveOut ? held.Same : []).Take(MostPieces + 1)];
        if (pieces.Count > MostPieces || (pieces.Count == 0 && held.Same.Count == 0))
        {
            return pieces.Count == 0 ? new NothingRecordedError() : new ExportPiecesError(MostPieces, request.Kind == FootageKind.Video ? pieces[MostPieces - 1].Period.To : pieces[MostPieces].Period.From);
        }

        var quota = CameraQuota.Of(usage.Usage)?.Less(await QuotaSetAside.OfAsync(db, coverage, request.DeviceId, now, usage.Exports, cancellationToken));
        return new ExportPlan(camera.Name ?? camera.DeviceId, pieces, recorded, Footage.Gaps(recorded, request.Come(seen)), held.Same, quota)
        {
            Other = held.Other,
            IsCut = held.IsCut,
            // What is below a second is what this took, and no news.
            NotYet = request.To - seen >= TimeSpan.FromSeconds(1) ? new Period(seen, request.To) : null,
            End = request.Come(seen).To,
            Counted = usage.Exports,
        };
    }

    /// <summary>Begins an export of what has come of the period by now, and sets its quota aside. Where somebody has seen a plan, the request ends where that does.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; what <see cref="PlanAsync"/> answers, or a <see cref="QuotaError"/>, a <see cref="FootageThereError"/>, an <see cref="ExportPlanMovedError"/> where it comes to more than was agreed to or others have begun some of it, or an <see cref="InputError"/> where the tenant wants a reason.</returns>
    public async Task<Result<FootageExport>> BeginAsync(TenantContext tenant, SoracomCoverage coverage, ExportRequest request, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var planned = await PlanAsync(tenant, coverage, request, cancellationToken);
        if (planned.Error is { } error)
        {
            return error;
        }

        if (planned.Value.Pieces.Count == 0)
        {
            return new FootageThereError();
        }

        if (planned.Value.Cost > request.Agreed?.Cost)
        {
            return new ExportPlanMovedError();
        }

        var begun = await database.InOperatorsTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                if (string.IsNullOrWhiteSpace(request.Reason) && (await db.FootageRules.AsNoTracking().SingleOrDefaultAsync(token))?.ReasonRequired == true)
                {
                    return new InputError("ExportReasonMissing");
                }

                var name = coverage.ToWireName();
                if (await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(token) is not { } operatorId)
                {
                    return new VendorError(VendorErrorKind.NoCredential, coverage);
                }

                if (request.LeaveOut && !planned.Value.HasAllOf((await FootageHeld.OfAsync(db, coverage, request, token)).Same))
                {
                    // Somebody has asked for some of the same a moment ago.
                    return new ExportPlanMovedError();
                }

                // Two requests at once have read the same usage; what the other has set aside since is seen here.
                var quota = planned.Value.Quota?.Less(await QuotaSetAside.OfAsync(db, coverage, request.DeviceId, readAt, planned.Value.Counted, token));
                if (TimeSpan.FromSeconds(planned.Value.Cost) > quota?.Left)
                {
                    return (Result<FootageExport>)new QuotaError(planned.Value.Cost, (long)quota.Left.TotalSeconds);
                }

                if (request.Agreed?.Covers(planned.Value.Cost, quota) == false)
                {
                    // Others have used, or set aside, what was free of it.
                    return new ExportPlanMovedError();
                }

                var export = Row(tenant, coverage, operatorId, request, planned.Value, readAt, (await db.FootageExports.MaxAsync(row => (int?)row.Number, token) ?? 0) + 1);
                db.FootageExports.Add(export);
                db.FootagePieces.AddRange(planned.Value.Pieces.Select((piece, place) => new FootagePiece
                {
                    TenantId = tenant.TenantId,
                    ExportId = export.Id,
                    Number = place + 1,
                    From = piece.Period.From,
                    To = piece.Period.To,
                    Recorded = RecordedParts.Text(piece),
                    Cost = piece.Cost,
                    State = FootagePieceState.Waiting,
                }));
                audit.Add(db, tenant, FootageAudit.Act(AuditActions.FootageRequested, export, $", {export.From:u} - {export.To:u}, {FootageAudit.Cost(planned.Value.Cost, quota)}") with { Reason = export.Reason });
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

    private static async Task<(Camera Camera, CountedUsage Usage, RecordingList Recordings)> ReadAsync(
        ISoraCamApi cameras, ExportRequest request, IReadOnlyList<OutPiece> underWay, CancellationToken cancellationToken)
    {
        var camera = await cameras.GetSoraCamDeviceAsync(request.DeviceId, cancellationToken);
        var usage = await QuotaSetAside.ReadAsync(cameras, request.DeviceId, underWay, cancellationToken);
        var recordings = await RecordingList.ReadAsync(key => cameras.ListSoraCamDeviceRecordingsAndEventsAsync(
            request.DeviceId, key, new UnixMilliseconds(request.From), new UnixMilliseconds(request.To), SortOrder.Ascending, cancellationToken));
        return (camera, usage, recordings);
    }

    private static FootageExport Row(TenantContext tenant, SoracomCoverage coverage, string operatorId, ExportRequest request, ExportPlan plan, DateTimeOffset now, int number) => new()
    {
        TenantId = tenant.TenantId,
        Number = number,
        Coverage = coverage.ToWireName(),
        OperatorId = operatorId,
        DeviceId = request.DeviceId,
        CameraName = plan.CameraName,
        From = request.From,
        // What comes after that is in no piece.
        To = plan.End,
        Kind = request.Kind,
        Archive = request.Kind == FootageKind.Video && request.Archive,
        AudioCodec = request.Kind == FootageKind.Video ? request.AudioCodec : "",
        WideAngle = request.Kind == FootageKind.Stills && request.WideAngle,
        EverySeconds = request.Kind == FootageKind.Stills ? request.EverySeconds : null,
        HarvestFolder = request.HarvestFolder,
        Reason = request.Reason.Trim(),
        RequestedById = tenant.Actor.PersonId,
        RequestedBy = tenant.Actor.Name,
        State = FootageExportState.Running,
        OwnerId = tenant.Actor.PersonId,
        OwnerName = tenant.Actor.Name,
        Language = CultureInfo.CurrentUICulture.Name,
        CreatedAt = now,
    };
}

/// <summary>A camera to choose.</summary>
/// <param name="DeviceId">The camera.</param>
/// <param name="Name">Its name; empty where it has none.</param>
public sealed record CameraName(string DeviceId, string Name)
{
    /// <summary>What it is called in lists.</summary>
    public string Label => Name.Length > 0 ? Name : DeviceId;
}
