using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Security;

/// <summary>
/// Decides who may enter which tenant. The only maker of <see cref="TenantContext"/>, and with
/// <see cref="AccessWatch"/> the only reader of memberships across tenants.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class TenantAccess(PortalDatabase database, SignInSessions sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How long a tenant counts as opened before the audit trail says so again.</summary>
    private static readonly TimeSpan OpenedAgain = TimeSpan.FromHours(1);

    /// <summary>Opens a tenant for a person.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The right to act there; null when there is no such tenant or the person may not enter it. From outside these two are
    /// the same.
    /// </returns>
    public async Task<TenantContext?> OpenAsync(SignedIn person, string slug, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!Slugs.IsValid(slug))
        {
            return null;
        }

        await using var db = database.ForInstallation();
        var tenant = await db.Tenants.AsNoTracking().Include(candidate => candidate.Reseller).SingleOrDefaultAsync(candidate => candidate.Slug == slug, cancellationToken);
        if (tenant is null || !await sessions.IsLiveAsync(person.SessionId, cancellationToken))
        {
            return null;
        }

        var standing = (await StandingsAsync(db, [(person.PersonId, tenant.Id)], clock.GetUtcNow(), cancellationToken)).GetValueOrDefault((person.PersonId, tenant.Id));
        if (standing is null)
        {
            await audit.RecordOnceAsync(tenant.Id, person, new AuditAct(AuditActions.TenantOpened, AuditOutcome.Denied), AuditTrail.RefusedAgain, cancellationToken);
            return null;
        }

        var zone = await db.People.Where(row => row.Id == person.PersonId).Select(row => row.TimeZone).SingleOrDefaultAsync(cancellationToken);
        var identity = new TenantIdentity(tenant.Id, tenant.Slug, tenant.Name, zone ?? tenant.TimeZone, tenant.Reseller?.Name, tenant.Language, tenant.TimeZone);
        var opened = new TenantContext(identity, person, standing, this, audit);
        await audit.RecordOnceAsync(opened, new AuditAct(AuditActions.TenantOpened, AuditOutcome.Succeeded), OpenedAgain, cancellationToken);
        return opened;
    }

    /// <summary>Opens a tenant for a request that is no page: a download.</summary>
    /// <param name="request">The request.</param>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <returns>The tenant, to be disposed; null where nobody is signed in, or somebody who may not enter it.</returns>
    internal async Task<TenantContext?> OpenAsync(HttpContext request, string slug) =>
        SignedIn.From(request.User, request.Connection.RemoteIpAddress?.ToString()) is { } person ? await OpenAsync(person, slug, request.RequestAborted) : null;

    /// <summary>
    /// The same for what needs a permission; an attempt without it is recorded. One rule for all addresses: 404 for a tenant that is not there or not one's own,
    /// 403 in one's own for what one may not, before anything is looked up.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="permission">The permission.</param>
    /// <returns>The tenant, to be disposed; or null, and the status to refuse with.</returns>
    internal async Task<(TenantContext? Tenant, int Refusal)> OpenAsync(HttpContext request, string slug, Permission permission)
    {
        if (await OpenAsync(request, slug) is not { } tenant)
        {
            return (null, StatusCodes.Status404NotFound);
        }

        try
        {
            await tenant.RequireAsync(permission, request.RequestAborted);
            return (tenant, StatusCodes.Status200OK);
        }
        catch (PermissionDeniedException)
        {
            tenant.Dispose();
            return (null, StatusCodes.Status403Forbidden);
        }
        catch
        {
            tenant.Dispose();
            throw;
        }
    }

    /// <summary>The tenants that a person may enter, by name.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenants; empty when there are none.</returns>
    public async Task<IReadOnlyList<ReachableTenant>> ListAsync(SignedIn person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!await sessions.IsLiveAsync(person.SessionId, cancellationToken))
        {
            return [];
        }

        await using var db = database.ForInstallation();
        var now = clock.GetUtcNow();
        var tenants = await db.Tenants.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Select(tenant => new
            {
                tenant.Id,
                tenant.Slug,
                tenant.Name,
                tenant.TimeZone,
                Zone = db.People.Where(row => row.Id == person.PersonId).Select(row => row.TimeZone).FirstOrDefault(),
                tenant.Language,
                tenant.ResellerCeiling,
                ResellerName = tenant.Reseller == null ? null : tenant.Reseller.Name,
                tenant.SuspendedAt,
                Role = db.TenantMembers.Where(member => member.TenantId == tenant.Id && member.PersonId == person.PersonId && (member.Until == null || member.Until > now)).Select(member => (TenantRole?)member.Role).FirstOrDefault(),
                Administered = db.ResellerAdministrators.Any(administrator => administrator.ResellerId == tenant.ResellerId && administrator.PersonId == person.PersonId),
            })
            .Where(tenant => tenant.SuspendedAt == null && (tenant.Role != null || tenant.Administered))
            .OrderBy(tenant => tenant.Name)
            .ToListAsync(cancellationToken);
        var custom = tenants.Exists(tenant => tenant.Role == TenantRole.Custom) ? await CustomRightsAsync(db, person.PersonId, cancellationToken) : [];
        return
        [
            .. tenants.Select(tenant => new ReachableTenant(
                new TenantIdentity(tenant.Id, tenant.Slug, tenant.Name, tenant.Zone ?? tenant.TimeZone, tenant.ResellerName, tenant.Language, tenant.TimeZone),
                tenant.Administered ? new TenantStanding(Role: null, tenant.ResellerCeiling) : new TenantStanding(tenant.Role, Custom: custom.GetValueOrDefault(tenant.Id)))),
        ];
    }

    /// <summary>Opens every tenant that a person may enter and where they hold a permission.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="permission">The permission; null for every tenant, whatever they hold there.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The right to act there; without any tenant when there is none.</returns>
    public async Task<Portfolio> OpenAllAsync(SignedIn person, Permission? permission, CancellationToken cancellationToken)
    {
        var opened = await ContextsAsync(person, permission, cancellationToken);
        foreach (var partner in opened.GroupBy(tenant => tenant.Standing.AsReseller ? tenant.Tenant.ResellerName : null, StringComparer.Ordinal))
        {
            await audit.RecordOnceAsync(
                [.. partner.Select(tenant => tenant.TenantId)],
                person,
                new AuditAct(AuditActions.TenantOpened, AuditOutcome.Succeeded) { OnBehalfOf = partner.Key },
                OpenedAgain,
                cancellationToken);
        }

        return new Portfolio(opened, this);
    }

    /// <summary>Every tenant that a person may enter, for finding what leads into one: none of them is opened by that, and no trail says so before one is.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The right to look there; without any tenant when there is none.</returns>
    internal async Task<Portfolio> SearchAllAsync(SignedIn person, CancellationToken cancellationToken) => new(await ContextsAsync(person, permission: null, cancellationToken), this);

    private async Task<List<TenantContext>> ContextsAsync(SignedIn person, Permission? permission, CancellationToken cancellationToken) =>
    [
        .. (await ListAsync(person, cancellationToken))
            .Where(entry => permission is not { } needed || entry.Standing.May(needed))
            .Select(entry => new TenantContext(entry.Tenant, person, entry.Standing, this, audit)),
    ];

    /// <summary>Opens several tenants for a request that is no page: a download.</summary>
    /// <param name="request">The request.</param>
    /// <param name="permission">The permission.</param>
    /// <returns>The tenants, to be disposed; none where nobody is signed in.</returns>
    internal async Task<Portfolio> OpenAllAsync(HttpContext request, Permission permission) =>
        SignedIn.From(request.User, request.Connection.RemoteIpAddress?.ToString()) is { } person ? await OpenAllAsync(person, permission, request.RequestAborted) : new Portfolio([], this);

    /// <summary>Those of one person's contexts whose right is still what it was when they were opened.</summary>
    internal async Task<IReadOnlyList<TenantContext>> HoldingAsync(IReadOnlyList<TenantContext> contexts, CancellationToken cancellationToken)
    {
        if (contexts.Count == 0 || !await sessions.IsLiveAsync(contexts[0].Actor.SessionId, cancellationToken))
        {
            return [];
        }

        await using var db = database.ForInstallation();
        var standings = await StandingsAsync(db, [.. contexts.Select(context => (context.Actor.PersonId, context.TenantId))], clock.GetUtcNow(), cancellationToken);
        return [.. contexts.Where(context => standings.TryGetValue((context.Actor.PersonId, context.TenantId), out var standing) && standing == context.Standing)];
    }

    /// <summary>Whether a context's right is still what it was when the tenant was opened: one query, for presets.</summary>
    internal async Task<bool> HoldsAsync(TenantContext context, CancellationToken cancellationToken)
    {
        if (context.Standing.Custom is not null)
        {
            // What the role permits has to be the same still, not the role alone.
            return (await HoldingAsync([context], cancellationToken)).Count == 1;
        }

        var (person, tenantId, now) = (context.Actor.PersonId, context.TenantId, clock.GetUtcNow());
        await using var db = database.ForInstallation();
        var present = await db.SignInSessions
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(sessions.Live())
            .Where(session => session.Id == context.Actor.SessionId && session.PersonId == person)
            .Select(session => new
            {
                Role = db.TenantMembers.Where(member => member.TenantId == tenantId && member.PersonId == person && (member.Until == null || member.Until > now)).Select(member => (TenantRole?)member.Role).FirstOrDefault(),
                IsServed = db.Tenants.Any(tenant => tenant.Id == tenantId && tenant.SuspendedAt == null),
                Administered = db.Tenants.Any(tenant => tenant.Id == tenantId
                    && db.ResellerAdministrators.Any(administrator => administrator.ResellerId == tenant.ResellerId && administrator.PersonId == person)),
                Ceiling = db.Tenants.Where(tenant => tenant.Id == tenantId).Select(tenant => tenant.ResellerCeiling).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return present is { IsServed: true }
            && (context.Standing.Role is { } role ? present is { Administered: false } && present.Role == role : present is { Administered: true } && present.Ceiling == context.Standing.Ceiling);
    }

    /// <summary>Whether somebody has proved who they are so lately that a sensitive act needs no more.</summary>
    internal Task<bool> IsFreshAsync(SignedIn person, CancellationToken cancellationToken) => sessions.IsFreshAsync(person.SessionId, cancellationToken);

    /// <summary>The tenants that a person might enter if they were not suspended, by name.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="slug">One tenant's name in addresses; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenants, and what their people are told.</returns>
    public async Task<IReadOnlyList<SuspendedTenant>> SuspendedAsync(SignedIn person, string? slug, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!await sessions.IsLiveAsync(person.SessionId, cancellationToken))
        {
            return [];
        }

        await using var db = database.ForInstallation();
        var now = clock.GetUtcNow();
        return await db.Tenants.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(tenant => tenant.SuspendedAt != null && (slug == null || tenant.Slug == slug))
            .Select(tenant => new
            {
                Tenant = tenant,
                Partner = tenant.Reseller == null ? null : tenant.Reseller.Name,
                Role = db.TenantMembers.Where(member => member.TenantId == tenant.Id && member.PersonId == person.PersonId && (member.Until == null || member.Until > now)).Select(member => (TenantRole?)member.Role).FirstOrDefault(),
                Administered = db.ResellerAdministrators.Any(administrator => administrator.ResellerId == tenant.ResellerId && administrator.PersonId == person.PersonId),
            })
            .Where(entry => entry.Role != null || entry.Administered)
            .OrderBy(entry => entry.Tenant.Name)
            .Select(entry => new SuspendedTenant(
                entry.Tenant.Slug,
                entry.Tenant.Name,
                entry.Partner,
                entry.Tenant.SuspendedAt!.Value,
                entry.Tenant.SuspendedBy,
                entry.Tenant.SuspendedFor,
                entry.Administered,
                entry.Role == TenantRole.Owner && !entry.Administered,
                entry.Tenant.RemovingAt != null)
            {
                Ceiling = entry.Tenant.ResellerCeiling,
            })
            .ToListAsync(cancellationToken);
    }

    /// <summary>As what each of some people stands in some tenants now. Pairs without any standing are left out; in a suspended tenant nobody has one.</summary>
    internal static async Task<Dictionary<(Guid Person, Guid Tenant), TenantStanding>> StandingsAsync(
        PortalDbContext db, IReadOnlyCollection<(Guid Person, Guid Tenant)> pairs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = pairs.Select(pair => pair.Person).Distinct().ToList();
        var tenants = pairs.Select(pair => pair.Tenant).Distinct().ToList();
        var members = await db.Reachable<TenantMember>().AsNoTracking()
            .OfServed(db)
            .Where(member => people.Contains(member.PersonId) && tenants.Contains(member.TenantId) && (member.Until == null || member.Until > now))
            .Select(member => new { member.PersonId, member.TenantId, member.Role, member.CustomRole })
            .ToListAsync(cancellationToken);
        var administered = await db.Tenants
            .Where(tenant => tenants.Contains(tenant.Id) && tenant.SuspendedAt == null)
            .Join(
                db.ResellerAdministrators.Where(administrator => people.Contains(administrator.PersonId)),
                tenant => tenant.ResellerId,
                administrator => administrator.ResellerId,
                (tenant, administrator) => new { administrator.PersonId, TenantId = tenant.Id, tenant.ResellerCeiling })
            .ToListAsync(cancellationToken);

        var standings = members.ToDictionary(member => (member.PersonId, member.TenantId), member => new TenantStanding(member.Role, Custom: RightsOf(member.Role, member.CustomRole)));
        foreach (var pair in administered)
        {
            standings[(pair.PersonId, pair.TenantId)] = new TenantStanding(Role: null, pair.ResellerCeiling);
        }

        return standings;
    }

    private static async Task<Dictionary<Guid, CustomRights?>> CustomRightsAsync(PortalDbContext db, Guid person, CancellationToken cancellationToken) =>
        (await db.TenantMembers.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(member => member.PersonId == person && member.Role == TenantRole.Custom)
            .Select(member => new { member.TenantId, member.Role, member.CustomRole })
            .ToListAsync(cancellationToken))
        .ToDictionary(member => member.TenantId, member => RightsOf(member.Role, member.CustomRole));

    private static CustomRights? RightsOf(TenantRole role, CustomRole? custom) =>
        role == TenantRole.Custom && custom is not null ? new CustomRights(custom.Id, custom.Name, new PermissionSet(PermissionSet.Read(custom.Permissions).Permissions.Except(RolePermissions.OfOwnersAlone))) : null;
}

/// <summary>A tenant that a person may enter.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Standing">As what.</param>
public sealed record ReachableTenant(TenantIdentity Tenant, TenantStanding Standing);

/// <summary>A tenant that is suspended, as those see it who belong there.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Name">Name for people.</param>
/// <param name="ResellerName">The partner that runs it, if any.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="By">Who suspended it: the name at the time.</param>
/// <param name="Reason">Why, as its people are told.</param>
/// <param name="Administered">Whether the person is the partner's administrator, who may resume it.</param>
/// <param name="IsOwner">Whether the person is an owner of it, and none of the partner's people.</param>
/// <param name="IsBeingRemoved">Whether its removal was begun: then there is no way back.</param>
public sealed record SuspendedTenant(string Slug, string Name, string? ResellerName, DateTimeOffset At, string? By, string? Reason, bool Administered, bool IsOwner, bool IsBeingRemoved)
{
    /// <summary>At most what this role may, the partner's people may there; null for everything that a partner can be given.</summary>
    public TenantRole? Ceiling { get; init; }
}
