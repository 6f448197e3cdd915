namespace Soracom.Api;

/// <summary>Values of the parameter <c>sort</c> of lists in the order of time.</summary>
public static class SortOrder
{
    /// <summary>The newest first.</summary>
    public const string Descending = "desc";

    /// <summary>The oldest first.</summary>
    public const string Ascending = "asc";
}
