using Microsoft.Extensions.Primitives;

namespace Soracom.Portal.Shared.Data;

/// <summary>Writes the query string of a page's address, in the order that it is told.</summary>
internal sealed class QueryWriter
{
    private readonly List<KeyValuePair<string, StringValues>> values = [];

    /// <summary>Adds a value; an empty one is left out.</summary>
    public QueryWriter Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            values.Add(new(name, value));
        }

        return this;
    }

    /// <summary>Adds each value of a filter.</summary>
    public QueryWriter AddAll(string name, FilterValues filter)
    {
        foreach (var value in filter)
        {
            Add(name, value);
        }

        return this;
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    public override string ToString() => QueryString.Create(values).ToUriComponent();
}
