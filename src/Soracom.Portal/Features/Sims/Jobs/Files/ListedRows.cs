using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>
/// Lines that come from the SIM list: they hold everything, so that what they ask for is what is not as the list would write it now.
/// </summary>
/// <param name="coverage">The coverage that the job is about.</param>
/// <param name="values">Reads the cells.</param>
/// <param name="now">The time.</param>
/// <param name="problems">Gets what can't be used.</param>
internal sealed class ListedRows(string coverage, FileValues values, DateTimeOffset now, FileProblems problems)
{
    /// <summary>Finds out what lines ask for.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="rows">The lines, those that come from nowhere else among them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines but for those of the other coverage, of which nothing may be asked.</returns>
    public async Task<IReadOnlyList<FileRow>> ReadAsync(PortalDbContext db, IReadOnlyList<FileRow> rows, CancellationToken cancellationToken)
    {
        var listed = rows.Where(row => row.IsListed).ToLookup(row => (Coverage: row.Coverage ?? coverage, SimId: row.Id));
        if (listed.Count == 0)
        {
            return rows;
        }

        var coverages = listed.Select(row => row.Key.Coverage).Distinct(StringComparer.Ordinal).ToList();
        var asked = new Dictionary<int, IReadOnlyList<SimChange>>();
        var unchanged = new HashSet<int>();
        await foreach (var sim in db.InventorySims.AsNoTracking().Where(sim => coverages.Contains(sim.Coverage) && sim.GoneAt == null).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var row in listed[(sim.Coverage, sim.SimId)])
            {
                if (!IsElsewhere(row))
                {
                    asked[row.Line] = Changes(row, sim);
                }
                else if (row.Changes.Count == 0 && row.Listed.All(cell => IsAsListed(cell, sim)))
                {
                    unchanged.Add(row.Line);
                }
            }
        }

        foreach (var row in rows.Where(row => IsElsewhere(row) && !unchanged.Contains(row.Line)))
        {
            problems.Add(new FileProblem(row.Line, "OtherCoverage", Names.InText(row.Id), row.Coverage!));
        }

        return [.. rows.Where(row => !IsElsewhere(row)).Select(row => asked.TryGetValue(row.Line, out var changes) ? row with { Changes = changes } : row)];
    }

    private static bool IsAsListed(FileCell cell, InventorySim sim)
    {
        var text = SimCellText.Of(sim, cell.Column.Listed!.Value);
        return string.Equals(cell.Text, CsvText.Harmless(text).Trim(), StringComparison.Ordinal)
            || (string.Equals(cell.Text, text.Trim(), StringComparison.Ordinal) && cell.Text != FileValues.None);
    }

    private bool IsElsewhere(FileRow row) => row.Coverage is { } other && !string.Equals(other, coverage, StringComparison.Ordinal);

    private IReadOnlyList<SimChange> Changes(FileRow row, InventorySim sim)
    {
        var changes = new List<SimChange>(row.Changes);
        foreach (var cell in row.Listed.Where(cell => !IsAsListed(cell, sim) || (cell.Column.Field == FileField.Expiry && row.ExpiryAction is not null)))
        {
            foreach (var (change, problem) in cell.Column.Field == FileField.Tags ? Tags(cell.Text, sim) : [values.Read(cell.Column, cell.Text, ExpiryAction(row, cell, sim))])
            {
                if (problem is not null)
                {
                    problems.Add(problem with { Line = row.Line });
                }
                else if (change!.Wrong(now) is { } wrong)
                {
                    problems.Add(new FileProblem(row.Line, "Wrong", cell.Column.Header) { Wrong = wrong });
                }
                else
                {
                    changes.Add(change);
                }
            }
        }

        // A status may be the last that a SIM takes.
        return [.. changes.OrderBy(change => change is SimStatusChange or SimTermination)];
    }

    /// <summary>Another time of expiry keeps what happens then.</summary>
    private static string? ExpiryAction(FileRow row, FileCell cell, InventorySim sim) =>
        row.ExpiryAction ?? (sim.ExpiryAction.Length == 0 || cell.Text == FileValues.None ? null : sim.ExpiryAction);

    private static IEnumerable<(SimChange? Change, FileProblem? Problem)> Tags(string cell, InventorySim sim)
    {
        var present = InventoryRow.TagsOf(sim);
        var wanted = cell == FileValues.None ? new Dictionary<string, string>(StringComparer.Ordinal) : TagsText.Parse(CsvText.Plain(cell));
        return wanted is null
            ? [(null, new FileProblem(0, "BadTags", Names.InText(cell)))]
            :
            [
                .. wanted.Where(tag => !present.TryGetValue(tag.Key, out var value) || !string.Equals(value, tag.Value, StringComparison.Ordinal))
                    .Select(tag => ((SimChange?)new SimTagChange(tag.Key, tag.Value), (FileProblem?)null)),
                .. present.Keys.Where(key => !wanted.ContainsKey(key)).Select(key => ((SimChange?)new SimTagRemoval(key), (FileProblem?)null)),
            ];
    }
}
