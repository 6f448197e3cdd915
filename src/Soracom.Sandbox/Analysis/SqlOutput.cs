namespace Soracom.Sandbox.Analysis;

/// <summary>A column of a result: one of the table, or what comes of many rows.</summary>
internal sealed class SqlOutput
{
    private readonly Func<List<object?[]>, object?> of;

    public SqlOutput(AnalysisColumn column, int index)
    {
        Column = column;
        of = rows => rows.Count == 0 ? null : rows[0][index];
    }

    private SqlOutput(AnalysisColumn column, Func<List<object?[]>, object?> of)
    {
        Column = column;
        this.of = of;
        IsAggregate = true;
    }

    public AnalysisColumn Column { get; }

    public bool IsAggregate { get; }

    public object? Of(List<object?[]> rows) => of(rows);

    /// <param name="function">COUNT, MIN or MAX.</param>
    /// <param name="distinct">Whether equal values count once.</param>
    /// <param name="index">The column; null for all of them, which only COUNT takes.</param>
    /// <param name="table">The table.</param>
    /// <param name="alias">The result's name, if it is given one.</param>
    public static SqlOutput Aggregate(string function, bool distinct, int? index, AnalysisTable table, string? alias)
    {
        var source = index is { } known ? table.Columns[known] : null;
        return (function, source) switch
        {
            ("COUNT", _) => new(
                new AnalysisColumn(alias ?? "COUNT", "int64", "FIXED", ""),
                rows => (long)(index is not { } column ? rows.Count : distinct ? Values(rows, column).Distinct().Count() : Values(rows, column).Count())),
            ("MIN", not null) => new(source with { Name = alias ?? "MIN" }, rows => Values(rows, index!.Value).Order(SqlValues.Order).FirstOrDefault()),
            ("MAX", not null) => new(source with { Name = alias ?? "MAX" }, rows => Values(rows, index!.Value).OrderDescending(SqlValues.Order).FirstOrDefault()),
            _ => throw SqlLexer.Refused($"function {function}"),
        };
    }

    private static IEnumerable<object> Values(List<object?[]> rows, int column) => rows.Select(row => row[column]).OfType<object>();
}
