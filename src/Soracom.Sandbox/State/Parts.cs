using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.State;

/// <summary>The parts of one home, by the names of their types.</summary>
internal sealed partial class Parts(PartHome home, IReadOnlyDictionary<string, JsonElement>? saved)
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
        try
        {
            part.Begin(home, state);
        }
        catch (Exception problem) when (state is not null)
        {
            // A state that is broken, or of another version, can go wrong in any way; one part must not take the account with it.
            PutAside(name, found, problem);
            part = (T)Activator.CreateInstance(part.GetType())!;
            part.Begin(home, saved: null);
        }

        parts.Add(name, part);
        return part;
    }

    /// <summary>Keeps a state that can't be read under a name that nobody reads.</summary>
    private void PutAside(string name, JsonElement state, Exception problem)
    {
        var number = 1 + waiting.Keys.Count(key => key.StartsWith($"{name} put aside ", StringComparison.Ordinal));
        var aside = string.Create(CultureInfo.InvariantCulture, $"{name} put aside {number}");
        waiting[aside] = state;
        LogPutAside(home.Account.Logger, name, home.Account.OperatorId, home.Coverage?.ShortName() ?? "-", aside, problem);
    }

    [LoggerMessage(LogLevel.Warning, "The saved state of {Part} of {OperatorId}, coverage {Coverage}, can't be read; it starts as it was at first. What was saved stays in the state file as \"{Aside}\".")]
    private static partial void LogPutAside(ILogger logger, string part, string operatorId, string coverage, string aside, Exception problem);
}
