using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>Whose turn it is to read an account's payments, and what came of it.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="options">How fresh they are to be.</param>
/// <param name="clock">The clock.</param>
internal sealed class PaymentTurns(PortalDatabase database, IOptions<BillingOptions> options, TimeProvider clock)
{
    /// <summary>How long a turn is held: longer than its few calls take.</summary>
    private static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(5);

    /// <summary>Accounts whose payments are old, and which nobody reads; those that were never read first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The accounts.</returns>
    public async Task<IReadOnlyList<BillingAccount>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.ForInstallation();
        var readings = db.PaymentReadings.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var accounts = await (
            from credential in db.VendorCredentials.IgnoreQueryFilters([PortalDbContext.TenantFilter]).AsNoTracking().OfServed(db)
            join read in readings
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { read.TenantId, read.Coverage, read.OperatorId } into own
            from reading in own.DefaultIfEmpty()
            select new
            {
                credential.TenantId,
                credential.Coverage,
                credential.OperatorId,
                ReadAt = reading == null ? null : reading.ReadAt,
                NotBefore = reading == null ? null : reading.NotBefore,
                HeldUntil = reading == null ? null : reading.HeldUntil,
            }).ToListAsync(cancellationToken);
        return
        [
            .. from account in accounts
               where !(account.ReadAt > now - options.Value.RefreshEvery) && !(account.NotBefore > now) && !(account.HeldUntil > now)
               where SoracomCoverages.TryParseWireName(account.Coverage, out _)
               orderby account.ReadAt ?? DateTimeOffset.MinValue
               select new BillingAccount(account.TenantId, SoracomCoverages.TryParseWireName(account.Coverage, out var coverage) ? coverage : default, account.OperatorId),
        ];
    }

    /// <summary>Takes the turn, unless somebody has it, or what there is is new enough.</summary>
    /// <param name="account">The account.</param>
    /// <param name="freshFor">How old it may be; null to read it whatever its age.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The turn; null when there is nothing to do.</returns>
    public Task<PaymentTurn?> TakeAsync(BillingAccount account, TimeSpan? freshFor, CancellationToken cancellationToken) => database.InTurnAsync<PaymentTurn?>(
        account.TenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var reading = await db.PaymentReadings.SingleOrDefaultAsync(row => row.Coverage == account.CoverageName, token);
            if (reading is not null && reading.OperatorId != account.OperatorId)
            {
                db.Remove(reading);
                await db.SaveChangesAsync(token);
                reading = null;
            }

            if (reading is null)
            {
                db.Add(reading = new PaymentReading { TenantId = account.TenantId, Coverage = account.CoverageName, OperatorId = account.OperatorId });
            }

            if (reading.HeldUntil > now || (freshFor is { } age && (reading.NotBefore > now || reading.ReadAt > now - age)))
            {
                return null;
            }

            (reading.Holder, reading.HeldUntil) = (Guid.NewGuid(), now + HeldFor);
            await db.SaveChangesAsync(token);
            return new PaymentTurn(reading.Holder.Value, now);
        },
        cancellationToken);

    /// <summary>Ends the turn and notes what came of it; a turn that was lost notes nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="failure">Why not all could be read; null when all was.</param>
    /// <param name="denied">The vendor's operations that the credential was refused.</param>
    /// <param name="served">Those that it was not.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<bool> EndAsync(BillingAccount account, PaymentTurn turn, VendorError? failure, IReadOnlyCollection<string> denied, IReadOnlyCollection<string> served, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            if (await db.PaymentReadings.SingleOrDefaultAsync(row => row.Coverage == account.CoverageName && row.Holder == turn.Holder, token) is not { } reading)
            {
                return false;
            }

            var now = clock.GetUtcNow();
            (reading.Holder, reading.HeldUntil) = (null, null);
            reading.ReadAt = failure is null ? turn.BegunAt : reading.ReadAt;
            (reading.FailedAt, reading.Failure, reading.NotBefore) = (failure is null ? null : now, failure?.Kind.ToString(), failure is null ? null : now + BillingTurns.PauseAfter(failure));
            // What was refused before may not have been asked for this time.
            reading.Denied = failure is null ? string.Join(' ', denied) : BillingOperations.StillDenied(reading.Denied, denied, served);
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>Lets go of a turn that came to nothing; it can be taken at once.</summary>
    public async Task ReleaseAsync(BillingAccount account, PaymentTurn turn)
    {
        await using var db = database.ForTenant(account.TenantId);
        await db.PaymentReadings
            .Where(reading => reading.Coverage == account.CoverageName && reading.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(reading => reading.Holder, (Guid?)null).SetProperty(reading => reading.HeldUntil, (DateTimeOffset?)null), CancellationToken.None);
    }
}

/// <summary>Somebody's turn to read an account's payments.</summary>
/// <param name="Holder">Whose.</param>
/// <param name="BegunAt">Since when, UTC.</param>
internal sealed record PaymentTurn(Guid Holder, DateTimeOffset BegunAt);
