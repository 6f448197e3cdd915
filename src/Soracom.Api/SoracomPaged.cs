namespace Soracom.Api;

/// <summary>One page of a list that the vendor sends within an object, with what else the object says.</summary>
public sealed class SoracomPaged<T>
{
    public SoracomPaged(T content, string? nextKey)
    {
        Content = content;
        NextKey = string.IsNullOrEmpty(nextKey) ? null : nextKey;
    }

    /// <summary>The object; its list may hold fewer items than asked for, even none, although more follow.</summary>
    public T Content { get; }

    /// <summary>What to pass as <c>lastEvaluatedKey</c> for the next page; null at the end. Opaque.</summary>
    public string? NextKey { get; }
}
