using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>What registers a SIM (wire: RegisterSimRequest).</summary>
public sealed record SimRegistration : IHoldsSecrets
{
    /// <summary>The PUK, or the pass code on the card. A secret.</summary>
    public required string RegistrationSecret { get; init; }

    /// <summary>The group that it joins; null for none.</summary>
    public string? GroupId { get; init; }

    /// <summary>Its tags by name; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [RegistrationSecret];

    /// <summary>Leaves out the secret.</summary>
    public override string ToString() => nameof(SimRegistration);
}

/// <summary>The group that a SIM joins (wire: SetGroupRequest).</summary>
public sealed record GroupChoice
{
    public required string GroupId { get; init; }
}

/// <summary>A speed class (wire: UpdateSpeedClassRequest).</summary>
public sealed record SpeedClassChoice
{
    /// <summary>One of <see cref="Sims.SpeedClass"/> that the SIM's subscription has.</summary>
    [WireValues(typeof(SpeedClass), AreMore = true)]
    public required string SpeedClass { get; init; }
}

/// <summary>When a SIM expires, and what then happens (wire: ExpiryTime).</summary>
public sealed record Expiry
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset ExpiryTime { get; init; }

    /// <summary>One of <see cref="Sims.ExpiryAction"/>; null does nothing but keep new sessions from beginning.</summary>
    [WireValues(typeof(ExpiryAction))]
    public string? ExpiryAction { get; init; }
}
