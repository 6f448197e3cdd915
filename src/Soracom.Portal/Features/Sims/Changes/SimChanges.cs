using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Changes;

/// <summary>Applies changes to single SIMs.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Makes the changes.</param>
/// <param name="inventory">Takes in what is learned.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimChanges(TenantSoracom soracom, VendorActs acts, InventoryStore inventory, TimeProvider clock)
{
    /// <summary>Looks at the SIM, and changes it where that is needed and possible.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="change">The change; the person has confirmed it.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>
    /// The SIM as it is then; a <see cref="FreshSignInError"/> where it is to be terminated, or opened to that; an <see cref="InputError"/>, an <see cref="ObstacleError"/> or a <see cref="VendorError"/>, which tells whether
    /// the change may have been made all the same.
    /// </returns>
    public async Task<Result<SimChanged>> ApplyAsync(TenantContext tenant, SoracomCoverage coverage, string simId, SimChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(change);
        await tenant.RequireAsync(change.Needs, cancellationToken);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        if (change.Needs == Permission.SimsTerminate && await tenant.RequireFreshAsync(change.Needs, cancellationToken) is { } stale)
        {
            return stale;
        }

        if (change.Wrong(clock.GetUtcNow()) is { } wrong)
        {
            return wrong;
        }

        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Sims.GetSimAsync(simId, token), cancellationToken);
        if (read.Error is { } unread)
        {
            return unread;
        }

        var before = RowOf(tenant, coverage, read.Value);
        if (change.IsIn(before))
        {
            return new SimChanged(read.Value, Already: true);
        }

        if (change.ObstacleFor(before) is { } obstacle)
        {
            return new ObstacleError(obstacle);
        }

        // The vendor takes its time; whose right ended meanwhile changes nothing any more.
        await tenant.RequireAsync(change.Needs, cancellationToken);
        var sent = await acts.DoAsync(
            tenant,
            coverage,
            ActOf(change, before),
            (client, token) => change.SendAsync(client, simId, token),
            async (client, token) =>
            {
                var now = await client.Sims.GetSimAsync(simId, token);
                return new Looked<Sim?>(change.IsIn(RowOf(tenant, coverage, now)), now);
            },
            cancellationToken);
        if (sent.Error is { } error)
        {
            return error;
        }

        // What was told of the SIM after the change: nothing that is on its way from before it may cover it again.
        var after = sent.Value ?? await AfterAsync(tenant, coverage, simId) ?? read.Value;
        if (!ReferenceEquals(after, read.Value))
        {
            await inventory.LearnAsync(tenant.TenantId, coverage, [after], clock.GetUtcNow(), CancellationToken.None);
        }

        return new SimChanged(after, Already: false);
    }

    /// <summary>What the audit trail says of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="before">The SIM before it.</param>
    /// <returns>The act, whose outcome is still to be told.</returns>
    internal static AuditAct ActOf(SimChange change, InventorySim before) => new(change.Action, AuditOutcome.Begun)
    {
        ObjectId = before.SimId,
        ObjectName = before.Name.Length == 0 ? null : before.Name,
        Detail = change is SimTagChange { Key: var set } ? set : change is SimTagRemoval { Key: var removed } ? removed : null,
        Before = change.Before(before),
        After = change.After(before),
    };

    private InventorySim RowOf(TenantContext tenant, SoracomCoverage coverage, Sim sim) => InventoryRow.Of(sim, tenant.TenantId, coverage, clock.GetUtcNow());

    private async Task<Sim?> AfterAsync(TenantContext tenant, SoracomCoverage coverage, string simId) =>
        await soracom.ReadAsync(tenant, coverage, (client, token) => client.Sims.GetSimAsync(simId, token), CancellationToken.None) is { Error: null, Value: var sim } ? sim : null;
}

/// <summary>What came of a change.</summary>
/// <param name="Sim">The SIM as it is then.</param>
/// <param name="Already">Whether it was so before: nothing was sent.</param>
internal sealed record SimChanged(Sim Sim, bool Already);
