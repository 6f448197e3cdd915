using System.Globalization;
using System.Text;

namespace Soracom.Portal.Tests.Infra.Bicep;

/// <summary>Takes Bicep apart. Strict: what it does not know is an error, and so is a bracket without its other half.</summary>
internal sealed class BicepTokens
{
    private const string Pairs = "{}[]()";

    // Longest first.
    private static readonly string[] Signs =
        ["=>", "==", "!=", "<=", ">=", "&&", "||", "??", "::", ".?", "{", "}", "[", "]", "(", ")", ",", ":", ".", "=", "?", "!", "@", "+", "-", "*", "/", "%", "<", ">"];

    private readonly string text;
    private int at;
    private int line = 1;
    private bool first = true;

    private BicepTokens(string text) => this.text = text;

    /// <summary>All tokens of a file.</summary>
    /// <exception cref="FormatException">It can't be taken apart; the message names the line.</exception>
    public static IReadOnlyList<BicepToken> Read(string text)
    {
        var reader = new BicepTokens(text.ReplaceLineEndings("\n"));
        return reader.ReadUntil(closing: null);
    }

    private List<BicepToken> ReadUntil(char? closing)
    {
        var tokens = new List<BicepToken>();
        var open = new Stack<(char Sign, int Line)>();
        while (SkipToNext())
        {
            if (open.Count == 0 && text[at] == closing)
            {
                at++;
                return tokens;
            }

            var token = Next();
            first = false;
            tokens.Add(token);
            if (token.Kind == BicepKind.Sign && token.Value.Length == 1 && Pairs.IndexOf(token.Value[0], StringComparison.Ordinal) is >= 0 and var pair)
            {
                if (pair % 2 == 0)
                {
                    open.Push((token.Value[0], token.Line));
                }
                else if (!open.TryPop(out var opened) || Pairs[pair - 1] != opened.Sign)
                {
                    throw Fault(token.Line, $"{token.Value} closes nothing");
                }
            }
        }

        return (open.Count, closing) switch
        {
            (not 0, _) => throw Fault(open.Peek().Line, $"{open.Peek().Sign} is not closed"),
            (_, not null) => throw Fault(line, "an expression in a text is not closed"),
            _ => tokens,
        };
    }

    private bool SkipToNext()
    {
        while (at < text.Length)
        {
            if (text[at] == '\n')
            {
                line++;
                first = true;
                at++;
            }
            else if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (Ahead("//"))
            {
                at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private BicepToken Next()
    {
        var letter = text[at];
        if (letter == '\'')
        {
            return Text();
        }

        if (char.IsAsciiLetter(letter) || letter == '_')
        {
            return Token(BicepKind.Word, While(next => char.IsAsciiLetterOrDigit(next) || next == '_'));
        }

        if (char.IsAsciiDigit(letter))
        {
            return Token(BicepKind.Number, While(char.IsAsciiDigit));
        }

        var sign = Array.Find(Signs, Ahead) ?? throw Fault(line, $"{letter} is nothing that is known");
        at += sign.Length;
        return Token(BicepKind.Sign, sign);
    }

    private BicepToken Text()
    {
        var (began, wasFirst) = (line, first);
        var value = new StringBuilder();
        var parts = new List<IReadOnlyList<BicepToken>>();
        for (at++; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == '\'')
            {
                at++;
                return new BicepToken(BicepKind.Text, value.ToString(), began, wasFirst, parts);
            }

            if (Ahead("${"))
            {
                at += 2;
                parts.Add(ReadUntil('}'));
                value.Append("${}");
                at--;
            }
            else
            {
                at += text[at] == '\\' ? 1 : 0;
                value.Append(at < text.Length ? text[at] : '\\');
            }
        }

        throw Fault(began, "a text is not closed");
    }

    private string While(Func<char, bool> belongs)
    {
        var begin = at;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return text[begin..at];
    }

    private bool Ahead(string expected) => string.CompareOrdinal(text, at, expected, 0, expected.Length) == 0;

    private BicepToken Token(BicepKind kind, string value) => new(kind, value, line, first, []);

    private static FormatException Fault(int line, string what) => new(string.Create(CultureInfo.InvariantCulture, $"line {line}: {what}"));
}
