using System.Text;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>
/// Reads a CSV file of any size row by row, with memory that does not grow with it. A row that is too long, or opens a quote and never closes it,
/// is given out without cells, and the next line is read as a row of its own: a broken row costs itself and no other.
/// </summary>
/// <param name="text">The file.</param>
internal sealed class BillRows(TextReader text)
{
    /// <summary>The longest line, in characters.</summary>
    public const int MostLength = 64 * 1024;

    /// <summary>The most lines that one row may span.</summary>
    private const int MostLines = 100;

    private readonly char[] buffer = new char[16 * 1024];
    private readonly StringBuilder line = new();
    private readonly Queue<RowLine> ahead = new();
    private int at;
    private int end;
    private int number;
    private bool afterReturn;

    /// <summary>Reads the next row; empty lines are none.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The row, without cells where it can't be understood; null at the end.</returns>
    public async ValueTask<Shared.Text.CsvLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is { } first)
        {
            if (first.Text is null)
            {
                return new Shared.Text.CsvLine(first.Number, []);
            }

            if (first.Text.Length > 0)
            {
                return await WholeAsync(first, first.Text, cancellationToken);
            }
        }

        return null;
    }

    private static IReadOnlyList<string> Cells(string row) => Shared.Text.CsvText.Read(row, ',').First().Cells;

    /// <summary>A row that may go on in the lines that follow.</summary>
    private async ValueTask<Shared.Text.CsvLine> WholeAsync(RowLine first, string row, CancellationToken cancellationToken)
    {
        var taken = new List<RowLine>();
        while (true)
        {
            if (Cells(row) is { Count: > 0 } cells)
            {
                return new Shared.Text.CsvLine(first.Number, cells);
            }

            if (taken.Count == MostLines || row.Length > MostLength || await NextAsync(cancellationToken) is not { } next)
            {
                break;
            }

            taken.Add(next);
            if (next.Text is null)
            {
                break;
            }

            row = $"{row}\n{next.Text}";
        }

        // What was taken for the rest of it is read again as rows of their own.
        RowLine[] rest = [.. taken, .. ahead];
        ahead.Clear();
        Array.ForEach(rest, ahead.Enqueue);
        return new Shared.Text.CsvLine(first.Number, []);
    }

    private async ValueTask<RowLine?> NextAsync(CancellationToken cancellationToken)
    {
        if (ahead.TryDequeue(out var waiting))
        {
            return waiting;
        }

        line.Clear();
        var (begun, tooLong) = (false, false);
        while (true)
        {
            if (at == end)
            {
                (at, end) = (0, await text.ReadAsync(buffer, cancellationToken));
                if (end == 0)
                {
                    return begun ? Line(tooLong) : null;
                }
            }

            if (afterReturn)
            {
                afterReturn = false;
                if (buffer[at] == '\n' && ++at == end)
                {
                    continue;
                }
            }

            begun = true;
            var length = buffer.AsSpan(at, end - at).IndexOfAny('\r', '\n');
            var taken = length < 0 ? end - at : length;
            tooLong |= line.Length + taken > MostLength;
            if (!tooLong)
            {
                line.Append(buffer, at, taken);
            }

            at += taken;
            if (length >= 0)
            {
                afterReturn = buffer[at++] == '\r';
                return Line(tooLong);
            }
        }
    }

    private RowLine Line(bool tooLong) => new(++number, tooLong ? null : line.ToString());

    /// <param name="Number">From 1 on.</param>
    /// <param name="Text">Null for one that is too long.</param>
    private sealed record RowLine(int Number, string? Text);
}
