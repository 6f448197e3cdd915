using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sims;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Holds the indexes of the accounts that people search: loaded from the inventory when first asked for, brought up to date at each
/// question with what has changed in the database since, by whichever instance, and let go when nobody asks any more.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class InventoryShelf(PortalDatabase database, TimeProvider clock)
{
    /// <summary>How long an index is held after the last question.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(20);

    private readonly ConcurrentDictionary<(Guid TenantId, SoracomCoverage Coverage), Place> places = new();

    /// <summary>How many indexes are held.</summary>
    internal int Count => places.Count(place => place.Value.Held is not null);

    /// <summary>The index of an account, as the database has it now.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The index and how fresh it is; null when there is no inventory, or no credential that it belongs to.</returns>
    public async Task<Shelved?> GetAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenantId);
        var inventory = await db.SimInventories.AsNoTracking()
            .Where(row => row.Coverage == name && db.VendorCredentials.Any(credential => credential.Coverage == name && credential.OperatorId == row.OperatorId))
            .SingleOrDefaultAsync(cancellationToken);
        return (await GetAsync([new InventoryAccount(tenantId, coverage, inventory)], cancellationToken))[0];
    }

    /// <summary>The indexes of several accounts, as the database has them now. Where nothing has changed since they were last asked for, nothing is read.</summary>
    /// <param name="accounts">The accounts as they stand now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The index of each in the order of the accounts; null where there is no inventory.</returns>
    public async Task<IReadOnlyList<Shelved?>> GetAsync(IReadOnlyList<InventoryAccount> accounts, CancellationToken cancellationToken)
    {
        var shelved = new Shelved?[accounts.Count];
        var behind = new List<int>();
        for (var i = 0; i < accounts.Count; i++)
        {
            if (accounts[i].Inventory is not { } inventory)
            {
                places.TryRemove((accounts[i].TenantId, accounts[i].Coverage), out _);
            }
            else if ((shelved[i] = Known(PlaceOf(accounts[i]), inventory)) is null)
            {
                behind.Add(i);
            }
        }

        // Each reads only its own tenant's rows, and far longer than the way to the database takes.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(behind, parallel, async (i, token) => shelved[i] = await UpToDateAsync(PlaceOf(accounts[i]), accounts[i].Inventory!, token));
        return shelved;
    }

    /// <summary>Lets go of what nobody has asked for lately.</summary>
    public void Tidy()
    {
        var now = clock.GetUtcNow();
        foreach (var (account, place) in places)
        {
            if (now - place.UsedAt > IdleFor)
            {
                places.TryRemove(new(account, place));
            }
        }
    }

    /// <summary>The index that is held of an account; null when there is none, or an older one.</summary>
    private static Shelved? Known(Place place, SimInventory inventory) =>
        place.Held is { } held && held.InventoryId == inventory.Id && held.ChangeNumber >= inventory.ChangeNumber ? new Shelved(held.Index, inventory) : null;

    private Place PlaceOf(InventoryAccount account)
    {
        var place = places.GetOrAdd((account.TenantId, account.Coverage), _ => new Place());
        place.UsedAt = clock.GetUtcNow();
        return place;
    }

    private async Task<Shelved> UpToDateAsync(Place place, SimInventory inventory, CancellationToken cancellationToken)
    {
        await place.Turn.WaitAsync(cancellationToken);
        try
        {
            if (Known(place, inventory) is { } known)
            {
                return known;
            }

            await using var db = database.ForTenant(inventory.TenantId);
            var index = place.Held is { } held && held.InventoryId == inventory.Id && !IsWorn(held.Index)
                ? await UpdatedAsync(db, inventory.Coverage, held, cancellationToken)
                : await SimIndex.OfAsync(Load(db, inventory.Coverage), cancellationToken);
            place.Held = new HeldIndex(inventory.Id, inventory.ChangeNumber, index);
            return new Shelved(index, inventory);
        }
        finally
        {
            place.Turn.Release();
        }
    }

    private static IAsyncEnumerable<IndexedSim> Load(PortalDbContext db, string coverage) =>
        InventoryRow.Indexed(db.InventorySims.AsNoTracking().Where(row => row.Coverage == coverage && row.GoneAt == null)).AsAsyncEnumerable();

    private static async Task<SimIndex> UpdatedAsync(PortalDbContext db, string coverage, HeldIndex held, CancellationToken cancellationToken)
    {
        var known = held.ChangeNumber;
        var changed = db.InventorySims.AsNoTracking().Where(row => row.Coverage == coverage && row.ChangeNumber > known);
        // Between the two readings a SIM may go or come; its change has a higher number, and is met at the next question.
        var there = await InventoryRow.Indexed(changed.Where(row => row.GoneAt == null)).ToListAsync(cancellationToken);
        var gone = await changed.Where(row => row.GoneAt != null).Select(row => row.SimId).ToListAsync(cancellationToken);
        return held.Index.With(there, gone);
    }

    /// <summary>Whether so many SIMs have gone that their empty places are worth clearing away.</summary>
    private static bool IsWorn(SimIndex index) => index.SlotCount > SimBlock.Size + (index.Count * 3 / 2);

    private sealed class Place
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public HeldIndex? Held { get; set; }

        public DateTimeOffset UsedAt { get; set; }
    }

    private sealed record HeldIndex(Guid InventoryId, long ChangeNumber, SimIndex Index);
}

/// <summary>An index, and what is known of its account.</summary>
/// <param name="Index">The index.</param>
/// <param name="Inventory">How the inventory stands.</param>
internal sealed record Shelved(SimIndex Index, SimInventory Inventory);
