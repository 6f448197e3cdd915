using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.RemoteAccess;

/// <summary>Lists the ways into a SIM's device that are open (operation listPortMappingsForSim).</summary>
/// <param name="soracom">The way to the vendor.</param>
internal sealed class SimPortMappings(TenantSoracom soracom)
{
    /// <summary>The port mappings of a SIM.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The mappings, those that end first before the others; none where there are none; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<PortMapping>>> ListAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var found = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Napter.ListPortMappingsForSimAsync(simId, token), cancellationToken);
        // The vendor says so of a SIM without mappings.
        return found.Error is VendorError { Kind: VendorErrorKind.NotFound }
            ? Result.Of<IReadOnlyList<PortMapping>>([])
            : found.Then<IReadOnlyList<PortMapping>>(mappings => [.. mappings.OrderBy(mapping => mapping.ExpiredTime)]);
    }
}
