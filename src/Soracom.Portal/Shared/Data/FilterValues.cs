using System.Collections;

namespace Soracom.Portal.Shared.Data;

/// <summary>The values of a filter: sorted, each once, equal when their values are.</summary>
public sealed class FilterValues : IReadOnlyCollection<string>, IEquatable<FilterValues>
{
    /// <summary>No value: the filter lets everything through.</summary>
    public static readonly FilterValues None = new([]);

    private readonly string[] values;

    private FilterValues(string[] values) => this.values = values;

    /// <inheritdoc />
    public int Count => values.Length;

    /// <summary>Takes values, without blank and repeated ones.</summary>
    /// <param name="values">The values.</param>
    /// <returns>The filter.</returns>
    public static FilterValues Of(IEnumerable<string> values)
    {
        string[] clean = [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return clean.Length == 0 ? None : new FilterValues(clean);
    }

    /// <summary>Whether the filter lets a value through.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True when it names the value, or none at all.</returns>
    public bool Allows(string? value) => Count == 0 || (value is not null && Contains(value));

    /// <summary>Whether the filter names a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(string value) => Array.BinarySearch(values, value, StringComparer.Ordinal) >= 0;

    /// <summary>The filter with a value added, or taken away when it is there.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The other filter.</returns>
    public FilterValues Toggle(string value) => Of(Contains(value) ? values.Where(kept => !string.Equals(kept, value, StringComparison.Ordinal)) : [.. values, value]);

    /// <inheritdoc />
    public bool Equals(FilterValues? other) => other is not null && values.SequenceEqual(other.values, StringComparer.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as FilterValues);

    /// <inheritdoc />
    public override int GetHashCode() => values.Aggregate(values.Length, (hash, value) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(value)));

    /// <inheritdoc />
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
