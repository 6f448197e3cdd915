using Soracom.Api;
using Soracom.Api.Diagnostics;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Offline;

/// <summary>Reads what tells why a SIM has no session (operations listSimSessionEvents, listSimStatusHistory and getGroup), each by itself.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="clock">The clock.</param>
internal sealed class OfflineReasons(TenantSoracom soracom, TimeProvider clock)
{
    private const int RecentEvents = 100;
    private const int RecentStatuses = 30;

    /// <summary>What is known of a SIM.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="sim">The SIM, as the vendor has just told it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The facts; what can't be read is said in them and keeps nothing else back.</returns>
    public async Task<OfflineFacts> ReadAsync(TenantContext tenant, SoracomCoverage coverage, Sim sim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(sim);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var events = soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) => (await client.Sims.ListSimSessionEventsAsync(sim.SimId, limit: RecentEvents, cancellationToken: token)).Items,
            cancellationToken);
        var history = soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) => (await client.Sims.ListSimStatusHistoryAsync(sim.SimId, limit: RecentStatuses, cancellationToken: token)).Items,
            cancellationToken);
        var group = GroupAsync(tenant, coverage, sim.GroupId, cancellationToken);
        await Task.WhenAll(events, history, group);
        return new OfflineFacts(
            clock.GetUtcNow(),
            sim,
            Fact<IReadOnlyList<SessionEvent>>.Of(await events),
            Fact<IReadOnlyList<SimStatusEntry>>.Of(await history),
            await group,
            Fact<IReadOnlyList<Insight>?>.Of(Result.Of<IReadOnlyList<Insight>?>(null)));
    }

    private async Task<Fact<Group?>> GroupAsync(TenantContext tenant, SoracomCoverage coverage, string? groupId, CancellationToken cancellationToken)
    {
        if (groupId is null)
        {
            return (Group?)null;
        }

        if (!tenant.May(Permission.GroupsRead))
        {
            return Fact<Group?>.NotAllowed();
        }

        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        return Fact<Group?>.Of(await soracom.ReadAsync(tenant, coverage, async (client, token) => (Group?)await client.Groups.GetGroupAsync(groupId, token), cancellationToken));
    }
}
