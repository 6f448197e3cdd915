using System.Collections.Concurrent;
using Soracom.Api;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Keeping;

/// <summary>Whether SIMs are such that doors to their devices may stay open.</summary>
internal static class SimStates
{
    /// <summary>How SIMs stand at the vendor (operation getSim).</summary>
    /// <param name="soracom">The way to the vendor.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simIds">The SIMs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyDictionary<string, SimState>> ReadAsync(TenantSoracom soracom, Guid tenantId, SoracomCoverage coverage, IReadOnlyList<string> simIds, CancellationToken cancellationToken)
    {
        var states = new ConcurrentDictionary<string, SimState>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(simIds, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (simId, stopping) =>
        {
            var read = await soracom.ReadForJobAsync(tenantId, coverage, (client, token) => client.Sims.GetSimAsync(simId, token), stopping);
            states[simId] = read.Error is null ? (DoorSim.IsEnded(read.Value.Status) ? SimState.Ended : SimState.There)
                : read.Error is VendorError { Kind: VendorErrorKind.NotFound } ? SimState.Ended
                : SimState.NotKnown;
        });
        return states;
    }
}

/// <summary>How a SIM stands.</summary>
internal enum SimState
{
    /// <summary>The vendor did not say.</summary>
    NotKnown,

    /// <summary>It is there.</summary>
    There,

    /// <summary>It is suspended, deactivated, terminated or gone.</summary>
    Ended,
}
