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
        var mark = uri.IndexOf('?', StringComparison.Ordinal);
        values = QueryHelpers.ParseQuery(mark < 0 ? string.Empty : uri[mark..]);
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

    /// <summary>All values of a name. A comma ends a value, too: some of them go on to the vendor, who takes it so.</summary>
    public FilterValues Values(string name) =>
        FilterValues.Of(values.GetValueOrDefault(name).OfType<string>().SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)));
}
