using System.Text.Json.Serialization;

namespace Soracom.Api.Orders;

/// <summary>What SIMs of an order are to be like (wire: ResourceInitialSetting).</summary>
public sealed record InitialSettings
{
    /// <summary>By subscription.</summary>
    public IReadOnlyDictionary<string, InitialSetting>? SimInitialSettings { get; init; }
}

/// <summary>What SIMs of one subscription are to be like (wire: SimInitialSetting).</summary>
public sealed record InitialSetting
{
    public string? GroupId { get; init; }

    public string? SpeedClass { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A page of the SIMs of an order (wire: ListOrderedSubscriberResponse).</summary>
public sealed record OrderedSubscriberList
{
    [JsonPropertyName("orderedSubscriberList")]
    public IReadOnlyList<OrderedSubscriber>? Subscribers { get; init; }
}

/// <summary>A SIM of an order (wire: OrderedSubscriber).</summary>
public sealed record OrderedSubscriber
{
    public string? SimId { get; init; }

    public string? Imsi { get; init; }

    public string? Iccid { get; init; }

    public string? Eiccid { get; init; }

    public string? Msisdn { get; init; }

    public string? SerialNumber { get; init; }

    /// <summary>Of the device that the SIM is built into.</summary>
    public string? DeviceSerialNumber { get; init; }

    public IReadOnlyList<string>? Bundles { get; init; }
}
