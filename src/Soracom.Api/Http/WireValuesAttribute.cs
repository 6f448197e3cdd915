namespace Soracom.Api.Http;

/// <summary>
/// The class whose constants are the known values of a wire string: of a model's member or of an operation's parameter. Wire
/// values stay strings, as the vendor adds to them; tests hold the constants against the vendor's definition.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WireValuesAttribute(Type values) : Attribute
{
    public Type Values { get; } = values;

    /// <summary>Whether values are known that the definition doesn't list.</summary>
    public bool AreMore { get; init; }
}
