using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>The vendor's detailed files of a tenant's months: asks for them, tells how far they are, and hands them out.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="fetcher">Opens files.</param>
/// <param name="worker">Works on what was asked for.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class BillFiles(PortalDatabase database, BillFileFetcher fetcher, BillFileWorker worker, AuditTrail audit, TimeProvider clock)
{
    /// <summary>A download that goes on after a break is recorded as one.</summary>
    private static readonly TimeSpan SameDownload = TimeSpan.FromMinutes(10);

    /// <summary>The files of a month that count, newest first: what is under way or failed last, what is there, and those of what the bill was before it was changed.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="month">The month.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The files.</returns>
    public async Task<IReadOnlyList<BillFile>> ListAsync(TenantContext tenant, SoracomCoverage coverage, YearMonth month, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await Own(db, coverage.ToWireName(), month.Number()).AsNoTracking().OrderByDescending(file => file.Number).ToListAsync(cancellationToken);
    }

    /// <summary>Asks for a month's file. Where one is under way, or the file of a closed bill is there and was understood, it is that one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="month">The month.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file; a <see cref="GoneError"/> for a month that the portal has no figures of, or that cost nothing; a <see cref="BillNotClosedError"/>; or a <see cref="VendorError"/> without a credential.</returns>
    public async Task<Result<BillFile>> RequestAsync(TenantContext tenant, SoracomCoverage coverage, YearMonth month, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        var asked = await database.InTurnAsync(tenant.TenantId, (db, token) => RequestAsync(db, tenant, coverage, month, token), cancellationToken);
        if (asked is { Error: null, Value: { State: BillFileState.Asked } file })
        {
            worker.Ask(tenant.TenantId, file.Id);
        }

        return asked;
    }

    /// <summary>Opens a file to be downloaded; in the audit trail.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file with its content, to be disposed; a <see cref="GoneError"/>, a <see cref="BillFileLostError"/>, or a <see cref="BillFileAwayError"/>.</returns>
    public async Task<Result<BillDownload>> OpenAsync(TenantContext tenant, Guid fileId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        if (await Own(db).AsNoTracking().SingleOrDefaultAsync(file => file.Id == fileId && file.State == BillFileState.Done, cancellationToken) is not { } found)
        {
            return new GoneError();
        }

        try
        {
            if (await fetcher.OpenAsync(found, cancellationToken) is not { } content)
            {
                await LoseAsync(found, cancellationToken);
                return new BillFileLostError();
            }

            await audit.RecordOnceAsync(
                tenant, new AuditAct(AuditActions.BillFileDownloaded, AuditOutcome.Succeeded) { ObjectId = BillFileStore.NameOf(found) }, SameDownload, cancellationToken);
            return new BillDownload(found, new TellingStream(content, () => LoseAsync(found, CancellationToken.None)));
        }
        catch (InvalidDataException)
        {
            await LoseAsync(found, cancellationToken);
            return new BillFileLostError();
        }
        catch (Exception error) when (BillFileFetcher.IsOfTheStore(error))
        {
            return new BillFileAwayError();
        }
    }

    /// <summary>Those of the account that the tenant's credential opens.</summary>
    private static IQueryable<BillFile> Own(PortalDbContext db, string coverage, int month) => Own(db).Where(file => file.Coverage == coverage && file.Month == month);

    private static IQueryable<BillFile> Own(PortalDbContext db) => db.BillFiles.Where(file => file.RemovedAt == null && db.VendorCredentials.Any(credential => credential.Coverage == file.Coverage && credential.OperatorId == file.OperatorId));

    private async Task<Result<BillFile>> RequestAsync(PortalDbContext db, TenantContext tenant, SoracomCoverage coverage, YearMonth month, CancellationToken cancellationToken)
    {
        var (name, number, now) = (coverage.ToWireName(), month.Number(), clock.GetUtcNow());
        if (await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken) is not { } operatorId)
        {
            return new VendorError(VendorErrorKind.NoCredential, coverage);
        }

        if (await db.BillMonths.AsNoTracking().SingleOrDefaultAsync(row => row.Coverage == name && row.OperatorId == operatorId && row.Month == number, cancellationToken) is not { } bill)
        {
            return new GoneError();
        }

        var files = await db.BillFiles.Where(file => file.Coverage == name && file.OperatorId == operatorId && file.Month == number).ToListAsync(cancellationToken);
        if (files.Find(file => BillFileStore.Open.Contains(file.State)) is { } underWay)
        {
            return underWay;
        }

        if (bill.Stage == BillStage.Final && files.Find(file => file is { IsWhole: true, IsOfUntoldBill: false, RemovedAt: null } && file.Revision == bill.Revision) is { } there)
        {
            return there;
        }

        if (bill.Stage != BillStage.Final && month != YearMonth.Of(now))
        {
            return new BillNotClosedError();
        }

        if (bill.IsNothing())
        {
            return new GoneError();
        }

        // A failure is told until somebody tries again.
        files.Where(file => file is { State: BillFileState.Failed, RemovedAt: null }).ToList().ForEach(file => (file.RemovedAt, file.FileKey) = (now, null));
        var asked = new BillFile
        {
            TenantId = tenant.TenantId,
            Coverage = name,
            OperatorId = operatorId,
            Month = number,
            Number = files.Select(file => file.Number).Append(0).Max() + 1,
            Revision = bill.Stage == BillStage.Final ? bill.Revision : 0,
            BillTotal = bill.Stage == BillStage.Final ? bill.Amount + bill.CouponAmount : null,
            BillAsOf = bill.Stage == BillStage.Final ? bill.AsOf : null,
            State = BillFileState.Asked,
            AskedById = tenant.Actor.PersonId,
            AskedByName = AuditEntry.Shortened(tenant.Actor.Name),
            AskedAt = now,
        };
        db.Add(asked);
        audit.Add(db, tenant, new AuditAct(AuditActions.BillFileRequested, AuditOutcome.Succeeded) { ObjectId = BillFileStore.NameOf(asked) });
        await db.SaveChangesAsync(cancellationToken);
        return asked;
    }

    /// <summary>Notes that the store has lost a file, so that it can be asked for again. What it told stays.</summary>
    private Task<int> LoseAsync(BillFile lost, CancellationToken cancellationToken) => database.InTurnAsync(
        lost.TenantId,
        async (db, token) =>
        {
            var (failed, why) = (BillFileState.Failed, BillFileTrouble.FileBroken);
            return await db.BillFiles.Where(file => file.Id == lost.Id && file.FileId == lost.FileId && file.State == BillFileState.Done)
                .ExecuteUpdateAsync(set => set.SetProperty(file => file.State, failed).SetProperty(file => file.Trouble, why), token);
        },
        cancellationToken);
}

/// <summary>A detailed file to download.</summary>
/// <param name="File">The file.</param>
/// <param name="Content">Its content, which can seek; to be disposed.</param>
internal sealed record BillDownload(BillFile File, Stream Content);
