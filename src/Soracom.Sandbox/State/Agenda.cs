namespace Soracom.Sandbox.State;

/// <summary>What is due when, one entry for each key: the usual way for a part to know its next moment. Not thread-safe.</summary>
internal sealed class Agenda<TKey>
    where TKey : notnull, IComparable<TKey>
{
    private readonly SortedSet<(DateTimeOffset Due, TKey Key)> entries = [];
    private readonly Dictionary<TKey, DateTimeOffset> dueByKey = [];

    public DateTimeOffset? NextDue => entries.Count == 0 ? null : entries.Min.Due;

    /// <summary>Sets when a key is due, instead of what was set before; null takes it off.</summary>
    public void Set(TKey key, DateTimeOffset? due)
    {
        if (dueByKey.Remove(key, out var before))
        {
            entries.Remove((before, key));
        }

        if (due is { } time)
        {
            entries.Add((time, key));
            dueByKey.Add(key, time);
        }
    }

    /// <summary>Takes off and gives the first key that is due; of several at the same moment the smallest.</summary>
    public bool TryTake(DateTimeOffset now, out TKey key)
    {
        if (entries.Count == 0 || entries.Min.Due > now)
        {
            key = default!;
            return false;
        }

        key = entries.Min.Key;
        Set(key, due: null);
        return true;
    }
}
