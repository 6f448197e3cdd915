using System.Globalization;
using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Http;

/// <summary>
/// The query string, read by type. Parameters nobody asks for are ignored, an empty value counts as not given,
/// and of a repeated single value the first one counts.
/// </summary>
internal sealed class QueryValues
{
    private readonly List<KeyValuePair<string, string>> pairs = [];

    public QueryValues(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
            pairs.Add(new(Unescape(name), Unescape(value)));
        }
    }

    public string? Text(string name) => Given(name).FirstOrDefault();

    /// <summary>All values of a parameter: repeated keys and comma lists alike. Parts of a comma list may be empty.</summary>
    public IEnumerable<string> List(string name) => Given(name).SelectMany(value => value.Split(','));

    /// <summary>An integer within bounds, or null when not given; anything else is a vendor error.</summary>
    public int? Integer(string name, int minimum, int maximum)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            throw new VendorException(VendorErrors.NotAnInteger, name);
        }

        return value >= minimum && value <= maximum
            ? (int)value
            : throw new VendorException(VendorErrors.OutOfRange, name, $"{minimum}", $"{maximum}");
    }

    public string RequiredText(string name) => Text(name) ?? throw new VendorException(VendorErrors.Required, name);

    /// <summary>A point in time in milliseconds since 1970, or any other number that is not negative; null when not given.</summary>
    public long? Long(string name) => Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new VendorException(VendorErrors.NotAnInteger, name);

    /// <summary>true or false; null when not given.</summary>
    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new VendorException(VendorErrors.NotABoolean, name),
    };

    /// <summary>One of an enumeration's values in any case, in the definition's spelling; <paramref name="fallback"/> when not given.</summary>
    public string Choice(string name, string fallback, params ReadOnlySpan<string> choices)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        foreach (var choice in choices)
        {
            if (string.Equals(choice, text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        throw new VendorException(VendorErrors.NotAChoice, name, string.Join(", ", choices));
    }

    /// <summary>The same query with one parameter replaced, escaped afresh.</summary>
    public string With(string name, string value) =>
        string.Join('&', pairs
            .Where(pair => pair.Key != name)
            .Append(new(name, value))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private IEnumerable<string> Given(string name) =>
        pairs.Where(pair => pair.Key == name && pair.Value.Length > 0).Select(pair => pair.Value);
}
