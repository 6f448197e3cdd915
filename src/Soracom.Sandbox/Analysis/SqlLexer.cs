using System.Text.RegularExpressions;
using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Analysis;

/// <summary>The words of a query, walked from first to last. Names and keywords are in capitals, strings without their quotes.</summary>
internal sealed partial class SqlLexer
{
    private readonly List<(char Kind, string Text)> words = [];
    private int next;

    public SqlLexer(string sql)
    {
        var end = 0;
        foreach (Match match in Word().Matches(sql))
        {
            if (match.Index != end)
            {
                throw Refused($"'{sql[end]}'");
            }

            end = match.Index + match.Length;
            if (match.Groups["text"] is { Success: true } text)
            {
                words.Add(('\'', text.Value[1..^1].Replace("''", "'", StringComparison.Ordinal)));
            }
            else if (match.Groups["number"] is { Success: true } number)
            {
                words.Add(('0', number.Value));
            }
            else if (match.Groups["name"] is { Success: true } name)
            {
                words.Add(('a', name.Value.Trim('"').ToUpperInvariant()));
            }
            else if (match.Groups["sign"] is { Success: true } sign)
            {
                words.Add(('=', sign.Value));
            }
        }

        if (end != sql.Length)
        {
            throw Refused($"'{sql[end]}'");
        }
    }

    public bool IsAtEnd => next == words.Count;

    private (char Kind, string Text) Present => IsAtEnd ? (' ', "the end") : words[next];

    /// <summary>Takes a keyword or sign if it comes next.</summary>
    public bool Take(string word)
    {
        if (Present.Kind is 'a' or '=' && Present.Text == word)
        {
            next++;
            return true;
        }

        return false;
    }

    public void Expect(string word)
    {
        if (!Take(word))
        {
            throw Refused($"'{Present.Text}' where {word} is expected");
        }
    }

    public string Name() => Of('a', "a name");

    public string? TakeText() => Present.Kind == '\'' ? words[next++].Text : null;

    public string? TakeNumber() => Present.Kind == '0' ? words[next++].Text : null;

    public string Sign() => Of('=', "an operator");

    public VendorException Unexpected() => Refused($"'{Present.Text}'");

    public static VendorException Refused(string what) => new(AnalysisErrors.BadSql, what);

    private string Of(char kind, string expected) =>
        Present.Kind == kind ? words[next++].Text : throw Refused($"'{Present.Text}' where {expected} is expected");

    [GeneratedRegex("""\G(?<space>\s+)|\G(?<text>'(''|[^'])*')|\G(?<number>[0-9]+(\.[0-9]+)?)|\G(?<name>[A-Za-z_][A-Za-z0-9_]*|"[^"]+")|\G(?<sign><=|>=|<>|!=|[=<>(),*;])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
