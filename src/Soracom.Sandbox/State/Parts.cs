using System.Collections.Frozen;
using System.Text.Json;

namespace Soracom.Sandbox.State;

/// <summary>The parts of one home, by the names of their types.</summary>
internal sealed class Parts(PartHome home, IReadOnlyDictionary<string, JsonElement>? saved)
{
    private static readonly FrozenDictionary<string, Type> Types = typeof(Part).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Part)) && !type.IsAbstract)
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private readonly SortedDictionary<string, Part> parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> waiting = saved is null ? [] : new(saved, StringComparer.Ordinal);

    /// <summary>The part of that type. Whatever is asked for while a change is made counts as changed.</summary>
    public T Get<T>()
        where T : Part, new()
    {
        if (!parts.TryGetValue(typeof(T).Name, out var known))
        {
            known = Add(new T());
            home.Account.CatchUp();
        }

        var part = (T)known;
        part.Changed |= home.Account.IsChanging;
        return part;
    }

    /// <summary>Makes the parts that were saved: something may be due in them.</summary>
    public void Restore()
    {
        foreach (var name in waiting.Keys.Where(Types.ContainsKey).ToList())
        {
            Add((Part)Activator.CreateInstance(Types[name])!);
        }
    }

    /// <summary>The part in which something is due first, of several at the same time the one whose name comes first.</summary>
    public Part? Next()
    {
        Part? next = null;
        foreach (var part in parts.Values)
        {
            if (part.NextDue is { } due && (next is null || due < next.NextDue))
            {
                next = part;
            }
        }

        return next;
    }

    /// <summary>What has to be saved: changed parts, and saved ones that nobody has asked for since.</summary>
    public Dictionary<string, JsonElement> ToSaved()
    {
        var states = new Dictionary<string, JsonElement>(waiting, StringComparer.Ordinal);
        foreach (var (name, part) in parts.Where(part => part.Value.Changed))
        {
            states[name] = part.ToSaved();
        }

        return states;
    }

    private T Add<T>(T part)
        where T : Part
    {
        var name = part.GetType().Name;
        JsonElement? state = waiting.Remove(name, out var found) ? found : null;
        part.Begin(home, state);
        parts.Add(name, part);
        return part;
    }
}
