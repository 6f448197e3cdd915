using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>
/// Where a month's lines are taken from. Items are those of the vendor's summary, where it told any; SIMs are those of the detailed file, which has
/// all of them, unless the bill has changed since. What one lacks is the other's: lines of both are never mixed.
/// </summary>
internal static class BillSources
{
    /// <summary>Reads the lines of some months.</summary>
    /// <param name="db">The tenant's database.</param>
    /// <param name="months">The months, all of one account.</param>
    /// <param name="split">What costs are told by: a file may tell a hundred thousand SIMs, which are not read where nobody looks at them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines, and the months whose SIMs a file tells.</returns>
    public static async Task<(List<BillLine> Lines, IReadOnlySet<int> Filed)> ReadAsync(PortalDbContext db, IReadOnlyCollection<BillMonth> months, BillSplit split, CancellationToken cancellationToken)
    {
        var (coverage, operatorId) = (months.First().Coverage, months.First().OperatorId);
        var numbers = months.Select(month => month.Month).ToList();
        var filed = await db.BillFiles.Where(file => file.Coverage == coverage && file.OperatorId == operatorId && numbers.Contains(file.Month) && file.HasLines)
            .Select(file => new { file.Month, file.Revision }).ToListAsync(cancellationToken);
        var known = filed.ConvertAll(file => file.Month);
        var withSims = split != BillSplit.Service;
        var lines = await db.BillLines.AsNoTracking()
            .Where(line => line.Coverage == coverage && line.OperatorId == operatorId && numbers.Contains(line.Month))
            .Where(line => line.Source == BillLineSource.Summary || (known.Contains(line.Month) && (withSims || line.Kind == BillLineKind.Item)))
            .ToListAsync(cancellationToken);
        var current = months.Where(month => filed.Exists(file => file.Month == month.Month && file.Revision == month.Revision)).Select(month => month.Month).ToHashSet();
        return ([.. lines.GroupBy(line => (line.Month, line.Kind)).SelectMany(group => Chosen([.. group], current.Contains(group.Key.Month)))], known.ToHashSet());
    }

    private static IEnumerable<BillLine> Chosen(List<BillLine> lines, bool isCurrent)
    {
        var first = lines[0].Kind == BillLineKind.Sim && isCurrent ? BillLineSource.File : BillLineSource.Summary;
        return lines.Exists(line => line.Source == first) ? lines.Where(line => line.Source == first) : lines;
    }
}
