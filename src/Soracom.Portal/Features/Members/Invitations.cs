using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>Invites people to become members: by a link that works once, for a week.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="outbox">Where mail is sent from.</param>
/// <param name="address">Where the portal is.</param>
/// <param name="words">The texts.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class Invitations(PortalDatabase database, Outbox outbox, PortalAddress address, IStringLocalizer<Strings> words, AuditTrail audit, TimeProvider clock)
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
        var open = await db.Invitations.AsNoTracking()
            .Where(invitation => invitation.EndedAt == null)
            .OrderByDescending(invitation => invitation.InvitedAt)
            .Select(invitation => new InvitationSummary(invitation.Id, invitation.Email, invitation.Role, db.CustomRoles.Where(role => role.Id == invitation.CustomRoleId).Select(role => role.Name).FirstOrDefault(), invitation.MemberUntil, invitation.InviterName, invitation.InvitedAt, invitation.ExpiresAt, null))
            .ToListAsync(cancellationToken);
        var mails = await Outbox.StandingsAsync(db, [.. open.Select(invitation => invitation.Id)], cancellationToken);
        return [.. open.Select(invitation => invitation with { Mail = mails.GetValueOrDefault(invitation.Id) })];
    }

    /// <summary>Invites somebody.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="email">Whom: an e-mail address.</param>
    /// <param name="role">As what.</param>
    /// <param name="until">Until when the membership is to last; null for those who stay.</param>
    /// <param name="language">The language of its mail, en or ja.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The invitation with the code of its link, which can't be had again; an <see cref="InputError"/>, or a <see cref="GoneError"/> where there is no such role any more: then none was made.</returns>
    public async Task<Result<MadeInvitation>> InviteAsync(TenantContext tenant, string email, GivenRole role, DateTimeOffset? until, string language, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(email);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        var recipient = email.Trim();
        var now = clock.GetUtcNow();
        if (!IsAddress(recipient))
        {
            return new InputError("InvitationAddress");
        }

        if (until <= now)
        {
            return new InputError("InvitationUntil");
        }

        var code = InvitationCode.New();
        return await database.InTurnAsync<Result<MadeInvitation>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (tenant.Standing.AsReseller && role.Preset == TenantRole.Owner && await Owners.AnyAsync(db, tenant.TenantId, now, token))
                {
                    return new InputError("OwnersDecide");
                }

                var open = await db.Invitations.Where(invitation => invitation.EndedAt == null).Select(invitation => invitation.Email).ToListAsync(token);
                if (open.Contains(recipient, StringComparer.OrdinalIgnoreCase))
                {
                    return new InputError("InvitationTwice", recipient);
                }

                if (open.Count >= Most)
                {
                    return new InputError("InvitationsMost", Most);
                }

                var custom = await CustomNameAsync(db, role.CustomRoleId, token);
                if (!role.IsWhole || (role.CustomRoleId is not null && custom is null))
                {
                    return new GoneError();
                }

                var made = new Invitation
                {
                    TenantId = tenant.TenantId,
                    Email = recipient,
                    Role = role.Preset,
                    CustomRoleId = role.CustomRoleId,
                    MemberUntil = until,
                    CodeHash = InvitationCode.HashOf(code)!,
                    InviterId = tenant.Actor.PersonId,
                    InviterName = tenant.Actor.Name,
                    Language = Languages.All.Contains(language, StringComparer.Ordinal) ? language : Languages.Present,
                    InvitedAt = now,
                    ExpiresAt = now + Lifetime,
                };
                db.Invitations.Add(made);
                var isMailed = await MailAsync(db, tenant, made, custom, code, token);
                audit.Add(db, tenant, InvitationAudit.Act(AuditActions.InvitationMade, made, InvitationAudit.Terms(made, custom)));
                await db.SaveChangesAsync(token);
                return new MadeInvitation(made.Id, made.Email, code, made.ExpiresAt, isMailed);
            },
            cancellationToken);
    }

    /// <summary>Gives an invitation another link, for another week. The former one works no more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="invitationId">The invitation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The invitation with the code of its link; a <see cref="GoneError"/> where it is open no more; or, for a partner, an <see cref="InputError"/> where it would make an owner beside one.</returns>
    public async Task<Result<MadeInvitation>> RenewAsync(TenantContext tenant, Guid invitationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        var code = InvitationCode.New();
        return await ChangeAsync<MadeInvitation>(
            tenant,
            invitationId,
            async (db, invitation, token) =>
            {
                var now = clock.GetUtcNow();
                (invitation.CodeHash, invitation.InvitedAt, invitation.ExpiresAt) = (InvitationCode.HashOf(code)!, now, now + Lifetime);
                (invitation.InviterId, invitation.InviterName) = (tenant.Actor.PersonId, tenant.Actor.Name);
                var custom = await CustomNameAsync(db, invitation.CustomRoleId, token);
                audit.Add(db, tenant, InvitationAudit.Act(AuditActions.InvitationRenewed, invitation, InvitationAudit.Terms(invitation, custom)));
                return new MadeInvitation(invitation.Id, invitation.Email, code, invitation.ExpiresAt, await MailAsync(db, tenant, invitation, custom, code, token));
            },
            cancellationToken);
    }

    /// <summary>Takes an invitation back. Its link works no more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="invitationId">The invitation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The address; a <see cref="GoneError"/> where it is open no more; or, for a partner, an <see cref="InputError"/> where it would make an owner beside one.</returns>
    public async Task<Result<string>> RevokeAsync(TenantContext tenant, Guid invitationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        return await ChangeAsync<string>(
            tenant,
            invitationId,
            async (db, invitation, token) =>
            {
                await outbox.WithdrawAsync(db, invitation.Id, token);
                invitation.EndedAt = clock.GetUtcNow();
                audit.Add(db, tenant, InvitationAudit.Act(AuditActions.InvitationRevoked, invitation, detail: null));
                return invitation.Email;
            },
            cancellationToken);
    }

    private static bool IsAddress(string address) =>
        address.Length is > 0 and <= Invitation.EmailLength && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address;

    private static Task<string?> CustomNameAsync(PortalDbContext db, Guid? customRoleId, CancellationToken cancellationToken) =>
        db.CustomRoles.Where(role => role.Id == customRoleId).Select(role => role.Name).SingleOrDefaultAsync(cancellationToken);

    private async Task<bool> MailAsync(PortalDbContext db, TenantContext tenant, Invitation invitation, string? customRole, string code, CancellationToken cancellationToken)
    {
        if (!outbox.IsOn || address.Of(PortalUrls.Join(code)) is not { } link)
        {
            return false;
        }

        // The former link works no more.
        await outbox.WithdrawAsync(db, invitation.Id, cancellationToken);
        await outbox.AddAsync(db, tenant.TenantId, invitation.Id, InvitationLetter.Write(words, tenant.Tenant, await Brands.NameAsync(db, tenant.TenantId, cancellationToken), invitation, customRole, link), invitation.ExpiresAt, cancellationToken);
        return true;
    }

    private Task<Result<T>> ChangeAsync<T>(TenantContext tenant, Guid invitationId, Func<PortalDbContext, Invitation, CancellationToken, Task<T>> change, CancellationToken cancellationToken) =>
        database.InTurnAsync<Result<T>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.Invitations.SingleOrDefaultAsync(candidate => candidate.Id == invitationId && candidate.EndedAt == null, token) is not { } invitation)
                {
                    return new GoneError();
                }

                if (tenant.Standing.AsReseller && invitation.Role == TenantRole.Owner && await Owners.AnyAsync(db, tenant.TenantId, clock.GetUtcNow(), token))
                {
                    return new InputError("OwnersDecide");
                }

                var changed = await change(db, invitation, token);
                await db.SaveChangesAsync(token);
                return changed;
            },
            cancellationToken);
}

/// <summary>An invitation that nobody accepted yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Role">As what.</param>
/// <param name="CustomRole">The name of the tenant's own role, where it is one; null for a preset.</param>
/// <param name="Until">Until when the membership is to last; null for those who stay.</param>
/// <param name="InviterName">Who invites.</param>
/// <param name="InvitedAt">Since when the link works.</param>
/// <param name="ExpiresAt">Until when it does.</param>
/// <param name="Mail">What became of its mail; null where none was written.</param>
public sealed record InvitationSummary(Guid Id, string Email, TenantRole Role, string? CustomRole, DateTimeOffset? Until, string InviterName, DateTimeOffset InvitedAt, DateTimeOffset ExpiresAt, MailStanding? Mail);

/// <summary>An invitation with its link's code, which is shown once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Code">The code; whoever has it can become a member.</param>
/// <param name="ExpiresAt">Until when it works.</param>
/// <param name="IsMailed">Whether a mail with the link is on its way.</param>
public sealed record MadeInvitation(Guid Id, string Email, string Code, DateTimeOffset ExpiresAt, bool IsMailed)
{
    /// <summary>The code is for nobody's eyes but the inviter's: not for a log, either.</summary>
    /// <returns>The invitation without its code.</returns>
    public override string ToString() => $"{nameof(MadeInvitation)} {Id}";
}
