namespace Soracom.Sandbox.State;

/// <summary>
/// Things in the order of their keys (ordinal), found by key and walked page by page: a page goes on after a key whether or not
/// that key still exists. Not thread-safe.
/// </summary>
internal sealed class KeyedList<T>(Func<T, string> keyOf)
    where T : class
{
    private readonly List<T> items = [];

    public int Count => items.Count;

    /// <summary>The item at a place in the order of keys.</summary>
    public T this[int index] => items[index];

    public T? Find(string key)
    {
        var index = items.IndexOfKey(keyOf, key);
        return index >= 0 ? items[index] : null;
    }

    /// <summary>Adds, or replaces what has the same key.</summary>
    public void Put(T item)
    {
        var key = keyOf(item);
        if (items.Count == 0 || string.CompareOrdinal(keyOf(items[^1]), key) < 0)
        {
            items.Add(item);
            return;
        }

        var index = items.IndexOfKey(keyOf, key);
        if (index >= 0)
        {
            items[index] = item;
        }
        else
        {
            items.Insert(~index, item);
        }
    }

    public void Remove(string key)
    {
        var index = items.IndexOfKey(keyOf, key);
        if (index >= 0)
        {
            items.RemoveAt(index);
        }
    }

    public List<T> FindAll(Func<T, bool> matches) => [.. items.Where(matches)];

    /// <summary>Up to <paramref name="limit"/> matching items after a key, or from the start.</summary>
    public Page<T> PageAfter(string? key, int limit, Func<T, bool>? matches = null)
    {
        var found = new List<T>();
        for (var i = items.IndexAfterKey(keyOf, key); i < items.Count && found.Count <= limit; i++)
        {
            if (matches is null || matches(items[i]))
            {
                found.Add(items[i]);
            }
        }

        return Page<T>.Of(found, limit, keyOf);
    }
}
