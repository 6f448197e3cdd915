using System.Buffers;
using System.Globalization;
using System.Text;

namespace Soracom.Portal.Shared.Text;

/// <summary>Cells of CSV files for spreadsheets, which calculate what looks like a formula: then a name that somebody else chose could do harm.</summary>
public static class CsvText
{
    private static readonly SearchValues<char> Parting = SearchValues.Create("\",;\t\r\n");

    /// <summary>Whether a spreadsheet would calculate a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>True when it begins like a formula.</returns>
    public static bool IsFormula(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..];
    }

    /// <summary>A cell that no spreadsheet calculates: with an apostrophe ahead, where it looks like a formula.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The cell.</returns>
    public static string Harmless(string cell) => IsFormula(cell) || HasMark(cell) ? $"'{cell}" : cell;

    /// <summary>What <see cref="Harmless"/> was given.</summary>
    /// <param name="cell">A cell, perhaps with an apostrophe ahead.</param>
    /// <returns>The cell without it.</returns>
    public static string Plain(string cell) => HasMark(cell) ? cell[1..] : cell;

    private static bool HasMark(string cell) => cell.StartsWith('\'') && IsFormula(cell.TrimStart('\''));

    /// <summary>A line of a CSV file (RFC 4180), without its end.</summary>
    /// <param name="cells">The cells.</param>
    /// <returns>The line.</returns>
    public static string Line(IEnumerable<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return string.Join(',', cells.Select(Quoted));
    }

    /// <summary>A line of a file that the portal gives out, with its end: no spreadsheet calculates any of its cells.</summary>
    /// <param name="cells">The cells.</param>
    /// <returns>The line.</returns>
    public static string Row(IEnumerable<string> cells) => $"{Line(cells.Select(Harmless))}\r\n";

    /// <summary>The same where cells may be amounts: one below nothing stays a number, as it would be left out of every sum as a text.</summary>
    /// <param name="cells">The cells.</param>
    /// <returns>The line.</returns>
    public static string RowWithAmounts(IEnumerable<string> cells) => $"{Line(cells.Select(cell => IsAmount(cell) ? cell : Harmless(cell)))}\r\n";

    /// <summary>Writes a file that the portal gives out: UTF-8 with a byte order mark, without which Excel takes it for the machine's own code page.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <returns>The writer.</returns>
    public static StreamWriter WriterTo(Stream output) => new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);

    /// <summary>Reads a CSV file (RFC 4180) with any of the line ends that there are. A quote within a cell that begins without one is a quote: people write inches.</summary>
    /// <param name="text">The file.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <returns>The lines with the numbers at which they begin, from 1 on; a last one without cells where a quote is opened and never closed.</returns>
    public static IEnumerable<CsvLine> Read(string text, char delimiter)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cells = new List<string>();
        var (at, number) = (0, 1);
        while (at < text.Length)
        {
            var begun = number;
            cells.Clear();
            while (true)
            {
                var cell = at < text.Length && text[at] == '"' ? QuotedCell(text, delimiter, ref at, ref number) : PlainCell(text, delimiter, ref at);
                if (cell is null)
                {
                    yield return new CsvLine(begun, []);
                    yield break;
                }

                cells.Add(cell);
                if (at == text.Length || text[at] != delimiter)
                {
                    break;
                }

                at++;
            }

            at += at < text.Length && text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            number++;
            yield return new CsvLine(begun, [.. cells]);
        }
    }

    private static bool IsAmount(string cell) =>
        cell is ['-', >= '0' and <= '9', ..] && decimal.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    // Also what parts cells elsewhere: where the comma is the decimal sign, Excel parts them at semicolons, and what follows one would be a cell of its own.
    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(Parting) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string PlainCell(string text, char delimiter, ref int at)
    {
        var length = text.AsSpan(at).IndexOfAny(delimiter, '\r', '\n');
        var cell = length < 0 ? text[at..] : text.Substring(at, length);
        at += cell.Length;
        return cell;
    }

    /// <returns>The cell; null when its quote is never closed.</returns>
    private static string? QuotedCell(string text, char delimiter, ref int at, ref int number)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                // A line end of two characters is one.
                number += text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')) ? 1 : 0;
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                at++;
                return cell.Append(PlainCell(text, delimiter, ref at)).ToString();
            }
        }

        return null;
    }
}

/// <summary>A line of a CSV file.</summary>
/// <param name="Number">The number at which it begins; cells may hold line ends.</param>
/// <param name="Cells">Its cells.</param>
public sealed record CsvLine(int Number, IReadOnlyList<string> Cells);
