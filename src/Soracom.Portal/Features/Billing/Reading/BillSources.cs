using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>
/// Where a month's lines are taken from. Items are those of the vendor's summary, where it told any that go as far as the bill; SIMs are those of the
/// detailed file, which has all of them, unless the bill has changed since. What one lacks is the other's: lines of both are never mixed.
/// </summary>
internal static class BillSources
{
    /// <summary>How many SIMs the vendor's summary tells at most.</summary>
    public const int MostSims = 100;

    /// <summary>The longest IMSI; ids of SIMs are longer.</summary>
    private const int ImsiLength = 15;

    /// <summary>Reads the lines of some months.</summary>
    /// <param name="db">The tenant's database.</param>
    /// <param name="months">The months, all of one account.</param>
    /// <param name="split">What costs are told by: a file may tell a hundred thousand SIMs, which are not read where nobody looks at them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines, and what is known of them.</returns>
    public static async Task<BillSourced> ReadAsync(PortalDbContext db, IReadOnlyCollection<BillMonth> months, BillSplit split, CancellationToken cancellationToken)
    {
        var (coverage, operatorId) = (months.First().Coverage, months.First().OperatorId);
        var numbers = months.Select(month => month.Month).ToList();
        var filed = await db.BillFiles.Where(file => file.Coverage == coverage && file.OperatorId == operatorId && numbers.Contains(file.Month) && file.HasLines)
            .Select(file => new { file.Month, file.Revision, file.BadRows }).ToListAsync(cancellationToken);
        var known = filed.ConvertAll(file => file.Month);
        var withSims = split != BillSplit.Service;
        var lines = await db.BillLines.AsNoTracking()
            .Where(line => line.Coverage == coverage && line.OperatorId == operatorId && numbers.Contains(line.Month))
            .Where(line => line.Source == BillLineSource.Summary || (known.Contains(line.Month) && (withSims || line.Kind == BillLineKind.Item)))
            .ToListAsync(cancellationToken);
        var (chosen, whole) = (new List<BillLine>(), new HashSet<int>());
        foreach (var group in lines.GroupBy(line => (line.Month, line.Kind)))
        {
            var month = months.First(month => month.Month == group.Key.Month);
            var file = filed.Find(file => file.Month == month.Month && file.Revision == month.Revision && month.Stage == BillStage.Final);
            var taken = Chosen([.. group], file is not null && (group.Key.Kind == BillLineKind.Sim || month.HasOldItems())).ToList();
            chosen.AddRange(taken);
            if (group.Key.Kind == BillLineKind.Sim && HasAllSims(month, taken, file?.BadRows))
            {
                whole.Add(month.Month);
            }
        }

        return new BillSourced(chosen, known.ToHashSet(), whole);
    }

    /// <summary>Whether lines are of all SIMs that cost something: those of a file that was read to the last row, or fewer than the vendor's summary has room for.</summary>
    private static bool HasAllSims(BillMonth month, List<BillLine> sims, long? badRows) => sims[0].Source == BillLineSource.File
        // A SIM that stands by its IMSI may stand by its id in another month.
        ? badRows == 0 && !sims.Exists(line => !line.IsKnown && line.Key.Length <= ImsiLength)
        // One that has begun to cost something since older SIMs were counted is not among them.
        : sims.Count < MostSims && month.SimsAsOf is not null && !month.HasOldSims();

    private static IEnumerable<BillLine> Chosen(List<BillLine> lines, bool fileFirst)
    {
        var first = fileFirst ? BillLineSource.File : BillLineSource.Summary;
        return lines.Exists(line => line.Source == first) ? lines.Where(line => line.Source == first) : lines;
    }
}

/// <summary>The lines of some months.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Filed">The months whose SIMs a file tells.</param>
/// <param name="WithAllSims">The months of which all SIMs that cost something are told.</param>
internal sealed record BillSourced(List<BillLine> Lines, IReadOnlySet<int> Filed, IReadOnlySet<int> WithAllSims);
