using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Security.SignIn;

/// <summary>
/// Lets somebody who is signed in take an invitation. The code is what counts: it came to the address, and whoever brings it is the member from
/// then on, by issuer and subject. What the provider says of the address is shown and noted, never trusted.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class Joining(PortalDatabase database, SignInSessions sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What an invitation offers.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="code">What stood in the link.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The offer; null where the link works no more, or never did, or the session has ended: from outside these are the same.</returns>
    public async Task<InvitationOffer?> LookAsync(SignedIn person, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var db = database.ForInstallation();
        if (!await sessions.IsLiveAsync(person.SessionId, cancellationToken) || await FindAsync(db, code, cancellationToken) is not var (invitation, tenant))
        {
            return null;
        }

        var custom = await CustomNameAsync(db, invitation, cancellationToken);
        if (invitation.CustomRoleId is not null && custom is null)
        {
            return null;
        }

        var email = await db.People.Where(known => known.Id == person.PersonId).Select(known => known.Email).SingleOrDefaultAsync(cancellationToken);
        return new InvitationOffer(
            tenant.Name,
            tenant.Slug,
            invitation.Role,
            custom,
            invitation.MemberUntil,
            invitation.InviterName,
            invitation.Email,
            string.Equals(email, invitation.Email, StringComparison.OrdinalIgnoreCase),
            await AsksForPartnerAsync(db, invitation, clock.GetUtcNow(), cancellationToken) ? await PartnerAsync(db, tenant, cancellationToken) : null)
        {
            Brand = await Brands.NameAsync(db, invitation.TenantId, cancellationToken),
        };
    }

    /// <summary>Makes whoever is signed in a member, and the link worthless.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="code">What stood in the link.</param>
    /// <param name="terms">What the tenant's partner may do from now on, where the offer names one; null for nothing.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The tenant's name in addresses; a <see cref="GoneError"/> where the link works no more; an <see cref="AlreadyMemberError"/> for somebody who
    /// is a member already, or a <see cref="FreshSignInError"/> where a partner is let in: then the invitation stays as it is.
    /// </returns>
    public async Task<Result<string>> AcceptAsync(SignedIn person, string code, PartnerTerms? terms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var outside = database.ForInstallation();
        if (!await sessions.IsLiveAsync(person.SessionId, cancellationToken) || await FindAsync(outside, code, cancellationToken) is not var (found, tenant))
        {
            return new GoneError();
        }

        return await database.InTurnAsync<Result<string>>(
            found.TenantId,
            async (db, token) =>
            {
                // Once more within the turn: somebody may have brought the same link, or taken the invitation back, a moment ago.
                var now = clock.GetUtcNow();
                var invitation = await db.Invitations.SingleOrDefaultAsync(candidate => candidate.Id == found.Id && candidate.CodeHash == found.CodeHash && candidate.EndedAt == null && candidate.ExpiresAt > now, token);
                if (invitation is null || invitation.MemberUntil <= now || !await MayInviteAsync(db, invitation, now, token))
                {
                    return new GoneError();
                }

                var custom = await CustomNameAsync(db, invitation, token);
                if (invitation.CustomRoleId is not null && custom is null)
                {
                    return new GoneError();
                }

                if (await ResellerAccess.IsOfPartnerAsync(db, invitation.TenantId, person.PersonId, token))
                {
                    // The partner's own people don't accept in the customer's place, nor stay as members of theirs when the delegation ends.
                    return new InputError("PartnerJoins", Names.InText(tenant.Name));
                }

                if (await AsksForPartnerAsync(db, invitation, now, token))
                {
                    if (terms is not null && !await sessions.IsFreshAsync(person.SessionId, token))
                    {
                        return new FreshSignInError();
                    }

                    if (await SettlePartnerAsync(db, invitation.TenantId, person, terms, now, token) is { } problem)
                    {
                        return problem;
                    }
                }

                var member = await db.TenantMembers.SingleOrDefaultAsync(candidate => candidate.PersonId == person.PersonId, token);
                // A membership that a group gives makes way for one that people give.
                if (member is { GroupGrantId: null } && !(member.Until <= now))
                {
                    return new AlreadyMemberError(tenant.Slug);
                }

                if (member is not null)
                {
                    // A membership that ended begins anew.
                    (member.Role, member.CustomRoleId, member.AddedAt, member.Until, member.GroupGrantId) = (invitation.Role, invitation.CustomRoleId, now, invitation.MemberUntil, null);
                }
                else
                {
                    db.TenantMembers.Add(new TenantMember { TenantId = invitation.TenantId, PersonId = person.PersonId, Role = invitation.Role, CustomRoleId = invitation.CustomRoleId, AddedAt = now, Until = invitation.MemberUntil });
                }

                await db.GroupExclusions.Where(exclusion => exclusion.PersonId == person.PersonId).ExecuteDeleteAsync(token);
                (invitation.EndedAt, invitation.AcceptedById) = (now, person.PersonId);
                audit.AddOf(db, invitation.TenantId, person, InvitationAudit.Act(AuditActions.InvitationAccepted, invitation, InvitationAudit.Terms(invitation, custom)));
                await db.SaveChangesAsync(token);
                return tenant.Slug;
            },
            cancellationToken);
    }

    // The first owner of a tenant that a partner runs decides what the partner may do there.
    private static async Task<bool> AsksForPartnerAsync(PortalDbContext db, Invitation invitation, DateTimeOffset now, CancellationToken cancellationToken) =>
        invitation.Role == TenantRole.Owner
        && await db.Tenants.AnyAsync(tenant => tenant.Id == invitation.TenantId && tenant.ResellerId != null, cancellationToken)
        && !await Owners.AnyAsync(db, invitation.TenantId, now, cancellationToken);

    /// <summary>The name of the tenant's own role that an invitation gives; null where it gives a preset, or that role is there no more.</summary>
    private static Task<string?> CustomNameAsync(PortalDbContext db, Invitation invitation, CancellationToken cancellationToken) =>
        db.Reachable<CustomRole>()
            .Where(role => role.TenantId == invitation.TenantId && role.Id == invitation.CustomRoleId)
            .Select(role => role.Name)
            .SingleOrDefaultAsync(cancellationToken);

    private static async Task<OfferedPartner> PartnerAsync(PortalDbContext db, Tenant tenant, CancellationToken cancellationToken) => new(
        await db.Resellers.Where(reseller => reseller.Id == tenant.ResellerId).Select(reseller => reseller.Name).SingleAsync(cancellationToken),
        await db.ResellerAdministrators.Where(administrator => administrator.ResellerId == tenant.ResellerId).Select(administrator => administrator.Person!.Name).Order().ToListAsync(cancellationToken));

    private async Task<PortalError?> SettlePartnerAsync(PortalDbContext db, Guid tenantId, SignedIn person, PartnerTerms? terms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tenant = await db.Tenants.Include(own => own.Reseller).SingleAsync(own => own.Id == tenantId, cancellationToken);
        if (terms is { IsKnown: false })
        {
            return new InputError("PartnerTerms");
        }

        audit.AddOf(db, tenantId, person, new AuditAct(terms is null ? AuditActions.DelegationEnded : AuditActions.DelegationAccepted, AuditOutcome.Succeeded)
        {
            ObjectId = tenant.ResellerId.ToString(),
            ObjectName = tenant.Reseller!.Name,
            Detail = terms is null ? null : PartnerTerms.InTrail(terms.Ceiling),
        });
        if (terms is null)
        {
            tenant.ResellerId = null;
        }
        else
        {
            (tenant.ResellerCeiling, tenant.DelegatedAt, tenant.DelegatedBy) = (terms.Ceiling, now, person.Name);
        }

        return null;
    }

    private async Task<(Invitation Invitation, Tenant Tenant)?> FindAsync(PortalDbContext db, string code, CancellationToken cancellationToken)
    {
        if (InvitationCode.HashOf(code) is not { } hash)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var invitation = await db.Invitations.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .SingleOrDefaultAsync(candidate => candidate.CodeHash == hash && candidate.EndedAt == null && candidate.ExpiresAt > now, cancellationToken);
        return invitation is null || invitation.MemberUntil <= now || !await MayInviteAsync(db, invitation, now, cancellationToken)
            ? null
            : (invitation, await db.Tenants.AsNoTracking().SingleAsync(tenant => tenant.Id == invitation.TenantId, cancellationToken));
    }

    // An owner who was sent away leaves no way back in behind, and a partner no second owner.
    private static async Task<bool> MayInviteAsync(PortalDbContext db, Invitation invitation, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await TenantAccess.StandingsAsync(db, [(invitation.InviterId, invitation.TenantId)], now, cancellationToken))
            .GetValueOrDefault((invitation.InviterId, invitation.TenantId)) is { } inviter
        && inviter.May(Permission.MembersManage)
        && !(inviter.AsReseller && invitation.Role == TenantRole.Owner && await Owners.AnyAsync(db, invitation.TenantId, now, cancellationToken));
}

/// <summary>What an invitation offers to whoever brings its link.</summary>
/// <param name="TenantName">The tenant.</param>
/// <param name="Slug">The tenant's name in addresses.</param>
/// <param name="Role">As what.</param>
/// <param name="CustomRole">The name of the tenant's own role, where it is one; null for a preset.</param>
/// <param name="Until">Until when; null for those who stay.</param>
/// <param name="InviterName">Who invites.</param>
/// <param name="Email">To which address.</param>
/// <param name="IsSameAddress">Whether the provider gives that address for whoever is signed in.</param>
/// <param name="Partner">The partner that runs the tenant, where whoever accepts decides what it may do; null otherwise.</param>
public sealed record InvitationOffer(string TenantName, string Slug, TenantRole Role, string? CustomRole, DateTimeOffset? Until, string InviterName, string Email, bool IsSameAddress, OfferedPartner? Partner)
{
    /// <summary>What the portal is called there; null for its own name.</summary>
    public string? Brand { get; init; }
}

/// <summary>A partner that asks to work in a tenant.</summary>
/// <param name="Name">The partner.</param>
/// <param name="People">The names of its people, who would work there.</param>
public sealed record OfferedPartner(string Name, IReadOnlyList<string> People);

/// <summary>Whoever brings an invitation is a member already; nothing was changed.</summary>
/// <param name="Slug">Of which tenant.</param>
public sealed record AlreadyMemberError(string Slug) : PortalError("AlreadyMember");
