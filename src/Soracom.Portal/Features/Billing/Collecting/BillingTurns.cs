using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>Whose turn it is to read an account's bills, and what came of it.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class BillingTurns(PortalDatabase database, TimeProvider clock)
{
    /// <summary>How long a turn is held without a word from its holder.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(2);

    /// <summary>How long nobody tries again by itself after a failure that says nothing of it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Where the credential is at fault, somebody has to mend it first.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromHours(1);

    /// <summary>The account that a tenant's credential opens.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account; null without a credential.</returns>
    public async Task<BillingAccount?> AccountAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenantId);
        return await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken) is { } operatorId
            ? new BillingAccount(tenantId, coverage, operatorId)
            : null;
    }

    /// <summary>Takes the turn, unless somebody has it, or the figures are new enough.</summary>
    /// <param name="account">The account.</param>
    /// <param name="freshFor">How old the figures may be; null to read them whatever their age.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The turn; null when there is nothing to do.</returns>
    public Task<BillingTurn?> TakeAsync(BillingAccount account, TimeSpan? freshFor, CancellationToken cancellationToken) => database.InTurnAsync<BillingTurn?>(
        account.TenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var reading = await FindAsync(db, account, token);
            if (reading.HeldUntil > now || (freshFor is { } age && (reading.NotBefore > now || !IsOld(reading.ReadAt, age, now))))
            {
                return null;
            }

            (reading.Holder, reading.HeldUntil) = (Guid.NewGuid(), now + HeldFor);
            await db.SaveChangesAsync(token);
            return new BillingTurn(reading.Holder.Value, now);
        },
        cancellationToken);

    /// <summary>Whether figures are to be read anew: by their age, or as a month has begun since. Then the one before is to be seen to its end.</summary>
    /// <param name="readAt">When they were read, UTC; null when never.</param>
    /// <param name="freshFor">How old they may be.</param>
    /// <param name="now">The time.</param>
    public static bool IsOld(DateTimeOffset? readAt, TimeSpan freshFor, DateTimeOffset now) => !(readAt > now - freshFor) || readAt < YearMonth.Of(now).Start();

    /// <summary>Says that the holder is still there, and the credential still opens the account: what it tells by now may be another operator's.</summary>
    /// <returns>False when the turn is lost, or the credential was replaced by another operator's.</returns>
    public async Task<bool> HoldAsync(BillingAccount account, BillingTurn turn, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = clock.GetUtcNow() + HeldFor;
        await using var db = database.ForTenant(account.TenantId);
        return await db.BillReadings
            .Where(reading => reading.Coverage == account.CoverageName && reading.OperatorId == account.OperatorId && reading.Holder == turn.Holder)
            .Where(reading => db.VendorCredentials.Any(credential => credential.Coverage == account.CoverageName && credential.OperatorId == account.OperatorId))
            .ExecuteUpdateAsync(set => set.SetProperty(reading => reading.HeldUntil, until), cancellationToken) == 1;
    }

    /// <summary>Ends the turn and notes what came of it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="failure">Why not all could be read; null when all was.</param>
    /// <param name="denied">The vendor's operations that the credential was refused.</param>
    /// <param name="served">Those that it was not.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is noted; a turn that was lost notes nothing.</returns>
    public Task<bool> EndAsync(BillingAccount account, BillingTurn turn, VendorError? failure, IReadOnlyCollection<string> denied, IReadOnlyCollection<string> served, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            var reading = await FindAsync(db, account, token);
            if (reading.Holder != turn.Holder)
            {
                return false;
            }

            (reading.Holder, reading.HeldUntil) = (null, null);
            var now = clock.GetUtcNow();
            if (failure is null)
            {
                (reading.ReadAt, reading.WholeAt, reading.FailedAt, reading.Failure, reading.NotBefore, reading.Denied) = (turn.BegunAt, now, null, null, null, string.Join(' ', denied));
            }
            else
            {
                (reading.FailedAt, reading.Failure, reading.NotBefore) = (now, failure.Kind.ToString(), now + PauseAfter(failure));
                // What was refused before may not have been asked for this time.
                reading.Denied = BillingOperations.StillDenied(reading.Denied, denied, served);
            }

            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>Lets go of a turn that came to nothing; it can be taken at once.</summary>
    public async Task ReleaseAsync(BillingAccount account, BillingTurn turn)
    {
        await using var db = database.ForTenant(account.TenantId);
        await db.BillReadings
            .Where(reading => reading.Coverage == account.CoverageName && reading.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(reading => reading.Holder, (Guid?)null).SetProperty(reading => reading.HeldUntil, (DateTimeOffset?)null), CancellationToken.None);
    }

    /// <summary>How long nobody tries again by itself after a failure.</summary>
    public static TimeSpan PauseAfter(VendorError failure) => failure.RetryAfter ?? (failure.IsAboutTheCredential ? LongPause : Pause);

    /// <summary>How far an account has been read, to be saved; from the beginning for another operator's than before.</summary>
    private static async Task<BillReading> FindAsync(PortalDbContext db, BillingAccount account, CancellationToken cancellationToken)
    {
        var reading = await db.BillReadings.SingleOrDefaultAsync(row => row.Coverage == account.CoverageName, cancellationToken);
        if (reading is null)
        {
            reading = new BillReading { TenantId = account.TenantId, Coverage = account.CoverageName, OperatorId = account.OperatorId };
            db.Add(reading);
        }
        else if (reading.OperatorId != account.OperatorId)
        {
            (reading.OperatorId, reading.ReadAt, reading.WholeAt, reading.FailedAt, reading.Failure) = (account.OperatorId, null, null, null, null);
            (reading.Denied, reading.NotBefore, reading.Holder, reading.HeldUntil) = ("", null, null, null);
        }

        return reading;
    }
}
