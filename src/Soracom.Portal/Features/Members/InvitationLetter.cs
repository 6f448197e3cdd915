using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>What an invitation says by mail, in its own language.</summary>
internal static class InvitationLetter
{
    /// <summary>Writes it.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="brand">What the portal is called there; null for its own name, which the letter leaves out.</param>
    /// <param name="invitation">The invitation.</param>
    /// <param name="customRole">The name of the tenant's own role, where it gives one; null for a preset.</param>
    /// <param name="link">Its link.</param>
    /// <returns>The letter.</returns>
    public static Letter Write(IStringLocalizer<Strings> words, TenantIdentity tenant, string? brand, Invitation invitation, string? customRole, Uri link)
    {
        var language = invitation.Language ?? Languages.Present;
        return Languages.In(language, () =>
        {
            var (inviter, name) = (Names.InText(invitation.InviterName), Names.InText(tenant.Name));
            var (role, portal) = (Roles.Name(words, invitation.Role, customRole), brand is null ? null : Names.InText(brand));
            List<string> before = [portal is null ? words["Mail.Invitation.What", inviter, name, role] : words["Mail.Invitation.WhatAt", inviter, name, role, portal], words["Mail.Invitation.How", Times.Full(invitation.ExpiresAt, tenant.OwnTimeZone), tenant.OwnTimeZone]];
            if (invitation.MemberUntil is { } until)
            {
                before.Insert(1, words["Mail.Invitation.Until", MemberDays.Text(until, tenant.OwnTimeZone)]);
            }

            return LetterWriter.Write(invitation.Email, portal is null ? words["Mail.Invitation.Subject", inviter, name] : words["Mail.Invitation.SubjectAt", inviter, name, portal], language, before, link, words["Mail.Invitation.Link"], [words["Mail.Invitation.Unasked"]]);
        });
    }
}
