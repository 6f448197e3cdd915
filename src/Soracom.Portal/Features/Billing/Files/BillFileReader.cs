using System.Globalization;
using System.Text;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>Adds a detailed file up by bill item and by SIM, row by row. Rows that can't be understood are told by the lines at which they begin, and left out.</summary>
internal static class BillFileReader
{
    /// <summary>How many lines of rows that were left out are told.</summary>
    public const int MostLinesTold = 20;

    /// <summary>Reads a file to its end.</summary>
    /// <param name="content">The file: UTF-8, with a byte order mark or without.</param>
    /// <param name="currency">What the account is billed in: a row that says otherwise is left out, as amounts of different currencies are never added up.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<BillFileSums> ReadAsync(Stream content, string currency, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        var rows = new BillRows(text);
        var sums = new BillFileSums();
        if (await rows.ReadAsync(cancellationToken) is not { } head)
        {
            return sums;
        }

        var columns = BillColumns.Of(head.Cells);
        (sums.OtherColumns, sums.HasAmounts) = (columns.Others, columns.HasAmounts);
        while (await rows.ReadAsync(cancellationToken) is { } row)
        {
            if (AmountOf(columns, row, currency) is { } amount)
            {
                Add(sums, columns, row.Cells, amount);
            }
            else
            {
                sums.LeaveOut(row.Number);
            }
        }

        return sums;
    }

    /// <returns>Null for a row that can't be understood.</returns>
    private static decimal? AmountOf(BillColumns columns, CsvLine row, string currency)
    {
        if (row.Cells.Count == 0 || row.Cells.Count > columns.Count || (columns.Cell(row.Cells, BillColumn.Currency) is { Length: > 0 } told && !string.Equals(told, currency, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        // Where no amounts are told at all, rows are counted alone.
        return !columns.HasAmounts ? 0
            : decimal.TryParse(columns.Cell(row.Cells, BillColumn.Amount), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount)
            && decimal.Abs(amount) <= BillAmounts.Most ? amount : null;
    }

    private static void Add(BillFileSums sums, BillColumns columns, IReadOnlyList<string> cells, decimal amount)
    {
        sums.Rows++;
        sums.Total += amount;
        if (columns.HasItems)
        {
            // A row that does not say what it is for is part of the bill all the same.
            var item = BillLines.NameOf(columns.Cell(cells, BillColumn.Item));
            var known = sums.Items.GetValueOrDefault(item);
            sums.Items[item] = (known.Amount + amount, known.Category is { Length: > 0 } category ? category : BillAmounts.Word(columns.Cell(cells, BillColumn.Category)));
        }

        var simId = columns.Cell(cells, BillColumn.SimId) is { Length: > 0 and <= BillLine.KeyLength } told ? told : null;
        if (columns.Cell(cells, BillColumn.Imsi) is { Length: > 0 and <= BillLine.KeyLength } imsi)
        {
            var known = sums.Imsis.GetValueOrDefault(imsi);
            sums.Imsis[imsi] = (known.Amount + amount, known.SimId ?? simId);
        }
        else if (simId is not null)
        {
            sums.Sims[simId] = sums.Sims.GetValueOrDefault(simId) + amount;
        }
    }
}

/// <summary>What a detailed file adds up to.</summary>
internal sealed class BillFileSums
{
    /// <summary>How many rows were understood.</summary>
    public long Rows { get; set; }

    /// <summary>How many were left out.</summary>
    public long BadRows { get; private set; }

    /// <summary>The lines at which the first of them begin.</summary>
    public List<int> BadLines { get; } = [];

    /// <summary>The columns that nobody knows.</summary>
    public IReadOnlyList<string> OtherColumns { get; set; } = [];

    /// <summary>Whether rows tell amounts.</summary>
    public bool HasAmounts { get; set; }

    /// <summary>What all rows add up to, net.</summary>
    public decimal Total { get; set; }

    /// <summary>By bill item.</summary>
    public Dictionary<string, (decimal Amount, string? Category)> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>By SIM, where the file names them by their ids alone.</summary>
    public Dictionary<string, decimal> Sims { get; } = new(StringComparer.Ordinal);

    /// <summary>By IMSI, with the SIM's id where the file tells that too.</summary>
    public Dictionary<string, (decimal Amount, string? SimId)> Imsis { get; } = new(StringComparer.Ordinal);

    /// <summary>Leaves a row out.</summary>
    /// <param name="line">The line at which it begins.</param>
    public void LeaveOut(int line)
    {
        BadRows++;
        if (BadLines.Count < BillFileReader.MostLinesTold)
        {
            BadLines.Add(line);
        }
    }
}
