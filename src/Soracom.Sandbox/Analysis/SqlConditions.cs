using System.Globalization;

namespace Soracom.Sandbox.Analysis;

/// <summary>Conditions: comparisons of a column with a constant, LIKE, IN and IS NULL, joined by AND, OR, NOT and brackets.</summary>
/// <param name="words">The query.</param>
/// <param name="indexOf">Finds a column.</param>
internal sealed class SqlConditions(SqlLexer words, Func<string, int> indexOf)
{
    /// <summary>Brackets within brackets beyond this are refused.</summary>
    private const int Deepest = 50;

    private int depth;

    public Func<object?[], bool> Parse()
    {
        var left = And();
        while (words.Take("OR"))
        {
            var (one, other) = (left, And());
            left = row => one(row) || other(row);
        }

        return left;
    }

    private Func<object?[], bool> And()
    {
        var left = Not();
        while (words.Take("AND"))
        {
            var (one, other) = (left, Not());
            left = row => one(row) && other(row);
        }

        return left;
    }

    private Func<object?[], bool> Not()
    {
        if (++depth > Deepest)
        {
            throw SqlLexer.Refused("so many brackets");
        }

        try
        {
            if (words.Take("NOT"))
            {
                var inner = Not();
                return row => !inner(row);
            }

            if (!words.Take("("))
            {
                return Comparison();
            }

            var bracket = Parse();
            words.Expect(")");
            return bracket;
        }
        finally
        {
            depth--;
        }
    }

    private Func<object?[], bool> Comparison()
    {
        var column = indexOf(words.Name());
        if (words.Take("IS"))
        {
            var isNot = words.Take("NOT");
            words.Expect("NULL");
            return row => row[column] is null != isNot;
        }

        if (words.Take("LIKE"))
        {
            var pattern = words.TakeText() ?? throw words.Unexpected();
            return row => row[column] is string text && SqlValues.IsLike(text, pattern);
        }

        if (words.Take("IN"))
        {
            var values = new List<object>();
            words.Expect("(");
            do
            {
                values.Add(Constant());
            }
            while (words.Take(","));

            words.Expect(")");
            return row => values.Exists(value => SqlValues.Compare(row[column], value) == 0);
        }

        var sign = words.Sign();
        var constant = Constant();
        return sign switch
        {
            "=" => row => SqlValues.Compare(row[column], constant) == 0,
            "<>" or "!=" => row => SqlValues.Compare(row[column], constant) is not (0 or null),
            "<" => row => SqlValues.Compare(row[column], constant) < 0,
            "<=" => row => SqlValues.Compare(row[column], constant) <= 0,
            ">" => row => SqlValues.Compare(row[column], constant) > 0,
            ">=" => row => SqlValues.Compare(row[column], constant) >= 0,
            _ => throw SqlLexer.Refused($"'{sign}'"),
        };
    }

    private object Constant() =>
        words.TakeText() is { } text ? text
        : words.TakeNumber() is { } number ? decimal.Parse(number, CultureInfo.InvariantCulture)
        : words.Take("TRUE") ? true
        : words.Take("FALSE") ? false
        : throw words.Unexpected();
}
