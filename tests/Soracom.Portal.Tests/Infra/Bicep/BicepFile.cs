using System.Globalization;

namespace Soracom.Portal.Tests.Infra.Bicep;

/// <summary>A statement: <c>param</c>, <c>var</c>, <c>resource</c>, <c>module</c>, <c>output</c> or <c>using</c>.</summary>
/// <param name="Keyword">Which of them.</param>
/// <param name="Name">What it declares; empty for <c>using</c>.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Head">What stands between name and value: a type, a path, <c>existing</c>.</param>
/// <param name="Value">What stands after the first <c>=</c>; empty where there is none.</param>
/// <param name="Decorators">What stands before it, by name: <c>secure</c>, <c>description</c>.</param>
internal sealed record BicepStatement(string Keyword, string Name, int Line, IReadOnlyList<BicepToken> Head, IReadOnlyList<BicepToken> Value, IReadOnlyList<string> Decorators)
{
    /// <summary>Whether a value has to be given to it from outside.</summary>
    public bool IsRequired => Keyword == "param" && Value.Count == 0;

    /// <summary>The first text of its head or, of <c>using</c>, of its value: a path or a type.</summary>
    public string? Path => Head.Concat(Value).FirstOrDefault(token => token.Kind == BicepKind.Text)?.Value;
}

/// <summary>A Bicep file as statements.</summary>
/// <param name="Statements">All of them, in order.</param>
internal sealed record BicepFile(IReadOnlyList<BicepStatement> Statements)
{
    private static readonly string[] Keywords = ["param", "var", "resource", "module", "output", "using"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is none; the message names the line.</exception>
    public static BicepFile Parse(string text)
    {
        var statements = new List<BicepStatement>();
        var decorators = new List<string>();
        foreach (var tokens in Split(BicepTokens.Read(text)))
        {
            if (tokens[0].Is("@"))
            {
                decorators.Add(tokens[1].Value);
                continue;
            }

            var named = tokens[0].Value != "using";
            var rest = tokens.Skip(named ? 2 : 1).ToList();
            var equals = rest.FindIndex(token => token.Is("="));
            statements.Add(new BicepStatement(
                tokens[0].Value,
                named ? tokens[1].Value : string.Empty,
                tokens[0].Line,
                equals < 0 ? rest : rest[..equals],
                equals < 0 ? [] : rest[(equals + 1)..],
                [.. decorators]));
            decorators.Clear();
        }

        return new BicepFile(statements);
    }

    /// <summary>The names that statements of a kind declare.</summary>
    public IReadOnlyList<string> Names(string keyword) => [.. Statements.Where(statement => statement.Keyword == keyword).Select(statement => statement.Name)];

    private static IEnumerable<IReadOnlyList<BicepToken>> Split(IReadOnlyList<BicepToken> tokens)
    {
        var depth = 0;
        var statement = new List<BicepToken>();
        foreach (var token in tokens)
        {
            if (depth == 0 && token.FirstOfLine)
            {
                if (!token.Is("@") && !Keywords.Contains(token.Value))
                {
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {token.Line}: {token.Value} begins no statement"));
                }

                if (statement.Count > 0)
                {
                    yield return statement;
                }

                statement = [];
            }

            depth += token.Is("{") || token.Is("[") || token.Is("(") ? 1 : token.Is("}") || token.Is("]") || token.Is(")") ? -1 : 0;
            statement.Add(token);
        }

        if (statement.Count > 0)
        {
            yield return statement;
        }
    }
}
