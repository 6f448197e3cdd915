using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>
/// Reads a CSV file of changes: a line of headers, then a line a SIM. A blank cell leaves as it is what it is about; a dash takes it
/// away. A file that the SIM list gave out is one too. All of the file is read, whatever is wrong with it.
/// </summary>
internal static class FileReader
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="values">Reads the cells.</param>
    /// <param name="now">The time.</param>
    public static FileContent Read(ReadOnlySpan<byte> bytes, FileValues values, DateTimeOffset now)
    {
        var problems = new FileProblems();
        var rows = new List<FileRow>();
        if (FileText.Read(bytes) is not { } text)
        {
            problems.Add(new FileProblem(0, "NotText"));
            return new FileContent(rows, problems);
        }

        FileColumn[]? columns = null;
        foreach (var (line, cells) in CsvText.Read(text, DelimiterOf(text)))
        {
            if (cells.Count == 0)
            {
                problems.Add(new FileProblem(line, "OpenQuote"));
                return new FileContent(rows, problems);
            }

            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (columns is null)
            {
                columns = Columns(cells, line, problems);
                if (columns is null)
                {
                    return new FileContent(rows, problems);
                }
            }
            else if (rows.Count == SimJobPlans.MostRows)
            {
                problems.Add(new FileProblem(line, "TooManyLines", SimJobPlans.MostRows.ToString("N0", CultureInfo.CurrentCulture)));
                return new FileContent(rows, problems);
            }
            else if (Row(cells, line, columns, values, now, problems) is { } row)
            {
                rows.Add(row);
            }
        }

        if (columns is null)
        {
            problems.Add(new FileProblem(0, "Blank"));
        }

        return new FileContent(rows, problems) { Columns = columns ?? [] };
    }

    private static char DelimiterOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var first = end < 0 ? text : text[..end];
        return first.Contains(',', StringComparison.Ordinal) ? ',' : first.Contains('\t', StringComparison.Ordinal) ? '\t' : first.Contains(';', StringComparison.Ordinal) ? ';' : ',';
    }

    /// <summary>The columns; null where the first line is of no use.</summary>
    private static FileColumn[]? Columns(IReadOnlyList<string> headers, int line, FileProblems problems)
    {
        var before = problems.Count;
        var columns = new List<FileColumn>();
        var listed = ListedColumns.IsListed(headers);
        foreach (var header in headers)
        {
            if (((listed ? ListedColumns.Of(header) : null) ?? FileColumn.Of(header)) is not { } column)
            {
                problems.Add(string.IsNullOrWhiteSpace(header) ? new FileProblem(line, "ColumnWithoutName") : new FileProblem(line, "UnknownColumn", Shown(header)));
            }
            else if (column.Field != FileField.Unread && columns.Exists(known => known.Field == column.Field && string.Equals(known.TagKey, column.TagKey, StringComparison.Ordinal)))
            {
                problems.Add(new FileProblem(line, "ColumnTwice", column.Header));
            }
            else
            {
                columns.Add(column);
            }
        }

        if (problems.Count == before && !columns.Exists(column => column.IsIdentity))
        {
            problems.Add(new FileProblem(line, "NoIdentity"));
        }

        if (problems.Count == before && !columns.Exists(column => column.IsChange))
        {
            problems.Add(new FileProblem(line, "NoChange"));
        }

        return problems.Count == before ? [.. columns] : null;
    }

    private static FileRow? Row(IReadOnlyList<string> cells, int line, FileColumn[] columns, FileValues values, DateTimeOffset now, FileProblems problems)
    {
        var before = problems.Count;
        if (cells.Count > columns.Length && cells.Skip(columns.Length).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            problems.Add(new FileProblem(line, "TooManyCells", Number(cells.Count), Number(columns.Length)));
            return null;
        }

        var filled = columns.Zip(cells).Select(pair => (Column: pair.First, Text: pair.Second.Trim())).Where(cell => cell.Text.Length > 0).ToList();
        var identities = filled.Where(cell => cell.Column.IsIdentity).OrderBy(cell => cell.Column.Field).ToList();
        if (identities is not [var identity, .. var others])
        {
            problems.Add(new FileProblem(line, "NoId"));
            return null;
        }

        if (FileValues.IsMangled(identity.Text))
        {
            problems.Add(new FileProblem(line, "Mangled", identity.Column.Header, Shown(identity.Text)));
            return null;
        }

        var changes = new List<SimChange>();
        var action = filled.Find(cell => cell.Column.Field == FileField.ExpiryAction).Text;
        if (action is not null && !filled.Exists(cell => cell.Column.Field == FileField.Expiry))
        {
            problems.Add(new FileProblem(line, "ActionWithoutExpiry"));
        }

        var coverage = filled.Find(cell => cell.Column.Field == FileField.Coverage).Text;
        if (coverage is not null && !SoracomCoverages.TryParseWireName(coverage, out _))
        {
            problems.Add(new FileProblem(line, "BadCoverage", Shown(coverage)));
        }

        foreach (var (column, text) in filled.Where(cell => cell.Column is { IsChange: true, Listed: null } && cell.Column.Field != FileField.ExpiryAction).OrderBy(cell => cell.Column.Field))
        {
            var (change, problem) = values.Read(column, text, action);
            if (problem is not null)
            {
                problems.Add(problem with { Line = line });
            }
            else if (change!.Wrong(now) is { } wrong)
            {
                problems.Add(new FileProblem(line, "Wrong", column.Header) { Wrong = wrong });
            }
            else
            {
                changes.Add(change);
            }
        }

        return problems.Count == before ? new FileRow(line, identity.Column.Field, CsvText.Plain(identity.Text), changes)
        {
            Coverage = coverage,
            Listed = [.. filled.Where(cell => cell.Column is { IsChange: true, Listed: not null }).Select(cell => new FileCell(cell.Column, cell.Text))],
            ExpiryAction = action,
            Also = [.. others.Select(other => (other.Column.Field, CsvText.Plain(other.Text)))],
        }
        : null;
    }

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);

    private static string Shown(string text) => Names.InText(text);
}
