namespace Soracom.Portal.Shared.Sims;

/// <summary>How many SIMs have which status.</summary>
/// <param name="ByStatus">SIMs by the vendor's word for their status.</param>
public sealed record StatusCounts(IReadOnlyDictionary<string, int> ByStatus)
{
    /// <summary>None at all.</summary>
    public static readonly StatusCounts None = new(new Dictionary<string, int>(StringComparer.Ordinal));

    /// <summary>SIMs in all.</summary>
    public int Total { get; } = ByStatus.Values.Sum();
}
