namespace Soracom.Portal.Shared.Data;

/// <summary>A value that a filter offers.</summary>
/// <param name="Value">The value.</param>
/// <param name="Label">Its name for people.</param>
public sealed record FilterOption(string Value, string Label)
{
    /// <summary>How many it would leave; null where that is not known.</summary>
    public int? Count { get; init; }
}
