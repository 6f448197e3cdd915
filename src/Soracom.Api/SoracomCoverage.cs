namespace Soracom.Api;

/// <summary>
/// One of the vendor's two coverages. SIMs, groups and bills of one coverage are seen at that coverage's endpoint only.
/// </summary>
public enum SoracomCoverage
{
    /// <summary>Japan coverage, called <c>jp</c> in URLs and on the wire.</summary>
    Japan,

    /// <summary>Global coverage, called <c>g</c> in URLs and on the wire.</summary>
    Global,
}

/// <summary>The vendor's short names of its coverages.</summary>
public static class SoracomCoverages
{
    /// <summary>The vendor's name of a coverage: <c>jp</c> or <c>g</c>.</summary>
    public static string ToWireName(this SoracomCoverage coverage) => coverage switch
    {
        SoracomCoverage.Japan => "jp",
        SoracomCoverage.Global => "g",
        _ => throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "Not a coverage."),
    };

    /// <summary>Reads <c>jp</c> or <c>g</c>; anything else, other letter case included, is no coverage.</summary>
    public static bool TryParseWireName(string? name, out SoracomCoverage coverage)
    {
        coverage = string.Equals(name, "g", StringComparison.Ordinal) ? SoracomCoverage.Global : SoracomCoverage.Japan;
        return name is "jp" or "g";
    }
}
