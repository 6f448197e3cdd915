using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Security;

/// <summary>Writes the audit trail. Reading it is the audit page's business.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
public sealed class AuditTrail(PortalDatabase database, TimeProvider clock)
{
    /// <summary>How long a refused attempt is not recorded again.</summary>
    internal static readonly TimeSpan RefusedAgain = TimeSpan.FromMinutes(1);

    /// <summary>Records an act in a tenant.</summary>
    /// <param name="tenant">The tenant and the actor.</param>
    /// <param name="act">What was done, to what, and what came of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the entry is saved.</returns>
    public async Task RecordAsync(TenantContext tenant, AuditAct act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = database.ForTenant(tenant.TenantId);
        Add(db, tenant, act);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Adds the entry of an act to a context, so that the act and its entry are saved together or not at all.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenant">The tenant and the actor.</param>
    /// <param name="act">What was done, to what, and what came of it.</param>
    public void Add(PortalDbContext db, TenantContext tenant, AuditAct act)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        db.AuditEntries.Add(Entry(tenant.TenantId, tenant.Actor, Of(tenant, act)));
    }

    /// <summary>Adds the entry of what somebody does in a tenant who may not act there yet; saved with the rest of the context.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="person">Who.</param>
    /// <param name="act">What was done, to what, and what came of it.</param>
    internal void AddOf(PortalDbContext db, Guid? tenantId, SignedIn person, AuditAct act) => db.AuditEntries.Add(Entry(tenantId, person, act));

    /// <summary>Adds the entry of what a command of the program does in a tenant; saved with the rest of the context.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="act">What was done, to what, and what came of it.</param>
    internal void AddOfCommand(PortalDbContext db, Guid? tenantId, AuditAct act) => db.AuditEntries.Add(Entry(tenantId, AuditEntry.CommandLine, act));

    /// <summary>Adds the entry of what a job does in a tenant on behalf of somebody who began it and may be gone by now; saved with the rest of the context.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="personId">Who began it.</param>
    /// <param name="personName">The name at the time.</param>
    /// <param name="act">What was done, to what, and what came of it.</param>
    internal void AddOfJob(PortalDbContext db, Guid tenantId, Guid personId, string personName, AuditAct act) =>
        db.AuditEntries.Add(Entry(tenantId, AuditEntry.Itself, act with { OnBehalfOf = personName }, personId: personId));

    /// <summary>Adds the entry of what the program does by itself in a tenant; saved with the rest of the context.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="act">What was done, to what, and what came of it.</param>
    internal void AddOfItself(PortalDbContext db, Guid tenantId, AuditAct act) => db.AuditEntries.Add(Entry(tenantId, AuditEntry.Itself, act));

    /// <summary>Records an act that concerns the installation, such as a sign-in.</summary>
    /// <param name="actor">Who; null when nobody is known.</param>
    /// <param name="act">What was done and what came of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the entry is saved.</returns>
    public async Task RecordAsync(SignedIn? actor, AuditAct act, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        db.AuditEntries.Add(Entry(tenantId: null, actor, act));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Records what the program does by itself that concerns the installation.</summary>
    /// <param name="act">What was done and what came of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the entry is saved.</returns>
    internal async Task RecordOfItselfAsync(AuditAct act, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        db.AuditEntries.Add(Entry(tenantId: null, AuditEntry.Itself, act));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Records an act in a tenant unless the same person did the same in the same session just before: what repeats by
    /// itself (a page that is rendered twice) or on purpose (to flood the trail) is said once.
    /// </summary>
    internal Task RecordOnceAsync(Guid tenantId, SignedIn actor, AuditAct act, TimeSpan within, CancellationToken cancellationToken) =>
        RecordOnceAsync([tenantId], actor, act, within, cancellationToken);

    /// <summary>The same by whoever has the right to act in the tenant.</summary>
    internal Task RecordOnceAsync(TenantContext tenant, AuditAct act, TimeSpan within, CancellationToken cancellationToken) =>
        RecordOnceAsync([tenant.TenantId], tenant.Actor, Of(tenant, act), within, cancellationToken);

    /// <summary>Records an act in several tenants, in each unless the same person did the same there in the same session just before: one query, and a line in each of the trails that lack it.</summary>
    internal async Task RecordOnceAsync(IReadOnlyCollection<Guid> tenantIds, SignedIn actor, AuditAct act, TimeSpan within, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - within;
        foreach (var tenantId in tenantIds.Except(await SaidInAsync(tenantIds, actor, act, since, cancellationToken)))
        {
            await using var db = database.ForTenant(tenantId);
            db.AuditEntries.Add(Entry(tenantId, actor, act));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Records an act that concerns the installation unless the same person did the same in the same session just before.</summary>
    internal async Task RecordOnceAsync(SignedIn actor, AuditAct act, TimeSpan within, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (!await Same(db.AuditEntries, actor, act, clock.GetUtcNow() - within).AnyAsync(cancellationToken))
        {
            db.AuditEntries.Add(Entry(tenantId: null, actor, act));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    internal Task DeniedAsync(TenantContext tenant, Permission permission, CancellationToken cancellationToken) => RecordOnceAsync(
        tenant,
        new AuditAct(AuditActions.PermissionUsed, AuditOutcome.Denied) { ObjectId = permission.ToString() },
        RefusedAgain,
        cancellationToken);

    private async Task<List<Guid>> SaidInAsync(IReadOnlyCollection<Guid> tenantIds, SignedIn actor, AuditAct act, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await Same(db.AuditEntries.IgnoreQueryFilters([PortalDbContext.TenantFilter]), actor, act, since)
            .Where(entry => entry.TenantId != null && tenantIds.Contains(entry.TenantId.Value))
            .Select(entry => entry.TenantId!.Value)
            .Distinct()
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<AuditEntry> Same(IQueryable<AuditEntry> entries, SignedIn actor, AuditAct act, DateTimeOffset since) => entries.Where(entry =>
        entry.ActorId == actor.PersonId
        && entry.SessionId == actor.SessionId
        && entry.Action == act.Action
        && entry.ObjectId == act.ObjectId
        && entry.Detail == act.Detail
        && entry.Outcome == act.Outcome
        && entry.At > since);

    /// <summary>An act as those do it who stand in a tenant as they do: the partner's people act on the partner's behalf.</summary>
    private static AuditAct Of(TenantContext tenant, AuditAct act) => tenant.Standing.AsReseller && act.OnBehalfOf is null ? act with { OnBehalfOf = tenant.Tenant.ResellerName } : act;

    private AuditEntry Entry(Guid? tenantId, SignedIn? actor, AuditAct act) => Entry(tenantId, actor?.Name ?? string.Empty, act, actor);

    private AuditEntry Entry(Guid? tenantId, string actorName, AuditAct act, SignedIn? actor = null, Guid? personId = null) => new()
    {
        At = clock.GetUtcNow(),
        TenantId = tenantId,
        ActorId = actor?.PersonId ?? personId,
        ActorName = Shorten(actorName, AuditEntry.NameLength)!,
        OnBehalfOf = Given(act.OnBehalfOf, AuditEntry.NameLength),
        SessionId = actor?.SessionId,
        Address = actor?.Address ?? act.Address,
        Action = act.Action,
        ObjectId = Shorten(act.ObjectId, AuditEntry.NameLength),
        ObjectName = Shorten(act.ObjectName, AuditEntry.NameLength),
        Outcome = act.Outcome,
        RequestId = Activity.Current?.TraceId.ToString(),
        VendorRequestId = Given(act.VendorRequestId, AuditEntry.VendorRequestIdLength),
        Detail = Shorten(act.Detail, AuditDetail.Length),
        Before = Given(act.Before, AuditEntry.ValueLength),
        After = Given(act.After, AuditEntry.ValueLength),
        Reason = Given(act.Reason, AuditEntry.ReasonLength),
    };

    private static string? Given(string? text, int length) => Shorten(text, length) is { Length: > 0 } given ? given : null;

    // Without what not every database gives back as it was stored: the entry's hash would not fit it any more.
    private static string? Shorten(string? text, int length) => text?.Replace("\0", string.Empty, StringComparison.Ordinal) is not { } kept ? null : kept.Length <= length ? kept : kept[..length];
}

/// <summary>What an audit entry says of an act.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record AuditAct(string Action, AuditOutcome Outcome)
{
    /// <summary>What it was done to: an id.</summary>
    public string? ObjectId { get; init; }

    /// <summary>What it was done to: a name for people.</summary>
    public string? ObjectName { get; init; }

    /// <summary>More, for people: never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>What was before the change, in text: never a secret. Null or empty for nothing.</summary>
    public string? Before { get; init; }

    /// <summary>What was after the change, or is to be, in text: never a secret. Null or empty for nothing.</summary>
    public string? After { get; init; }

    /// <summary>Why, in the words of the person who did it; null where nobody was asked.</summary>
    public string? Reason { get; init; }

    /// <summary>On whose behalf, where the trail does not know by itself: it does of a tenant's partner and of jobs.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The vendor's id of the call that did it; null where nothing was called.</summary>
    public string? VendorRequestId { get; init; }

    /// <summary>Network address, where nobody is signed in who has one.</summary>
    public string? Address { get; init; }
}
