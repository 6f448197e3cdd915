using System.Text;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>
/// A detailed file for spreadsheets. It holds what people called their SIMs, groups and tags: where that looks like a formula, it stands as a text
/// here. What the vendor wrote is kept as it is, beside it.
/// </summary>
internal static class BillFileCopy
{
    /// <summary>
    /// Writes the copy, row by row. Rows that can't be told apart into cells are left out. Others that were left out of what the file adds up to, as those in another currency, are in it. Of all of
    /// these the lines are told beside the file.
    /// </summary>
    /// <param name="original">The file; disposed afterwards.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task WriteAsync(Stream original, Stream output, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(original, Encoding.UTF8);
        var rows = new BillRows(text);
        await using var copy = CsvText.WriterTo(output);
        while (await rows.ReadAsync(cancellationToken) is { } row)
        {
            if (row.Cells.Count > 0)
            {
                await copy.WriteAsync(CsvText.RowWithAmounts(row.Cells).AsMemory(), cancellationToken);
            }
        }

        await copy.FlushAsync(cancellationToken);
    }
}
