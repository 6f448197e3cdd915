using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>Finds the SIMs that a file names by this or that id.</summary>
internal static class FileSims
{
    /// <summary>The SIMs of lines that ask for something.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="rows">The lines.</param>
    /// <param name="problems">Gets the lines that name no SIM, several or one that another line has named.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs, in the order of the lines.</returns>
    public static async Task<List<SimPlanRow>> ResolveAsync(PortalDbContext db, string coverage, IReadOnlyList<FileRow> rows, FileProblems problems, CancellationToken cancellationToken)
    {
        var named = rows.SelectMany(row => row.Also.Append((row.By, row.Id))).ToHashSet();
        var found = new Dictionary<(FileField By, string Id), string?>();
        var known = db.InventorySims.AsNoTracking()
            .Where(sim => sim.Coverage == coverage && sim.GoneAt == null)
            .Select(sim => new { sim.SimId, sim.Imsis, sim.Iccids })
            .AsAsyncEnumerable();
        await foreach (var sim in known.WithCancellation(cancellationToken))
        {
            Note(FileField.SimId, [sim.SimId], sim.SimId);
            Note(FileField.Imsi, InventoryRow.Split(sim.Imsis), sim.SimId);
            Note(FileField.Iccid, InventoryRow.Split(sim.Iccids), sim.SimId);
        }

        var planned = new List<SimPlanRow>(rows.Count);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!found.TryGetValue((row.By, row.Id), out var simId))
            {
                problems.Add(new FileProblem(row.Line, "UnknownSim", Names.InText(row.Id)));
            }
            else if (simId is null)
            {
                problems.Add(new FileProblem(row.Line, "SeveralSims", Names.InText(row.Id)));
            }
            else if (row.Also.FirstOrDefault(other => found.TryGetValue(other, out var meant) && meant is not null && meant != simId) is { Id: { } another })
            {
                // A column that was sorted without the others: nobody knows which SIM is meant.
                problems.Add(new FileProblem(row.Line, "TwoSims", Names.InText(row.Id), Names.InText(another)));
            }
            else if (!lines.TryAdd(simId, row.Line))
            {
                problems.Add(new FileProblem(row.Line, "SimTwice", Names.InText(row.Id), lines[simId].ToString(CultureInfo.CurrentCulture)));
            }
            else if (row.Changes.Count > 0)
            {
                planned.Add(new SimPlanRow(simId, row.Line, row.Changes));
            }
        }

        return planned;

        void Note(FileField by, IReadOnlyList<string> ids, string simId)
        {
            foreach (var id in ids)
            {
                if (named.Contains((by, id)))
                {
                    // Null says that it may be this one or that one.
                    found[(by, id)] = found.TryGetValue((by, id), out var other) && other != simId ? null : simId;
                }
            }
        }
    }
}
