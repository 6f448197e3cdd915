using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Soracom.Sandbox.Auth;

/// <summary>
/// The condition of a permission statement. The whole language is not public; these are the forms that are:
/// <c>pathVariable('sim_id') == '...'</c>, <c>samUserName</c>, <c>currentDate &gt;= date(2016, 02, 01)</c>, <c>ipAddress('10.0.0.0/24')</c>,
/// joined by <c>and</c>, <c>or</c>, <c>not</c> and parentheses.
/// </summary>
internal sealed partial class Condition
{
    /// <summary>The most characters of a condition. The service's own limit is not public.</summary>
    public const int Longest = 4096;

    private const int DeepestNesting = 50;

    private readonly List<string> tokens;
    private int position;
    private int depth;

    private Condition(List<string> tokens) => this.tokens = tokens;

    /// <summary>The condition as a function, or null for a text that is none of the known forms or longer than <see cref="Longest"/>.</summary>
    public static Func<CallFacts, bool>? Parse(string text)
    {
        // Refused where it is set; a state file may hold one nevertheless.
        if (text.Length > Longest)
        {
            return null;
        }

        var words = Token().Matches(text).Select(match => match.Value).Where(token => !string.IsNullOrWhiteSpace(token)).ToList();
        try
        {
            var parser = new Condition(words);
            var condition = parser.Or();
            return parser.position == words.Count ? condition : null;
        }
        catch (FormatException)
        {
            // Not known: the caller decides what that means.
            return null;
        }
    }

    private Func<CallFacts, bool> Or()
    {
        var terms = Chain(And, "or", "||");
        return terms is [var only] ? only : facts => terms.Exists(term => term(facts));
    }

    private Func<CallFacts, bool> And()
    {
        var terms = Chain(Single, "and", "&&");
        return terms is [var only] ? only : facts => terms.TrueForAll(term => term(facts));
    }

    /// <summary>Terms side by side. As a list, not each within the next: a chain must not be as deep as it is long.</summary>
    private List<Func<CallFacts, bool>> Chain(Func<Func<CallFacts, bool>> term, string word, string sign)
    {
        List<Func<CallFacts, bool>> terms = [term()];
        while (Take(word) || Take(sign))
        {
            terms.Add(term());
        }

        return terms;
    }

    private Func<CallFacts, bool> Single()
    {
        // Each level is a level of the stack: a text of a million parentheses must not end the process.
        if (++depth > DeepestNesting)
        {
            throw new FormatException();
        }

        var single = SingleOfThisDepth();
        depth--;
        return single;
    }

    private Func<CallFacts, bool> SingleOfThisDepth()
    {
        if (Take("not") || Take("!"))
        {
            var negated = Single();
            return facts => !negated(facts);
        }

        if (Take("("))
        {
            var inner = Or();
            Expect(")");
            return inner;
        }

        if (Take("ipAddress"))
        {
            return InNetwork(Argument());
        }

        var left = Value();
        var comparison = Next();
        var right = Value();
        return comparison switch
        {
            "==" => facts => Equals(left(facts), right(facts)),
            "!=" => facts => !Equals(left(facts), right(facts)),
            ">=" => facts => Compare(left(facts), right(facts)) >= 0,
            "<=" => facts => Compare(left(facts), right(facts)) <= 0,
            ">" => facts => Compare(left(facts), right(facts)) > 0,
            "<" => facts => Compare(left(facts), right(facts)) < 0,
            _ => throw new FormatException(),
        };
    }

    private Func<CallFacts, IComparable?> Value()
    {
        switch (Next())
        {
            case "pathVariable":
                var name = Argument();
                return facts => facts.PathVariable(name);
            case "samUserName":
                return facts => facts.SamUserName;
            case "currentDate":
                return facts => facts.CurrentDate;
            case "date":
                var date = Date();
                return _ => date;
            case ['\'' or '"', .. var text, '\'' or '"']:
                return _ => text;
            default:
                throw new FormatException();
        }
    }

    private DateOnly Date()
    {
        Expect("(");
        var year = Number();
        Expect(",");
        var month = Number();
        Expect(",");
        var day = Number();
        Expect(")");
        return DateOnly.TryParseExact(
            string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new FormatException();
    }

    private string Argument()
    {
        Expect("(");
        var text = Next() is ['\'' or '"', .. var inner, '\'' or '"'] ? inner : throw new FormatException();
        Expect(")");
        return text;
    }

    private static Func<CallFacts, bool> InNetwork(string text)
    {
        // A host's address with a prefix, as in the vendor's own example, stands for its network.
        var parts = text.Split('/');
        if (!IPAddress.TryParse(parts[0], out var address))
        {
            throw new FormatException();
        }

        var length = address.GetAddressBytes().Length * 8;
        if (parts.Length > 2 || (parts.Length == 2 && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= address.GetAddressBytes().Length * 8)))
        {
            throw new FormatException();
        }

        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        var network = new IPNetwork(new IPAddress(bytes), length);
        return facts => facts.Address is { } caller && network.Contains(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller);
    }

    private static int Compare(IComparable? left, IComparable? right) => (left, right) switch
    {
        (DateOnly first, DateOnly second) => first.CompareTo(second),
        (string first, string second) => string.CompareOrdinal(first, second),

        // Nothing can be said of two different things: as if the one were before whatever it is compared with.
        _ => int.MinValue,
    };

    private int Number() => int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException();

    private string Next() => position < tokens.Count ? tokens[position++] : throw new FormatException();

    private bool Take(string token)
    {
        var taken = position < tokens.Count && tokens[position] == token;
        position += taken ? 1 : 0;
        return taken;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw new FormatException();
        }
    }

    /// <summary>Whatever is none of the tokens comes as a token of its own, and fits nowhere.</summary>
    [GeneratedRegex("""'[^']*'|"[^"]*"|\w+|[=!<>]=|&&|\|\||\s+|.""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
