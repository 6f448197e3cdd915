using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Soracom.Portal.Shared.Data;

/// <summary>Reads the query string of a page's address. What is not there, or there twice where once makes sense, is no error.</summary>
internal sealed class QueryReader
{
    private readonly Dictionary<string, StringValues> values;

    /// <summary>Reads an address.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    public QueryReader(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var address = uri.Split('#', 2)[0];
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        values = QueryHelpers.ParseQuery(mark < 0 ? string.Empty : address[mark..]);
    }

    /// <summary>The first value of a name, trimmed; empty when there is none.</summary>
    public string Text(string name) => values.GetValueOrDefault(name).FirstOrDefault()?.Trim() ?? string.Empty;

    /// <summary>The one of an enumeration's names that is the first value of a name, in any letter case; the usual one where it is none.</summary>
    public TEnum Choice<TEnum>(string name, TEnum usual)
        where TEnum : struct, Enum
    {
        var text = Text(name);
        return Enum.GetValues<TEnum>().Where(value => value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).Append(usual).First();
    }

    /// <summary>All values of a name. A comma ends a value, too.</summary>
    public FilterValues Values(string name) =>
        FilterValues.Of(values.GetValueOrDefault(name).OfType<string>().SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)));

    /// <summary>All values of a name, which may hold commas.</summary>
    public FilterValues WholeValues(string name) => FilterValues.Of(values.GetValueOrDefault(name).OfType<string>());
}
