using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants;

/// <summary>
/// A reseller's customers, from outside their tenants: also those that are suspended, where nobody may enter. What a customer holds its
/// partner to counts here too: a partner that may not do everything there may neither suspend nor resume it.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="notices">Tells the owners.</param>
/// <param name="outbox">Where mail is sent from.</param>
/// <param name="clock">The clock.</param>
public sealed class Customers(PortalDatabase database, AuditTrail audit, SuspensionNotices notices, Outbox outbox, TimeProvider clock)
{
    private const string LostPrefix = "lost: ";

    /// <summary>The customers, by name.</summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The customers; empty where there are none.</returns>
    public async Task<IReadOnlyList<Customer>> ListAsync(ResellerContext reseller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        await reseller.RequireAsync(cancellationToken);
        await using var db = database.ForInstallation();
        return await Of(db, reseller).OrderBy(customer => customer.Name).ToListAsync(cancellationToken);
    }

    /// <summary>One customer.</summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="slug">Its tenant's name in addresses.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The customer; null where the reseller has no such one.</returns>
    public async Task<Customer?> FindAsync(ResellerContext reseller, string slug, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        await reseller.RequireAsync(cancellationToken);
        await using var db = database.ForInstallation();
        return await Of(db, reseller).SingleOrDefaultAsync(customer => customer.Slug == slug, cancellationToken) is { } found
            ? found with { LostFiles = await LostFilesAsync(db, found.Id, cancellationToken) }
            : null;
    }

    /// <summary>What the trail says of files that could not be taken along.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The entry's detail; null where there were none.</returns>
    internal static string? LostInTrail(int count) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{LostPrefix}{count}");

    private static async Task<int> LostFilesAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        var detail = await db.AuditEntries.IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(entry => entry.TenantId == tenantId && entry.Action == AuditActions.TenantExported && entry.Outcome == AuditOutcome.Succeeded)
            .OrderByDescending(entry => entry.Id)
            .Select(entry => entry.Detail)
            .FirstOrDefaultAsync(cancellationToken);
        return detail is not null && detail.StartsWith(LostPrefix, StringComparison.Ordinal) && int.TryParse(detail.AsSpan(LostPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var lost) ? lost : 0;
    }

    /// <summary>
    /// Suspends a customer's tenant: pages that are open there close within seconds, doors that were opened are closed, jobs and exports
    /// pause, and the portal asks the vendor for nothing unasked. Nothing is deleted. Its owners are told by mail.
    /// </summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="reason">What its people are told; may be empty.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Since when; a <see cref="GoneError"/> where it is no customer of the reseller's, or is being removed; an <see cref="InputError"/> where the reason is too long, or the customer allows its partner less.</returns>
    public async Task<Result<DateTimeOffset>> SuspendAsync(ResellerContext reseller, Guid tenantId, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        ArgumentNullException.ThrowIfNull(reason);
        await reseller.RequireAsync(cancellationToken);
        var told = reason.Trim();
        if (told.Length > Tenant.ReasonLength)
        {
            return new InputError("SuspensionReason", Tenant.ReasonLength);
        }

        return await ChangeAsync<DateTimeOffset>(
            reseller,
            tenantId,
            async (db, own, token) =>
            {
                if (own.SuspendedAt is not { } since)
                {
                    since = clock.GetUtcNow();
                    (own.SuspendedAt, own.SuspendedBy, own.SuspendedFor) = (since, AuditEntry.Shortened(reseller.Actor.Name), told.Length == 0 ? null : told);
                    audit.AddOf(db, own.Id, reseller.Actor, new AuditAct(AuditActions.TenantSuspended, AuditOutcome.Succeeded) { ObjectId = own.Slug, ObjectName = own.Name, Reason = own.SuspendedFor, OnBehalfOf = reseller.Name });
                    await notices.AddAsync(db, own, reseller.Name, token);
                }

                return since;
            },
            cancellationToken);
    }

    /// <summary>Lets a suspended tenant's people in again. What was paused stays so until somebody goes on with it.</summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenant's name; a <see cref="GoneError"/> where it is no customer of the reseller's; an <see cref="InputError"/> where the customer allows its partner less.</returns>
    public async Task<Result<string>> ResumeAsync(ResellerContext reseller, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        await reseller.RequireAsync(cancellationToken);
        return await ChangeAsync<string>(
            reseller,
            tenantId,
            async (db, own, token) =>
            {
                if (own.SuspendedAt is not null)
                {
                    (own.SuspendedAt, own.SuspendedBy, own.SuspendedFor) = (null, null, null);
                    audit.AddOf(db, own.Id, reseller.Actor, new AuditAct(AuditActions.TenantResumed, AuditOutcome.Succeeded) { ObjectId = own.Slug, ObjectName = own.Name, OnBehalfOf = reseller.Name });
                    await outbox.WithdrawAsync(db, own.Id, token);
                }

                return own.Name;
            },
            cancellationToken);
    }

    private IQueryable<Customer> Of(PortalDbContext db, ResellerContext reseller)
    {
        var now = clock.GetUtcNow();
        var remembered = now - MailWorker.KeepFor;
        return db.Tenants.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(tenant => tenant.ResellerId == reseller.ResellerId).Select(tenant => new Customer
        {
            Id = tenant.Id,
            Slug = tenant.Slug,
            Name = tenant.Name,
            CreatedAt = tenant.CreatedAt,
            Members = db.TenantMembers.Count(member => member.TenantId == tenant.Id),
            HasOwner = db.TenantMembers.Any(member => member.TenantId == tenant.Id && member.Role == TenantRole.Owner && (member.Until == null || member.Until > tenant.SuspendedAt || (tenant.SuspendedAt == null && member.Until > now))),
            Ceiling = tenant.ResellerCeiling,
            SuspendedAt = tenant.SuspendedAt,
            SuspendedBy = tenant.SuspendedBy,
            SuspendedFor = tenant.SuspendedFor,
            RemovingAt = tenant.RemovingAt,
            // Given up, or tried in vain so far; those of an earlier suspension are none of this one.
            // What became of mails is kept for a while only: after it nobody can say that there were none.
            IsUnmailed = tenant.SuspendedAt > remembered && !db.OutgoingMails.Any(mail => mail.TenantId == tenant.Id && mail.ObjectId == tenant.Id && mail.MadeAt >= tenant.SuspendedAt),
            Untold = db.OutgoingMails.Count(mail => mail.TenantId == tenant.Id && mail.ObjectId == tenant.Id && mail.MadeAt >= tenant.SuspendedAt && (mail.State == MailState.Failed || (mail.State == MailState.Waiting && mail.Failure != null))),
        });
    }

    private Task<Result<T>> ChangeAsync<T>(ResellerContext reseller, Guid tenantId, Func<PortalDbContext, Tenant, CancellationToken, Task<Result<T>>> change, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            if (await db.Tenants.SingleOrDefaultAsync(row => row.Id == tenantId && row.ResellerId == reseller.ResellerId && row.RemovingAt == null, token) is not { } own)
            {
                return new GoneError();
            }

            if (own.ResellerCeiling is not null)
            {
                return new InputError("CustomerHolds", Names.InText(own.Name));
            }

            var changed = await change(db, own, token);
            await db.SaveChangesAsync(token);
            return changed;
        },
        cancellationToken);
}

/// <summary>A reseller's customer.</summary>
public sealed record Customer
{
    /// <summary>The tenant's identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant's name in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>When the tenant was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many members it has.</summary>
    public required int Members { get; init; }

    /// <summary>Whether one of them is an owner now.</summary>
    public required bool HasOwner { get; init; }

    /// <summary>From when on it can be removed, UTC; null while it is not suspended.</summary>
    public DateTimeOffset? RemovableAt => HasOwner ? SuspendedAt + Tenant.RemovalNotice : SuspendedAt;

    /// <summary>At most what this role may, the reseller's people may there; null for everything that a partner can be given.</summary>
    public required TenantRole? Ceiling { get; init; }

    /// <summary>Since when it is suspended, UTC; null while it is not.</summary>
    public required DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Who suspended it; null for a command of whoever runs the portal.</summary>
    public required string? SuspendedBy { get; init; }

    /// <summary>What its people are told about that.</summary>
    public required string? SuspendedFor { get; init; }

    /// <summary>When its removal was begun, UTC; null while it stays.</summary>
    public required DateTimeOffset? RemovingAt { get; init; }

    /// <summary>Whether no mail at all was written to tell owners of the suspension, as the portal sends none or knew no owner's address; false too where that is too long ago to know.</summary>
    public bool IsUnmailed { get; init; }

    /// <summary>How many of the mails by which owners are told of the suspension were not sent.</summary>
    public int Untold { get; init; }

    /// <summary>How many files were lost or shut when all that is held of it was last taken along; 0 in lists.</summary>
    public int LostFiles { get; init; }
}
