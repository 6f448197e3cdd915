using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims.Timeline;

/// <summary>The sorts of things that happen to a SIM.</summary>
public enum TimelineKind
{
    /// <summary>A session began, moved or ended.</summary>
    Session,

    /// <summary>Status, speed class, group or bundles changed.</summary>
    Status,

    /// <summary>Somebody did something through the portal.</summary>
    Portal,
}

/// <summary>What to show of a SIM's timeline.</summary>
public sealed record TimelineQuery : ISimView
{
    /// <summary>The only kind to show; null for all.</summary>
    public TimelineKind? Kind { get; init; }

    SimTab ISimView.Tab => SimTab.Timeline;

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static TimelineQuery Parse(string uri) =>
        new() { Kind = Enum.GetValues<TimelineKind>().Cast<TimelineKind?>().FirstOrDefault(kind => NameOf(kind) == new QueryReader(uri).Text("kind")) };

    void ISimView.Write(QueryWriter query) => query.Add("kind", NameOf(Kind));

    private static string? NameOf(TimelineKind? kind) => kind?.ToString().ToLowerInvariant();
}
