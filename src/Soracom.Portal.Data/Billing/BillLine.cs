namespace Soracom.Portal.Data.Billing;

/// <summary>
/// What a bill item or a SIM costs in a month, net and rounded up by the vendor. A SIM is told with its name, group and tags as the portal
/// knew them when the figure was read: it may have others today, or be gone.
/// </summary>
public sealed class BillLine : ITenantOwned
{
    /// <summary>The longest key, in characters.</summary>
    public const int KeyLength = 128;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose it is.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The month, such as 202604.</summary>
    public required int Month { get; init; }

    /// <summary>What the line is of.</summary>
    public required BillLineKind Kind { get; init; }

    /// <summary>Where it was told: the vendor's summary and a detailed file may both tell of the same.</summary>
    public BillLineSource Source { get; init; }

    /// <summary>The vendor's name of the bill item, or the SIM id; of a SIM that a detailed file names by an IMSI that nobody knows, the IMSI.</summary>
    public required string Key { get; init; }

    /// <summary>The vendor's category of a bill item; empty of a SIM.</summary>
    public required string Category { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Net.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Whether the portal knew the SIM; false of a bill item.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>The SIM's name; empty when it had none or is not known.</summary>
    public required string Name { get; init; }

    /// <summary>The SIM's group; empty when it was in none or is not known.</summary>
    public required string GroupId { get; init; }

    /// <summary>The group's name; empty when it had none or is not known.</summary>
    public required string GroupName { get; init; }

    /// <summary>The SIM's tags but for the name, as a JSON object by key.</summary>
    public required string Tags { get; init; }
}

/// <summary>What a line of a bill is of.</summary>
public enum BillLineKind
{
    /// <summary>A bill item.</summary>
    Item,

    /// <summary>A SIM.</summary>
    Sim,
}

/// <summary>Where a line of a bill was told.</summary>
public enum BillLineSource
{
    /// <summary>The vendor's summary: four months, and the 100 dearest SIMs of each.</summary>
    Summary,

    /// <summary>The detailed file of a closed month: all of it.</summary>
    File,
}
