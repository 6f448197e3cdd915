using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims;

/// <summary>Reads single SIMs from the vendor (operation getSim).</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="inventory">Takes in what is learned.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimSearch(TenantSoracom soracom, InventoryStore inventory, TimeProvider clock)
{
    /// <summary>One SIM, with all that the vendor tells of it. What is learned goes into the inventory.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIM, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<Sim>> GetAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var readAt = clock.GetUtcNow();
        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Sims.GetSimAsync(simId, token), cancellationToken);
        if (read.Error is null)
        {
            await inventory.LearnAsync(tenant.TenantId, coverage, [read.Value], readAt, cancellationToken);
        }
        else if (read.Error is VendorError { Kind: VendorErrorKind.NotFound })
        {
            await inventory.LearnGoneAsync(tenant.TenantId, coverage, simId, readAt, cancellationToken);
        }

        return read;
    }
}
