using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Members;

/// <summary>Invites people to become members: by a link that works once, for a week.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class Invitations(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>The most that are open at once in a tenant.</summary>
    public const int Most = 200;

    /// <summary>Those that nobody accepted yet, the latest first: also those whose link works no more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The invitations.</returns>
    public async Task<IReadOnlyList<InvitationSummary>> ListAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.Invitations.AsNoTracking()
            .Where(invitation => invitation.EndedAt == null)
            .OrderByDescending(invitation => invitation.InvitedAt)
            .Select(invitation => new InvitationSummary(invitation.Id, invitation.Email, invitation.Role, invitation.MemberUntil, invitation.InviterName, invitation.InvitedAt, invitation.ExpiresAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Invites somebody.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="email">Whom: an e-mail address.</param>
    /// <param name="role">As what.</param>
    /// <param name="until">Until when the membership is to last; null for those who stay.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The invitation with the code of its link, which can't be had again; an <see cref="InputError"/> where none was made.</returns>
    public async Task<Result<MadeInvitation>> InviteAsync(TenantContext tenant, string email, TenantRole role, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(email);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        var address = email.Trim();
        var now = clock.GetUtcNow();
        if (!IsAddress(address))
        {
            return new InputError("InvitationAddress");
        }

        if (!Enum.IsDefined(role) || until <= now)
        {
            return new InputError("InvitationUntil");
        }

        var code = InvitationCode.New();
        return await database.InTurnAsync<Result<MadeInvitation>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var open = await db.Invitations.Where(invitation => invitation.EndedAt == null).Select(invitation => invitation.Email).ToListAsync(token);
                if (open.Contains(address, StringComparer.OrdinalIgnoreCase))
                {
                    return new InputError("InvitationTwice", address);
                }

                if (open.Count >= Most)
                {
                    return new InputError("InvitationsMost", Most);
                }

                var made = new Invitation
                {
                    TenantId = tenant.TenantId,
                    Email = address,
                    Role = role,
                    MemberUntil = until,
                    CodeHash = InvitationCode.HashOf(code)!,
                    InviterId = tenant.Actor.PersonId,
                    InviterName = tenant.Actor.Name,
                    InvitedAt = now,
                    ExpiresAt = now + Lifetime,
                };
                db.Invitations.Add(made);
                audit.Add(db, tenant, InvitationAudit.Act(AuditActions.InvitationMade, made, InvitationAudit.Terms(made)));
                await db.SaveChangesAsync(token);
                return new MadeInvitation(made.Id, made.Email, code, made.ExpiresAt);
            },
            cancellationToken);
    }

    /// <summary>Gives an invitation another link, for another week. The former one works no more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="invitationId">The invitation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The invitation with the code of its link; a <see cref="GoneError"/> where it is open no more.</returns>
    public async Task<Result<MadeInvitation>> RenewAsync(TenantContext tenant, Guid invitationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        var code = InvitationCode.New();
        return await ChangeAsync<MadeInvitation>(
            tenant,
            invitationId,
            (db, invitation) =>
            {
                var now = clock.GetUtcNow();
                (invitation.CodeHash, invitation.InvitedAt, invitation.ExpiresAt) = (InvitationCode.HashOf(code)!, now, now + Lifetime);
                (invitation.InviterId, invitation.InviterName) = (tenant.Actor.PersonId, tenant.Actor.Name);
                audit.Add(db, tenant, InvitationAudit.Act(AuditActions.InvitationRenewed, invitation, InvitationAudit.Terms(invitation)));
                return new MadeInvitation(invitation.Id, invitation.Email, code, invitation.ExpiresAt);
            },
            cancellationToken);
    }

    /// <summary>Takes an invitation back. Its link works no more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="invitationId">The invitation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The address; a <see cref="GoneError"/> where it is open no more.</returns>
    public async Task<Result<string>> RevokeAsync(TenantContext tenant, Guid invitationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        return await ChangeAsync<string>(
            tenant,
            invitationId,
            (db, invitation) =>
            {
                invitation.EndedAt = clock.GetUtcNow();
                audit.Add(db, tenant, InvitationAudit.Act(AuditActions.InvitationRevoked, invitation, detail: null));
                return invitation.Email;
            },
            cancellationToken);
    }

    private static bool IsAddress(string address) =>
        address.Length is > 0 and <= Invitation.EmailLength && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address;

    private Task<Result<T>> ChangeAsync<T>(TenantContext tenant, Guid invitationId, Func<PortalDbContext, Invitation, T> change, CancellationToken cancellationToken) =>
        database.InTurnAsync<Result<T>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.Invitations.SingleOrDefaultAsync(candidate => candidate.Id == invitationId && candidate.EndedAt == null, token) is not { } invitation)
                {
                    return new GoneError();
                }

                var changed = change(db, invitation);
                await db.SaveChangesAsync(token);
                return changed;
            },
            cancellationToken);
}

/// <summary>An invitation that nobody accepted yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Role">As what.</param>
/// <param name="Until">Until when the membership is to last; null for those who stay.</param>
/// <param name="InviterName">Who invites.</param>
/// <param name="InvitedAt">Since when the link works.</param>
/// <param name="ExpiresAt">Until when it does.</param>
public sealed record InvitationSummary(Guid Id, string Email, TenantRole Role, DateTimeOffset? Until, string InviterName, DateTimeOffset InvitedAt, DateTimeOffset ExpiresAt);

/// <summary>An invitation with its link's code, which is shown once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Code">The code; whoever has it can become a member.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record MadeInvitation(Guid Id, string Email, string Code, DateTimeOffset ExpiresAt)
{
    /// <summary>The code is for nobody's eyes but the inviter's: not for a log, either.</summary>
    /// <returns>The invitation without its code.</returns>
    public override string ToString() => $"{nameof(MadeInvitation)} {Id}";
}
