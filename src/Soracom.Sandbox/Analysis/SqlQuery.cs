using System.Globalization;

namespace Soracom.Sandbox.Analysis;

/// <summary>
/// A query: SELECT of columns and aggregates FROM one table, with WHERE, GROUP BY, ORDER BY and LIMIT. The service takes far more; what is
/// not understood is refused rather than answered wrongly.
/// </summary>
internal sealed class SqlQuery
{
    private readonly SqlLexer words;
    private readonly List<SqlOutput> outputs = [];
    private readonly List<int> groupBy = [];
    private readonly List<(int Output, bool Descending)> orderBy = [];
    private Func<object?[], bool> matches = _ => true;
    private int limit = int.MaxValue;

    private SqlQuery(string sql)
    {
        words = new SqlLexer(sql);
        Table = null!;
    }

    public AnalysisTable Table { get; private set; }

    public IReadOnlyList<AnalysisColumn> Columns => [.. outputs.Select(output => output.Column)];

    public static SqlQuery Parse(string sql)
    {
        var query = new SqlQuery(sql);
        query.Parse();
        return query;
    }

    public IReadOnlyList<object?[]> Run(IEnumerable<object?[]> rows)
    {
        var found = rows.Where(matches);
        IEnumerable<object?[]> results = groupBy.Count == 0 && !outputs.Exists(output => output.IsAggregate)
            ? found.Select(row => Result([row]))
            : Groups(found).Select(Result);
        var ordered = results.ToList();
        foreach (var (output, descending) in Enumerable.Reverse(orderBy))
        {
            ordered = [.. descending ? ordered.OrderByDescending(row => row[output], SqlValues.Order) : ordered.OrderBy(row => row[output], SqlValues.Order)];
        }

        return ordered.Count <= limit ? ordered : ordered[..limit];
    }

    private IEnumerable<List<object?[]>> Groups(IEnumerable<object?[]> rows)
    {
        if (groupBy.Count == 0)
        {
            return [[.. rows]];
        }

        return rows.GroupBy(row => string.Join('\u0001', groupBy.Select(column => SqlValues.Text(row[column]))), StringComparer.Ordinal).Select(group => group.ToList());
    }

    private object?[] Result(List<object?[]> rows) => [.. outputs.Select(output => output.Of(rows))];

    private void Parse()
    {
        words.Expect("SELECT");
        var selected = new List<(string? Function, bool Distinct, string? Column, string? Alias)>();
        do
        {
            selected.Add(Selected());
        }
        while (words.Take(","));

        words.Expect("FROM");
        var name = words.Name();
        Table = AnalysisTable.All.FirstOrDefault(table => table.Name == name) ?? throw SqlLexer.Refused($"table {name}");
        if (words.Take("WHERE"))
        {
            matches = new SqlConditions(words, Index).Parse();
        }

        if (words.Take("GROUP"))
        {
            words.Expect("BY");
            List(() => groupBy.Add(Index(words.Name())));
        }

        foreach (var one in selected)
        {
            AddOutputs(one);
        }

        if (words.Take("ORDER"))
        {
            words.Expect("BY");
            List(AddOrder);
        }

        if (words.Take("LIMIT"))
        {
            limit = words.TakeNumber() is { } number && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : throw words.Unexpected();
        }

        words.Take(";");
        if (!words.IsAtEnd)
        {
            throw words.Unexpected();
        }
    }

    private (string? Function, bool Distinct, string? Column, string? Alias) Selected()
    {
        if (words.Take("*"))
        {
            return (null, false, null, null);
        }

        var name = words.Name();
        string? function = null;
        var distinct = false;
        if (words.Take("("))
        {
            function = name;
            distinct = words.Take("DISTINCT");
            name = words.Take("*") ? null : words.Name();
            words.Expect(")");
        }

        return (function, distinct, name, words.Take("AS") ? words.Name() : null);
    }

    private void AddOutputs((string? Function, bool Distinct, string? Column, string? Alias) selected)
    {
        var (function, distinct, column, alias) = selected;
        if (function is null)
        {
            var columns = column is null ? Enumerable.Range(0, Table.Columns.Count) : [Index(column)];
            outputs.AddRange(columns.Select(index => new SqlOutput(Table.Columns[index] with { Name = alias ?? Table.Columns[index].Name }, index)));
        }
        else
        {
            outputs.Add(SqlOutput.Aggregate(function, distinct, column is null ? null : Index(column), Table, alias));
        }
    }

    private void AddOrder()
    {
        var name = words.Name();
        var output = outputs.FindIndex(one => one.Column.Name == name);
        orderBy.Add((output >= 0 ? output : throw SqlLexer.Refused($"ORDER BY {name}, which is not selected"), words.Take("DESC")));
        words.Take("ASC");
    }

    private void List(Action one)
    {
        do
        {
            one();
        }
        while (words.Take(","));
    }

    private int Index(string column)
    {
        for (var i = 0; i < Table.Columns.Count; i++)
        {
            if (Table.Columns[i].Name == column)
            {
                return i;
            }
        }

        throw SqlLexer.Refused($"column {column}");
    }
}
