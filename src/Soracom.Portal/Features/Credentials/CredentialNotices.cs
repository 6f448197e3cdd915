using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Credentials;

/// <summary>Tells a tenant's owners by mail when its partner stored or deleted a credential: the partner does that openly, or not at all.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="outbox">Where mail is sent from.</param>
/// <param name="address">Where the portal is.</param>
/// <param name="words">The texts.</param>
/// <param name="clock">The clock.</param>
public sealed class CredentialNotices(PortalDatabase database, Outbox outbox, PortalAddress address, IStringLocalizer<Strings> words, TimeProvider clock)
{
    /// <summary>How long such a mail is worth sending.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Writes to the owners whose addresses are known, where a partner acts.</summary>
    internal async Task TellAsync(TenantContext tenant, SoracomCoverage coverage, bool isStored, CancellationToken cancellationToken)
    {
        if (!tenant.Standing.AsReseller || !outbox.IsOn || address.Of(PortalUrls.Credentials(tenant.Slug)) is not { } link)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await database.InTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                var owners = await db.TenantMembers
                    .Where(member => member.Role == TenantRole.Owner && (member.Until == null || member.Until > now) && member.Person!.Email != null)
                    .Select(member => new { member.PersonId, member.Person!.Email, member.Person.Language })
                    .ToListAsync(token);
                foreach (var owner in owners.Where(owner => owner.Email is { Length: > 0 and <= Invitation.EmailLength }))
                {
                    await outbox.AddAsync(db, tenant.TenantId, owner.PersonId, Write(tenant, coverage, isStored, owner.Email!, owner.Language ?? tenant.Tenant.Language ?? Languages.Present, link), now + Lifetime, token);
                }

                await db.SaveChangesAsync(token);
                return owners.Count;
            },
            cancellationToken);
    }

    private Letter Write(TenantContext tenant, SoracomCoverage coverage, bool isStored, string email, string language, Uri link) => Languages.In(language, () =>
    {
        var (name, partner) = (Names.InText(tenant.Tenant.Name), Names.InText(tenant.Tenant.ResellerName));
        var what = words[isStored ? "Mail.Credential.Stored" : "Mail.Credential.Deleted", Names.InText(tenant.Actor.Name), partner, Coverages.Name(words, coverage), name];
        return LetterWriter.Write(email, words["Mail.Credential.Subject", partner, name], language, [what], link, words["Mail.Credential.Link"], [words["Mail.Credential.Why"]]);
    });
}
