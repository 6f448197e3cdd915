using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace Soracom.Portal.Tests.Resources;

/// <summary>
/// Reads the markup of a component as far as it takes to find words that are written into it: text between tags, and attributes that a
/// reader sees or hears. What is C# is left out, and so are code, styles and scripts.
/// </summary>
internal sealed class MarkupLiterals
{
    /// <summary>Attributes and parameters that are words for people.</summary>
    private static readonly FrozenSet<string> Worded = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "title", "alt", "placeholder", "label", "text", "caption", "tooltip", "summary", "lead", "aria-label", "ariaLabel", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext");

    private static readonly FrozenSet<string> Blocks = FrozenSet.Create(StringComparer.Ordinal, "if", "for", "foreach", "while", "switch", "lock", "try", "do", "code", "functions", "else", "catch", "finally");

    private static readonly FrozenSet<string> Directives = FrozenSet.Create(
        StringComparer.Ordinal, "page", "attribute", "inject", "inherits", "implements", "layout", "typeparam", "namespace", "rendermode", "preservewhitespace");

    private static readonly FrozenSet<string> Void = FrozenSet.Create(
        StringComparer.Ordinal, "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private readonly string source;
    private readonly List<string> found = [];
    private int at;

    private MarkupLiterals(string source) => this.source = source;

    private bool IsAtEnd => at >= source.Length;

    private char Here => at < source.Length ? source[at] : '\0';

    private char Next => at + 1 < source.Length ? source[at + 1] : '\0';

    /// <summary>The words that are written into a component's markup.</summary>
    /// <param name="source">The component's file.</param>
    /// <returns>Each, as it stands there; an attribute's with its name before it.</returns>
    /// <exception cref="FormatException">The markup isn't understood.</exception>
    public static IReadOnlyList<string> In(string source)
    {
        var reader = new MarkupLiterals(source);
        reader.ReadMarkup(closing: null);
        return reader.found;
    }

    /// <summary>Markup up to the tag that closes it, or to the end.</summary>
    private void ReadMarkup(string? closing)
    {
        var text = new StringBuilder();
        while (!IsAtEnd)
        {
            if (Skip("<!--", "-->") || Skip("@*", "*@") || Skip("<!", ">"))
            {
                continue;
            }

            if (Here == '<' && Next == '/')
            {
                Note(null, text);
                var end = source.IndexOf('>', at);
                var name = source[(at + 2)..end].Trim();
                at = end + 1;
                if (name != closing)
                {
                    throw Unclear($"</{name}> closes nothing; <{closing}> is open");
                }

                return;
            }

            if (Here == '<' && char.IsLetter(Next))
            {
                Note(null, text);
                ReadElement();
            }
            else if (Here == '@' && Next == '@')
            {
                text.Append('@');
                at += 2;
            }
            else if (Here == '@')
            {
                // What stands before it and after it is one sentence to the reader, but two literals.
                Note(null, text);
                ReadTransition();
            }
            else
            {
                text.Append(source[at++]);
            }
        }

        Note(null, text);
        if (closing is not null)
        {
            throw Unclear($"<{closing}> is never closed");
        }
    }

    private void ReadElement()
    {
        at++;
        var name = ReadName();
        var isCode = name is "code" or "kbd" or "pre" or "style" or "script" or "samp";
        while (true)
        {
            SkipBlanks();
            if (Skip("@*", "*@"))
            {
                continue;
            }

            if (Here == '/' && Next == '>')
            {
                at += 2;
                return;
            }

            if (Here == '>')
            {
                at++;
                break;
            }

            ReadAttribute();
        }

        if (Void.Contains(name))
        {
            return;
        }

        var before = found.Count;
        ReadMarkup(name);
        if (isCode)
        {
            found.RemoveRange(before, found.Count - before);
        }
    }

    private void ReadAttribute()
    {
        var start = at;
        while (!IsAtEnd && !char.IsWhiteSpace(Here) && Here is not '=' and not '>' && (Here != '/' || Next != '>'))
        {
            if (Here == '@' && Next == '(')
            {
                at++;
                ReadBrackets();
            }
            else
            {
                at++;
            }
        }

        if (at == start)
        {
            throw Unclear("an attribute has no name");
        }

        var name = source[start..at];
        SkipBlanks();
        if (Here != '=')
        {
            return;
        }

        at++;
        SkipBlanks();
        if (Here is not '"' and not '\'')
        {
            if (Here == '@')
            {
                ReadTransition();
                return;
            }

            while (!IsAtEnd && !char.IsWhiteSpace(Here) && Here != '>')
            {
                at++;
            }

            return;
        }

        var quote = source[at++];
        var text = new StringBuilder();
        while (Here != quote)
        {
            if (IsAtEnd)
            {
                throw Unclear($"the value of {name} never ends");
            }

            if (Here == '@' && Next != '@' && !name.StartsWith('@'))
            {
                ReadTransition();
            }
            else
            {
                text.Append(source[at++]);
            }
        }

        at++;
        if (Worded.Contains(name))
        {
            Note(name, text);
        }
    }

    /// <summary>What follows an at sign: C#, and markup in its blocks.</summary>
    private void ReadTransition()
    {
        at++;
        if (Here is '(')
        {
            ReadBrackets();
            return;
        }

        if (Here is '{')
        {
            at++;
            ReadCode();
            return;
        }

        var name = ReadName();
        if (Directives.Contains(name) || (name == "using" && !IsBracketNext()))
        {
            SkipLine();
        }
        else if (name == "using" || Blocks.Contains(name))
        {
            ReadBlocks();
        }
        else
        {
            if (name is "await" or "new")
            {
                SkipBlanks();
                ReadName();
            }

            ReadExpression();
        }
    }

    /// <summary>An expression without brackets around it: names, with members, calls and indexes.</summary>
    private void ReadExpression()
    {
        while (!IsAtEnd)
        {
            if (Here is '(' or '[')
            {
                ReadBrackets();
            }
            else if (Here == '.' && (char.IsLetter(Next) || Next == '_'))
            {
                at++;
                ReadName();
            }
            else if (Here is '?' && Next is '.' or '[')
            {
                at++;
            }
            else if (Here == '!' && Next is '.' or '[')
            {
                at++;
            }
            else if (Here == '<' && IsTypeArguments(out var end))
            {
                at = end;
            }
            else
            {
                return;
            }
        }
    }

    private bool IsTypeArguments(out int end)
    {
        for (end = at + 1; end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] is '.' or ',' or ' ' or '?'); end++)
        {
        }

        return end < source.Length - 1 && source[end] == '>' && source[++end] == '(';
    }

    /// <summary>A statement with blocks, and those that belong to it.</summary>
    private void ReadBlocks()
    {
        while (true)
        {
            while (Here != '{')
            {
                if (IsAtEnd)
                {
                    throw Unclear("a block never begins");
                }

                if (Here == '(')
                {
                    ReadBrackets();
                }
                else
                {
                    at++;
                }
            }

            at++;
            ReadCode();
            var after = at;
            SkipBlanks();
            if (ReadName() is not ("else" or "catch" or "finally"))
            {
                at = after;
                return;
            }
        }
    }

    /// <summary>Statements up to the brace that closes them; a tag that stands where a statement may begins markup.</summary>
    private void ReadCode()
    {
        var before = '{';
        while (!IsAtEnd)
        {
            if (char.IsWhiteSpace(Here))
            {
                at++;
            }
            else if (SkipComment() || Skip("@*", "*@"))
            {
            }
            else if (Here == '}')
            {
                at++;
                return;
            }
            else if (Here == '{')
            {
                at++;
                ReadCode();
                before = '}';
            }
            else if (Here == '<' && char.IsLetter(Next) && before is '{' or '}' or ';' or ':')
            {
                ReadElement();
                before = '}';
            }
            else if (Here == '@' && Next == '<')
            {
                at++;
                ReadElement();
                before = '}';
            }
            else if (Here == '@' && Next == ':')
            {
                at += 2;
                var end = source.IndexOf('\n', at);
                end = end < 0 ? source.Length : end;
                found.AddRange(In(source[at..end]));
                at = end;
                before = '}';
            }
            else if (SkipLiteral())
            {
                before = '"';
            }
            else if (Here == '@' && char.IsLetter(Next))
            {
                ReadTransition();
                before = '}';
            }
            else
            {
                before = source[at++];
            }
        }

        throw Unclear("a block never ends");
    }

    /// <summary>Brackets with all that is in them; templates among it are read as markup.</summary>
    private void ReadBrackets()
    {
        var depth = 0;
        do
        {
            if (IsAtEnd)
            {
                throw Unclear("a bracket is never closed");
            }

            if (SkipComment() || SkipLiteral())
            {
                continue;
            }

            if (Here == '@' && Next == '<')
            {
                at++;
                ReadElement();
                continue;
            }

            depth += Here switch
            {
                '(' or '[' or '{' => 1,
                ')' or ']' or '}' => -1,
                _ => 0,
            };
            at++;
        }
        while (depth > 0);
    }

    private bool SkipComment() => Skip("//", "\n") || Skip("/*", "*/");

    /// <summary>A string or character of C#, with the holes of an interpolated one.</summary>
    private bool SkipLiteral()
    {
        if (Here == '\'')
        {
            at += Next == '\\' ? 3 : 2;
            at = source.IndexOf('\'', at - 1) + 1;
            return true;
        }

        var start = at;
        var (isInterpolated, isVerbatim) = (false, false);
        while (Here is '$' or '@' && Next is '"' or '$' or '@')
        {
            isInterpolated |= Here == '$';
            isVerbatim |= Here == '@';
            at++;
        }

        if (Here != '"')
        {
            at = start;
            return false;
        }

        at++;
        while (Here != '"' || (isVerbatim && Next == '"'))
        {
            if (IsAtEnd)
            {
                throw Unclear("a string never ends");
            }

            if (isInterpolated && Here == '{' && Next != '{')
            {
                ReadBrackets();
            }
            else
            {
                at += (Here == '\\' && !isVerbatim) || (Here == '"' && isVerbatim) || (isInterpolated && Here == '{') ? 2 : 1;
            }
        }

        at++;
        return true;
    }

    private bool Skip(string start, string end)
    {
        if (string.CompareOrdinal(source, at, start, 0, start.Length) != 0)
        {
            return false;
        }

        var last = source.IndexOf(end, at + start.Length, StringComparison.Ordinal);
        at = last < 0 ? source.Length : last + end.Length;
        return true;
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Here))
        {
            at++;
        }
    }

    private void SkipLine()
    {
        while (!IsAtEnd && Here != '\n')
        {
            at++;
        }
    }

    private bool IsBracketNext()
    {
        var look = at;
        while (look < source.Length && source[look] == ' ')
        {
            look++;
        }

        return look < source.Length && source[look] == '(';
    }

    private string ReadName()
    {
        var start = at;
        while (char.IsLetterOrDigit(Here) || Here is '_' || (Here is '-' or '.' && start > 0 && source[start - 1] == '<' && char.IsLetterOrDigit(Next)))
        {
            at++;
        }

        return source[start..at];
    }

    private void Note(string? attribute, StringBuilder text)
    {
        var words = WebUtility.HtmlDecode(text.ToString()).Trim();
        text.Clear();
        if (words.Any(char.IsLetter))
        {
            found.Add(attribute is null ? words : $"{attribute}={words}");
        }
    }

    private FormatException Unclear(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {source.AsSpan(0, Math.Min(at, source.Length)).Count('\n') + 1}: {what}."));
}
