using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>Whether all SIMs of an account are known, so that those of a group can be counted, or one be named that only its IMSI is told of. An account is begun with when somebody looks who may.</summary>
/// <param name="walks">Reads them.</param>
/// <param name="clock">The clock.</param>
internal sealed class KnownSims(ISimWalks walks, TimeProvider clock)
{
    /// <summary>How old what is known of an account's SIMs is.</summary>
    /// <param name="db">The tenant's database.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="operatorId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>No SIM is older than this; null where they have not all been read yet, and then they are.</returns>
    public async Task<DateTimeOffset?> AsOfAsync(PortalDbContext db, TenantContext tenant, SoracomCoverage coverage, string operatorId, CancellationToken cancellationToken)
    {
        var (name, now) = (coverage.ToWireName(), clock.GetUtcNow());
        var known = await db.SimInventories
            .Where(inventory => inventory.Coverage == name && inventory.OperatorId == operatorId)
            .Select(inventory => new { inventory.CompleteAsOf, inventory.NotBefore, inventory.HeldUntil })
            .SingleOrDefaultAsync(cancellationToken);
        if (known?.CompleteAsOf is null && tenant.May(Permission.SimsRead) && !(known?.NotBefore > now) && !(known?.HeldUntil > now))
        {
            walks.Ask(tenant.TenantId, coverage);
        }

        return known?.CompleteAsOf;
    }

    /// <summary>How old what is known of the SIMs of the account is that the tenant's credential opens.</summary>
    /// <param name="db">The tenant's database.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>No SIM is older than this; null where they have not all been read yet, and then they are, or there is no credential.</returns>
    public async Task<DateTimeOffset?> AsOfAsync(PortalDbContext db, TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var name = coverage.ToWireName();
        return await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken) is { } operatorId
            ? await AsOfAsync(db, tenant, coverage, operatorId, cancellationToken)
            : null;
    }
}
