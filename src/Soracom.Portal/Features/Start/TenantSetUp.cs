using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Start;

/// <summary>What a tenant that a reseller made still lacks until its first SIM is listed.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
public sealed class TenantSetUp(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Looks what is there.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What is there; null where nothing is missing, or nobody said what there is to be.</returns>
    public async Task<SetUpView?> LookAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CredentialsRead, cancellationToken);
        var now = clock.GetUtcNow();
        await using var db = database.ForTenant(tenant.TenantId);
        if (await db.Tenants.Where(own => own.Id == tenant.TenantId).Select(own => own.Coverages).SingleAsync(cancellationToken) is not { Length: > 0 } wanted
            || await db.InventorySims.AnyAsync(cancellationToken))
        {
            return null;
        }

        var stored = await db.VendorCredentials.Select(credential => credential.Coverage).ToListAsync(cancellationToken);
        return new SetUpView(
            await db.TenantMembers.AnyAsync(member => member.Role == TenantRole.Owner && (member.Until == null || member.Until > now), cancellationToken),
            await db.Invitations.AnyAsync(invitation => invitation.EndedAt == null && invitation.ExpiresAt > now && invitation.Role == TenantRole.Owner, cancellationToken),
            [.. wanted.Split(',').Where(name => SoracomCoverages.TryParseWireName(name, out _)).Select(name => new SetUpCoverage(SoracomCoverages.TryParseWireName(name, out var coverage) ? coverage : default, stored.Contains(name)))]);
    }
}

/// <summary>What a tenant has, and what not, before its first SIM is listed.</summary>
/// <param name="HasOwner">Whether the customer has come.</param>
/// <param name="IsInvited">Whether the customer is invited.</param>
/// <param name="Coverages">The coverages that it is to have.</param>
public sealed record SetUpView(bool HasOwner, bool IsInvited, IReadOnlyList<SetUpCoverage> Coverages);

/// <summary>A coverage that a tenant is to have.</summary>
/// <param name="Coverage">The coverage.</param>
/// <param name="HasCredential">Whether its credential is stored.</param>
public sealed record SetUpCoverage(SoracomCoverage Coverage, bool HasCredential);
