namespace Soracom.Sandbox.State;

/// <summary>Binary search in lists that are kept in the ordinal order of a key.</summary>
internal static class KeyOrder
{
    /// <summary>The index of the item with that key, or the complement of where it would be.</summary>
    public static int IndexOfKey<T>(this List<T> items, Func<T, string> keyOf, string key)
    {
        var (low, high) = (0, items.Count - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = string.CompareOrdinal(keyOf(items[middle]), key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    /// <summary>The index of the first item behind that key, whether or not the key exists; the first of all for null.</summary>
    public static int IndexAfterKey<T>(this List<T> items, Func<T, string> keyOf, string? key)
    {
        if (key is null)
        {
            return 0;
        }

        var index = items.IndexOfKey(keyOf, key);
        return index >= 0 ? index + 1 : ~index;
    }
}
