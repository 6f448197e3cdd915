using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Members;

/// <summary>Says of one person what they may do in a tenant, and why: out of what opens the tenant to them.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
public sealed class PeopleRights(PortalDatabase database, TimeProvider clock)
{
    /// <summary>What a person may do.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">A member, a former one, or somebody of the partner.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>As what they stand here now; null for everybody else, known elsewhere or not.</returns>
    public async Task<PersonRights?> ExplainAsync(TenantContext tenant, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var member = await db.TenantMembers.AsNoTracking().Include(row => row.Person).Include(row => row.GroupGrant).SingleOrDefaultAsync(row => row.PersonId == personId, cancellationToken);
        var standing = (await TenantAccess.StandingsAsync(db, [(personId, tenant.TenantId)], clock.GetUtcNow(), cancellationToken)).GetValueOrDefault((personId, tenant.TenantId));
        if (member is null && standing is null)
        {
            return null;
        }

        var name = member?.Person?.Name ?? await db.People.Where(person => person.Id == personId).Select(person => person.Name).SingleAsync(cancellationToken);
        return new PersonRights(personId, name, standing, member?.AddedAt, member?.Until) { Group = member?.GroupGrant?.Label, SignedInAt = member?.Person?.LastSignInAt };
    }
}

/// <summary>As what a person stands in a tenant.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Standing">As what they may enter now; null where the membership has ended.</param>
/// <param name="MemberSince">Since when a member; null for somebody of the partner alone.</param>
/// <param name="Until">When the membership ends, or has ended; null where it has no end.</param>
public sealed record PersonRights(Guid PersonId, string Name, TenantStanding? Standing, DateTimeOffset? MemberSince, DateTimeOffset? Until)
{
    /// <summary>The name of the identity provider's group that gives the membership; null where people gave it.</summary>
    public string? Group { get; init; }

    /// <summary>The last sign-in, which said so; null for somebody of the partner alone.</summary>
    public DateTimeOffset? SignedInAt { get; init; }
}
