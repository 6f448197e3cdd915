using System.Globalization;
using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>A place inside a setting's value: names of members, places in lists.</summary>
public sealed class ValuePath : IEquatable<ValuePath>
{
    private ValuePath(IReadOnlyList<string> steps) => Steps = steps;

    /// <summary>The value itself.</summary>
    public static ValuePath Root { get; } = new([]);

    /// <summary>The steps from the value to the place.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>A member of the object at this place.</summary>
    public ValuePath Member(string name) => new([.. Steps, name]);

    /// <summary>An element of the list at this place.</summary>
    public ValuePath Element(int index) => Member(index.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is at this place of a value; null where it has no such place.</summary>
    public JsonElement? In(JsonElement? value)
    {
        foreach (var step in Steps)
        {
            value = value switch
            {
                { ValueKind: JsonValueKind.Object } holder => holder.Member(step),
                { ValueKind: JsonValueKind.Array } list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.GetArrayLength() => list[index],
                _ => null,
            };
        }

        return value;
    }

    /// <inheritdoc />
    public bool Equals(ValuePath? other) => other is not null && Steps.SequenceEqual(other.Steps, StringComparer.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ValuePath);

    /// <inheritdoc />
    public override int GetHashCode() => Steps.Aggregate(0, HashCode.Combine);

    /// <summary>As a JSON pointer (RFC 6901).</summary>
    public override string ToString() =>
        string.Concat(Steps.Select(step => "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
