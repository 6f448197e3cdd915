using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Billing.Files;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>What the inventory knows of SIMs that cost something.</summary>
/// <param name="known">The SIMs, by their ids.</param>
internal sealed class SimNaming(IReadOnlyDictionary<string, InventorySim> known)
{
    private const int AtOnce = 1000;

    /// <summary>Nothing is known.</summary>
    public static readonly SimNaming None = new(new Dictionary<string, InventorySim>(StringComparer.Ordinal));

    /// <summary>Reads what is known of some SIMs, those that are gone from the account too.</summary>
    public static async Task<SimNaming> OfAsync(PortalDbContext db, string coverage, IReadOnlyCollection<string> simIds, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, InventorySim>(StringComparer.Ordinal);
        // A detailed file may leave tens of thousands without a name: more than a database takes at a time.
        foreach (var some in simIds.Chunk(AtOnce))
        {
            await foreach (var sim in db.InventorySims.AsNoTracking().Where(sim => sim.Coverage == coverage && some.Contains(sim.SimId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                known[sim.SimId] = sim;
            }
        }

        return known.Count == 0 ? None : new SimNaming(known);
    }

    /// <summary>What a detailed file tells by SIM: a SIM that it names by its IMSI stands with its id, as far as it is known, and with the IMSI otherwise.</summary>
    public static async Task<(SimNaming Naming, IReadOnlyDictionary<string, decimal> Lines)> BySimAsync(PortalDbContext db, string coverage, BillFileSums sums, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<string, decimal>(sums.Sims, StringComparer.Ordinal);
        var found = new Dictionary<string, InventorySim>(StringComparer.Ordinal);
        var left = new Dictionary<string, (decimal Amount, string? SimId)>(sums.Imsis, StringComparer.Ordinal);
        await foreach (var sim in db.InventorySims.AsNoTracking().Where(sim => sim.Coverage == coverage).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var imsi in sim.Imsis.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (left.Remove(imsi, out var told))
                {
                    lines[sim.SimId] = lines.GetValueOrDefault(sim.SimId) + told.Amount;
                }
            }

            if (lines.ContainsKey(sim.SimId))
            {
                found[sim.SimId] = sim;
            }
        }

        foreach (var (imsi, (amount, simId)) in left)
        {
            lines[simId ?? imsi] = lines.GetValueOrDefault(simId ?? imsi) + amount;
        }

        return (new SimNaming(found), lines);
    }

    /// <summary>A row for what a detailed file tells.</summary>
    public static BillLine FileLine(BillFile file, BillLineKind kind, string key, string category, string currency, decimal amount) => new()
    {
        TenantId = file.TenantId,
        Coverage = file.Coverage,
        OperatorId = file.OperatorId,
        Month = file.Month,
        Kind = kind,
        Source = BillLineSource.File,
        Key = key,
        Category = category,
        Currency = currency,
        Amount = BillAmounts.Kept(amount) ?? 0,
        IsKnown = false,
        Name = "",
        GroupId = "",
        GroupName = "",
        Tags = "{}",
    };

    /// <summary>Rows for what the vendor tells.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="told">What is told.</param>
    /// <param name="kept">Rows that stand for the same: what was known of their SIMs stays.</param>
    public IReadOnlyList<BillLine> Lines(BillingAccount account, BillLines told, IEnumerable<BillLine> kept)
    {
        var former = kept.Where(line => line.IsKnown).ToDictionary(line => line.Key, StringComparer.Ordinal);
        return [.. told.Lines.Select(line => Line(account, told, line)).Select(line => former.TryGetValue(line.Key, out var was) ? As(line, was.Name, was.GroupId, was.GroupName, was.Tags) : Named(line))];
    }

    /// <summary>A row with what is known of its SIM, where it has none of it itself.</summary>
    public BillLine Named(BillLine line) => line.IsKnown || line.Kind != BillLineKind.Sim || !known.TryGetValue(line.Key, out var sim) ? line : As(line, sim.Name, sim.GroupId, sim.GroupName, sim.Tags);

    private static BillLine Line(BillingAccount account, BillLines told, BillLineTold line) => new()
    {
        TenantId = account.TenantId,
        Coverage = account.CoverageName,
        OperatorId = account.OperatorId,
        Month = told.Month.Number(),
        Kind = told.Kind,
        Key = line.Key,
        Category = line.Category,
        Currency = BillAmounts.Currency(told.Currency) ?? account.UsualCurrency,
        Amount = line.Amount,
        IsKnown = false,
        Name = "",
        GroupId = "",
        GroupName = "",
        Tags = "{}",
    };

    private static BillLine As(BillLine line, string name, string groupId, string groupName, string tags) => new()
    {
        TenantId = line.TenantId,
        Coverage = line.Coverage,
        OperatorId = line.OperatorId,
        Month = line.Month,
        Kind = line.Kind,
        Source = line.Source,
        Key = line.Key,
        Category = line.Category,
        Currency = line.Currency,
        Amount = line.Amount,
        IsKnown = true,
        Name = name,
        GroupId = groupId,
        GroupName = groupName,
        Tags = tags,
    };
}
