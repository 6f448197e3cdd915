namespace Soracom.Sandbox.State;

/// <param name="Items">The page's items in the order of their keys.</param>
/// <param name="NextKey">The last item's key when more follow, else null.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextKey)
{
    /// <summary>Makes a page of up to <paramref name="limit"/> items from a list that holds one more where more follow.</summary>
    public static Page<T> Of(List<T> oneMore, int limit, Func<T, string> keyOf) => oneMore.Count <= limit
        ? new Page<T>(oneMore, null)
        : new Page<T>(oneMore.GetRange(0, limit), keyOf(oneMore[limit - 1]));
}
