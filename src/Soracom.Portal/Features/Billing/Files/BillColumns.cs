using System.Collections.Frozen;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>
/// Which column of a detailed file is which. The vendor's columns vary: they are known by name, and those that are not known stay in the file. They come
/// first, each once: behind them stand the group and a column for every tag, which people call what they like, such as sim_id or currency.
/// </summary>
internal sealed class BillColumns
{
    private static readonly FrozenDictionary<string, BillColumn> Names = new Dictionary<string, BillColumn>(StringComparer.Ordinal)
    {
        ["simid"] = BillColumn.SimId,
        ["imsi"] = BillColumn.Imsi,
        ["date"] = BillColumn.Date,
        ["yearmonth"] = BillColumn.Date,
        ["yearmonthday"] = BillColumn.Date,
        ["billitemname"] = BillColumn.Item,
        ["itemname"] = BillColumn.Item,
        ["billitemcategory"] = BillColumn.Category,
        ["unitprice"] = BillColumn.UnitPrice,
        ["quantity"] = BillColumn.Quantity,
        ["amount"] = BillColumn.Amount,
        ["currency"] = BillColumn.Currency,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly int[] places = new int[Enum.GetValues<BillColumn>().Length];

    private BillColumns() => Array.Fill(places, -1);

    /// <summary>How many cells a row has.</summary>
    public int Count { get; private init; }

    /// <summary>The columns that nobody knows, as they are called.</summary>
    public IReadOnlyList<string> Others { get; private init; } = [];

    /// <summary>Whether rows tell amounts.</summary>
    public bool HasAmounts => Has(BillColumn.Amount);

    /// <summary>Whether rows tell what they are for.</summary>
    public bool HasItems => Has(BillColumn.Item);

    private bool TellsWhatFor => Has(BillColumn.Item) && (Has(BillColumn.Imsi) || Has(BillColumn.SimId));

    /// <summary>Reads the heads of columns. Of two with the same name the first counts, and the other is one that nobody knows.</summary>
    /// <param name="heads">The heads.</param>
    public static BillColumns Of(IReadOnlyList<string> heads)
    {
        var others = new List<string>();
        var columns = new BillColumns { Count = heads.Count, Others = others };
        var ended = false;
        for (var i = 0; i < heads.Count; i++)
        {
            var isOne = Names.TryGetValue(Plain(heads[i]), out var column) && !columns.Has(column);
            // Once the amount is there with what it is for, the vendor's columns are at their end: but for the currency beside it, others are tags.
            ended |= columns.HasAmounts && (!isOne || (columns.TellsWhatFor && column != BillColumn.Currency));
            if (isOne && !ended)
            {
                columns.places[(int)column] = i;
            }
            else
            {
                others.Add(heads[i].Trim());
            }
        }

        return columns;
    }

    /// <summary>A row's cell of a column; empty where the file has none of it.</summary>
    public string Cell(IReadOnlyList<string> cells, BillColumn column) => places[(int)column] is >= 0 and var place && place < cells.Count ? cells[place].Trim() : "";

    private bool Has(BillColumn column) => places[(int)column] >= 0;

    private static string Plain(string head) => string.Concat(head.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

/// <summary>A column of a detailed file.</summary>
internal enum BillColumn
{
    /// <summary>The SIM.</summary>
    SimId,

    /// <summary>The SIM by its IMSI.</summary>
    Imsi,

    /// <summary>The day, or the month for what is charged by the month.</summary>
    Date,

    /// <summary>The bill item.</summary>
    Item,

    /// <summary>The bill item's category.</summary>
    Category,

    /// <summary>The price of one.</summary>
    UnitPrice,

    /// <summary>How many.</summary>
    Quantity,

    /// <summary>What the row costs, net.</summary>
    Amount,

    /// <summary>In which currency.</summary>
    Currency,
}
