using System.Collections.Concurrent;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Numbers the facet values of one index, so that a row keeps a few small numbers instead of texts. It only grows, and those that read
/// an older index beside it never meet a number that they don't know.
/// </summary>
internal sealed class FacetTable
{
    private readonly Lock gate = new();
    private readonly Dictionary<(SimFacet Facet, string Value), int> codes = [];
    private volatile Entry[] entries = [];
    private readonly ConcurrentDictionary<string, string> groupNames = new(StringComparer.Ordinal);
    private volatile int count;

    /// <summary>How many values there are; their codes are below it.</summary>
    public int Count => count;

    /// <summary>Names of the groups that have one, by id, as they were told last.</summary>
    public IReadOnlyDictionary<string, string> GroupNames => groupNames;

    public Entry this[int code] => entries[code];

    /// <summary>The code of a value; a new one when it has none yet.</summary>
    public int CodeOf(SimFacet facet, string value)
    {
        lock (gate)
        {
            if (codes.TryGetValue((facet, value), out var code))
            {
                return code;
            }

            if (count == entries.Length)
            {
                var larger = new Entry[Math.Max(16, count * 2)];
                entries.CopyTo(larger, 0);
                entries = larger;
            }

            entries[count] = new Entry(facet, value);
            codes.Add((facet, value), count);
            return count++;
        }
    }

    /// <summary>Notes what a group is called.</summary>
    public void NameGroup(string groupId, string name)
    {
        if (name.Length > 0 && (!groupNames.TryGetValue(groupId, out var known) || !string.Equals(known, name, StringComparison.Ordinal)))
        {
            groupNames[groupId] = name;
        }
    }

    internal readonly record struct Entry(SimFacet Facet, string Value);
}
