namespace Soracom.Sandbox.Fleets;

/// <summary>What a fleet says about one of its SIMs; <see cref="SimFactory"/> adds numbers, sessions and times.</summary>
internal sealed record SimPlan(string Name, string Subscription, string ModuleType, string SpeedClass, string Status, Connection Connection)
{
    public string? GroupId { get; init; }

    /// <summary>Besides the name.</summary>
    public IReadOnlyList<(string Name, string Value)> Tags { get; init; } = [];

    public IReadOnlyList<string> Bundles { get; init; } = [];

    /// <summary>What happens at its end, for a SIM that has one.</summary>
    public (int Days, string? Action)? Expiry { get; init; }

    public bool LockedToImei { get; init; }

    public bool TerminationEnabled { get; init; }

    /// <summary>A second subscription on the card, with its own IMSI, and that one's status.</summary>
    public (string Subscription, string Status)? Additional { get; init; }

    /// <summary>An IMSI to use instead of the next one.</summary>
    public string? Imsi { get; init; }
}

internal enum Connection
{
    /// <summary>Has never connected.</summary>
    None,
    Offline,
    Online,
}
