using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Writes the inventory. Whatever is written of one tenant is written in turn, so that a walk and what people learn or change
/// meanwhile never lose each other's news: the younger reading wins.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class InventoryStore(PortalDatabase database, TimeProvider clock)
{
    /// <summary>A walk older than this begins anew: what it saw first would be too old to be called whole.</summary>
    private static readonly TimeSpan ResumableFor = TimeSpan.FromHours(6);

    /// <summary>How long a SIM that has gone is remembered.</summary>
    private static readonly TimeSpan GoneFor = TimeSpan.FromDays(30);

    /// <summary>Takes the walk through an account: goes on with the one that was left, or begins a new one.</summary>
    /// <returns>The turn; null when somebody else has it, or there is no credential.</returns>
    public Task<InventoryTurn?> TakeAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var name = coverage.ToWireName();
            var now = clock.GetUtcNow();
            if (await OperatorAsync(db, name, token) is not { } operatorId)
            {
                // With the credential goes what was read by it.
                await DropAsync(db, name, token);
                return null;
            }

            var inventory = await db.SimInventories.SingleOrDefaultAsync(row => row.Coverage == name, token);
            if (inventory is not null && !string.Equals(inventory.OperatorId, operatorId, StringComparison.Ordinal))
            {
                await DropAsync(db, name, token);
                db.Entry(inventory).State = EntityState.Detached;
                inventory = null;
            }

            if (inventory is null)
            {
                inventory = new SimInventory { TenantId = tenantId, Coverage = name, OperatorId = operatorId };
                db.SimInventories.Add(inventory);
            }
            else if (inventory.Holder is not null && inventory.HeldUntil > now)
            {
                return null;
            }

            if (inventory.WalkStartedAt is null || now - inventory.WalkStartedAt > ResumableFor)
            {
                inventory.Walk++;
                inventory.WalkStartedAt = now;
                inventory.NextKey = null;
                inventory.Seen = 0;
            }

            inventory.Holder = Guid.NewGuid();
            inventory.HeldUntil = now + InventoryTurn.HeldFor;
            await db.SaveChangesAsync(token);
            return new InventoryTurn(inventory.Holder.Value, clock)
            {
                Walk = inventory.Walk,
                StartedAt = inventory.WalkStartedAt.Value,
                NextKey = inventory.NextKey,
                OperatorId = operatorId,
            };
        },
        cancellationToken);

    /// <summary>Says that the holder is still there.</summary>
    /// <returns>False when the turn is lost.</returns>
    public async Task<bool> HoldAsync(Guid tenantId, SoracomCoverage coverage, InventoryTurn turn, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        var until = clock.GetUtcNow() + InventoryTurn.HeldFor;
        await using var db = database.ForTenant(tenantId);
        return await db.SimInventories
            .Where(row => row.Coverage == name && row.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.HeldUntil, until), cancellationToken) > 0;
    }

    /// <summary>Takes in the names of the groups: SIMs of a group that was renamed change.</summary>
    /// <returns>False when the turn is lost.</returns>
    public Task<bool> PutGroupsAsync(Guid tenantId, SoracomCoverage coverage, InventoryTurn turn, IReadOnlyDictionary<string, string> groups, CancellationToken cancellationToken) =>
        WriteAsync(
            tenantId,
            coverage,
            turn,
            (db, inventory, token) => db.RenameGroupsAsync(inventory, groups, only: null, token),
            cancellationToken);

    /// <summary>Takes in pages of the walk, and where it goes on.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="sims">The SIMs of the pages, as rows.</param>
    /// <param name="nextKey">The vendor's key of the page that follows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the turn is lost; then nothing was written.</returns>
    public Task<bool> PutPagesAsync(
        Guid tenantId, SoracomCoverage coverage, InventoryTurn turn, IReadOnlyList<InventorySim> sims, string? nextKey, CancellationToken cancellationToken) =>
        WriteAsync(
            tenantId,
            coverage,
            turn,
            async (db, inventory, token) =>
            {
                await PutAsync(db, inventory, sims, turn.Walk, token);
                inventory.NextKey = nextKey;
                inventory.Seen += sims.Count;
                inventory.HeldUntil = clock.GetUtcNow() + InventoryTurn.HeldFor;
            },
            cancellationToken);

    /// <summary>Ends a walk that has seen everything: what it did not meet is gone.</summary>
    /// <returns>False when the turn is lost.</returns>
    public Task<bool> CompleteAsync(Guid tenantId, SoracomCoverage coverage, InventoryTurn turn, CancellationToken cancellationToken) => WriteAsync(
        tenantId,
        coverage,
        turn,
        async (db, inventory, token) =>
        {
            var now = clock.GetUtcNow();
            var number = inventory.ChangeNumber + 1;
            // What was read after the walk had begun was there then, even where the walk had passed its place already.
            var gone = await db.InventorySims
                .Where(sim => sim.Coverage == inventory.Coverage && sim.GoneAt == null && sim.Walk != turn.Walk && sim.ReadAt < turn.StartedAt)
                .ExecuteUpdateAsync(set => set.SetProperty(sim => sim.GoneAt, now).SetProperty(sim => sim.ChangeNumber, number), token);
            inventory.ChangeNumber += gone > 0 ? 1 : 0;
            var forgotten = now - GoneFor;
            await db.InventorySims.Where(sim => sim.Coverage == inventory.Coverage && sim.GoneAt < forgotten).ExecuteDeleteAsync(token);
            (inventory.Counts, inventory.CountedAt) = (SimCounts.Write(await SimCounts.CountAsync(db.InventorySims, inventory.Coverage, token)), inventory.ChangeNumber);
            (inventory.WalkStartedAt, inventory.NextKey) = (null, null);
            (inventory.CompleteAsOf, inventory.CompletedAt) = (turn.StartedAt, now);
            (inventory.FailedAt, inventory.Failure, inventory.NotBefore) = (null, null, null);
            (inventory.Holder, inventory.HeldUntil) = (null, null);
        },
        cancellationToken);

    /// <summary>Puts a walk down that could not go on; the next one to take it goes on where it stands.</summary>
    /// <returns>False when the turn is lost.</returns>
    public Task<bool> FailAsync(Guid tenantId, SoracomCoverage coverage, InventoryTurn turn, VendorErrorKind kind, DateTimeOffset notBefore, CancellationToken cancellationToken) => WriteAsync(
        tenantId,
        coverage,
        turn,
        (_, inventory, _) =>
        {
            (inventory.FailedAt, inventory.Failure, inventory.NotBefore) = (clock.GetUtcNow(), kind.ToString(), notBefore);
            (inventory.Holder, inventory.HeldUntil) = (null, null);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Puts a walk down without a word, as at the end of the program.</summary>
    public async Task ReleaseAsync(Guid tenantId, SoracomCoverage coverage, InventoryTurn turn, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenantId);
        await db.SimInventories
            .Where(row => row.Coverage == name && row.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Holder, (Guid?)null).SetProperty(row => row.HeldUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Takes in what was learned of single SIMs, by opening or by changing them. Nothing where the account has no inventory yet.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="sims">The SIMs, as the vendor told them.</param>
    /// <param name="readAt">When the vendor was asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is written.</returns>
    public Task LearnAsync(Guid tenantId, SoracomCoverage coverage, IReadOnlyCollection<Sim> sims, DateTimeOffset readAt, CancellationToken cancellationToken) =>
        LearnAsync(tenantId, coverage, (db, inventory, token) => PutLearnedAsync(db, inventory, coverage, sims, readAt, token), cancellationToken);

    /// <summary>Takes in what was learned of single SIMs within a turn of the tenant's, together with what else is written there.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="sims">The SIMs, each once, as the vendor told them.</param>
    /// <param name="readAt">When the vendor was asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it can be saved.</returns>
    public static async Task LearnAsync(PortalDbContext db, SoracomCoverage coverage, IReadOnlyCollection<Sim> sims, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        if (await OwnAsync(db, coverage.ToWireName(), cancellationToken) is { } inventory)
        {
            await PutLearnedAsync(db, inventory, coverage, sims, readAt, cancellationToken);
        }
    }

    /// <summary>Takes in that the vendor knows nothing of a SIM any more.</summary>
    public Task LearnGoneAsync(Guid tenantId, SoracomCoverage coverage, string simId, DateTimeOffset readAt, CancellationToken cancellationToken) =>
        LearnAsync(tenantId, coverage, (db, inventory, token) => PutGoneAsync(db, inventory, simId, readAt, token), cancellationToken);

    /// <summary>Takes in that the vendor knows nothing of a SIM any more, within a turn of the tenant's.</summary>
    public static async Task LearnGoneAsync(PortalDbContext db, SoracomCoverage coverage, string simId, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        if (await OwnAsync(db, coverage.ToWireName(), cancellationToken) is { } inventory)
        {
            await PutGoneAsync(db, inventory, simId, readAt, cancellationToken);
        }
    }

    private static async Task PutLearnedAsync(
        PortalDbContext db, SimInventory inventory, SoracomCoverage coverage, IReadOnlyCollection<Sim> sims, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var groups = await GroupNamesAsync(db, inventory, sims, cancellationToken);
        await PutAsync(db, inventory, [.. sims.Select(sim => InventoryRow.Of(sim, inventory.TenantId, coverage, groups, readAt))], walk: null, cancellationToken);
    }

    /// <summary>
    /// What the groups of SIMs are called. Asks the SIMs' own rows, and for a group that is new to one the first row of the group: only for
    /// a group that holds no SIM yet are all of an account's rows looked through, since others wait meanwhile.
    /// </summary>
    private static async Task<Dictionary<string, string>> GroupNamesAsync(PortalDbContext db, SimInventory inventory, IReadOnlyCollection<Sim> sims, CancellationToken cancellationToken)
    {
        var simIds = sims.Select(sim => sim.SimId).ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var known in await db.InventorySims
            .Where(sim => sim.Coverage == inventory.Coverage && simIds.Contains(sim.SimId) && sim.GroupId != "")
            .Select(sim => new { sim.GroupId, sim.GroupName })
            .ToListAsync(cancellationToken))
        {
            names[known.GroupId] = known.GroupName;
        }

        foreach (var groupId in sims.Select(sim => sim.GroupId).OfType<string>().Distinct(StringComparer.Ordinal).Where(id => !names.ContainsKey(id)).ToList())
        {
            names[groupId] = await db.InventorySims
                .Where(sim => sim.Coverage == inventory.Coverage && sim.GroupId == groupId)
                .OrderBy(sim => sim.SimId)
                .Select(sim => sim.GroupName)
                .FirstOrDefaultAsync(cancellationToken) ?? "";
        }

        return names;
    }

    private static async Task PutGoneAsync(PortalDbContext db, SimInventory inventory, string simId, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var sim = await db.InventorySims.SingleOrDefaultAsync(row => row.Coverage == inventory.Coverage && row.SimId == simId && row.GoneAt == null, cancellationToken);
        if (sim is not null && sim.ReadAt < readAt)
        {
            (sim.GoneAt, sim.ReadAt, sim.ChangeNumber) = (readAt, readAt, ++inventory.ChangeNumber);
        }
    }

    /// <summary>The inventory of an account, where it belongs to the operator of the credential that is there now.</summary>
    private static async Task<SimInventory?> OwnAsync(PortalDbContext db, string coverage, CancellationToken cancellationToken)
    {
        var inventory = await db.SimInventories.SingleOrDefaultAsync(row => row.Coverage == coverage, cancellationToken);
        return inventory is not null && string.Equals(await OperatorAsync(db, coverage, cancellationToken), inventory.OperatorId, StringComparison.Ordinal) ? inventory : null;
    }

    private static Task<string?> OperatorAsync(PortalDbContext db, string coverage, CancellationToken cancellationToken) =>
        db.VendorCredentials.Where(credential => credential.Coverage == coverage).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);

    private static async Task DropAsync(PortalDbContext db, string coverage, CancellationToken cancellationToken)
    {
        await db.InventorySims.Where(sim => sim.Coverage == coverage).ExecuteDeleteAsync(cancellationToken);
        await db.SimInventories.Where(row => row.Coverage == coverage).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task PutAsync(PortalDbContext db, SimInventory inventory, IReadOnlyList<InventorySim> sims, int? walk, CancellationToken cancellationToken)
    {
        var ids = sims.Select(sim => sim.SimId).ToList();
        var known = await db.InventorySims.AsNoTracking()
            .Where(sim => sim.Coverage == inventory.Coverage && ids.Contains(sim.SimId))
            .ToDictionaryAsync(sim => sim.SimId, StringComparer.Ordinal, cancellationToken);
        var number = inventory.ChangeNumber + 1;
        var (added, same) = (new List<InventorySim>(), new List<InventorySim>());
        var overtaken = new List<string>();
        // A list may name a SIM twice when it changes under way; the later reading is the younger one.
        foreach (var fresh in sims.GroupBy(sim => sim.SimId, StringComparer.Ordinal).Select(twice => twice.Last()))
        {
            fresh.Walk = walk ?? inventory.Walk;
            if (!known.TryGetValue(fresh.SimId, out var before))
            {
                fresh.ChangeNumber = inventory.ChangeNumber = number;
                added.Add(fresh);
            }
            else if (before.ReadAt > fresh.ReadAt)
            {
                overtaken.Add(fresh.SimId);
            }
            else if (InventoryDifference.Between(before, fresh))
            {
                fresh.ChangeNumber = inventory.ChangeNumber = number;
                db.InventorySims.Update(fresh);
            }
            else
            {
                same.Add(fresh);
            }
        }

        await db.InsertAsync(added, cancellationToken);
        foreach (var page in same.GroupBy(sim => (sim.ReadAt, sim.Walk)))
        {
            var (readAt, seen) = page.Key;
            var pageIds = page.Select(sim => sim.SimId).ToList();
            await db.InventorySims
                .Where(sim => sim.Coverage == inventory.Coverage && pageIds.Contains(sim.SimId))
                .ExecuteUpdateAsync(set => set.SetProperty(sim => sim.ReadAt, readAt).SetProperty(sim => sim.Walk, seen), cancellationToken);
        }

        if (walk is { } met && overtaken.Count > 0)
        {
            await db.InventorySims
                .Where(sim => sim.Coverage == inventory.Coverage && overtaken.Contains(sim.SimId))
                .ExecuteUpdateAsync(set => set.SetProperty(sim => sim.Walk, met), cancellationToken);
        }
    }

    private Task<bool> WriteAsync(
        Guid tenantId, SoracomCoverage coverage, InventoryTurn turn, Func<PortalDbContext, SimInventory, CancellationToken, Task> write, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var name = coverage.ToWireName();
            var inventory = await db.SimInventories.SingleOrDefaultAsync(row => row.Coverage == name && row.Holder == turn.Holder, token);
            // With a credential of another operator, what is on its way belongs to somebody else's account.
            if (inventory is null || !string.Equals(await OperatorAsync(db, name, token), turn.OperatorId, StringComparison.Ordinal))
            {
                return false;
            }

            await write(db, inventory, token);
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    /// <returns>Whether there is an inventory of this account.</returns>
    private async Task<bool> LearnAsync(Guid tenantId, SoracomCoverage coverage, Func<PortalDbContext, SimInventory, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using (var look = database.ForTenant(tenantId))
        {
            // Reading a SIM waits for nobody's turn where there is nothing to write.
            if (!await look.SimInventories.AnyAsync(row => row.Coverage == name, cancellationToken))
            {
                return false;
            }
        }

        return await database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                if (await OwnAsync(db, name, token) is not { } inventory)
                {
                    return false;
                }

                await write(db, inventory, token);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }
}
