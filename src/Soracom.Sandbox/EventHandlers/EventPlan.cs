using System.Diagnostics.CodeAnalysis;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>The actions that are still to be done. Not thread-safe.</summary>
internal sealed class EventPlan
{
    private readonly Agenda<long> agenda = new();
    private readonly SortedDictionary<long, PlannedAction> planned = [];

    public DateTimeOffset? NextDue => agenda.NextDue;

    /// <summary>In the order in which they were planned.</summary>
    public IEnumerable<PlannedAction> All => planned.Values;

    public void Add(PlannedAction action)
    {
        planned.Add(action.Number, action);
        agenda.Set(action.Number, action.Due);
    }

    /// <summary>Takes the first action that is due; of several at one moment the one that was planned first.</summary>
    public bool TryTake(DateTimeOffset at, [MaybeNullWhen(false)] out PlannedAction action)
    {
        action = null;
        return agenda.TryTake(at, out var number) && planned.Remove(number, out action);
    }

    /// <summary>Drops what a handler has planned.</summary>
    public void Forget(string handlerId)
    {
        foreach (var action in planned.Values.Where(action => action.HandlerId == handlerId).ToList())
        {
            planned.Remove(action.Number);
            agenda.Set(action.Number, due: null);
        }
    }
}
