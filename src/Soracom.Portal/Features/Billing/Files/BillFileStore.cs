using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>Writes how detailed files go on, for whoever holds one.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class BillFileStore(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Where files stand that are worked on.</summary>
    public static readonly BillFileState[] Open = [BillFileState.Asked, BillFileState.Making, BillFileState.Stored];

    /// <summary>Takes a file that is under way.</summary>
    /// <returns>The turn; null when somebody else has it, or there is nothing to do now.</returns>
    public Task<JobTurn?> TakeAsync(Guid tenantId, Guid fileId, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var asked = clock.GetTimestamp();
            if (await db.BillFiles.SingleOrDefaultAsync(row => row.Id == fileId, token) is not { } file || !Open.Contains(file.State) || file.HeldUntil > now || file.NotBefore > now)
            {
                return null;
            }

            (file.Holder, file.HeldUntil) = (Guid.NewGuid(), now + JobTurn.HeldFor);
            await db.SaveChangesAsync(token);
            var turn = new JobTurn(fileId, file.Holder.Value, clock);
            turn.Confirm(asked);
            return turn;
        },
        cancellationToken);

    /// <summary>Says that the holder is still there.</summary>
    /// <returns>False when the turn is lost.</returns>
    public async Task<bool> HoldAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = clock.GetUtcNow() + JobTurn.HeldFor;
        await using var db = database.ForTenant(tenantId);
        return await db.BillFiles.Where(file => file.Id == turn.JobId && file.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(file => file.HeldUntil, until), cancellationToken) > 0;
    }

    /// <summary>Lets go of a file.</summary>
    public async Task ReleaseAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        await db.BillFiles.Where(file => file.Id == turn.JobId && file.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(file => file.Holder, (Guid?)null).SetProperty(file => file.HeldUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>The file as it stands, to be gone on with.</summary>
    /// <returns>Null when it is done, has failed, or waits; it fails here where the account or the right of whoever asked is another by now.</returns>
    public Task<BillFile?> NextAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken) => WriteAsync(
        tenantId,
        turn,
        async (db, file, token) =>
        {
            if (!Open.Contains(file.State) || file.NotBefore > clock.GetUtcNow())
            {
                return null;
            }

            if (await TroubleAsync(db, file, token) is { } trouble)
            {
                End(db, file, trouble);
                return null;
            }

            return file;
        },
        cancellationToken);

    /// <summary>Whether the tenant's credential opens another operator's account by now: what it tells is none of the file's.</summary>
    public async Task<bool> IsOfOtherAccountAsync(BillFile file, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(file.TenantId);
        return await IsOfOtherAccountAsync(db, file, cancellationToken);
    }

    /// <summary>Writes how a file goes on.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file as it stands then.</returns>
    /// <exception cref="TurnLostException">Somebody else goes on with it.</exception>
    public async Task<BillFile> PutAsync(Guid tenantId, JobTurn turn, Func<PortalDbContext, BillFile, CancellationToken, Task> change, CancellationToken cancellationToken) => await WriteAsync(
        tenantId,
        turn,
        async (db, file, token) =>
        {
            await change(db, file, token);
            return file;
        },
        cancellationToken) ?? throw new TurnLostException();

    /// <summary>The same where only the file itself changes.</summary>
    public Task<BillFile> PutAsync(Guid tenantId, JobTurn turn, Action<BillFile> change, CancellationToken cancellationToken) => PutAsync(
        tenantId,
        turn,
        (_, file, _) =>
        {
            change(file);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Gives a file up.</summary>
    public Task<BillFile> FailAsync(Guid tenantId, JobTurn turn, string trouble, CancellationToken cancellationToken) => PutAsync(
        tenantId,
        turn,
        (db, file, _) =>
        {
            End(db, file, trouble);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Ends a file, with its entry in the audit trail; saved with the rest.</summary>
    /// <param name="db">The context.</param>
    /// <param name="file">The file.</param>
    /// <param name="trouble">Why it is given up; null when it is there.</param>
    public void End(PortalDbContext db, BillFile file, string? trouble)
    {
        (file.State, file.Trouble, file.NotBefore, file.FinishedAt) = (trouble is null ? BillFileState.Done : BillFileState.Failed, trouble, null, clock.GetUtcNow());
        audit.AddOfJob(db, file.TenantId, file.AskedById, file.AskedByName, new AuditAct(AuditActions.BillFileFetched, trouble is null ? AuditOutcome.Succeeded : AuditOutcome.Failed)
        {
            ObjectId = NameOf(file),
            Detail = trouble ?? string.Create(CultureInfo.InvariantCulture, $"{file.Length} B, SHA-256 {file.Sha256}"),
        });
    }

    /// <summary>What a file is called in the audit trail: the coverage, the month, and which of its files it is.</summary>
    public static string NameOf(BillFile file) => string.Create(CultureInfo.InvariantCulture, $"{file.Coverage} {file.Month} #{file.Number}");

    private static Task<bool> IsOfOtherAccountAsync(PortalDbContext db, BillFile file, CancellationToken cancellationToken) =>
        db.VendorCredentials.AnyAsync(credential => credential.Coverage == file.Coverage && credential.OperatorId != file.OperatorId, cancellationToken);

    private async Task<string?> TroubleAsync(PortalDbContext db, BillFile file, CancellationToken cancellationToken)
    {
        if (await IsOfOtherAccountAsync(db, file, cancellationToken))
        {
            return BillFileTrouble.OtherAccount;
        }

        var standings = await TenantAccess.StandingsAsync(db, [(file.AskedById, file.TenantId)], clock.GetUtcNow(), cancellationToken);
        return standings.GetValueOrDefault((file.AskedById, file.TenantId)) is { } standing && standing.May(Permission.BillingRead) ? null : BillFileTrouble.RightLost;
    }

    /// <summary>Writes something in the tenant's turn, unless the holder's is lost; then null is answered.</summary>
    private Task<BillFile?> WriteAsync(Guid tenantId, JobTurn turn, Func<PortalDbContext, BillFile, CancellationToken, Task<BillFile?>> write, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var asked = clock.GetTimestamp();
            if (await db.BillFiles.SingleOrDefaultAsync(row => row.Id == turn.JobId && row.Holder == turn.Holder, token) is not { } file)
            {
                return null;
            }

            var answer = await write(db, file, token);
            file.HeldUntil = clock.GetUtcNow() + JobTurn.HeldFor;
            await db.SaveChangesAsync(token);
            turn.Confirm(asked);
            return answer;
        },
        cancellationToken);
}
