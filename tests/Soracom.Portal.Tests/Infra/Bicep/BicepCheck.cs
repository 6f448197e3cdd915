using System.Globalization;

namespace Soracom.Portal.Tests.Infra.Bicep;

/// <summary>
/// Finds slips in Bicep where its compiler is not to be had: names that nothing declares, declarations that nothing uses, modules that are given what they don't
/// take or not given what they need, functions that don't exist. It knows no resource types: what their properties are called, only the compiler can tell.
/// </summary>
internal static class BicepCheck
{
    private static readonly string[] Types = ["string", "int", "bool", "object", "array"];

    private static readonly string[] Words = ["true", "false", "null", "if", "for", "in", "existing"];

    // Those that the templates use. Another is added here after a look at its documentation.
    private static readonly string[] Functions =
    [
        "concat", "description", "empty", "environment", "guid", "join", "json", "length", "range", "readEnvironmentVariable", "replace", "resourceGroup", "subscriptionResourceId", "take", "tenant",
        "toLower", "toObject", "union", "uniqueString",
    ];

    /// <summary>What is wrong in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="open">Finds a file by the path that a statement names; null when there is none.</param>
    public static IReadOnlyList<string> Problems(BicepFile file, Func<string, BicepFile?> open)
    {
        var problems = new List<string>();
        var isParameters = file.Statements.Any(statement => statement.Keyword == "using");
        foreach (var twice in file.Statements.Where(statement => statement.Keyword is not ("output" or "using")).GroupBy(statement => statement.Name).Where(same => same.Count() > 1))
        {
            problems.Add($"{twice.Key} is declared twice");
        }

        var declared = file.Statements.Where(statement => statement.Keyword is "var" or "resource" or "module" || (statement.Keyword == "param" && !isParameters)).DistinctBy(statement => statement.Name).ToDictionary(statement => statement.Name);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in file.Statements)
        {
            problems.AddRange(Head(statement, isParameters));
            References(statement.Value, [.. declared.Keys, .. Locals(statement.Value)], used, problems);
            Given(statement, open, problems);
            Outputs(statement.Value, declared, open, problems);
        }

        problems.AddRange(declared.Values
            .Where(statement => statement.Keyword is "param" or "var" || statement.Head.Any(token => token.Value == "existing"))
            .Where(statement => !used.Contains(statement.Name))
            .Select(statement => At(statement.Line, $"nothing uses {statement.Name}")));
        return problems;
    }

    private static IEnumerable<string> Head(BicepStatement statement, bool isParameters)
    {
        if (statement.Keyword is "output" || (statement.Keyword is "param" && !isParameters))
        {
            if (statement.Head is not [{ Kind: BicepKind.Word } type] || !Types.Contains(type.Value))
            {
                yield return At(statement.Line, $"{statement.Name} has no type that is known");
            }
        }

        if (statement.Keyword != "param" && statement.Keyword != "using" && statement.Value.Count == 0)
        {
            yield return At(statement.Line, $"{statement.Name} has no value");
        }

        if (statement.Keyword == "resource" && (statement.Path?.Split('@') is not [var kind, var version] || !kind.Contains('/', StringComparison.Ordinal) || !char.IsAsciiDigit(version.FirstOrDefault())))
        {
            yield return At(statement.Line, $"{statement.Name} is of no type with a version");
        }
    }

    private static void References(IReadOnlyList<BicepToken> tokens, IReadOnlyCollection<string> known, HashSet<string> used, List<string> problems)
    {
        for (var place = 0; place < tokens.Count; place++)
        {
            var token = tokens[place];
            foreach (var part in token.Parts)
            {
                References(part, known, used, problems);
            }

            var isMember = place > 0 && (tokens[place - 1].Is(".") || tokens[place - 1].Is(".?") || tokens[place - 1].Is("::"));
            if (token.Kind != BicepKind.Word || isMember || Words.Contains(token.Value) || BicepObject.IsKey(tokens, place))
            {
                continue;
            }

            if (place + 1 < tokens.Count && tokens[place + 1].Is("("))
            {
                if (!Functions.Contains(token.Value))
                {
                    problems.Add(At(token.Line, $"{token.Value} is no function that is known"));
                }
            }
            else if (known.Contains(token.Value))
            {
                used.Add(token.Value);
            }
            else
            {
                problems.Add(At(token.Line, $"{token.Value} is declared nowhere"));
            }
        }
    }

    /// <summary>The variables of loops and of functions that are written as they are passed.</summary>
    private static IEnumerable<string> Locals(IReadOnlyList<BicepToken> tokens)
    {
        for (var place = 0; place < tokens.Count; place++)
        {
            if (tokens[place].Value == "for" && tokens[place].Kind == BicepKind.Word)
            {
                foreach (var variable in tokens.Skip(place + 1).TakeWhile(token => token.Value != "in").Where(token => token.Kind == BicepKind.Word))
                {
                    yield return variable.Value;
                }
            }
            else if (place + 1 < tokens.Count && tokens[place + 1].Is("=>") && tokens[place].Kind == BicepKind.Word)
            {
                yield return tokens[place].Value;
            }
        }
    }

    private static void Given(BicepStatement statement, Func<string, BicepFile?> open, List<string> problems)
    {
        if (statement.Keyword != "module" || statement.Path is not { } path)
        {
            return;
        }

        if (open(path) is not { } module)
        {
            problems.Add(At(statement.Line, $"there is no {path}"));
            return;
        }

        problems.AddRange(Mismatch(BicepObject.KeysOf(statement.Value, "params"), module).Select(problem => At(statement.Line, $"{statement.Name}: {problem}")));
    }

    /// <summary>What is given and not taken, or needed and not given.</summary>
    public static IEnumerable<string> Mismatch(IReadOnlyCollection<string> given, BicepFile taker) =>
        given.Except(taker.Names("param"), StringComparer.Ordinal).Select(name => $"{name} is no parameter of it")
            .Concat(taker.Statements.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name).Except(given, StringComparer.Ordinal).Select(name => $"{name} is not given"))
            .Concat(given.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"{same.Key} is given twice"));

    private static void Outputs(IReadOnlyList<BicepToken> tokens, Dictionary<string, BicepStatement> declared, Func<string, BicepFile?> open, List<string> problems)
    {
        foreach (var part in tokens.SelectMany(token => token.Parts))
        {
            Outputs(part, declared, open, problems);
        }

        for (var place = 0; place + 3 < tokens.Count; place++)
        {
            if (tokens[place].Kind == BicepKind.Word && declared.TryGetValue(tokens[place].Value, out var statement) && statement is { Keyword: "module", Path: { } path }
                && tokens.Skip(place + 1).SkipWhile(token => token.Is("!")).Take(4).ToList() is [{ Value: "." }, { Value: "outputs" }, { Value: "." }, var output]
                && open(path) is { } module && !module.Names("output").Contains(output.Value))
            {
                problems.Add(At(output.Line, $"{statement.Name} has no output {output.Value}"));
            }
        }
    }

    private static string At(int line, string what) => string.Create(CultureInfo.InvariantCulture, $"line {line}: {what}");
}
