using Soracom.Api.Diagnostics;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Offline;

/// <summary>What is known of a SIM that has no session.</summary>
/// <param name="Now">When it was read.</param>
/// <param name="Sim">The SIM.</param>
/// <param name="Events">Its session events, the newest first.</param>
/// <param name="History">Its status history, the newest first.</param>
/// <param name="Group">Its group; null when it is in none.</param>
/// <param name="Insights">What the last diagnosis found; null when there was none lately.</param>
public sealed record OfflineFacts(
    DateTimeOffset Now,
    Sim Sim,
    Fact<IReadOnlyList<SessionEvent>> Events,
    Fact<IReadOnlyList<SimStatusEntry>> History,
    Fact<Group?> Group,
    Fact<IReadOnlyList<Insight>?> Insights)
{
    /// <summary>What could not be read, so that nothing was concluded from it.</summary>
    public IEnumerable<(OfflineFact Fact, PortalError? Error)> Unread =>
        new (OfflineFact Fact, bool IsKnown, PortalError? Error)[]
            {
                (OfflineFact.Events, Events.IsKnown, Events.Error),
                (OfflineFact.History, History.IsKnown, History.Error),
                (OfflineFact.Group, Group.IsKnown, Group.Error),
                (OfflineFact.Diagnosis, Insights.IsKnown, Insights.Error),
            }
            .Where(fact => !fact.IsKnown)
            .Select(fact => (fact.Fact, fact.Error));
}

/// <summary>What may be unknown of a SIM.</summary>
public enum OfflineFact
{
    /// <summary>Its session events.</summary>
    Events,

    /// <summary>Its status history.</summary>
    History,

    /// <summary>Its group's configuration.</summary>
    Group,

    /// <summary>What a diagnosis found.</summary>
    Diagnosis,
}

/// <summary>Something that was to be read: it is known, or why it is not.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public readonly record struct Fact<T>
{
    private Fact(T? value, bool isKnown, PortalError? error) => (Value, IsKnown, Error) = (value, isKnown, error);

    /// <summary>What was read; nothing where <see cref="IsKnown"/> is false.</summary>
    public T? Value { get; }

    /// <summary>Whether it could be read.</summary>
    public bool IsKnown { get; }

    /// <summary>Why it could not be read; null as well where the reader's role does not allow it.</summary>
    public PortalError? Error { get; }

    /// <summary>It is known.</summary>
    /// <param name="value">What was read.</param>
    public static implicit operator Fact<T>(T value) => new(value, isKnown: true, error: null);

    /// <summary>What reading it came to.</summary>
    /// <param name="result">The value, or why there is none.</param>
    /// <returns>The fact.</returns>
    internal static Fact<T> Of(Result<T> result) => result.Error is { } error ? new(default, isKnown: false, error) : new(result.Value, isKnown: true, error: null);

    /// <summary>The reader's role does not allow to know it.</summary>
    /// <returns>The fact.</returns>
    internal static Fact<T> NotAllowed() => default;
}
