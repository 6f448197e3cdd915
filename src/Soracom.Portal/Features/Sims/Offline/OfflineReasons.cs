using Soracom.Api;
using Soracom.Api.Diagnostics;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Diagnosing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Offline;

/// <summary>Reads what tells why a SIM has no session (operations listSimSessionEvents, listSimStatusHistory and getGroup, and the last diagnosis), each by itself.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="diagnosing">The diagnoses.</param>
/// <param name="clock">The clock.</param>
internal sealed class OfflineReasons(TenantSoracom soracom, SimDiagnosing diagnosing, TimeProvider clock)
{
    private const int RecentEvents = 100;
    private const int RecentStatuses = 30;

    /// <summary>How old a diagnosis may be to tell of the present.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

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
        var diagnoses = diagnosing.ListAsync(tenant, coverage, sim.SimId, cancellationToken);
        await Task.WhenAll(events, history, group, diagnoses);
        var now = clock.GetUtcNow();
        var last = (await diagnoses).FirstOrDefault(diagnosis => diagnosis.State == SimDiagnosisState.Done && now - diagnosis.RequestedAt < Lately);
        return new OfflineFacts(
            now,
            sim,
            Fact<IReadOnlyList<SessionEvent>>.Of(await events),
            Fact<IReadOnlyList<SimStatusEntry>>.Of(await history),
            await group,
            Fact<IReadOnlyList<Insight>?>.Of(Result.Of(last is null ? null : SimDiagnosing.InsightsOf(last))));
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
