namespace Soracom.Api;

/// <summary>
/// One page of a list. A page may hold fewer items than asked for, even none, although more follow: only
/// <see cref="NextKey"/> tells.
/// </summary>
public sealed class SoracomPage<T>
{
    public SoracomPage(IReadOnlyList<T> items, string? nextKey)
    {
        ArgumentNullException.ThrowIfNull(items);
        Items = items;
        NextKey = string.IsNullOrEmpty(nextKey) ? null : nextKey;
    }

    public IReadOnlyList<T> Items { get; }

    /// <summary>What to pass as <c>lastEvaluatedKey</c> for the next page; null at the end. Opaque.</summary>
    public string? NextKey { get; }
}
