namespace Soracom.Sandbox.EventHandlers;

/// <summary>Until when handlers that have fired do not fire again, for a SIM or for all of theirs. Not thread-safe.</summary>
internal sealed class EventSilence
{
    /// <summary>Stands for all SIMs of a handler.</summary>
    public const string All = "";

    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> untils = new(StringComparer.Ordinal);

    /// <summary>Whether a handler is not to fire.</summary>
    /// <param name="handlerId">The handler.</param>
    /// <param name="subject">A SIM ID, or <see cref="All"/>.</param>
    /// <param name="at">Now.</param>
    public bool Holds(string handlerId, string subject, DateTimeOffset at) =>
        untils.TryGetValue(handlerId, out var subjects) && subjects.TryGetValue(subject, out var until) && at < until;

    public void Set(string handlerId, string subject, DateTimeOffset until)
    {
        if (!untils.TryGetValue(handlerId, out var subjects))
        {
            untils.Add(handlerId, subjects = new(StringComparer.Ordinal));
        }

        subjects[subject] = until;
    }

    public void Forget(string handlerId) => untils.Remove(handlerId);

    /// <summary>What still holds, by handler and subject.</summary>
    public Dictionary<string, Dictionary<string, DateTimeOffset>> ToSaved(DateTimeOffset at) => untils.ToDictionary(
        one => one.Key,
        one => one.Value.Where(subject => subject.Value > at).ToDictionary(subject => subject.Key, subject => subject.Value, StringComparer.Ordinal),
        StringComparer.Ordinal);

    public void Load(Dictionary<string, Dictionary<string, DateTimeOffset>> saved)
    {
        foreach (var (handlerId, subjects) in saved)
        {
            untils.Add(handlerId, new(subjects, StringComparer.Ordinal));
        }
    }
}
